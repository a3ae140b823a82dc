"""A linear head over a sentence's tuned vector and those of its neighbours."""

from __future__ import annotations

from typing import ClassVar

import attrs
import numpy as np
from numpy.typing import NDArray


def neighbour(statement: NDArray[np.int64], offset: int) -> NDArray[np.int64]:
    """Return the index of the sentence ``offset`` places away, or -1 across a statement.

    ``statement`` numbers the statement of each sentence.
    """
    index = np.arange(len(statement)) + offset
    inside = (index >= 0) & (index < len(statement))
    same = np.zeros(len(statement), dtype=np.bool_)
    same[inside] = statement[index[inside]] == statement[inside]
    return np.where(same, index, -1)


@attrs.frozen(eq=False)
class ContextHead:
    """Scores labels from the sentence, the ones beside it, and the mean of four around it."""

    parts: ClassVar[int] = 4
    length: ClassVar[float] = 12.0
    """Length that unit vectors are brought to, so that weights of ordinary size suffice."""

    weights: NDArray[np.float32]
    """Shape (4 x dimensions, labels)."""
    bias: NDArray[np.float32]

    def logits(
        self, vectors: NDArray[np.float32], statement: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return logits of shape (sentences, labels); ``vectors`` are unit rows."""
        size = vectors.shape[1]
        own, before, after, around = (
            self.weights[part * size : (part + 1) * size] for part in range(self.parts)
        )
        beside = {
            -2: around / 4,
            -1: before + around / 4,
            1: after + around / 4,
            2: around / 4,
        }
        total = vectors @ own
        for offset, weights in beside.items():
            index = neighbour(statement, offset)
            total = total + (vectors @ weights)[index] * (index >= 0)[:, None]
        found: NDArray[np.float32] = (total * self.length + self.bias).astype(np.float32)
        return found
