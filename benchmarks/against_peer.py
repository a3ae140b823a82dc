"""``analyze`` against the peer script on a 70-statement debate, in pairs on the same machine.

python -m benchmarks.against_peer [--pairs 5]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import attrs

from benchmarks.debate import write_debate
from benchmarks.processes import Cost, run

PROGRAM = [sys.executable, "-m", "statement_nlp"]
PEER = [sys.executable, "-m", "benchmarks.peer"]


@attrs.define
class Pairs:
    """Costs of each way, one an entry of every pair."""

    peer: list[Cost] = attrs.field(factory=list)
    cold: list[Cost] = attrs.field(factory=list)
    changed: list[Cost] = attrs.field(factory=list)
    report: list[Cost] = attrs.field(factory=list)
    help: list[Cost] = attrs.field(factory=list)


def measure(pairs: int) -> Pairs:
    """Run peer, cold run, run with one statement changed and rebuilt report in turn.

    Cold means an empty vector cache; files the system has read before stay in its memory, for both.
    One round before the counted ones is thrown away.
    """
    found = Pairs()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        first, second = write_debate(root), write_debate(root, change=True)
        for number in range(pairs + 1):
            cache = {"XDG_CACHE_HOME": str(root / f"cache{number}")}
            out, again = root / f"out{number}", root / f"again{number}"
            round_ = [
                ("peer", run([*PEER, str(first), str(root / f"peer{number}")])),
                ("cold", run([*PROGRAM, "analyze", str(first), "--out", str(out)], cache)),
                ("changed", run([*PROGRAM, "analyze", str(second), "--out", str(again)], cache)),
                ("report", run([*PROGRAM, "report", str(out)], cache)),
                ("help", run([*PROGRAM, "--help"], cache)),
            ]
            if number:
                for name, cost in round_:
                    getattr(found, name).append(cost)
    return found


def table(found: Pairs) -> list[str]:
    """Return the figures as lines of Markdown."""
    lines = [
        "| | wall, s | processor, s | peak memory, MiB |",
        "|---|---|---|---|",
    ]
    names = {
        "peer": "the peer script",
        "cold": "`analyze`, empty cache",
        "changed": "`analyze`, one statement changed",
        "report": "`report` from existing data",
        "help": "`--help`",
    }
    for key, name in names.items():
        costs = getattr(found, key)
        cells = [_spread([getattr(c, field) for c in costs]) for field in ("wall", "cpu", "peak")]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines += [
        "",
        f"Median and, in parentheses, least and most of {len(found.peer)} rounds. Ratios, round by "
        "round:",
        "",
        "| ratio to the peer | median (least to most) | bar |",
        "|---|---|---|",
    ]
    for key, field, bar in (
        ("cold", "wall", 1 / 5),
        ("changed", "wall", 1 / 20),
        ("cold", "peak", 1 / 2),
    ):
        values = [
            _of(ours, field) / _of(peer, field)
            for ours, peer in zip(getattr(found, key), found.peer, strict=True)
        ]
        lines.append(f"| {names[key]}, {field} | {_spread(values, '.2f')} | {bar:.2f} |")
    return lines


def _of(cost: Cost, field: str) -> float:
    value: float = getattr(cost, field)
    return value


def _spread(values: list[float], form: str = ".1f") -> str:
    show: Callable[[float], str] = lambda value: format(value, form)  # noqa: E731
    return f"{show(statistics.median(values))} ({show(min(values))} to {show(max(values))})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    print("\n".join(table(measure(parser.parse_args().pairs))))


if __name__ == "__main__":
    main()
