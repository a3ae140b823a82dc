"""Measured error as the reports show it: by label of the framework, and for the two registers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import attrs

from statement_nlp.report.run_info import RunInfo
from statement_nlp.report.wording import Wording

# Label F1 is a factor, so the harmonic mean is not called by its usual name alone.
_HEADS: Mapping[str, str] = {
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1 score",
    "f1_low": "F1, low",
    "f1_high": "F1, high",
    "support": "Sentences",
    "n": "Sentences",
}
_COUNTS = ("support", "n")

EXPLAINED = (
    "Measured on annotated sentences that were not used in training. Precision: of the sentences "
    "given the label, the share that should carry it. Recall: of the sentences that should carry "
    "it, the share that was given it."
)


@attrs.frozen(slots=True)
class MeasuredTable:
    """Measured error by label; cells are written out, a dash where nothing was measured."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Scheme, label and cells."""


def measured_table(run: RunInfo, wording: Wording) -> MeasuredTable:
    """Return what is recorded, in an order that can be read whatever order it was recorded in."""
    found = dict.fromkeys(name for entry in run.measured for name, _ in entry.figures)
    names = [name for name in _HEADS if name in found]
    names += [name for name in found if name not in _HEADS]
    rows = []
    for entry in run.measured:
        values = dict(entry.figures)
        cells = tuple(_cell(name, values.get(name), wording) for name in names)
        rows.append((entry.scheme, entry.label, cells))
    heads = tuple(_HEADS.get(name) or name.replace("_", " ").capitalize() for name in names)
    return MeasuredTable(heads, tuple(rows))


def _cell(name: str, value: float | None, wording: Wording) -> str:
    if value is None:
        return "\u2013"
    return wording.number(value) if name in _COUNTS else wording.share(value)


def not_measured(run: RunInfo) -> tuple[str, ...]:
    """Return the titles of the framework's schemes of which no label was measured."""
    known = {entry.scheme for entry in run.measured}
    return tuple(s.title for s in run.framework.schemes if s.labels and s.scheme not in known)


def register_error(run: RunInfo, act: str, wording: Wording) -> str | None:
    """Return how far a register can be trusted, in a few sentences; ``None`` if unmeasured.

    Args:
        run: What was recorded.
        act: ``commitment`` or ``proposal``.
        wording: How numbers are written.
    """
    entry = next((entry for entry in run.measured_acts if entry.act == act), None)
    if entry is None:
        return None
    figures = dict(entry.figures)
    if not {"precision", "recall"} <= figures.keys():
        return None
    number = f"{wording.number(figures['n'])} " if "n" in figures else ""
    text = (
        f"Measured on {number}annotated {act}s that were not used in training ({entry.part}): of "
        f"100 that are found, about {round(100 * figures['precision'])} are {act}s; of 100 that "
        f"are made, about {round(100 * figures['recall'])} are found."
    )
    return text + _property(run, act) + _whole_debate(run, act)


def _whole_debate(run: RunInfo, act: str) -> str:
    """Return how much is found in a whole debate, where the heads are those this was read for."""
    read = _read_in_full()
    if dict(run.models).get("acts/heads") != read["heads"]:
        return ""
    counts = read["acts"][act]
    return (
        f" In a whole debate fewer are found: of the {counts['made']} {act}s that one machine "
        f"reading counted in {read['statements']} statements of one real debate, "
        f"{counts['found']}, and {counts['with_to_check']} with those listed to check."
    )


@cache
def _read_in_full() -> Mapping[str, Any]:
    """Return what was counted in a debate that was read in full."""
    import yaml

    raw = resources.files("statement_nlp.report") / "data" / "whole_debate.yaml"
    table: Mapping[str, Any] = yaml.safe_load(raw.read_bytes())
    return table


def _property(run: RunInfo, act: str) -> str:
    """Return how often the status of commitments, or a call for partnership, is right."""
    entries = {entry.act: dict(entry.figures) for entry in run.measured_acts}
    if act == "commitment" and "accuracy" in entries.get("status", {}):
        right = round(100 * entries["status"]["accuracy"])
        return f" The status is right for about {right} of 100."
    if act == "proposal" and {"precision", "recall"} <= entries.get("partnership", {}).keys():
        found = entries["partnership"]
        return (
            f" Of 100 shown as calls for partnership about {round(100 * found['precision'])} are, "
            f"and of 100 made about {round(100 * found['recall'])} are shown as such."
        )
    return ""
