"""Reading order: two columns, and lines that run across both."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from statement_nlp.ingest.errors import load_data
from statement_nlp.ingest.pdf.lines import TextLine


def in_reading_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines of one page in the order they are read.

    A page has two columns where a clear gutter runs between at least eight lines on each side.
    Lines across the gutter (a title, a full-width note) part the page into bands; in each band the
    first column is read before the second, from the right where the script runs that way.
    """
    ordered = sorted(lines, key=lambda line: (-line.y0, line.x0))
    gutter = _gutter(ordered)
    if gutter is None:
        return _rows(ordered)
    rtl = sum(line.rtl for line in ordered) * 2 > len(ordered)
    result: list[TextLine] = []
    left: list[TextLine] = []
    right: list[TextLine] = []

    def close() -> None:
        for side in [right, left] if rtl else [left, right]:
            result.extend(_rows(side))
            side.clear()

    for line in ordered:
        if line.x1 <= gutter:
            left.append(line)
        elif line.x0 >= gutter:
            right.append(line)
        else:
            close()
            result.append(line)
    close()
    return result


def _rows(ordered: Sequence[TextLine]) -> list[TextLine]:
    """Put pieces that stand on one base line together, as wide-set justified lines need."""
    result: list[TextLine] = []
    row: list[TextLine] = []
    for line in ordered:
        if row and row[0].y0 - line.y0 > 0.4 * min(row[0].size, line.size):
            result.append(_joined(row))
            row = []
        row.append(line)
    return [*result, _joined(row)] if row else result


def _joined(row: list[TextLine]) -> TextLine:
    if len(row) == 1:
        return row[0]
    rtl = sum(line.rtl for line in row) * 2 > len(row)
    row = sorted(row, key=lambda line: -line.x1 if rtl else line.x0)
    text = ""
    raised: list[tuple[int, str]] = []
    marks: list[tuple[int, str]] = []
    for line in row:
        text = f"{text} {line.text}" if text else line.text
        start = len(text) - len(line.text)
        raised += [(start + at, mark) for at, mark in line.raised]
        marks += [(start + at, key) for at, key in line.references]
    lead = max(row, key=lambda line: len(line.text))
    return attrs.evolve(
        lead,
        text=text,
        x0=min(line.x0 for line in row),
        x1=max(line.x1 for line in row),
        raised=raised,
        references=marks,
        rtl=rtl,
    )


def _gutter(lines: Sequence[TextLine]) -> float | None:
    """Return the middle of the gutter between two columns, ``None`` where there is none."""
    settings = load_data("pdf_layout.yaml")["columns"]
    if len(lines) < 2 * settings["lines"]:
        return None
    low, high = min(line.x0 for line in lines), max(line.x1 for line in lines)
    edges = sorted({round(line.x0, 1) for line in lines if line.x0 > low + 0.25 * (high - low)})
    best: tuple[int, float] | None = None
    for edge in edges:
        place = edge - settings["gutter"] / 2
        if place > low + 0.75 * (high - low):
            break
        left = sum(line.x1 <= edge - settings["gutter"] for line in lines)
        right = sum(line.x0 >= edge - 0.5 for line in lines)
        enough = min(left, right) >= settings["lines"]
        if enough and left + right >= settings["clear"] * len(lines):
            score = min(left, right)
            if best is None or score > best[0]:
                best = (score, place)
    if best is None or not _side_by_side(lines, best[1]):
        return None
    return best[1]


def _side_by_side(lines: Sequence[TextLine], gutter: float) -> bool:
    """Return whether the columns stand beside one another and are both wide as text is."""
    left = [line for line in lines if line.x1 <= gutter]
    right = [line for line in lines if line.x0 >= gutter]
    beside = sum(any(abs(a.y0 - b.y0) < 2 * a.size for b in right) for a in left)
    widths = [sorted(one.x1 - one.x0 for one in side)[len(side) // 2] for side in (left, right)]
    size = sorted(line.size for line in lines)[len(lines) // 2]
    return beside >= 0.5 * min(len(left), len(right)) and min(widths) > 6 * size
