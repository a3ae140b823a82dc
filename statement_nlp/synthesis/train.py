"""Train the grouping of proposals on annotated key points, and measure it on what it has not seen.

    python -m statement_nlp.synthesis.train [ROOT]

fits the model of known asks and the weights of pairs on the training and validation documents and
writes both into ``data/``; the figures it prints are those of docs/synthesis.md.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus import write_atomically
from statement_nlp.embed import Encoder
from statement_nlp.evaluate.corpus import load_corpus
from statement_nlp.evaluate.gold import GoldError
from statement_nlp.evaluate.keypoints import BCubed, b_cubed, load_groups
from statement_nlp.synthesis.asks import KNOWN_FILE, KnownAsks, Recognizer, columns
from statement_nlp.synthesis.features import Asked, AskedTable, describe
from statement_nlp.synthesis.grouping import average_linkage
from statement_nlp.synthesis.lexicon import table
from statement_nlp.synthesis.pairs import FEATURES, PairModel, compare

GROUPS = Path("corpora/gold/key-points.jsonl")
TRAINED_ON = ("train", "validation")
FOLDS = 6


@attrs.frozen(eq=False)
class Annotated:
    """Annotated proposals with their group, document and part."""

    ids: tuple[str, ...]
    asked: tuple[Asked, ...]
    group: NDArray[np.int64]
    split: tuple[str, ...]

    def groups(self, rows: Sequence[int]) -> list[list[str]]:
        """Return the gold groups among ``rows``."""
        found: dict[int, list[str]] = {}
        for row in rows:
            found.setdefault(int(self.group[row]), []).append(self.ids[row])
        return list(found.values())


def load_annotated(root: Path) -> Annotated:
    """Load the gold key points with the sentences they group; the document stands as speaker.

    Raises:
        GoldError: a file is missing, or a group names a sentence that is not there.
    """
    groups = load_groups(root / GROUPS)
    corpus = load_corpus(root, None)
    sentences = {s.id: s for s in corpus.sentences if s.text}
    group_of = {one: number for number, ids in enumerate(groups.values()) for one in ids}
    absent = next((one for one in group_of if one not in sentences), None)
    if absent is not None:
        raise GoldError(f"{root / GROUPS}: sentence '{absent}' has no text; check the corpus")
    ids = tuple(sorted(group_of))
    return Annotated(
        ids=ids,
        asked=tuple(
            Asked(" ".join(str(sentences[one].text).split()), str(sentences[one].document))
            for one in ids
        ),
        group=np.array([group_of[one] for one in ids]),
        split=tuple(str(sentences[one].split) for one in ids),
    )


def fit_known(
    data: AskedTable, group: NDArray[np.int64], rows: NDArray[np.int64], encoder_sha256: str
) -> KnownAsks:
    """Fit the model of known asks on ``rows``; groups with one member there are "no known ask"."""
    from sklearn.linear_model import LogisticRegression

    held = Counter(group[rows].tolist())
    classes = np.array([g if held[g] > 1 else -1 for g in group[rows].tolist()])
    seen = columns(data.vectors, data.concepts, data.addressee, data.usual)[rows]
    model = LogisticRegression(C=5.0, max_iter=1000).fit(seen, classes)
    return KnownAsks(
        model.coef_.astype(np.float32),
        model.intercept_.astype(np.float32),
        model.classes_ >= 0,
        encoder_sha256,
    )


def with_known(data: AskedTable, model: KnownAsks) -> AskedTable:
    """Return ``data`` with the probabilities of the asks that ``model`` knows."""
    seen = columns(data.vectors, data.concepts, data.addressee, data.usual)
    return attrs.evolve(data, known=model.probabilities(seen))


def fit_pairs(features: NDArray[np.float32], same: NDArray[np.bool_]) -> PairModel:
    """Fit the weights of pairs; features are scaled to unit variance for the penalty only."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    model = LogisticRegression(C=0.1, max_iter=1000).fit((features - mean) / spread, same)
    weights = model.coef_[0] / spread
    return PairModel(weights.astype(np.float64), float(model.intercept_[0] - weights @ mean))


def cross_fitted(
    data: AskedTable, annotated: Annotated, pairs: NDArray[np.int32], *, seed: int, known: bool
) -> NDArray[np.float64]:
    """Return the probability of each pair by models that saw neither of its two documents.

    Documents are dealt into ``FOLDS`` parts; for each two parts, both the model of known asks and
    the weights of pairs are fitted on the other parts alone.
    """
    documents = sorted({one.speaker for one in annotated.asked})
    dealt = np.random.default_rng(seed).permutation(len(documents)) % FOLDS
    part_of = dict(zip(documents, dealt.tolist(), strict=True))
    part = np.array([part_of[one.speaker] for one in annotated.asked])
    left, right = part[pairs[:, 0]], part[pairs[:, 1]]
    same = annotated.group[pairs[:, 0]] == annotated.group[pairs[:, 1]]
    features = compare(data, pairs)
    held_out = list(itertools.combinations_with_replacement(range(FOLDS), 2))
    masks = {
        (a, b): ((left == a) & (right == b)) | ((left == b) & (right == a)) for a, b in held_out
    }
    for (a, b), mask in masks.items():
        if known:
            rows = np.flatnonzero((part != a) & (part != b))
            seen = with_known(data, fit_known(data, annotated.group, rows, ""))
            features[mask] = compare(seen, pairs[mask])
    probability = np.zeros(len(pairs))
    for (a, b), mask in masks.items():
        others = ~np.isin(left, (a, b)) & ~np.isin(right, (a, b))
        model = fit_pairs(features[others], same[others])
        probability[mask] = model.probability(features[mask])
    return probability


