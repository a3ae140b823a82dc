"""Compare ways to tag on the validation part and write the table into docs/tagging.md.

    python -m benchmarks.tag_variants [--data ../shared/data]

Every variant is fitted on the training part. Its scores on the validation part are calibrated and
given thresholds by five folds of documents within that part, the same for all, so that variants
differ in their scores alone. The shipped encoder and its shipped low-rank changes are used.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from benchmarks.quality import write_between
from statement_nlp.embed import load_encoder, load_tuned
from statement_nlp.evaluate.corpus import load_corpus
from statement_nlp.evaluate.gold import QUESTIONS
from statement_nlp.evaluate.windows import windows
from statement_nlp.framework import load_framework
from statement_nlp.tag.features import Sentences, dense_features
from statement_nlp.tag.head import head_bytes, load_head
from statement_nlp.tag.tagger import prototype_texts
from statement_nlp.tag.train import (
    LABELS,
    Examples,
    Settings,
    best_threshold,
    examples,
    fit_machines,
    fold_of,
    join,
)

ROOT = Path(__file__).resolve().parents[1]
Scores = NDArray[np.float32]


@attrs.frozen(eq=False)
class Data:
    """Annotated sentences of both parts, and features that several variants share."""

    examples: Examples
    train: NDArray[np.bool_]
    written: NDArray[np.bool_]
    prototypes: NDArray[np.float32]
    dense: NDArray[np.float32]
    """Vectors and fields in context, of the annotated sentences."""
    tuned: Scores
    """Logits of the tuned encoder's head, shape (annotated, labels)."""

    @property
    def vectors(self) -> NDArray[np.float32]:
        """Vectors of the annotated sentences alone."""
        return self.examples.sentences.vectors[self.examples.row_of]


def load(data: Path) -> Data:
    """Read, embed and describe the train and validation parts."""
    corpus = load_corpus(ROOT, data)
    gold = corpus.part("train", "validation")
    context = windows(gold, corpus.texts)
    encoder = load_encoder()
    sentences = Sentences(
        context.texts,
        encoder.encode(context.texts),
        context.statement,
        load_tuned().encode(context.texts),
    )
    raw = head_bytes()
    assert raw is not None
    head = load_head(raw)
    prototypes = encoder.encode(prototype_texts(load_framework()))
    prepared = examples(gold, sentences, context.row_of)
    return Data(
        prepared,
        np.array([s.split == "train" for s in gold]),
        np.array([s.kind == "written" for s in gold]),
        prototypes,
        dense_features(sentences, head.pairs, prototypes)[context.row_of],
        head.tuned.logits(sentences.tuned, sentences.statement)[context.row_of],
    )


def each_label(fit: Callable[[Any, Any], Any], features: NDArray[np.float32], data: Data) -> Scores:
    """Fit one model a label on the training part; return scores of all annotated sentences."""
    found = np.zeros(data.examples.targets.shape, np.float32)
    for column in range(found.shape[1]):
        model = fit(features[data.train], data.examples.targets[data.train, column])
        score = getattr(model, "decision_function", None)
        found[:, column] = score(features) if score else _logit(model.predict_proba(features))
    return found


