"""Which clause of a sentence carries which act."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from statement_nlp.acts.clauses import split_clauses
from statement_nlp.acts.features import word_features
from statement_nlp.acts.heads import HeadFile
from statement_nlp.acts.lexicon import load_data

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ACTS = ("commitment", "proposal")


def act_ranges(
    doc: Doc, names: tuple[str, ...], acts: set[str], heads: HeadFile
) -> dict[str, tuple[int, int]]:
    """Return for each act the character range of the clause that carries it.

    Clauses are scored with the words part of the first look. One act is cut to its clause only
    where another clause is clearly without it; two acts go to the split that fits both best.
    """
    text = doc.text
    whole = (0, len(text))
    pieces = split_clauses(doc)
    if len(pieces) < 2 or not acts:
        return dict.fromkeys(acts, whole)
    scores = _scores([text[a:b] for a, b in pieces], names, heads)
    if len(acts) == 2:
        best = max(
            itertools.permutations(range(len(pieces)), 2),
            key=lambda pair: scores[pair[0], 0] + scores[pair[1], 1],
        )
        return {act: pieces[piece] for act, piece in zip(_ACTS, best, strict=True)}
    act = next(iter(acts))
    column = scores[:, _ACTS.index(act)]
    lead = float(load_data("limits.yaml")["spans"]["lead"])
    kept = np.nonzero(column >= column.max() - lead)[0]
    return {act: (pieces[kept[0]][0], pieces[kept[-1]][1])}


def _scores(texts: list[str], names: tuple[str, ...], heads: HeadFile) -> np.ndarray:
    head = heads.heads["first"]
    rows = [word_features(text, names) for text in texts]
    return np.asarray(head.vocabularies["words"].matrix(rows) @ head.weights["words"])
