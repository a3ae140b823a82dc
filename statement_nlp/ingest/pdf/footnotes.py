"""Footnotes: small type below the running text, each with the mark that leads to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from statement_nlp.ingest.errors import load_data
from statement_nlp.ingest.pdf.lines import TextLine

_MARK = re.compile(r"(\d{1,3}|[*\u2020\u2021]{1,3})[.)]?\s*(?=\S)")


@attrs.define
class Note:
    """One footnote of a page."""

    label: str
    lines: list[TextLine]
    key: str


def split_footnotes(
    lines: Sequence[TextLine], body_size: float, page: int
) -> tuple[list[TextLine], list[Note]]:
    """Return the running text of a page and the footnotes below it.

    Footnotes are the last lines of the page that are all set smaller than the running text, from
    the first of them that begins with a mark. Without a mark small type stays where it is.
    """
    limit = load_data("pdf_layout.yaml")["footnotes"]["size"] * body_size
    ordered = sorted(lines, key=lambda line: line.y0)
    small: list[TextLine] = []
    for line in ordered:
        if line.size >= limit:
            break
        small.append(line)
    small.reverse()
    if len(small) == len(lines):
        return list(lines), []
    own = {id(line) for line in small}
    marks = {mark for line in lines for at, mark in line.raised if at > 0 or id(line) not in own}
    notes: list[Note] = []
    for line in small:
        match = _MARK.match(line.text)
        label = match.group(1) if match else ""
        # A small line that merely begins with a figure ("79th session") has no mark above.
        marked = label in marks or any(at == 0 and mark == label for at, mark in line.raised)
        if label and marked and _follows(notes, label):
            notes.append(Note(label, [line], f"{page}:{label}:{len(notes)}"))
        elif notes:
            notes[-1].lines.append(line)
    taken = {id(line) for note in notes for line in note.lines}
    return [line for line in lines if id(line) not in taken], notes


def _follows(notes: Sequence[Note], label: str) -> bool:
    """Return whether ``label`` can come after the notes before it: numbers count up by one."""
    last = notes[-1].label if notes else None
    if last is None or not (last.isdigit() and label.isdigit()):
        return True
    return int(label) == int(last) + 1


def take_marks(lines: Sequence[TextLine], notes: Sequence[Note]) -> None:
    """Take the marks of ``notes`` out of ``lines`` and leave references where they stood.

    The mark itself is kept: it opens the footnote's text. Raised figures that belong to no
    footnote of the page, such as an exponent, stay in the line.
    """
    keys = {note.label: note.key for note in notes}
    for line in lines:
        removed = 0
        for offset, mark in line.raised:
            if mark in keys:
                at = offset - removed
                line.text = line.text[:at] + line.text[at + len(mark) :]
                removed += len(mark)
                line.references.append((at, keys[mark]))
        line.text = line.text.rstrip()
        line.references = [(min(at, len(line.text)), key) for at, key in line.references]
