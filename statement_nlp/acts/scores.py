"""Score the trained heads on the parts of the annotated sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statement_nlp.acts.examples import Examples
from statement_nlp.acts.heads import HeadFile
from statement_nlp.acts.reading import status_of

FUSED = {
    "commitment": (
        "main.commitment",
        "main.proposal",
        "tuned.commitment",
        "clause.commitment",
        "before.commitment",
        "after.commitment",
    ),
    "proposal": (
        "main.proposal",
        "main.commitment",
        "tuned.proposal",
        "clause.proposal",
        "before.proposal",
        "after.proposal",
    ),
    "partnership": ("partnership.partnership", "tuned.partnership"),
}
"""Which logits are joined for each act."""
PICKED = "picked"
"""Part of real sentences that were picked for being hard; scored apart from gold."""


def report(
    heads: HeadFile, features: Mapping[str, NDArray[np.float32]], examples: Examples
) -> dict[str, Any]:
    """Score the joined heads on every part, real and written sentences apart."""
    status = status_of(heads, features)
    found = {
        a: heads.fusions[a].probabilities(features) >= heads.fusions[a].threshold for a in FUSED
    }
    found["partnership"] &= found["proposal"]
    parts: dict[str, Any] = {"gate": heads.notes["gate"]}
    for part in ("validation", "test", PICKED):
        for kind in ("all",) if part == PICKED else ("all", "real", "written"):
            rows = examples.part(part) & (examples.kind == kind if kind != "all" else True)
            scored = {a: _f1(found[a][rows], getattr(examples, a)[rows]) for a in FUSED}
            hit = rows & found["commitment"] & examples.commitment
            scored["status"] = {
                "accuracy": float((status[hit] == examples.status[hit]).mean())
                if hit.any()
                else 1.0,
                "n": int(hit.sum()),
            }
            parts[f"{part} {kind}"] = scored
    return parts


def _f1(found: NDArray[np.bool_], truth: NDArray[np.bool_]) -> dict[str, float]:
    hits = float((found & truth).sum())
    precision = hits / max(float(found.sum()), 1.0)
    recall = hits / max(float(truth.sum()), 1.0)
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * hits / max(float(found.sum() + truth.sum()), 1.0), 3),
        "n": int(truth.sum()),
    }
