"""Fit linear heads and the joining of their logits (training only)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statement_nlp.acts.heads import Fusion, Head
from statement_nlp.acts.vocabulary import Vocabulary

_STRENGTH = 4.0
_FOLDS = 5
_CHECK = 0.55
"""Part of the threshold's probability from which a finding is listed to check."""


def _design(
    scales: Mapping[str, float],
    dense: Mapping[str, NDArray[np.float32]],
    named: Mapping[str, Sequence[Collection[str]]],
    vocabularies: Mapping[str, Vocabulary],
) -> Any:  # noqa: ANN401 - a scipy matrix; scipy has no types
    from scipy.sparse import csr_matrix, hstack

    parts = [
        (vocabularies[b].matrix(named[b]) if b in vocabularies else csr_matrix(dense[b])) * scale
        for b, scale in scales.items()
    ]
    return hstack(parts).tocsr()


def fit_head(
    outputs: tuple[str, ...],
    scales: Mapping[str, float],
    dense: Mapping[str, NDArray[np.float32]],
    named: Mapping[str, Sequence[Collection[str]]],
    targets: NDArray[np.bool_],
    *,
    strength: float = _STRENGTH,
) -> Head:
    """Fit one logistic regression for each output; ``targets`` has shape (rows, outputs)."""
    from sklearn.linear_model import LogisticRegression

    vocabularies = {b: Vocabulary.learn(named[b]) for b in scales if b in named}
    design = _design(scales, dense, named, vocabularies)
    coefficients, bias = [], []
    for column in range(targets.shape[1]):
        model = LogisticRegression(C=strength, max_iter=400).fit(design, targets[:, column])
        coefficients.append(model.coef_[0])
        bias.append(model.intercept_[0])
    stacked = np.stack(coefficients, 1).astype(np.float32)
    weights, start = {}, 0
    for block in scales:
        width = len(vocabularies[block].names) if block in vocabularies else dense[block].shape[1]
        weights[block] = stacked[start : start + width]
        start += width
    return Head(outputs, dict(scales), weights, np.array(bias, np.float32), vocabularies)


def out_of_fold(
    outputs: tuple[str, ...],
    scales: Mapping[str, float],
    dense: Mapping[str, NDArray[np.float32]],
    named: Mapping[str, Sequence[Collection[str]]],
    targets: NDArray[np.bool_],
    groups: NDArray[np.str_],
) -> NDArray[np.float32]:
    """Return logits of sentences whose documents the head was not fitted on."""
    from sklearn.model_selection import GroupKFold

    logits = np.zeros(targets.shape, np.float32)
    for fit, held in GroupKFold(_FOLDS).split(targets, groups=groups):
        fit_named = {b: [v[r] for r in fit] for b, v in named.items()}
        held_named = {b: [v[r] for r in held] for b, v in named.items()}
        head = fit_head(
            outputs, scales, {b: v[fit] for b, v in dense.items()}, fit_named, targets[fit]
        )
        logits[held] = head.logits({b: v[held] for b, v in dense.items()}, held_named)
    return logits


def fit_fusion(
    names: tuple[str, ...], features: Mapping[str, NDArray[np.float32]], truth: NDArray[np.bool_]
) -> Fusion:
    """Fit the joining regression, and the threshold with the best F1.

    Being a logistic regression on logits it also calibrates (Platt 1999). Of thresholds with the
    nearly the best F1 (within 0.015: the part is small) the middle one is kept.
    """
    from sklearn.linear_model import LogisticRegression

    design = np.stack([features[name] for name in names], 1)
    model = LogisticRegression(C=0.3, max_iter=500).fit(design, truth)
    chance = model.predict_proba(design)[:, 1]
    grid = np.arange(0.25, 0.75, 0.01)
    scores = np.array([_f1(chance >= t, truth) for t in grid])
    good = grid[scores >= scores.max() - 0.015]
    threshold = float(np.median(good))
    return Fusion(
        names,
        model.coef_[0].astype(np.float32),
        float(model.intercept_[0]),
        threshold,
        threshold * _CHECK,
    )


def _f1(found: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    return float(2 * (found & truth).sum() / max(found.sum() + truth.sum(), 1))
