"""Refusals beside the key points they speak against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from statement_nlp.synthesis.features import named_concepts
from statement_nlp.synthesis.lexicon import refusal_frames, table


def refused(clause: str) -> str:
    """Return what a clause refuses, without the words of refusal; the clause where nothing is left.

    ``We see no merit in a yearly briefing`` gives ``a yearly briefing``.
    """
    rest = refusal_frames().sub(" ", clause)
    rest = " ".join(rest.split()).strip(" ,;:.")
    return rest if len(rest.split()) > 1 else clause


def attach(
    refusals: Sequence[str],
    vectors: NDArray[np.float32],
    point_texts: Sequence[Sequence[str]],
    point_vectors: Sequence[NDArray[np.float32]],
) -> list[int | None]:
    """Return for each refusal the key point it opposes, or ``None`` where none is near enough.

    Likeness is the mean of two halves: the greatest cosine between what is refused and a member of
    the key point, and the share of the concepts refused that the key point's members speak of (the
    cosine alone where no concept of the field is named).

    Args:
        refusals: what is refused, without the words of refusal.
        vectors: their vectors, shape (refusals, d).
        point_texts: the clauses of each key point.
        point_vectors: the vectors of these clauses, shape (members, d) each.
    """
    attach_from = float(table("limits")["opposition"]["attach_from"])
    concepts_of = [[frozenset(named_concepts(text)) for text in texts] for texts in point_texts]
    found: list[int | None] = []
    for text, vector in zip(refusals, vectors, strict=True):
        mine = frozenset(named_concepts(text))
        likeness = np.array(
            [
                _likeness(mine, theirs, members @ vector)
                for theirs, members in zip(concepts_of, point_vectors, strict=True)
            ]
        )
        best = int(likeness.argmax()) if len(likeness) else -1
        found.append(best if best >= 0 and likeness[best] >= attach_from else None)
    return found


def _likeness(
    mine: frozenset[str], theirs: Sequence[frozenset[str]], cosines: NDArray[np.float32]
) -> float:
    if not mine:
        return round(float(cosines.max()), 5)
    shares = np.array([len(mine & one) / len(mine) for one in theirs])
    return round(float(((cosines + shares) / 2).max()), 5)
