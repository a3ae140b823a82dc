"""Topic map and topics-by-delegation matrix, as accessible SVG from plain data."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import attrs

from statement_nlp.topics.settings import load

_LINE = 15
"""Height of a line of text, in user units."""


@attrs.frozen(slots=True)
class MapPoint:
    """One topic on the map."""

    label: str
    x: float
    """-1 to 1."""
    y: float
    size: int
    """Sentences."""
    outside_framework: bool = False


def topic_map(points: Sequence[MapPoint], *, title: str = "Topic map") -> str:
    """Return a map of topics: near ones share vocabulary, area is the number of sentences.

    Topics outside the framework differ by colour, by a dashed outline and by a word in their
    label, so that no reader depends on colour.
    """
    look = load("figures")
    width, height, edge = look["map"]["width"], look["map"]["height"], look["map"]["edge"]
    described = "; ".join(f"{p.label}: {p.size} sentences{_outside(p)}" for p in points)
    parts = _head(width, height, title, f"{len(points)} topics. {described}", look)
    most = max((p.size for p in points), default=1)
    placed: list[tuple[float, float, float, float]] = []
    # Largest first, so that small ones lie on top and labels of large ones are placed first.
    for point in sorted(points, key=lambda p: (-p.size, p.label)):
        x = edge + (point.x + 1) / 2 * (width - 2 * edge)
        y = height - edge - (point.y + 1) / 2 * (height - 2 * edge)
        radius = max(4.0, look["map"]["radius"] * math.sqrt(point.size / most))
        colour = look["outside" if point.outside_framework else "inside"]
        dash = ' stroke-dasharray="4 3"' if point.outside_framework else ""
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" '
            f'fill-opacity="0.35" stroke="{colour}" stroke-width="1.5"{dash}>'
            f"<title>{escape(point.label)}: {point.size} sentences{_outside(point)}</title>"
            "</circle>"
        )
        parts.extend(_map_label(point, x, y, radius, width, placed, look))
    return "\n".join([*parts, "</svg>"])


def _outside(point: MapPoint) -> str:
    return ", outside the framework" if point.outside_framework else ""


def _map_label(
    point: MapPoint,
    x: float,
    y: float,
    radius: float,
    width: float,
    placed: list[tuple[float, float, float, float]],
    look: Mapping[str, Any],
) -> list[str]:
    """Write the label under its circle, moved down past labels that are there already."""
    text = f"{point.label} ({point.size}{'; outside' if point.outside_framework else ''})"
    half = len(text) * look["character"] / 2
    middle = min(max(x, half + 4), width - half - 4)
    line = y + radius + _LINE
    while any(
        abs(middle - other_x) < half + other_half and abs(line - other_line) < _LINE
        for other_x, other_line, other_half, _ in placed
    ):
        line += _LINE
    placed.append((middle, line, half, radius))
    lead = ""
    if line > y + radius + _LINE:
        lead = (
            f'<line x1="{x:.1f}" y1="{y + radius:.1f}" x2="{middle:.1f}" '
            f'y2="{line - _LINE + 4:.1f}" stroke="{look["rule"]}" stroke-width="0.75"/>'
        )
    written = f'<text x="{middle:.1f}" y="{line:.1f}" text-anchor="middle">{escape(text)}</text>'
    return [lead, written] if lead else [written]


def topic_matrix(
    topics: Sequence[str],
    delegations: Sequence[str],
    counts: Mapping[tuple[str, str], int],
    *,
    title: str = "Topics by delegation",
) -> str:
    """Return a matrix of how many sentences each delegation gave to each topic.

    A cell's shade is its share of what the delegation said; its number is printed in it.

    Args:
        topics: Labels, in the order of the columns.
        delegations: Names, in the order of the rows.
        counts: Sentences by (delegation, topic); missing pairs count 0.
        title: Of the figure.
    """
    look = load("figures")
    cell = look["matrix"]["cell"]
    left = 12 + look["character"] * max((len(name) for name in delegations), default=0)
    # Column heads are turned by 45 degrees.
    top = 24 + 0.72 * look["character"] * max((len(name) for name in topics), default=0)
    width = left + cell * len(topics) + top
    height = top + cell * len(delegations) + 12
    described = f"{len(delegations)} delegations by {len(topics)} topics; numbers are sentences."
    parts = _head(width, height, title, described, look)
    for column, topic in enumerate(topics):
        x = left + cell * (column + 0.5)
        parts.append(
            f'<text x="{x:.1f}" y="{top - 6:.1f}" '
            f'transform="rotate(-45 {x:.1f} {top - 6:.1f})">{escape(topic)}</text>'
        )
    for row, name in enumerate(delegations):
        y = top + cell * row
        total = sum(counts.get((name, topic), 0) for topic in topics)
        parts.append(
            f'<text x="{left - 6:.1f}" y="{y + cell / 2 + 4:.1f}" text-anchor="end">'
            f"{escape(name)}</text>"
        )
        for column, topic in enumerate(topics):
            count = counts.get((name, topic), 0)
            if count:
                x = left + cell * column
                parts.extend(_cell(x, y, cell, count, count / total, f"{name}: {topic}", look))
    return "\n".join([*parts, "</svg>"])


def _cell(
    x: float, y: float, cell: float, count: int, share: float, name: str, look: Mapping[str, Any]
) -> list[str]:
    opacity = min(1.0, 0.12 + 1.5 * share)
    ink = look["paper"] if opacity > 0.6 else look["ink"]
    return [
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{cell - 1}" height="{cell - 1}" '
        f'fill="{look["inside"]}" fill-opacity="{opacity:.2f}">'
        f"<title>{escape(name)}: {count} sentences, {share:.0%} of its own</title></rect>",
        f'<text x="{x + cell / 2:.1f}" y="{y + cell / 2 + 4:.1f}" text-anchor="middle" '
        f'fill="{ink}">{count}</text>',
    ]


def _head(
    width: float, height: float, title: str, described: str, look: Mapping[str, Any]
) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'role="img" font-family="{escape(look["font"])}" font-size="{look["font_size"]}" '
        f'fill="{look["ink"]}">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(described)}</desc>",
        # Its own paper, for pages with a dark one.
        f'<path d="M0 0H{width:.0f}V{height:.0f}H0z" fill="{look["paper"]}"/>',
    ]