def _logit(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    p = np.clip(chance[:, 1], 1e-4, 1 - 1e-4)
    return np.asarray(np.log(p / (1 - p)))


def linear(features: NDArray[np.float32], data: Data, balanced: bool = True) -> Scores:
    """Linear support vector machines, as shipped."""
    from sklearn.svm import LinearSVC

    weight = "balanced" if balanced else None
    return each_label(
        lambda x, y: LinearSVC(C=0.1, class_weight=weight, max_iter=4000).fit(x, y), features, data
    )


def kernel(data: Data) -> Scores:
    """A radial kernel over the dense features, by 1,000 Nystroem components."""
    from sklearn.decomposition import PCA
    from sklearn.kernel_approximation import Nystroem

    small = PCA(200, random_state=0).fit(data.dense[data.train])
    reduced = small.transform(data.dense)
    width = float(1 / (2 * reduced.var() * reduced.shape[1]))
    mapped = Nystroem(gamma=width, n_components=1000, random_state=0).fit(reduced[data.train])
    return linear(mapped.transform(reduced).astype(np.float32) * 20, data)


def boosted(data: Data) -> Scores:
    """Gradient-boosted trees over 100 principal components of the dense features."""
    from sklearn.decomposition import PCA
    from sklearn.ensemble import HistGradientBoostingClassifier

    reduced = PCA(100, random_state=0).fit(data.dense[data.train]).transform(data.dense)
    return each_label(
        lambda x, y: HistGradientBoostingClassifier(
            max_iter=80, learning_rate=0.1, early_stopping=False, random_state=0
        ).fit(x, y),
        reduced.astype(np.float32),
        data,
    )


def chain(data: Data) -> Scores:
    """A chain of logistic regressions over the dense features (Read et al. 2011)."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.multioutput import ClassifierChain

    model = ClassifierChain(
        LogisticRegression(C=0.3, class_weight="balanced", max_iter=300), order=None, cv=3
    )
    model.fit(data.dense[data.train], data.examples.targets[data.train].astype(int))
    p = np.clip(model.predict_proba(data.dense), 1e-4, 1 - 1e-4)
    return np.asarray(np.log(p / (1 - p)), np.float32)


def machines(data: Data, parts: tuple[str, ...] = ("dense", "terms")) -> Scores:
    """The shipped machines, or a part of their features."""
    head = fit_machines(data.examples, data.train, data.prototypes, Settings(parts=parts))
    head = attrs.evolve(head, tuned=_no_tuned(data))
    scores, _ = head.scores(data.examples.sentences, data.prototypes)
    return scores[data.examples.row_of]


def _no_tuned(data: Data) -> Any:  # noqa: ANN401
    from statement_nlp.tag.context import ContextHead

    width = data.examples.sentences.tuned.shape[1]
    return ContextHead(np.zeros((4 * width, 1), np.float32), np.zeros(1, np.float32))


def dropped_words(data: Data) -> Scores:
    """Dense features, and a second copy of each training sentence without a tenth of its words."""
    from sklearn.svm import LinearSVC

    draw = np.random.default_rng(0)
    texts = [data.examples.sentences.texts[row] for row in data.examples.row_of[data.train]]
    shorter = [" ".join(w for w in text.split() if draw.random() > 0.1) or text for text in texts]
    width = data.vectors.shape[1]
    copies = data.dense[data.train].copy()
    copies[:, :width] *= 0
    own = data.dense[data.train][:, :width]
    scale = np.linalg.norm(own, axis=1).mean()
    copies[:, :width] = load_encoder().encode(shorter) * scale
    found = np.zeros(data.examples.targets.shape, np.float32)
    seen = np.concatenate([data.dense[data.train], copies])
    for column in range(found.shape[1]):
        truth = np.tile(data.examples.targets[data.train, column], 2)
        model = LinearSVC(C=0.05, class_weight="balanced", max_iter=4000).fit(seen, truth)
        found[:, column] = model.decision_function(data.dense)
    return found


def scored(parts: list[Scores], data: Data, *, wide: bool = False) -> dict[str, float]:
    """Calibrate, choose thresholds and score on the validation part.

    ``parts`` are scores that are joined label by label; with ``wide`` all labels' scores are seen.
    """
    held = ~data.train
    truth = data.examples.targets[held]
    folds = fold_of(data.examples.group[held], 5)
    given = np.zeros(truth.shape, np.bool_)
    for column in range(truth.shape[1]):
        own = [part[held][:, column] for part in parts]
        seen = np.stack(own, axis=1)
        if wide:
            seen = np.concatenate([seen, *(np.tanh(part[held]) for part in parts)], axis=1)
        _, chance = join(seen, truth[:, column], folds, 1.0)
        given[:, column] = chance >= best_threshold(chance, truth[:, column])
    found = {}
    for kind, rows in (("all", np.ones(len(truth), np.bool_)), ("written", data.written[held])):
        for group, value in _macro(given[rows], truth[rows]).items():
            found[f"{group}, {kind}"] = value
    return found


def _macro(given: NDArray[np.bool_], truth: NDArray[np.bool_]) -> dict[str, float]:
    def f1(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> float:
        return float(2 * (a & b).sum() / max(1, a.sum() + b.sum()))

    column = {label: n for n, label in enumerate(LABELS)}
    questions = [
        f1(given[:, [column[a] for a in own]].any(1), truth[:, [column[a] for a in own]].any(1))
        for own in QUESTIONS.values()
    ]
    factors = [f1(given[:, column[f]], truth[:, column[f]]) for f in LABELS if f[0] == "F"]
    return {"questions": float(np.mean(questions)), "factors": float(np.mean(factors))}


def variants(data: Data) -> list[tuple[str, dict[str, float], float]]:
    """Return name, scores and seconds of every variant."""
    context = data.dense[:, : 4 * data.vectors.shape[1]]
    kept: dict[str, Scores] = {}

    def machine_scores() -> Scores:
        kept["machines"] = machines(data)
        return kept["machines"]

    plan: list[tuple[str, Callable[[], list[Scores]], bool]] = [
        ("sentence vector", lambda: [linear(data.vectors * 1.5, data)], False),
        ("sentence vector and neighbours'", lambda: [linear(context, data)], False),
        ("… and semantic fields (dense)", lambda: [linear(data.dense, data)], False),
        ("dense, no class weights", lambda: [linear(data.dense, data, balanced=False)], False),
        ("dense, radial kernel", lambda: [kernel(data)], False),
        ("dense, gradient-boosted trees", lambda: [boosted(data)], False),
        ("dense, classifier chain", lambda: [chain(data)], False),
        ("dense, copies with words dropped", lambda: [dropped_words(data)], False),
        ("words, pairs, pieces", lambda: [machines(data, ("terms",))], False),
        ("dense and words (the machines)", lambda: [machine_scores()], False),
        ("tuned encoder", lambda: [data.tuned], False),
        ("machines and tuned encoder (shipped)", lambda: [kept["machines"], data.tuned], False),
        ("… joined with all labels' scores", lambda: [kept["machines"], data.tuned], True),
    ]
    found = []
    for name, scores, wide in plan:
        started = time.perf_counter()
        found.append((name, scored(scores(), data, wide=wide), time.perf_counter() - started))
        print(found[-1], flush=True)
    return found


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    data = load(parser.parse_args().data)
    found = variants(data)
    names = list(found[0][1])
    lines = [f"| variant | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    lines += [
        f"| {name} | {' | '.join(f'{scores[n]:.2f}' for n in names)} |" for name, scores, _ in found
    ]
    counts = f"{int(data.train.sum()):,} training and {int((~data.train).sum()):,} validation"
    write_between(
        ROOT / "docs" / "tagging.md", "variants", [f"Macro-F1, {counts} sentences.", "", *lines]
    )


if __name__ == "__main__":
    main()
