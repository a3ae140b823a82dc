"""Lines put together to paragraphs, over column and page breaks too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import attrs

from statement_nlp.ingest.errors import load_data
from statement_nlp.ingest.hyphens import HYPHENS, Dehyphenator
from statement_nlp.ingest.pdf.lines import TextLine
from statement_nlp.ingest.pieces import Piece
from statement_nlp.ingest.text import ends_sentence, starts_small
from statement_nlp.model import BlockKind

_BULLET = re.compile(r"[-\u2013\u2014•·▪◦●○■*‣\uf0b7\uf0a7\u27a2\u2713]\s+\S|[o]\s+[A-Z]")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[ivxIVX]{1,5}|[a-zA-Z])[.)]\s+\S")


@attrs.frozen
class Style:
    """What is usual in a document: sizes and places in points."""

    size: float
    leading: float
    bold: bool
    """Whether the running text itself is bold."""
    centred: bool
    """Whether the running text itself is centred, so that it says nothing of headings."""
    capitals: bool
    """Whether the running text is in capitals throughout."""


def usual_style(lines: Sequence[TextLine]) -> Style:
    """Return the commonest style of ``lines``, weighted by their characters."""
    sizes: Counter[float] = Counter()
    gaps: Counter[int] = Counter()
    bold = total = capitals = 0
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
        bold += len(line.text) * line.bold
        total += len(line.text)
        capitals += len(line.text) * _in_capitals(line.text)
    for one, two in pairwise(lines):
        if one.page == two.page and one.y0 > two.y0:
            gaps[round(one.y0 - two.y0)] += 1
    size = min((-count, size) for size, count in sizes.items())[1]
    leading = min((-count, gap) for gap, count in gaps.items())[1] if gaps else size
    return Style(
        size, float(leading), bold * 2 > total, _mostly_centred(lines), capitals * 2 > total
    )


def _in_capitals(text: str) -> bool:
    return text == text.upper() and text != text.lower()


def _mostly_centred(lines: Sequence[TextLine]) -> bool:
    starts = Counter(round(line.x0 / 3) for line in lines)
    return bool(starts) and starts.most_common(1)[0][1] < 0.15 * len(lines)


@attrs.frozen
class _Column:
    """Edges of the column of text a line stands in; mirrored for right-to-left lines."""

    left: float
    right: float


def _start(line: TextLine) -> float:
    return -line.x1 if line.rtl else line.x0


def _end(line: TextLine) -> float:
    return -line.x0 if line.rtl else line.x1


def _columns(lines: Sequence[TextLine]) -> dict[int, _Column]:
    """Return, for each line by ``id``, the edges of its column on its page and its neighbours.

    The right edge is that of the widest lines nearby that begin at about the same place; one long
    line in fifty may stick out.
    """
    result: dict[int, _Column] = {}
    groups: dict[bool, list[TextLine]] = {True: [], False: []}
    for line in lines:
        groups[line.rtl].append(line)
    for group in groups.values():
        for index, line in enumerate(group):
            near = [
                other
                for other in group[max(index - 25, 0) : index + 26]
                if _start(other) < _end(line) and _start(line) < _end(other)
            ]
            ends = sorted(_end(other) for other in near)
            starts = Counter(round(_start(other)) for other in near)
            common = max(starts.values())
            left = min(place for place, count in starts.items() if count * 3 >= common)
            result[id(line)] = _Column(left, ends[max(int(0.95 * len(ends)) - 1, 0)])
    return result


def is_heading(line: TextLine, style: Style, column: _Column) -> bool:
    """Return whether ``line`` looks like a line of a heading: large, bold, centred or capitals."""
    settings = load_data("pdf_layout.yaml")["headings"]
    text = line.text
    if len(text) > settings["characters"] or _BULLET.match(text):
        return False
    if line.size > settings["larger"] * style.size or (line.bold and not style.bold):
        return True
    letters = sum(char.isalpha() for char in text)
    if letters > 3 and _in_capitals(text) and not style.capitals:
        return True
    width = column.right - column.left
    start, end = _start(line), _end(line)
    lopsided = abs((start - column.left) - (column.right - end))
    return (
        not style.centred
        and start - column.left > 0.08 * width
        and lopsided < 0.06 * width
        and line.text[-1] not in ",;"
    )


def paragraphs(
    lines: Sequence[TextLine],
    joiner: Dehyphenator,
    style: Style,
) -> Iterator[Piece]:
    """Yield the paragraphs of running text that ``lines``, in reading order, make."""
    columns = _columns(lines)
    heading = {id(line): is_heading(line, style, columns[id(line)]) for line in lines}
    group: list[TextLine] = []
    for line in lines:
        if group and _breaks(group, line, columns, heading, style):
            yield _piece(group, joiner, heading)
            group = []
        group.append(line)
    if group:
        yield _piece(group, joiner, heading)


def _breaks(
    group: Sequence[TextLine],
    line: TextLine,
    columns: Mapping[int, _Column],
    heading: Mapping[int, bool],
    style: Style,
) -> bool:
    """Return whether ``line`` begins a new paragraph after ``group``."""
    settings = load_data("pdf_layout.yaml")["paragraphs"]
    last = group[-1]
    small = starts_small(line.text) or style.capitals or line.rtl
    open_end = not ends_sentence(last.text)
    runs_on = open_end and (small or last.text[-1] in HYPHENS)
    column = columns[id(line)]
    full = _fills(last, line, columns[id(last)], settings["slack"])
    alike = abs(last.size - line.size) <= 0.1 * style.size and last.rtl == line.rtl
    indented = _start(line) - column.left > settings["indent"] * style.size
    before = _start(last) - column.left > settings["indent"] * style.size
    marked = _BULLET.match(line.text) or (_NUMBERED.match(line.text) and not runs_on)
    near = last.page != line.page or -line.size < last.y0 - line.y0 < 1.6 * _leading(
        group, line, style
    )
    if marked or heading[id(last)] != heading[id(line)]:
        # A bold phrase inside a sentence, or the first line of a hanging indent, is no heading.
        inside = starts_small(line.text) or full
        return not (alike and near and open_end and inside)
    if last.page != line.page or line.y0 > last.y0:
        certain = starts_small(line.text) or last.text[-1] in HYPHENS
        return not (alike and open_end and (certain or (full and not indented)))
    gap = last.y0 - line.y0
    leading = _leading(group, line, style)
    if not alike or gap > settings["gap"] * leading:
        return not (alike and runs_on and full and gap < 1.6 * leading)
    if heading[id(line)] and all(heading[id(one)] for one in group):
        return len(group) >= int(load_data("pdf_layout.yaml")["headings"]["lines"])
    fresh = indented and not before and not runs_on
    # A long line without a full stop goes on below, even where a ragged margin hides it.
    wide = _end(last) - column.left > settings["long"] * (column.right - column.left)
    loose = open_end and wide and last.text[-1] != ","
    return fresh or not (full or loose or (runs_on and starts_small(line.text)))


def _leading(group: Sequence[TextLine], line: TextLine, style: Style) -> float:
    """Return the distance of base lines usual here: in the paragraph so far, else the document."""
    inside = [one.y0 - two.y0 for one, two in pairwise(group) if one.page == two.page]
    usual = max(style.leading, 0.8 * style.size)
    # Headings and letterheads have a leading of their own.
    scaled = usual * max(line.size / style.size, 1.0) if line.size > 1.1 * style.size else usual
    own = [gap for gap in inside if gap > 0]
    return max(own[-1], 0.8 * line.size) if own else scaled


def _fills(last: TextLine, line: TextLine, column: _Column, slack: float) -> bool:
    """Return whether the first word of ``line`` would not have fitted after ``last``."""
    word = line.text.split(" ", 1)[0]
    per_char = (line.x1 - line.x0) / max(len(line.text), 1)
    room = column.right - _end(last)
    return bool(room < (len(word) + 1) * per_char + slack * line.size)


def _piece(
    group: Sequence[TextLine],
    joiner: Dehyphenator,
    heading: Mapping[int, bool],
) -> Piece:
    first = group[0]
    piece = Piece(BlockKind.PARAGRAPH, first.text, [(0, first.page)])
    piece.references += first.references
    for line in group[1:]:
        joined = joiner.join(piece.text, line.text)
        start = len(joined) - len(line.text)
        if line.page != piece.pages[-1][1]:
            piece.pages.append((start, line.page))
        piece.references += [(start + at, key) for at, key in line.references]
        piece.text = joined
    settings = load_data("pdf_layout.yaml")["headings"]
    short = len(piece.text) <= settings["characters"]
    if _BULLET.match(first.text):
        piece.kind = BlockKind.LIST_ITEM
    elif (
        short
        and all(heading[id(line)] for line in group)
        and piece.text[-1] not in ".,;:!?"
        and not starts_small(piece.text)
    ):
        piece.kind = BlockKind.HEADING
    return piece
