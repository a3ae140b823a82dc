"""Regions that tile a document: statements, front matter, footnotes, furniture, the rest."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from statement_nlp.model import (
    BODY_KINDS,
    BlockKind,
    Document,
    Region,
    RegionKind,
    Span,
    Statement,
)

Mark = tuple[int, RegionKind, str | None]


def tile(
    document: Document,
    statements: Sequence[Statement],
    *,
    before: RegionKind = RegionKind.FRONT_MATTER,
    left_over: Sequence[Span] = (),
) -> tuple[Region, ...]:
    """Return regions from 0 to the end of the text, in order, with no gap.

    Text before the first statement is ``before``; spans of ``left_over`` and all other text that
    no statement claims are unattributed. White space between regions belongs to the earlier one.
    A footnote belongs to the statement that holds its anchor.
    """
    marks: list[Mark] = []
    starts = [statement.span.start for statement in statements]
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE:
            marks.append((block.span.start, RegionKind.FURNITURE, None))
        elif block.kind is BlockKind.FOOTNOTE:
            owner = _owner(statements, starts, block.anchor)
            marks.append((block.span.start, RegionKind.FOOTNOTE, owner))
        else:
            marks.extend(_body_marks(block.span, statements, starts, before, left_over))
    return _join(marks, len(document.text))


def _body_marks(
    span: Span,
    statements: Sequence[Statement],
    starts: Sequence[int],
    before: RegionKind,
    left_over: Sequence[Span],
) -> list[Mark]:
    """Return where, inside one body block, what the text is changes."""
    edges = {span.start}
    low = max(bisect.bisect_right(starts, span.start) - 1, 0)
    for statement in statements[low:]:
        if statement.span.start >= span.end:
            break
        edges |= {statement.span.start, statement.span.end}
    for other in left_over:
        edges |= {other.start, other.end}
    marks: list[Mark] = []
    for edge in sorted(edge for edge in edges if span.start <= edge < span.end):
        owner = _at(statements, starts, edge)
        if owner is not None:
            marks.append((edge, RegionKind.STATEMENT, owner))
        elif any(other.start <= edge < other.end for other in left_over) or (
            starts and edge >= starts[0]
        ):
            marks.append((edge, RegionKind.UNATTRIBUTED, None))
        else:
            marks.append((edge, before, None))
    return marks


def _at(statements: Sequence[Statement], starts: Sequence[int], offset: int | None) -> str | None:
    """Return the statement that holds the character at ``offset``."""
    if offset is None:
        return None
    index = bisect.bisect_right(starts, offset) - 1
    inside = index >= 0 and offset < statements[index].span.end
    return statements[index].statement_id if inside else None


def _owner(
    statements: Sequence[Statement], starts: Sequence[int], anchor: int | None
) -> str | None:
    """Return the statement of a footnote; its mark may stand right after the last character."""
    at = _at(statements, starts, anchor)
    return at if at is not None or not anchor else _at(statements, starts, anchor - 1)


def _join(marks: Sequence[Mark], length: int) -> tuple[Region, ...]:
    """Merge neighbours that are the same (each footnote stays one region) and fill to the ends."""
    if not length:
        return ()
    if not marks:
        return (Region(RegionKind.UNATTRIBUTED, Span(0, length)),)
    kept: list[Mark] = [(0, *marks[0][1:])]
    for mark in marks[1:]:
        if mark[1:] != kept[-1][1:] or mark[1] is RegionKind.FOOTNOTE:
            kept.append(mark)
    ends = [mark[0] for mark in kept[1:]] + [length]
    return tuple(
        Region(kind, Span(start, end), owner)
        for (start, kind, owner), end in zip(kept, ends, strict=True)
        if end > start
    )


def last_body_end(document: Document, start: int, limit: int) -> int:
    """Return where the last body block that begins in ``[start, limit)`` ends, or ``limit``."""
    ends = [
        min(block.span.end, limit)
        for block in document.blocks
        if block.kind in BODY_KINDS and block.span.start < limit and block.span.end > start
    ]
    return max(ends, default=start)
