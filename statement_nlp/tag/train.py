"""Train the head of the shipped framework from annotated sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from statement_nlp.evaluate.gold import ASPECTS, FACTORS, GoldSentence
from statement_nlp.tag.context import ContextHead
from statement_nlp.tag.features import (
    Sentences,
    dense_features,
    field_hits,
    gram_features,
    grams,
)
from statement_nlp.tag.head import Head

LABELS = (*ASPECTS, *FACTORS)
_USUAL = 0.38
"""Threshold of a label about which nothing else is known (Lipton et al. 2014: half the best F1)."""


@attrs.frozen
class Settings:
    """Choices made on the validation part; docs/tagging.md has the table."""

    terms: int = 30_000
    least_sentences: int = 3
    """Sentences a term or field pair must stand in to be seen at all."""
    first_c: float = 0.1
    joining_c: float = 1.0
    folds: int = 5
    parts: tuple[str, ...] = ("dense", "terms")


@attrs.frozen(eq=False)
class Examples:
    """Sentences in context and which of them are annotated with what."""

    sentences: Sentences
    row_of: NDArray[np.int64]
    targets: NDArray[np.bool_]
    """Shape (annotated, labels)."""
    group: NDArray[np.int64]
    """Document number of each annotated sentence."""


def examples(
    gold: Sequence[GoldSentence],
    sentences: Sentences,
    row_of: NDArray[np.int64],
) -> Examples:
    """Put annotated sentences and their labels side by side."""
    names = {name: n for n, name in enumerate(dict.fromkeys(s.document or s.id for s in gold))}
    group = np.array([names[s.document or s.id] for s in gold], dtype=np.int64)
    targets = np.array([[label in s.q | s.f for label in LABELS] for s in gold], dtype=np.bool_)
    return Examples(
        sentences=sentences,
        row_of=row_of,
        targets=targets,
        group=group,
    )


def train_head(
    data: Examples,
    held: NDArray[np.bool_],
    tuned: ContextHead,
    prototypes: NDArray[np.float32],
    settings: Settings,
    card: dict[str, Any],
) -> Head:
    """Fit the machines on sentences that are not ``held``, joining and thresholds on the others.

    ``tuned`` is the head that the encoder was tuned with, on the same sentences as the machines; so
    the joining sees scores as they are on documents that neither reading has seen.
    """
    head = attrs.evolve(fit_machines(data, ~held, prototypes, settings), tuned=tuned)
    rows = data.row_of[held]
    scores, logits = (found[rows] for found in head.scores(data.sentences, prototypes))
    targets = data.targets[held]
    folds = fold_of(data.group[held], settings.folds)
    joining = np.zeros((3, len(LABELS)), dtype=np.float32)
    thresholds = np.zeros(len(LABELS), dtype=np.float32)
    for column in range(len(LABELS)):
        seen = np.stack([scores[:, column], logits[:, column]], axis=1)
        joining[:, column], unseen = join(seen, targets[:, column], folds, settings.joining_c)
        thresholds[column] = best_threshold(unseen, targets[:, column])
    return attrs.evolve(
        head, joining=joining, thresholds=thresholds, card=card | {"labels": list(LABELS)}
    )


def join(
    seen: NDArray[np.float32], truth: NDArray[np.bool_], folds: NDArray[np.int64], c: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return weights and intercept, and each sentence's probability as other folds give it."""
    from sklearn.linear_model import LogisticRegression

    probabilities = np.zeros(len(truth), dtype=np.float32)
    for fold in np.unique(folds):
        fit = folds != fold
        model = LogisticRegression(C=c).fit(seen[fit], truth[fit])
        probabilities[~fit] = model.predict_proba(seen[~fit])[:, 1]
    model = LogisticRegression(C=c).fit(seen, truth)
    return np.append(model.coef_[0], model.intercept_[0]).astype(np.float32), probabilities


def fold_of(group: NDArray[np.int64], folds: int) -> NDArray[np.int64]:
    """Deal documents to folds in turn, so that a document is never in two."""
    dealt: NDArray[np.int64] = group % folds
    return dealt


def fit_machines(
    data: Examples,
    chosen: NDArray[np.bool_],
    prototypes: NDArray[np.float32],
    settings: Settings,
) -> Head:
    """Fit one linear support vector machine a label on the ``chosen`` sentences."""
    from sklearn.svm import LinearSVC

    rows = data.row_of[chosen]
    texts = [data.sentences.texts[row] for row in rows.tolist()]
    vocabulary, idf = _vocabulary(texts, settings)
    pairs = _pairs(texts, settings)
    dense = dense_features(data.sentences, pairs, prototypes)[rows]
    if "dense" not in settings.parts:
        dense = np.zeros_like(dense)
    terms = gram_features(texts, vocabulary, idf)
    features = sparse.csr_matrix(sparse.hstack([sparse.csr_matrix(dense), terms]))
    targets = data.targets[chosen]
    weights = np.zeros((features.shape[1], len(LABELS)), dtype=np.float32)
    intercept = np.zeros(len(LABELS), dtype=np.float32)
    for column in range(len(LABELS)):
        machine = LinearSVC(C=settings.first_c, class_weight="balanced", max_iter=4000)
        machine.fit(features, targets[:, column])
        weights[:, column] = machine.coef_[0]
        intercept[column] = machine.intercept_[0]
    width = dense.shape[1]
    nothing = np.zeros(0, dtype=np.float32)
    return Head(
        labels=LABELS,
        vocabulary=vocabulary,
        idf=idf,
        pairs=pairs,
        dense=weights[:width].astype(np.float16).astype(np.float32),
        sparse=weights[width:].astype(np.float16).astype(np.float32),
        intercept=intercept,
        tuned=ContextHead(nothing[:, None], nothing),
        joining=nothing,
        thresholds=nothing,
        card={},
    )


def _vocabulary(
    texts: Sequence[str], settings: Settings
) -> tuple[dict[str, int], NDArray[np.float32]]:
    if "terms" not in settings.parts:
        return {"": 0}, np.ones(1, dtype=np.float32)
    count: Counter[str] = Counter()
    for text in texts:
        count.update(set(grams(text)))
    kept = [(n, gram) for gram, n in count.items() if n >= settings.least_sentences]
    kept.sort(key=lambda item: (-item[0], item[1]))
    kept = kept[: settings.terms]
    idf = [np.log((1 + len(texts)) / (1 + n)) + 1.0 for n, _ in kept]
    return {gram: column for column, (_, gram) in enumerate(kept)}, np.array(idf, dtype=np.float32)


def _pairs(texts: Sequence[str], settings: Settings) -> NDArray[np.int64]:
    found = field_hits(texts) > 0
    together = found.T.astype(np.int64) @ found.astype(np.int64)
    first, second = np.nonzero(np.triu(together >= 2 * settings.least_sentences, 1))
    return np.stack([first, second], axis=1)


def best_threshold(probabilities: NDArray[np.float32], truth: NDArray[np.bool_]) -> float:
    """Return the threshold with the best F1, smoothed over its neighbours and drawn to the middle.

    Both keep a rare label from being tuned to a handful of sentences: the best of the smoothed
    curve is averaged with ``_USUAL``, about where F1 is best when probabilities are right.
    """
    grid = np.arange(0.15, 0.71, 0.01)
    found = probabilities >= grid[:, None]
    f1 = 2 * (found & truth).sum(axis=1) / np.maximum(1, found.sum(axis=1) + truth.sum())
    smooth = np.convolve(np.pad(f1, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    return (float(grid[int(smooth.argmax())]) + _USUAL) / 2
