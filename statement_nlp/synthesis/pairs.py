"""Which proposals are worth comparing, and how likely two of them ask for the same thing."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.synthesis.features import AskedTable
from statement_nlp.synthesis.lexicon import table

FEATURES = (
    "cosine", "cosine_above_usual", "words", "concepts", "concepts_times_cosine",
    "same_addressee", "other_addressee", "same_speaker",
    "usual_product", "usual_overlap", "usual_same",
    "known_product", "known_overlap", "known_same",
)  # fmt: skip
"""Columns of :func:`compare`."""


def candidates(asked: AskedTable, known: int | None = None) -> NDArray[np.int32]:
    """Return pairs ``(i, j)``, ``i < j``, one the other's near neighbour; shape (pairs, 2).

    Neighbours are the nearest by vector and the nearest by concepts, ``grouping.neighbours`` of
    each, found in blocks of rows, so that memory grows with n and not with its square.

    Args:
        asked: the clauses.
        known: where given, neighbours are sought for the rows after the first ``known`` only, and
            among these first ones.
    """
    limits = table("limits")["grouping"]
    count = len(asked)
    first, reach = (0, count) if known is None else (known, known)
    nearest = min(int(limits["neighbours"]), reach - (known is None))
    if nearest < 1:
        return np.zeros((0, 2), dtype=np.int32)
    keys = [np.zeros(0, dtype=np.int64)]
    for start in range(first, count, int(limits["block_rows"])):
        rows = np.arange(start, min(start + int(limits["block_rows"]), count))
        for near in (
            asked.vectors[rows] @ asked.vectors[:reach].T,
            asked.concepts[rows] @ asked.concepts[:reach].T,
        ):
            if known is None:
                near[np.arange(len(rows)), rows] = -2.0
            pairs = np.stack([np.repeat(rows, nearest), _nearest(near, nearest).ravel()], axis=1)
            pairs.sort(axis=1)
            keys.append(pairs[:, 0].astype(np.int64) * count + pairs[:, 1])
    unique = np.unique(np.concatenate(keys))
    return np.stack([unique // count, unique % count], axis=1).astype(np.int32)


def _nearest(near: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Return the columns of the ``count`` greatest values of each row, in no order.

    Values are rounded and ties go to the lower column, so that machines whose sums differ in the
    last bits choose the same.
    """
    columns = near.shape[1]
    keys = np.rint(near * -1e5).astype(np.int64) * columns + np.arange(columns)
    found: NDArray[np.int64] = np.argpartition(keys, count - 1, axis=1)[:, :count]
    return found


def compare(
    asked: AskedTable, pairs: NDArray[np.int32], known: int | None = None
) -> NDArray[np.float32]:
    """Return the features of pairs of rows; shape (pairs, len(FEATURES)).

    Args:
        asked: the clauses.
        pairs: rows to compare, shape (pairs, 2).
        known: where given, what is usual is told from the first ``known`` rows alone.
    """
    step = int(table("limits")["grouping"]["block_pairs"])
    usual = _usual_cosine(asked, known)
    parts = [
        _compare(asked, pairs[start : start + step], usual) for start in range(0, len(pairs), step)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, len(FEATURES)), dtype=np.float32)


def _compare(
    asked: AskedTable, pairs: NDArray[np.int32], usual: NDArray[np.float32]
) -> NDArray[np.float32]:
    left, right = pairs[:, 0], pairs[:, 1]
    cosine = np.einsum("ij,ij->i", asked.vectors[left], asked.vectors[right])
    shared = np.einsum("ij,ij->i", asked.concepts[left], asked.concepts[right])
    known = (asked.addressee[left] >= 0) & (asked.addressee[right] >= 0)
    same = asked.addressee[left] == asked.addressee[right]
    columns = (
        cosine,
        cosine - (usual[left] + usual[right]) / 2,
        _dot(asked.words, left, right),
        shared,
        shared * cosine,
        known & same,
        known & ~same,
        asked.speaker[left] == asked.speaker[right],
        *_together(asked.usual, left, right),
        *_together(asked.known, left, right),
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _together(
    shares: NDArray[np.float32], left: NDArray[np.int32], right: NDArray[np.int32]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return the product, the overlap and the agreement of two distributions over asks.

    The overlap is Bhattacharyya's coefficient; the agreement is the lesser of the two greatest
    probabilities where both are of the same ask, else 0.
    """
    if not shares.shape[1]:
        none = np.zeros(len(left), dtype=np.float32)
        return none, none, none
    one, other = shares[left], shares[right]
    product = one * other
    same = one.argmax(axis=1) == other.argmax(axis=1)
    return (
        product.sum(axis=1),
        np.sqrt(product).sum(axis=1),
        np.where(same, np.minimum(one.max(axis=1), other.max(axis=1)), 0.0).astype(np.float32),
    )


def _usual_cosine(asked: AskedTable, known: int | None) -> NDArray[np.float32]:
    """Return the mean cosine of each row to all: what is near to everything is near to nothing."""
    usual: NDArray[np.float32] = asked.vectors @ asked.vectors[:known].mean(axis=0)
    return usual


def _dot(matrix: object, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.float32]:
    from scipy.sparse import csr_matrix

    rows = csr_matrix(matrix)
    products = rows[left].multiply(rows[right]).sum(axis=1)
    return np.asarray(products, dtype=np.float32).ravel()


@attrs.frozen(eq=False)
class PairModel:
    """Logistic regression on the features of a pair."""

    weights: NDArray[np.float64]
    """Shape (len(FEATURES),)."""
    intercept: float

    @classmethod
    def load(cls, *, known: bool) -> PairModel:
        """Return the shipped model (``data/pair_model.yaml``)."""
        return cls.of(table("pair_model")["with_known" if known else "without_known"])

    @classmethod
    def of(cls, data: Mapping[str, object]) -> PairModel:
        """Build from a mapping with ``weights`` by feature and an ``intercept``.

        Raises:
            KeyError: a feature has no weight.
        """
        weights = data["weights"]
        assert isinstance(weights, Mapping)
        return cls(
            np.array([float(weights[name]) for name in FEATURES]), float(str(data["intercept"]))
        )

    def probability(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probability that each pair asks for the same; shape (pairs,)."""
        logits = features.astype(np.float64) @ self.weights + self.intercept
        probability: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-logits))
        return probability.round(6)
