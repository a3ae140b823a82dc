"""The agreed wording nearest to each key point."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.synthesis.agreed import AgreedUnit
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
    points: Sequence[Point], units: Sequence[AgreedUnit], vectors: NDArray[np.float32]
) -> tuple[AgreedMatch, ...]:
    """Return the nearest unit of each key point; none where the nearest is not near enough.

    ``vectors`` holds the vectors of the units' substance, shape (units, d).
    """
    if not points or not units:
        return ()
    similar_from = float(table("limits")["agreed_language"]["similar_from"])
    found = []
    for point in points:
        cosines = (vectors @ point.vector).round(4)
        best = int(cosines.argmax())
        if cosines[best] >= similar_from:
            similarity = min(float(cosines[best]), 1.0)
            found.append(
                AgreedMatch(point.key_point.key_point_id, units[best].unit_id, round(similarity, 4))
            )
    return tuple(found)
