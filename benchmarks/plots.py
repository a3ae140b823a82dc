"""Line plots as SVG for the documentation."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape

import attrs

_WIDTH, _HEIGHT = 520, 360
_LEFT, _BOTTOM, _TOP, _RIGHT = 70, 50, 36, 20
_INKS = (("#0b4f8a", ""), ("#b34700", "6 3"), ("#666666", "2 3"))
"""Colours that differ in brightness too, each with its own dashes."""


@attrs.frozen
class Line:
    """A named line through points."""

    name: str
    points: Sequence[tuple[float, float]]


def line_plot(
    lines: Sequence[Line], across: str, up: str, title: str, *, logarithmic: bool = False
) -> str:
    """Draw ``lines`` with axes named ``across`` and ``up``; with ``logarithmic``, both by tens."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points]
    place_x, ticks_x = _axis(xs, _LEFT, _WIDTH - _RIGHT, logarithmic=logarithmic)
    place_y, ticks_y = _axis(ys, _HEIGHT - _BOTTOM, _TOP, logarithmic=logarithmic)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="20" font-size="14">{escape(title)}</text>',
        f'<text x="{(_LEFT + _WIDTH) / 2:.0f}" y="{_HEIGHT - 10}" text-anchor="middle">'
        f"{escape(across)}</text>",
        f'<text transform="translate(16 {_HEIGHT / 2:.0f}) rotate(-90)" text-anchor="middle">'
        f"{escape(up)}</text>",
    ]
    for tick in ticks_x:
        x = place_x(tick)
        parts.append(f'<path d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#dddddd"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle">{tick:,g}</text>'
        )
    for tick in ticks_y:
        y = place_y(tick)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#dddddd"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:,g}</text>')
    for number, line in enumerate(lines):
        ink, dashes = _INKS[number % len(_INKS)]
        drawn = " ".join(f"{place_x(x):.1f},{place_y(y):.1f}" for x, y in line.points)
        parts.append(
            f'<polyline points="{drawn}" fill="none" stroke="{ink}" stroke-width="2" '
            f'stroke-dasharray="{dashes}"/>'
        )
        parts += [
            f'<circle cx="{place_x(x):.1f}" cy="{place_y(y):.1f}" r="3" fill="{ink}"/>'
            for x, y in line.points
        ]
        parts.append(
            f'<text x="{_LEFT + 10}" y="{_TOP + 16 + 16 * number}" fill="{ink}">'
            f"{escape(line.name)}</text>"
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _axis(
    values: Sequence[float], start: float, end: float, *, logarithmic: bool
) -> tuple[Callable[[float], float], list[float]]:
    if logarithmic:
        low = math.floor(math.log10(min(values)))
        high = max(low + 1, math.ceil(math.log10(max(values))))
        ticks = [10.0**power for power in range(low, high + 1)]
        return lambda v: start + (end - start) * (math.log10(v) - low) / (high - low), ticks
    top = max(values) or 1.0
    return lambda v: start + (end - start) * v / top, [top * step / 5 for step in range(6)]
