"""Reads the committed sources of the sample debate into blocks that both writers lay out.

The DOCX and the PDF writer know nothing of statements or letters: they get a :class:`Document`, a
list of :class:`Block` with a style name each, so that the two files cannot differ in their text.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

Numbering = Literal["roman", "arabic"]
Kind = Literal[
    "notice",
    "title",
    "annex",
    "heading",
    "language",
    "body",
    "contents-heading",
    "contents",
    "signature",
]

FOOTNOTE_MARK = re.compile(r"\[\^(\w+)\]")
HONORIFIC = re.compile(r"^(?:Mr|Ms|Mrs)\. ")
ENDS = 40  # characters of a body's beginning and end that the table of truth gives


@dataclass(frozen=True)
class Block:
    """One paragraph. ``text`` may hold marks ``[^1]`` whose notes stand in ``footnotes``."""

    kind: Kind
    text: str
    language: str = "en"
    label: str = ""
    footnotes: dict[str, str] = field(default_factory=dict)

    def runs(self) -> list[tuple[str, str | None]]:
        """The text in pieces: ``(text, None)`` or, for a footnote mark, ``(key, note)``."""
        pieces = FOOTNOTE_MARK.split(self.text)
        return [
            (piece, self.footnotes[piece] if i % 2 else None)
            for i, piece in enumerate(pieces)
            if piece
        ]


@dataclass(frozen=True)
class Document:
    """A synthetic document: properties, masthead fields, blocks in order, date of issue."""

    title: str
    subject: str
    keywords: str
    notice: str
    masthead: dict[str, str]
    issued: dt.date
    blocks: tuple[Block, ...]


def load(path: Path) -> dict[str, Any]:
    """Read one source file; ``ValueError`` where it does not say that it is synthetic."""
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    if data.get("synthetic") is not True or "SYNTHETIC" not in data.get("notice", ""):
        raise ValueError(f"{path.name}: no synthetic notice; add 'synthetic: true' and a notice")
    return data


def annex_label(number: int, numbering: Numbering) -> str:
    """``Annex XIV`` or ``Annex 14``; Roman numerals for 1 to 89."""
    if numbering == "arabic":
        return f"Annex {number}"
    tens, units = divmod(number, 10)
    tens_text = ("L" + "X" * (tens - 5)) if tens >= 5 else ("XL" if tens == 4 else "X" * tens)
    units_text = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][units]
    return f"Annex {tens_text}{units_text}"


def compilation(data: dict[str, Any], numbering: Numbering) -> Document:
    """The President's letter with its list of annexes, then every annex."""
    letter = data["letter"]
    labels = [annex_label(i, numbering) for i in range(1, len(data["annexes"]) + 1)]
    blocks = [Block("notice", data["notice"]), Block("title", letter["heading"].strip())]
    blocks += [Block("body", text) for text in letter["body"]]
    blocks += [Block("signature", text) for text in letter["signatories"]]
    blocks.append(Block("contents-heading", letter["contents_heading"]))
    for label, annex in zip(labels, data["annexes"], strict=True):
        blocks.append(Block("contents", annex["delegation"], label=label))
    used = 0  # footnotes are counted through the whole document, as Word counts them
    for label, annex in zip(labels, data["annexes"], strict=True):
        blocks.append(Block("annex", label))
        blocks.append(Block("heading", annex["heading"]))
        if annex["printed_language"]:
            blocks.append(Block("language", annex["printed_language"]))
        for text in annex["paragraphs"]:
            marked, notes = _number_marks(text, annex["footnotes"], used)
            used += len(notes)
            blocks.append(Block("body", marked, annex["language"], footnotes=notes))
    return _document(data, blocks)


def earlier_statement(data: dict[str, Any]) -> Document:
    """The earlier presidential statement."""
    blocks = [Block("notice", data["notice"]), Block("title", data["heading"])]
    blocks += [Block("body", text) for text in (data["opening"], *data["paragraphs"])]
    return _document(data, blocks)


def truth(data: dict[str, Any], numbering: Numbering) -> dict[str, Any]:
    """What a reader should find: one entry an annex, speaker and title only where printed."""
    rows = []
    for number, annex in enumerate(data["annexes"], start=1):
        body = FOOTNOTE_MARK.sub("", " ".join(annex["paragraphs"]))
        rows.append(
            {
                "annex": annex_label(number, numbering),
                "id": annex["id"],
                "heading": annex["heading"],
                "delegation": annex["delegation"],
                "speaker": _printed_speaker(annex),
                "title": _printed_title(annex),
                "role": annex["role"],
                "original_language": annex["original_language"],
                "language": annex["language"],
                "on_behalf_of": annex["on_behalf_of"],
                "paragraphs": len(annex["paragraphs"]),
                "footnotes": len(annex["footnotes"]),
                "first": body[:ENDS],
                "last": body[-ENDS:],
            }
        )
    return {
        "synthetic": True,
        "symbol": data["masthead"]["symbol"],
        "date": data["dates"]["debate"].isoformat(),
        "annexes": rows,
    }


def _document(data: dict[str, Any], blocks: list[Block]) -> Document:
    return Document(
        title=data["title"].strip(),
        subject=data["subject"],
        keywords=data["keywords"],
        notice=data["notice"],
        masthead=data["masthead"],
        issued=data["dates"]["issued"],
        blocks=tuple(blocks),
    )


def _number_marks(text: str, notes: dict[str, str], used: int) -> tuple[str, dict[str, str]]:
    """The paragraph with its marks counted on from ``used``, and the notes under their new keys."""
    keys = FOOTNOTE_MARK.findall(text)
    numbered = {str(used + i): notes[key] for i, key in enumerate(keys, start=1)}
    counter = iter(numbered)
    return FOOTNOTE_MARK.sub(lambda _: f"[^{next(counter)}]", text), numbered


def _printed_speaker(annex: dict[str, Any]) -> str | None:
    """The name as the heading prints it, with its honorific where that is printed too."""
    name = annex["speaker"] or ""
    plain = name.removeprefix("H.E. ")
    for form in (name, plain, HONORIFIC.sub("", plain)):
        if form and form in annex["heading"]:
            return str(form)
    return None


def _printed_title(annex: dict[str, Any]) -> str | None:
    office = annex["title"].split(" to the United Nations")[0].split(", United Nations")[0]
    return annex["title"] if office.lower() in annex["heading"].lower() else None
