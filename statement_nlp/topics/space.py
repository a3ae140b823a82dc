"""The space topics are found in: leading directions of the sentences' vectors."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

_AT_ONCE = 4096
"""Rows widened at a time; their number changes no result."""


def unit(rows: NDArray[np.floating]) -> Matrix:
    """Return the rows at length 1; rows of zeros stay."""
    found = np.empty(rows.shape)
    for start in range(0, len(rows), _AT_ONCE):
        wide = np.asarray(rows[start : start + _AT_ONCE], dtype=np.float64)
        lengths = np.linalg.norm(wide, axis=1, keepdims=True)
        np.divide(wide, np.where(lengths > 0, lengths, 1.0), out=found[start : start + _AT_ONCE])
    return found


@attrs.frozen(eq=False)
class Space:
    """Principal components of unit vectors; projections are brought to length 1 again.

    Principal components rather than UMAP: they do not depend on a seed, and one statement more
    or less hardly turns them.
    """

    mean: Matrix
    """Shape (dimensions of a vector,)."""
    axes: Matrix
    """Shape (dimensions of a vector, components), the leading one first."""
    kept: int
    """Components that topics are assigned by."""

    @classmethod
    def fit(cls, vectors: NDArray[np.floating], components: int, kept: int) -> Space:
        """Learn the space from vectors of shape (sentences, dimensions)."""
        centred = unit(vectors)
        mean = centred.mean(axis=0)
        centred -= mean
        _, axes = np.linalg.eigh(centred.T @ centred)
        leading = axes[:, ::-1][:, : max(1, min(components, *centred.shape))]
        # An axis has no sign of its own: its largest entry is made positive.
        largest = leading[np.abs(leading).argmax(axis=0), np.arange(leading.shape[1])]
        return cls(mean, leading * np.where(largest < 0, -1.0, 1.0), kept)

    def coordinates(self, vectors: NDArray[np.floating]) -> Matrix:
        """Return coordinates on all components, shape (sentences, components)."""
        centred = unit(vectors)
        centred -= self.mean
        found: Matrix = centred @ self.axes
        return found

    def project(self, vectors: NDArray[np.floating]) -> Matrix:
        """Return unit coordinates on the components kept, shape (sentences, kept)."""
        return unit(self.coordinates(vectors)[:, : self.kept])


def chunks(rows: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    """Yield ``rows`` in pieces of at most ``size``."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def plane(centres: Matrix) -> Matrix:
    """Return coordinates of topics on a map, shape (topics, 2), within -1 to 1.

    Classical scaling of the centres (Torgerson 1952), which for Euclidean distances is their
    principal components. The same centres give the same map.
    """
    count = len(centres)
    if count < 2:
        return np.zeros((count, 2))
    centred = centres - centres.mean(axis=0)
    values, vectors = np.linalg.eigh(centred @ centred.T)
    found = np.zeros((count, 2))
    for axis in range(2):
        column = vectors[:, -1 - axis] * np.sqrt(max(values[-1 - axis], 0.0))
        sign = -1.0 if column[np.abs(column).argmax()] < 0 else 1.0
        found[:, axis] = column * sign
    reach = np.abs(found).max()
    return np.round(found / reach, 6) if reach > 0 else found