def scored(
    annotated: Annotated,
    pairs: NDArray[np.int32],
    probability: NDArray[np.float64],
    rows: Sequence[int] | None = None,
) -> BCubed:
    """Group all proposals and score the groups on ``rows`` (default: all)."""
    join_from = float(table("limits")["grouping"]["join_from"])
    groups = average_linkage(len(annotated.ids), pairs, probability, join_from)
    kept = set(range(len(annotated.ids)) if rows is None else rows)
    found = [[annotated.ids[row] for row in group if row in kept] for group in groups]
    return b_cubed([g for g in found if g], annotated.groups(sorted(kept)))


def train(root: Path, encoder: Encoder, out: Path) -> dict[str, Any]:
    """Fit the shipped models, write them to the folder ``out`` and return what was measured."""
    annotated = load_annotated(root)
    clauses = [one.clause for one in annotated.asked]
    plain = Recognizer(Recognizer.load(encoder).vectors, None)
    data = describe(annotated.asked, encoder.encode(clauses), plain)
    count = len(annotated.ids)
    pairs = np.stack(np.triu_indices(count, k=1), axis=1).astype(np.int32)
    measured: dict[str, Any] = {
        "proposals": count,
        "gold groups": len(set(annotated.group.tolist())),
    }
    for known in (True, False):
        for seed in range(3):
            probability = cross_fitted(data, annotated, pairs, seed=seed, known=known)
            name = f"cross-fitted, {'with' if known else 'without'} known asks, deal {seed}"
            measured[name] = attrs.asdict(scored(annotated, pairs, probability))

    rows = np.array([n for n, part in enumerate(annotated.split) if part in TRAINED_ON])
    inside = np.isin(pairs, rows).all(axis=1)
    same = annotated.group[pairs[:, 0]] == annotated.group[pairs[:, 1]]
    model = fit_known(data, annotated.group, rows, encoder.sha256)
    weights = {
        "with_known": fit_pairs(_unseen(data, annotated, pairs)[inside], same[inside]),
        "without_known": fit_pairs(compare(data, pairs)[inside], same[inside]),
    }
    test = [n for n, part in enumerate(annotated.split) if part not in TRAINED_ON]
    seen = with_known(data, model)
    for name, source in (("with_known", seen), ("without_known", data)):
        probability = weights[name].probability(compare(source, pairs))
        measured[f"shipped, {name}, test documents"] = attrs.asdict(
            scored(annotated, pairs, probability, test)
        )
    _write(out, model, weights)
    return measured


def _unseen(
    data: AskedTable, annotated: Annotated, pairs: NDArray[np.int32]
) -> NDArray[np.float32]:
    """Return the features of pairs of the training documents, known asks from unseen documents."""
    documents = sorted({one.speaker for one in annotated.asked})
    part = np.array([documents.index(one.speaker) % FOLDS for one in annotated.asked])
    trained = np.array([split in TRAINED_ON for split in annotated.split])
    left, right = part[pairs[:, 0]], part[pairs[:, 1]]
    features = compare(data, pairs)
    for a, b in itertools.combinations_with_replacement(range(FOLDS), 2):
        mask = ((left == a) & (right == b)) | ((left == b) & (right == a))
        rows = np.flatnonzero((part != a) & (part != b) & trained)
        seen = with_known(data, fit_known(data, annotated.group, rows, ""))
        features[mask] = compare(seen, pairs[mask])
    return features


def _write(out: Path, model: KnownAsks, weights: Mapping[str, PairModel]) -> None:
    import yaml

    model.save(out / KNOWN_FILE)
    plain = {
        name: {
            "weights": {
                feature: round(float(weight), 5)
                for feature, weight in zip(FEATURES, pair.weights, strict=True)
            },
            "intercept": round(pair.intercept, 5),
        }
        for name, pair in weights.items()
    }
    head = {
        "version": "1",
        "source": "statement_nlp.synthesis.train on corpora/gold/key-points.jsonl, "
        f"documents of the parts {' and '.join(TRAINED_ON)}.",
    }
    text = yaml.safe_dump({**head, **plain}, sort_keys=False)
    write_atomically(out / "pair_model.yaml", text.encode())


if __name__ == "__main__":
    import json
    import sys

    from statement_nlp.embed import load_encoder

    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    found = train(root, load_encoder(), Path(__file__).parent / "data")
    print(json.dumps(found, indent=2))
