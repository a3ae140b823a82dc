"""The agreed wording nearest to each key point."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from statement_nlp.synthesis.agreed import AgreedUnit
from statement_nlp.synthesis.features import AskedTable
from statement_nlp.synthesis.lexicon import table
from statement_nlp.synthesis.points import Point


@attrs.frozen
class AgreedMatch:
    """A key point and the unit of agreed language nearest to it."""

    key_point_id: str
    unit_id: str
    similarity: float
    """Cosine between the key point's members and the unit, 0 to 1."""


def nearest_units(
    points: Sequence[Point],
    asked: AskedTable,
    units: Sequence[AgreedUnit],
    agreed: AskedTable,
) -> tuple[AgreedMatch, ...]:
    """Return the nearest unit of each key point; none where the nearest is not near enough.

    Nearness is the cosine plus, at half its weight each, how far both speak of the same usual asks
    and of the same concepts. A unit is near enough when the cosine reaches ``similar_from`` and
    the mean of the other two ``same_from``, or when the cosine alone reaches ``alone_from``.

    Args:
        points: the key points; what they compare by are rows of ``asked``.
        asked: the proposals that were compared with each other.
        units: the units of the agreed texts.
        agreed: what the units say, a row each.
    """
    if not points or not units:
        return ()
    limits = table("limits")["agreed_language"]
    found = []
    for point in points:
        rows = list(point.compared)
        cosine = (agreed.vectors @ point.vector).round(4)
        usual = np.sqrt(agreed.usual) @ np.sqrt(asked.usual[rows]).mean(axis=0)
        concepts = agreed.concepts @ asked.concepts[rows].mean(axis=0)
        same = ((usual + concepts) / 2).round(4)
        best = int((cosine + same).argmax())
        near = cosine[best] >= limits["similar_from"] and same[best] >= limits["same_from"]
        if near or cosine[best] >= limits["alone_from"]:
            similarity = round(min(float(cosine[best]), 1.0), 4)
            found.append(AgreedMatch(point.key_point.key_point_id, units[best].unit_id, similarity))
    return tuple(found)
