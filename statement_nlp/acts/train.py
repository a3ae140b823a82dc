"""Train the heads of the acts stage on annotated sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.acts.examples import Examples, collect
from statement_nlp.acts.fit import fit_fusion, fit_head, out_of_fold
from statement_nlp.acts.heads import Fusion, Head, HeadFile
from statement_nlp.acts.reading import (
    STATUSES,
    TUNED_OUTPUTS,
    clause_logits,
    logits_of,
)
from statement_nlp.acts.scores import FUSED, report
from statement_nlp.embed import Encoder
from statement_nlp.evaluate.gold import GoldSentence

FIRST = {"base": 3.0, "words": 3.0}
MAIN = {"base": 2.0, "context": 0.7, "words": 3.0, "grammar": 4.0}
PART = {"base": 2.0, "words": 3.0, "grammar": 2.0}
_GATE_RECALL = 0.997
_PARSED_RECALL = 0.99
"""Share of the acts of unseen documents that pass the second gate.

The hundredth that does not would hardly pass the joining either; the parse is the dearest step."""
_EARLY = ("first.commitment", "first.proposal", "tuned.commitment", "tuned.proposal")


def train_acts(
    gold: Sequence[GoldSentence],
    texts: Mapping[str, str],
    encoder: Encoder,
    tuned: Encoder,
    out: Path,
    *,
    names: Mapping[str, tuple[str, ...]] | None = None,
) -> dict[str, Any]:
    """Train on the part ``train``, join on ``validation``, report on ``test``; write the heads.

    ``texts`` are the documents' full texts by id (for the sentences beside the annotated ones),
    ``names`` the speakers' names by document where they are known, ``tuned`` the encoder tuned on
    the same training part. Writes ``heads.npz`` to ``out`` and returns the report.
    """
    examples = collect(gold, texts, encoder, names or {})
    train = examples.part("train")
    out.mkdir(parents=True, exist_ok=True)
    first, first_oof = _first(examples, train)
    logits = examples.first_logits(first)
    logits[train] = first_oof
    gate = _gate(logits, examples, train)
    heads = {"first": first} | _parsed_heads(examples, train)
    vectors = tuned.encode(examples.masked())
    heads["tuned"] = _tuned_head(examples, train, vectors)
    second = heads["tuned"].logits({"tuned": vectors}, {})
    draft = HeadFile(heads, {}, gate, {})
    features, _ = logits_of(
        draft,
        examples.sentences,
        rows=examples.rows,
        words=examples.words,
        grammar=examples.grammar,
        first=examples.all_first(first),
        second=second,
    )
    features |= clause_logits(draft, examples.clauses, second, tuned)
    fit_on = examples.part("validation")
    fusions = _fusions(features, examples, fit_on)
    fusions["gate"] = _second_gate(features, examples, fit_on)
    notes: dict[str, Any] = {"encoder": encoder.sha256, "sentences": int(train.sum())}
    notes["status_mix"] = _status_mix(features, examples, fit_on)
    notes["gate"] = _recall(examples, gate, fusions["gate"], features)
    final = attrs.evolve(draft, fusions=fusions, notes=notes)
    measured = report(final, features, examples)
    final = attrs.evolve(final, notes=notes | {"measured": measured})
    final.save(out / "heads.npz")
    return measured


def _first(examples: Examples, train: NDArray[np.bool_]) -> tuple[Head, NDArray[np.float32]]:
    dense, named = examples.blocks(train)
    targets = np.stack([examples.commitment[train], examples.proposal[train]], 1)
    outputs = ("commitment", "proposal")
    head = fit_head(outputs, FIRST, dense, named, targets)
    return head, out_of_fold(outputs, FIRST, dense, named, targets, examples.groups[train])


def _parsed_heads(examples: Examples, train: NDArray[np.bool_]) -> dict[str, Head]:
    dense, named = examples.blocks(train)
    both = np.stack([examples.commitment[train], examples.proposal[train]], 1)
    found = {"main": fit_head(("commitment", "proposal"), MAIN, dense, named, both)}
    asked = train & examples.proposal
    dense, named = examples.blocks(asked)
    found["partnership"] = fit_head(
        ("partnership",), PART, dense, named, examples.partnership[asked][:, None]
    )
    bound = train & examples.commitment
    dense, named = examples.blocks(bound)
    status = np.stack([examples.status[bound] == i for i in range(len(STATUSES))], 1)
    found["status"] = fit_head(tuple(s.value for s in STATUSES), PART, dense, named, status)
    return found


def _tuned_head(examples: Examples, train: NDArray[np.bool_], vectors: NDArray[np.float32]) -> Head:
    weights, bias = [], []
    targets = examples.targets()
    for column in range(len(TUNED_OUTPUTS)):
        known = train & ~np.isnan(targets[:, column])
        head = fit_head(
            ("x",),
            {"tuned": 1.0},
            {"tuned": vectors[known]},
            {},
            targets[known][:, column : column + 1] > 0.5,
            strength=0.3,
        )
        weights.append(head.weights["tuned"][:, 0])
        bias.append(head.bias[0])
    return Head(
        TUNED_OUTPUTS,
        {"tuned": 1.0},
        {"tuned": np.stack(weights, 1)},
        np.array(bias, np.float32),
        {},
    )


def _gate(logits: NDArray[np.float32], examples: Examples, train: NDArray[np.bool_]) -> float:
    """Return the probability below which 1 - _GATE_RECALL of the acts of unseen documents lie."""
    chance = 1 / (1 + np.exp(-logits.max(axis=1)))
    wanted = train & (examples.commitment | examples.proposal)
    return float(np.quantile(chance[wanted], 1 - _GATE_RECALL)) * 0.9


def _second_gate(
    features: Mapping[str, NDArray[np.float32]], examples: Examples, rows: NDArray[np.bool_]
) -> Fusion:
    """Join what is known before the parse; the threshold keeps nearly every act that is known."""
    names = tuple(n for n in _EARLY if n in features)
    truth = examples.commitment | examples.proposal
    fusion = fit_fusion(names, {n: features[n][rows] for n in names}, truth[rows])
    lowest = float(np.quantile(fusion.probabilities(features)[rows & truth], 1 - _PARSED_RECALL))
    return attrs.evolve(fusion, threshold=lowest, check=lowest)


def _recall(
    examples: Examples,
    first: float,
    second: Fusion,
    features: Mapping[str, NDArray[np.float32]],
) -> dict[str, float]:
    """Return how many acts of unseen parts pass both gates, and how many sentences do."""
    top = np.maximum(features["first.commitment"], features["first.proposal"])
    passed = (1 / (1 + np.exp(-top)) >= first) & (
        second.probabilities(features) >= second.threshold
    )
    found = {}
    for part in ("validation", "test"):
        wanted = examples.part(part) & (examples.commitment | examples.proposal)
        found[f"{part} recall"] = round(float(passed[wanted].mean()), 4) if wanted.any() else 1.0
        found[f"{part} parsed"] = round(float(passed[examples.part(part)].mean()), 4)
    return found


def _fusions(
    features: Mapping[str, NDArray[np.float32]], examples: Examples, rows: NDArray[np.bool_]
) -> dict[str, Fusion]:
    fusions = {}
    for act, names in FUSED.items():
        used = tuple(name for name in names if name in features)
        truth = getattr(examples, act)
        among = rows & examples.proposal if act == "partnership" else rows
        chosen = {name: features[name][among] for name in used}
        fusions[act] = fit_fusion(used, chosen, truth[among])
    return fusions


def _status_mix(
    features: Mapping[str, NDArray[np.float32]], examples: Examples, rows: NDArray[np.bool_]
) -> list[float]:
    bound = rows & examples.commitment
    plain = np.stack([features[f"status.{s.value}"] for s in STATUSES], 1)[bound]
    if f"tuned.{STATUSES[0].value}" not in features:
        return [1.0, 0.0]
    tuned = np.stack([features[f"tuned.{s.value}"] for s in STATUSES], 1)[bound]
    truth = examples.status[bound]
    tried = [
        (float(((w * plain + (1 - w) * tuned).argmax(1) == truth).mean()), w)
        for w in (0.2, 0.35, 0.5, 0.65, 0.8)
    ]
    best = max(tried, key=lambda pair: (pair[0], -abs(pair[1] - 0.5)))[1]
    return [best, 1 - best]
