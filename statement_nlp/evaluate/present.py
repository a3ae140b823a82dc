"""Scores as a table for the terminal, as JSON, and as a page with reliability curves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from statement_nlp.corpus.store import write_atomically
from statement_nlp.evaluate.scores import Scores, reliability
from statement_nlp.evaluate.tags import TagEvaluation

if TYPE_CHECKING:
    from statement_nlp.evaluate.measure import Measured

_EXAMPLES = 3
"""Sentences shown per label and kind of error."""
_PLOT = 160
"""Pixels of a reliability curve's side."""


def as_table(name: str, scores: Scores) -> str:
    """Return scores as aligned text."""
    lines = [
        f"{name}: {scores.sentences} sentences",
        "label  precision  recall     F1   95% interval  support  calibration error",
    ]
    lines += [
        f"{s.label:<6} {s.precision:>9.3f} {s.recall:>7.3f} {s.f1:>6.3f}   "
        f"{s.low:.3f}-{s.high:.3f}  {s.support:>7}  {s.calibration_error or 0:>17.3f}"
        for s in scores.labels
    ]
    for group, value in scores.macro.items():
        lines.append(f"{group}: macro-F1 {value:.3f}, micro-F1 {scores.micro[group]:.3f}")
    lines.append(f"calibration error over all labels: {scores.calibration_error:.3f}")
    return "\n".join(lines) + "\n"


def acts_table(name: str, scores: Mapping[str, Any]) -> str:
    """Return scores of acts and slots as aligned text."""
    lines = [f"{name}: acts", f"{'act':<14} precision  recall     F1  support"]
    lines += [
        f"{act:<14} {s['precision']:>9.3f} {s['recall']:>7.3f} {s['f1']:>6.3f}  {s['n']:>7}"
        for act, s in scores.items()
        if act in ("commitment", "proposal", "partnership")
    ]
    status = scores["status"]
    lines.append(f"status on found commitments: {status['accuracy']:.3f} of {status['n']}")
    lines += [f"slot {n}: {s['accuracy']:.3f} of {s['n']}" for n, s in scores["slots"].items()]
    return "\n".join(lines) + "\n"


def write_evaluation(out: Path, measured: Measured) -> None:
    """Write ``evaluation.json`` and ``evaluation.html`` to a folder."""
    out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(measured.plain(), indent=2, sort_keys=True, ensure_ascii=False)
    write_atomically(out / "evaluation.json", (text + "\n").encode())
    write_atomically(out / "evaluation.html", _page(measured).encode())


def _page(measured: Measured) -> str:
    import jinja2

    result = measured.tagged

    source = resources.files("statement_nlp.evaluate") / "data" / "evaluation.html.j2"
    template = jinja2.Environment(autoescape=True).from_string(source.read_text("utf-8"))
    labels = []
    for column, label in enumerate(result.labels):
        truth, found = result.truth[:, column], result.assigned[:, column]
        points = reliability(result.probabilities[:, column], truth)
        labels.append(
            {
                "label": label,
                "curve": " ".join(f"{x * _PLOT:.1f},{(1 - y) * _PLOT:.1f}" for x, y, _ in points),
                "points": [(x * _PLOT, (1 - y) * _PLOT, x, y, n) for x, y, n in points],
                "missed": _examples(result, truth & ~found),
                "wrong": _examples(result, found & ~truth),
                "confused": _confused(result, column),
            }
        )
    return template.render(scores=measured.tags, acts=measured.acts, labels=labels, side=_PLOT)


def _examples(result: TagEvaluation, chosen: np.ndarray) -> list[tuple[str, str]]:
    rows = np.flatnonzero(chosen)[:_EXAMPLES].tolist()
    return [(result.sentences[row].id, result.sentences[row].text or "") for row in rows]


def _confused(result: TagEvaluation, column: int) -> list[tuple[str, int]]:
    """Return the labels given instead, where this one was missed, most frequent first."""
    missed = result.truth[:, column] & ~result.assigned[:, column]
    wrong = result.assigned & ~result.truth
    counts = (wrong & missed[:, None]).sum(axis=0)
    order = np.argsort(-counts, kind="stable")[:_EXAMPLES].tolist()
    return [(result.labels[n], int(counts[n])) for n in order if counts[n]]
