"""Fit and measure the voice of similarity and cues for objectives, strategy items and themes.

``python -m benchmarks.framework_labels`` writes the weights to
``statement_nlp/tag/data/similarity.yaml`` and the table into docs/tagging.md. Figures are
cross-validated by document: every sentence is scored by weights that never saw its document.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from benchmarks.quality import write_between
from statement_nlp.embed import load_encoder
from statement_nlp.evaluate.corpus import WRITTEN
from statement_nlp.evaluate.texts import written_texts
from statement_nlp.framework import load_framework
from statement_nlp.model import Scheme
from statement_nlp.tag.similarity import SimilarityVoice, cue_matrix

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "statement_nlp" / "tag" / "data" / "similarity.yaml"
SCHEMES = (Scheme.OBJECTIVES, Scheme.STRATEGY, Scheme.THEMES)
FOLDS = 6


def fit(features: np.ndarray, truth: np.ndarray) -> LogisticRegression:
    """Fit one label's weights."""
    return LogisticRegression(C=30.0, max_iter=1000).fit(features, truth)


def best_threshold(probabilities: np.ndarray, truth: np.ndarray) -> float:
    """Return the threshold with the best F0.5, smoothed over its neighbours.

    Precision counts double: these labels are pointers, and F1 would have a frequent label that is
    hard to tell given to every sentence.
    """
    grid = np.arange(0.1, 0.71, 0.01)
    scores = [f_of(probabilities >= t, truth, 0.5) for t in grid]
    smooth = np.convolve(np.pad(scores, 3, mode="edge"), np.ones(7) / 7, mode="valid")
    return round(float(grid[int(smooth.argmax())]), 2)


def f_of(found: np.ndarray, truth: np.ndarray, beta: float = 1.0) -> float:
    """Return F-beta (van Rijsbergen 1979)."""
    hits = (1 + beta**2) * float((found & truth).sum())
    return hits / max(1.0, float(found.sum() + beta**2 * truth.sum()))


def main() -> None:
    """Fit, measure and write."""
    lines = (ROOT / "corpora" / "gold" / "framework.jsonl").read_text("utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    texts = written_texts(*(ROOT / source for source in WRITTEN))
    sentences = [texts[g["document"]][g["start"] : g["end"]] for g in gold]
    encoder = load_encoder()
    framework = load_framework()
    voice = SimilarityVoice(framework, encoder.encode)
    vectors = encoder.encode(sentences)
    names = list(dict.fromkeys(g["document"] for g in gold))
    fold = np.array([names.index(g["document"]) % FOLDS for g in gold])
    weights = yaml.safe_load(WEIGHTS.read_text("utf-8"))
    weights["labels"] = {}
    lines = ["| label | sentences | precision | recall | F1 |", "|---|---|---|---|---|"]
    for scheme in SCHEMES:
        label_set = framework.label_set(scheme)
        assert label_set is not None
        cosines = voice.cosines(scheme, vectors)
        cues = cue_matrix(label_set, sentences)
        for column, label in enumerate(label_set.labels):
            truth = np.array([label.id in g[scheme.value] for g in gold])
            features = np.stack([cosines[:, column], cues[:, column]], axis=1)
            seen = np.zeros(len(gold))
            for number in range(FOLDS):
                inside = fold == number
                model = fit(features[~inside], truth[~inside])
                seen[inside] = model.predict_proba(features[inside])[:, 1]
            found = np.zeros(len(gold), dtype=bool)
            for number in range(FOLDS):
                inside = fold == number
                found[inside] = seen[inside] >= best_threshold(seen[~inside], truth[~inside])
            hits = float((found & truth).sum())
            lines.append(
                f"| {label.id} | {truth.sum()} | {hits / max(1, found.sum()):.2f} "
                f"| {hits / max(1, truth.sum()):.2f} | {f_of(found, truth):.2f} |"
            )
            model = fit(features, truth)
            weights["labels"].setdefault(scheme.value, {})[label.id] = {
                "bias": round(float(model.intercept_[0]), 3),
                "similarity": round(float(model.coef_[0][0]), 3),
                "cue": round(float(model.coef_[0][1]), 3),
                "threshold": best_threshold(seen, truth),
            }
    head = "".join(
        line for line in WEIGHTS.read_text("utf-8").splitlines(True) if line.startswith("#")
    )
    body = yaml.safe_dump(weights, sort_keys=False, allow_unicode=True, width=100)
    WEIGHTS.write_text(head + body, encoding="utf-8")
    write_between(ROOT / "docs" / "tagging.md", "framework", lines)


if __name__ == "__main__":
    main()
