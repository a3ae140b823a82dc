"""Refusals beside the key points they speak against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from statement_nlp.synthesis.features import AskedTable
from statement_nlp.synthesis.lexicon import refusal_frames, table


def refused(clause: str) -> str:
    """Return what a clause refuses, without the words of refusal; the clause where nothing is left.

    ``We see no merit in a yearly briefing`` gives ``a yearly briefing``.
    """
    rest = refusal_frames().sub(" ", clause)
    rest = " ".join(rest.split()).strip(" ,;:.")
    return rest if len(rest.split()) > 1 else clause


def attach(
    refusals: AskedTable, points: Sequence[Sequence[int]], asked: AskedTable
) -> list[int | None]:
    """Return for each refusal the key point it opposes, or ``None`` where none is near enough.

    Likeness is half the greatest cosine between what is refused and a member of the key point, and
    a quarter each the greatest overlap of their concepts and of their usual asks.

    Args:
        refusals: what is refused, without the words of refusal, a row each.
        points: the rows of each key point's members.
        asked: the proposals.
    """
    attach_from = float(table("limits")["opposition"]["attach_from"])
    if not points:
        return [None] * len(refusals)
    members = np.array([row for rows in points for row in rows], dtype=np.int64)
    starts = np.cumsum([0, *map(len, points[:-1])])
    usual_of = np.sqrt(asked.usual)
    found: list[int | None] = []
    for row in range(len(refusals)):
        cosine = asked.vectors @ refusals.vectors[row]
        concepts = asked.concepts @ refusals.concepts[row]
        usual = usual_of @ np.sqrt(refusals.usual[row])
        most = (np.maximum.reduceat(each[members], starts) for each in (cosine, concepts, usual))
        of_vectors, of_concepts, of_asks = most
        likeness = (of_vectors / 2 + of_concepts / 4 + of_asks / 4).round(5)
        best = int(likeness.argmax())
        found.append(best if likeness[best] >= attach_from else None)
    return found
