"""Draw whole statements out of a corpus that is too large to be looked at in one piece."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def drawn_statements(ids: Sequence[str], sizes: NDArray[np.int64], most: int) -> NDArray[np.bool_]:
    """Return which statements are drawn: in the order of their ids, until ``most`` is reached.

    Ids are hashes of content: their order is a random one that does not change when other
    statements come or go.

    Args:
        ids: Id of each statement.
        sizes: What each counts for, shape (statements,).
        most: Sum of the sizes from which no further statement is drawn.
    """
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    before = np.cumsum(sizes[order]) - sizes[order]
    drawn = np.zeros(len(ids), dtype=np.bool_)
    drawn[order[before < most]] = True
    return drawn
