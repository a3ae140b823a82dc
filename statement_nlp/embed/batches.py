"""Batches in which all texts have the same number of tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray


def equal_length_batches(lengths: Sequence[int], budget: int) -> Iterator[NDArray[np.int64]]:
    """Yield positions of ``lengths``, each position once, longest texts first.

    The texts of one batch have equal lengths, so none needs padding; a batch holds at most
    ``budget`` tokens, or a single text.
    """
    counts = np.asarray(lengths, dtype=np.int64)
    order = np.argsort(-counts, kind="stable")
    edges = np.flatnonzero(np.diff(counts[order])) + 1
    for group in np.split(order, edges):
        if group.size == 0:
            continue
        step = max(1, budget // max(1, int(counts[group[0]])))
        for start in range(0, len(group), step):
            yield group[start : start + step]
