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
    found: list[int | None] = []
    for row in range(len(refusals)):
        cosine = asked.vectors @ refusals.vectors[row]
        concepts = asked.concepts @ refusals.concepts[row]
        usual = np.sqrt(asked.usual) @ np.sqrt(refusals.usual[row])
        likeness = np.array(
            [
                cosine[rows].max() / 2 + concepts[rows].max() / 4 + usual[rows].max() / 4
                for rows in map(list, points)
            ]
        ).round(5)
        best = int(likeness.argmax()) if len(likeness) else -1
        found.append(best if best >= 0 and likeness[best] >= attach_from else None)
    return found
