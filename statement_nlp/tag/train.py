"""Train the head of the shipped framework from annotated sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from statement_nlp.engine.progress import Progress
from statement_nlp.evaluate.gold import ASPECTS, FACTORS, GoldSentence
from statement_nlp.tag.features import (
    Sentences,
    dense_features,
    field_hits,
    gram_features,
    grams,
)
from statement_nlp.tag.head import Head, stack

SCORED = (*ASPECTS, *FACTORS, "commitment", "proposal", "partnership")
"""Labels of stage one. The acts are scored because they bear on topics ("should" on Q4b)."""
LABELS = (*ASPECTS, *FACTORS)


@attrs.frozen
class Settings:
    """Choices made on the validation part; docs/tagging.md has the table."""

    terms: int = 30_000
    least_sentences: int = 3
    """Sentences a term or field pair must stand in to be seen at all."""
    first_c: float = 0.1
    second_c: float = 1.0
    folds: int = 5
    parts: tuple[str, ...] = ("dense", "terms")


@attrs.frozen(eq=False)
class Examples:
    """Sentences in context and which of them are annotated with what."""

    sentences: Sentences
    row_of: NDArray[np.int64]
    targets: NDArray[np.bool_]
    """Shape (annotated, len(SCORED))."""
    group: NDArray[np.int64]
    """Document number of each annotated sentence."""
    group_of_row: NDArray[np.int64]
    """Document number of every sentence, context included."""


def examples(
    gold: Sequence[GoldSentence],
    sentences: Sentences,
    row_of: NDArray[np.int64],
) -> Examples:
    """Put annotated sentences and their labels side by side."""
    names = {name: n for n, name in enumerate(dict.fromkeys(s.document or s.id for s in gold))}
    group = np.array([names[s.document or s.id] for s in gold], dtype=np.int64)
    by_statement = dict(zip(sentences.statement[row_of].tolist(), group.tolist(), strict=True))
    targets = np.array([[label in _carried(s) for label in SCORED] for s in gold], dtype=np.bool_)
    return Examples(
        sentences=sentences,
        row_of=row_of,
        targets=targets,
        group=group,
        group_of_row=np.array([by_statement[n] for n in sentences.statement.tolist()]),
    )


def _carried(sentence: GoldSentence) -> set[str]:
    acts = set(sentence.acts) | ({"partnership"} if sentence.partnership else set())
    return set(sentence.q) | set(sentence.f) | acts


def train_head(
    data: Examples,
    prototypes: NDArray[np.float32],
    settings: Settings,
    card: dict[str, Any],
    progress: Progress,
) -> tuple[Head, NDArray[np.float32]]:
    """Fit both stages.

    Returns the head, and the cross-fitted probabilities of the annotated sentences, shape
    (annotated, labels): each predicted by stages that never saw its document.
    """
    folds = fold_of(data.group, settings.folds)
    fold_of_row = fold_of(data.group_of_row, settings.folds)
    scores = np.zeros((len(data.sentences), len(SCORED)), dtype=np.float32)
    for fold in range(settings.folds):
        progress("Training", fold, settings.folds + 1)
        first = _fit_first(data, folds != fold, prototypes, settings)
        unseen = np.flatnonzero(fold_of_row == fold)
        scores[unseen] = first.scores(data.sentences, prototypes)[unseen]
    stacked = stack(data.sentences, scores)[data.row_of]
    targets = data.targets[:, [SCORED.index(label) for label in LABELS]]

    probabilities = np.zeros((len(targets), len(LABELS)), dtype=np.float32)
    for fold in range(settings.folds):
        weights, intercept = _fit_second(
            stacked[folds != fold], targets[folds != fold], settings.second_c
        )
        logits = stacked[folds == fold] @ weights + intercept
        probabilities[folds == fold] = 1.0 / (1.0 + np.exp(-logits))
    second, second_intercept = _fit_second(stacked, targets, settings.second_c)
    head = _fit_first(data, np.ones(len(folds), dtype=np.bool_), prototypes, settings)
    progress("Training", settings.folds + 1, settings.folds + 1)
    return (
        attrs.evolve(
            head,
            second=second,
            second_intercept=second_intercept,
            thresholds=best_thresholds(probabilities, targets),
            card=card | {"scored": list(SCORED), "labels": list(LABELS)},
        ),
        probabilities,
    )


def fold_of(group: NDArray[np.int64], folds: int) -> NDArray[np.int64]:
    """Deal documents to folds in turn, so that a document is never in two."""
    dealt: NDArray[np.int64] = group % folds
    return dealt


def _fit_first(
    data: Examples,
    chosen: NDArray[np.bool_],
    prototypes: NDArray[np.float32],
    settings: Settings,
) -> Head:
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
    weights = np.zeros((features.shape[1], len(SCORED)), dtype=np.float32)
    intercept = np.zeros(len(SCORED), dtype=np.float32)
    for column in range(len(SCORED)):
        machine = LinearSVC(C=settings.first_c, class_weight="balanced", max_iter=4000)
        machine.fit(features, targets[:, column])
        weights[:, column] = machine.coef_[0]
        intercept[column] = machine.intercept_[0]
    width = dense.shape[1]
    nothing = np.zeros(0, dtype=np.float32)
    return Head(
        scored=SCORED,
        labels=LABELS,
        vocabulary=vocabulary,
        idf=idf,
        pairs=pairs,
        dense=weights[:width].astype(np.float16).astype(np.float32),
        sparse=weights[width:].astype(np.float16).astype(np.float32),
        intercept=intercept,
        second=nothing,
        second_intercept=nothing,
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


def _fit_second(
    stacked: NDArray[np.float32], targets: NDArray[np.bool_], c: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((stacked.shape[1], targets.shape[1]), dtype=np.float32)
    intercept = np.zeros(targets.shape[1], dtype=np.float32)
    for column in range(targets.shape[1]):
        model = LogisticRegression(C=c, max_iter=2000)
        model.fit(stacked, targets[:, column])
        weights[:, column] = model.coef_[0]
        intercept[column] = model.intercept_[0]
    return weights, intercept


def best_thresholds(
    probabilities: NDArray[np.float32], targets: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Return the threshold with the best F1 per label, smoothed over its neighbours.

    Smoothing keeps a rare label from being tuned to a handful of sentences.
    """
    grid = np.arange(0.15, 0.71, 0.01)
    chosen = np.zeros(targets.shape[1], dtype=np.float32)
    for column in range(targets.shape[1]):
        p, y = probabilities[:, column], targets[:, column]
        hits = np.array([(y & (p >= t)).sum() for t in grid])
        named = np.array([(p >= t).sum() for t in grid])
        f1 = 2 * hits / np.maximum(1, named + y.sum())
        smooth = np.convolve(np.pad(f1, 4, mode="edge"), np.ones(9) / 9, mode="valid")
        chosen[column] = grid[int(smooth.argmax())]
    return chosen
