"""Read plain text and Markdown: bytes to characters, lines to paragraphs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from statement_nlp.ingest.hyphens import HYPHENS, Dehyphenator
from statement_nlp.ingest.normalize import normalize
from statement_nlp.ingest.pieces import Piece, assemble
from statement_nlp.ingest.sniff import utf16_name
from statement_nlp.model import BlockKind, Document

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8 with byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_CLOSERS = "\"'\u201d\u2019\xbb)]*0123456789"
_ENDS = ".!?:;\u2026\u061f\u06d4\u0964"
_BULLET = re.compile(r"(?:[-\u2013\u2014•·▪◦●○■*‣\uf0b7]\s+\S|\(?[a-z]{1,4}\)\s)")
_NUMBERED = re.compile(r"(?:\d{1,3}|[IVX]{1,6})[.)]\s")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")


def decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return the characters of ``data``, the name of its encoding, and notes.

    A byte order mark decides; else zero bytes in every other place mean UTF-16; else bytes that
    are valid UTF-8 are UTF-8; everything else is read as Windows-1252. No statistics are used, so
    the same bytes are always read the same way.
    """
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            text = data.decode(codec, errors="replace")
            return text, name, _damage(text, name)
    wide = utf16_name(data)
    if wide is not None:
        text = data.decode(wide, errors="replace")
        return text, wide, _damage(text, wide)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        return text, "windows-1252", ("not UTF-8; read as Windows-1252", *_damage(text, "it"))


def _damage(text: str, name: str) -> tuple[str, ...]:
    count = text.count("\ufffd")
    return (f"{count} characters are not valid in {name} and stand as U+FFFD",) if count else ()


@attrs.frozen(slots=True)
class Line:
    """A line that is not blank, and what stood before it."""

    text: str
    page: int | None
    blank_before: bool
    page_start: bool


def read_text(data: bytes, *, sha256: str, path: str, markdown: bool = False) -> Document:
    """Return the document in the bytes of a text file.

    Raises:
        IngestError: ``empty-file``, there is nothing but white space.
    """
    text, encoding, notes = decode(data)
    text = normalize(text)
    lines = split_lines(text)
    joiner = Dehyphenator([line.text for line in lines])
    pieces = list(paragraphs(lines, joiner, markdown=markdown))
    remarks = list(notes)
    if joiner.removed:
        remarks.append(f"hyphens undone at line ends: {joiner.removed}")
    return assemble(
        sha256=sha256,
        path=path,
        kind="text",
        pieces=pieces,
        page_count=text.count("\f") + 1 if "\f" in text else None,
        encoding=encoding,
        notes=remarks,
    )


def split_lines(text: str) -> list[Line]:
    """Return the lines of normalized ``text`` that are not blank, with their pages."""
    paged = "\f" in text
    lines: list[Line] = []
    for number, page in enumerate(text.split("\f"), start=1):
        blank, start = False, paged
        for raw in page.split("\n"):
            stripped = raw.strip()
            if not stripped:
                blank = True
                continue
            lines.append(Line(stripped, number if paged else None, blank, start))
            blank, start = False, False
    return lines


def ends_sentence(line: str) -> bool:
    """Return whether ``line`` ends as a sentence, a salutation or a list item ends."""
    bare = line.rstrip(_CLOSERS)
    return line[-1] in _ENDS or (bool(bare) and bare[-1] in _ENDS)


def starts_small(line: str) -> bool:
    """Return whether the first letter of ``line``, after quotes, is a small one."""
    for char in line[:3]:
        if char.isalpha():
            return char.islower()
        if char not in "\"'\u201c\u2018\xab(":
            return False
    return False


def _wrapping(lines: Sequence[Line]) -> tuple[int, bool]:
    """Return the width that lines were wrapped at (0: not wrapped), and whether double-spaced."""
    breaks = cut = blank = blank_cut = 0
    for one, two in pairwise(lines):
        runs_on = not ends_sentence(one.text) and starts_small(two.text)
        if two.blank_before:
            blank, blank_cut = blank + 1, blank_cut + runs_on
        else:
            breaks, cut = breaks + 1, cut + runs_on
    double = blank_cut >= 3 and blank_cut > 0.3 * blank
    wrapped = (breaks >= 2 and cut > 0.3 * breaks) or double
    if not wrapped:
        return 0, False
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[min(len(lengths) - 1, int(0.95 * len(lengths)))]
    return (width if width <= 200 else 0), double


def _joins(one: Line, two: Line, width: int, *, double: bool) -> bool:
    """Return whether ``two`` goes on with the paragraph of ``one``."""
    left, right = one.text, two.text
    small = starts_small(right)
    open_end = not ends_sentence(left)
    runs_on = open_end and small
    if _BULLET.match(right) and not (runs_on and len(right) > 60):
        return False
    if two.page_start:
        return open_end and (small or left[-1] in HYPHENS) and len(left) > 30
    if two.blank_before and not double:
        return False
    if runs_on and (width or len(left) > 60):
        return True
    return bool(width) and _fills(left, right, width, open_end=open_end)


def _fills(left: str, right: str, width: int, *, open_end: bool) -> bool:
    """Return whether ``left`` was wrapped because no more of ``right`` fitted on its line.

    Widths are counted in characters of what was once proportional type, so a quarter of the width
    is allowed.
    """
    if left[-1] in HYPHENS and len(left) > 1 and left[-2].isalpha():
        return True
    if _NUMBERED.match(right) and not open_end:
        return False
    first = right.split(" ", 1)[0]
    return len(left) + 1 + len(first) > 0.75 * width


def paragraphs(
    lines: Sequence[Line], joiner: Dehyphenator, *, markdown: bool = False
) -> Iterator[Piece]:
    """Yield the paragraphs that ``lines`` make.

    Files wrapped at a width are told from files with one paragraph a line by how often a line
    breaks off inside a sentence; see docs/ingest.md.
    """
    width, double = _wrapping(lines)
    previous: Line | None = None
    piece: Piece | None = None
    for line in lines:
        heading = _MARKDOWN_HEADING.match(line.text) if markdown else None
        if piece is not None and previous is not None and heading is None:
            join = piece.kind is not BlockKind.HEADING
            if join and _joins(previous, line, width, double=double):
                joined = joiner.join(piece.text, line.text)
                if line.page is not None and line.page != piece.pages[-1][1]:
                    piece.pages.append((len(joined) - len(line.text), line.page))
                piece.text = joined
                previous = line
                continue
        if piece is not None:
            yield piece
        piece = _start(line, heading)
        previous = line
    if piece is not None:
        yield piece


def _start(line: Line, heading: re.Match[str] | None) -> Piece:
    pages = [(0, line.page)] if line.page is not None else []
    if heading is not None:
        text = line.text[heading.end() :].strip().rstrip("#").rstrip()
        return Piece(BlockKind.HEADING, text, pages, label=str(len(heading.group(1))))
    bullet = _BULLET.match(line.text)
    kind = BlockKind.LIST_ITEM if bullet else BlockKind.PARAGRAPH
    return Piece(kind, line.text, pages)
