"""Precision, recall, F1 with intervals, and calibration, per label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.evaluate.gold import QUESTIONS

_DRAWS = 1000
_BINS = 10


@attrs.frozen
class LabelScore:
    """How well one label is found."""

    label: str
    precision: float
    recall: float
    f1: float
    low: float
    """Lower end of the 95% interval of F1."""
    high: float
    support: int
    """Sentences that carry the label."""
    calibration_error: float | None
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015)."""


@attrs.frozen
class Scores:
    """Scores of one set of sentences."""

    sentences: int
    labels: tuple[LabelScore, ...]
    macro: Mapping[str, float]
    """Mean F1 over questions, aspects and factors."""
    micro: Mapping[str, float]
    calibration_error: float

    def plain(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return attrs.asdict(self)


GROUPS: dict[str, tuple[str, ...]] = {
    "questions": tuple(QUESTIONS),
    "aspects": tuple(a for aspects in QUESTIONS.values() for a in aspects),
    "factors": tuple(f"F{n}" for n in range(1, 8)),
}


def score(
    labels: Sequence[str],
    assigned: NDArray[np.bool_],
    probabilities: NDArray[np.float32],
    truth: NDArray[np.bool_],
    documents: Sequence[str],
    seed: int = 0,
) -> Scores:
    """Score assigned labels against annotated ones.

    Arrays have shape (sentences, labels). Intervals come from ``_DRAWS`` bootstrap samples of
    whole documents (Efron & Tibshirani 1993), because sentences of one document are alike.
    """
    numbers = {name: n for n, name in enumerate(dict.fromkeys(documents))}
    group = np.array([numbers[name] for name in documents])
    weights = _bootstrap_weights(group, len(numbers), seed)
    results = []
    for column, label in enumerate(labels):
        found, true = assigned[:, column], truth[:, column]
        precision, recall, f1 = _rates(found, true, np.ones(len(true)))
        draws = [_rates(found, true, w)[2] for w in weights]
        results.append(
            LabelScore(
                label=label,
                precision=precision,
                recall=recall,
                f1=f1,
                low=float(np.percentile(draws, 2.5)),
                high=float(np.percentile(draws, 97.5)),
                support=int(true.sum()),
                calibration_error=calibration_error(probabilities[:, column], true),
            )
        )
    by_label = {result.label: result for result in results}
    macro, micro = {}, {}
    for name, members in GROUPS.items():
        columns = [labels.index(m) for m in members if m in labels]
        if columns:
            macro[name] = float(np.mean([by_label[labels[c]].f1 for c in columns]))
            pooled = (assigned[:, columns].ravel(), truth[:, columns].ravel())
            micro[name] = _rates(*pooled, np.ones(pooled[0].size))[2]
    return Scores(
        sentences=len(truth),
        labels=tuple(results),
        macro=macro,
        micro=micro,
        calibration_error=calibration_error(probabilities.ravel(), truth.ravel()),
    )


def _rates(
    found: NDArray[np.bool_], true: NDArray[np.bool_], weight: NDArray[np.float64]
) -> tuple[float, float, float]:
    hits = float(weight[found & true].sum())
    named, held = float(weight[found].sum()), float(weight[true].sum())
    precision = hits / named if named else 0.0
    recall = hits / held if held else 0.0
    return precision, recall, 2 * hits / (named + held) if named + held else 0.0


def _bootstrap_weights(group: NDArray[np.int64], groups: int, seed: int) -> NDArray[np.float64]:
    generator = np.random.default_rng(seed)
    counts = generator.multinomial(groups, np.full(groups, 1.0 / groups), size=_DRAWS)
    weights: NDArray[np.float64] = counts[:, group].astype(np.float64)
    return weights


def calibration_error(probabilities: NDArray[np.float32], truth: NDArray[np.bool_]) -> float:
    """Return the expected calibration error: mean probability against share true, over ten bins."""
    if not len(truth):
        return 0.0
    bins = np.minimum((probabilities * _BINS).astype(int), _BINS - 1)
    error = 0.0
    for number in range(_BINS):
        inside = bins == number
        if inside.any():
            gap = abs(float(probabilities[inside].mean()) - float(truth[inside].mean()))
            error += gap * float(inside.mean())
    return error


def reliability(
    probabilities: NDArray[np.float32], truth: NDArray[np.bool_]
) -> list[tuple[float, float, int]]:
    """Return (mean probability, share true, sentences) for each bin that holds any."""
    bins = np.minimum((probabilities * _BINS).astype(int), _BINS - 1)
    return [
        (
            float(probabilities[bins == number].mean()),
            float(truth[bins == number].mean()),
            int((bins == number).sum()),
        )
        for number in range(_BINS)
        if (bins == number).any()
    ]
