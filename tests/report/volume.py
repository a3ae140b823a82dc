"""A debate of any number of statements, made from the synthetic sample's own paragraphs."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from tests.report.invented import Debate


def sample_debate(folder: Path) -> Debate:
    """Read the statements of the synthetic sample debate (debate.yaml, delegations.yaml)."""
    import yaml

    annexes = yaml.safe_load((folder / "debate.yaml").read_text("utf-8"))["annexes"]
    known = yaml.safe_load((folder / "delegations.yaml").read_text("utf-8"))["delegations"]
    registry = {entry["name"]: entry for entry in known}
    return [_statement(annex, registry.get(annex["delegation"], {})) for annex in annexes]


def _statement(annex: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    return {
        "delegation": annex["delegation"],
        "role": known.get("role", annex.get("role", "unresolved")),
        "group": known.get("regional_group"),
        "affected": known.get("affected"),
        "donor": known.get("donor"),
        "speaker": annex.get("speaker"),
        "title": annex.get("title"),
        "paragraphs": [" ".join(paragraph.split()) for paragraph in annex["paragraphs"]],
    }


def debate_of_size(sample: Debate, statements: int, seed: int = 3) -> Debate:
    """Return ``statements`` statements: the sample, then shuffles of it under numbered names."""
    rng = random.Random(seed)
    pool = [paragraph for entry in sample for paragraph in entry["paragraphs"]]
    debate = list(sample[:statements])
    while len(debate) < statements:
        model = sample[len(debate) % len(sample)]
        paragraphs = rng.sample(pool, k=len(model["paragraphs"]))
        name = f"{model['delegation']} {len(debate) // len(sample) + 1}"
        debate.append(model | {"delegation": name, "paragraphs": paragraphs})
    return debate
