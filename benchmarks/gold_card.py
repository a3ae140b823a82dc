"""Write the figures of the gold corpus into its card.

    python -m benchmarks.gold_card

Counts, agreement of the two readings and the split, from the files of ``corpora/gold`` alone.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.quality import write_between
from statement_nlp.evaluate.agreement import alpha
from statement_nlp.evaluate.gold import ASPECTS, FACTORS, QUESTIONS, STATUSES

GOLD = Path(__file__).resolve().parents[1] / "corpora" / "gold"
KINDS = ("written", "real")
Row = dict[str, Any]


def rows(name: str) -> dict[str, Row]:
    """Return the lines of a gold file by id."""
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def carried(row: Row) -> frozenset[str]:
    """Return every label that figures are given for."""
    found = {*row["q"], *row["f"], *row["acts"]}
    found |= {q for q, aspects in QUESTIONS.items() if found & set(aspects)}
    if row["partnership"]:
        found.add("partnership")
    return frozenset(found | ({row["status"]} if row["status"] else set()))


def agreement_table() -> list[str]:
    """Return the table of alphas and F1 between the readings."""
    gold, first, second = (
        rows(n) for n in ("sentences.jsonl", "readings/reader-1.jsonl", "readings/reader-2.jsonl")
    )
    of_kind = {kind: [i for i in gold if gold[i]["kind"] == kind] for kind in KINDS}
    alphas = {
        kind: [
            alpha([frozenset(first[i][k]) for i in ids], [frozenset(second[i][k]) for i in ids])
            for k in ("q", "f", "acts")
        ]
        for kind, ids in of_kind.items()
    }
    lines = [
        "Krippendorff's alpha with the MASI distance: "
        + "; ".join(
            f"{kind} {values[0]:.3f} (aspects), {values[1]:.3f} (factors), {values[2]:.3f} (acts)"
            for kind, values in alphas.items()
        )
        + ". F1 of one reading against the other, with the number of adjudicated sentences:",
        "",
        "| label | written | F1 | real | F1 |",
        "|---|---|---|---|---|",
    ]
    for label in (
        *QUESTIONS,
        *ASPECTS,
        *FACTORS,
        "commitment",
        "proposal",
        "partnership",
        *STATUSES,
    ):
        cells = []
        for ids in of_kind.values():
            a = {i for i in ids if label in carried(first[i])}
            b = {i for i in ids if label in carried(second[i])}
            f1 = 2 * len(a & b) / max(1, len(a) + len(b))
            cells.append(f"{sum(label in carried(gold[i]) for i in ids)} | {f1:.2f}")
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return lines


def split_table() -> list[str]:
    """Return sentences and documents of each part by kind, and the differing readings."""
    gold, first, second = (
        rows(n) for n in ("sentences.jsonl", "readings/reader-1.jsonl", "readings/reader-2.jsonl")
    )
    counts = Counter((row["split"], row["kind"]) for row in gold.values())
    documents: dict[tuple[str, str], set[str]] = {}
    for row in gold.values():
        documents.setdefault((row["split"], row["kind"]), set()).add(row["document"])
    lines = [
        "| part | written sentences | documents | real sentences | documents |",
        "|---|---|---|---|---|",
    ]
    for part in ("train", "validation", "test", "duplicate"):
        cells = [
            f"{counts[part, kind]:,} | {len(documents.get((part, kind), ()))}" for kind in KINDS
        ]
        lines.append(f"| {part} | {' | '.join(cells)} |")
    differ = sum(carried(first[i]) != carried(second[i]) for i in gold)
    lines += ["", f"The readings differed on {differ:,} of {len(gold):,} sentences."]
    return lines


def main() -> None:
    """Rewrite the marked parts of the card."""
    write_between(GOLD / "README.md", "agreement", agreement_table())
    write_between(GOLD / "README.md", "splits", split_table())


if __name__ == "__main__":
    main()
