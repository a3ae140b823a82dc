"""Time and memory of ``analyze`` against the number of real speeches.

python -m benchmarks.growth GENERAL_DEBATE.tar.xz [--sizes 10,100,1000,10433]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from benchmarks.plots import Line, line_plot
from benchmarks.processes import Cost, machine, run

SIZES = (10, 100, 1_000, 10_433)
POINTS = Path(__file__).parent / "growth.json"
"""Every size that was run, so that the longest need not be run again with the others."""
BATCH = "20000"
"""Passages held at once in these runs; memory is bounded by it."""


@attrs.frozen
class Point:
    """One run."""

    speeches: int
    sentences: int
    cost: Cost
    measured: str
    """The day, the machine and its load at the start."""


def measure(archive: Path, sizes: Sequence[int]) -> Iterator[Point]:
    """Analyse nested random samples of the archive's speeches, each with an empty cache.

    Each size is yielded when it is done.
    Speeches are drawn by the hash of their name, so that a smaller sample is part of a larger one.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with tarfile.open(archive) as packed:
            packed.extractall(root / "all", filter="data")
        files = sorted((root / "all").rglob("*_*_*.txt"), key=_draw)
        for size in sizes:
            chosen = root / f"speeches{size}"
            for file in files[:size]:
                target = chosen / file.parent.name / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.hardlink_to(file)
            out = root / f"out{size}"
            measured = f"{dt.datetime.now(tz=dt.UTC).date()}, {machine()}"
            cost = run(
                [
                    *(sys.executable, "-m", "statement_nlp", "analyze", str(chosen)),
                    *("--out", str(out), "--batch-passages", BATCH),
                ],
                {"XDG_CACHE_HOME": str(root / f"cache{size}")},
            )
            point = Point(min(size, len(files)), _sentences(out), cost, measured)
            print(point, flush=True)
            yield point


def kept() -> list[Point]:
    """Return the points measured so far, smallest first."""
    if not POINTS.is_file():
        return []
    raw = json.loads(POINTS.read_text(encoding="utf-8"))
    return [Point(**(point | {"cost": Cost(**point["cost"])})) for point in raw]


def keep(points: Sequence[Point]) -> list[Point]:
    """Put points in the place of those of the same size and return all, smallest first."""
    by_size = {point.speeches: point for point in (*kept(), *points)}
    found = [by_size[size] for size in sorted(by_size)]
    raw = [attrs.asdict(point) for point in found]
    POINTS.write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")
    return found


def _draw(file: Path) -> str:
    import hashlib

    return hashlib.sha256(file.name.encode()).hexdigest()


def _sentences(out: Path) -> int:
    from pyarrow import parquet

    return int(parquet.read_metadata(out / "data" / "passages.parquet").num_rows)


def table(points: Sequence[Point]) -> list[str]:
    """Return the figures as lines of Markdown."""
    lines = [
        "| speeches | sentences | wall, s | processor, s | peak memory, MiB | sentences a second "
        "| measured |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {p.speeches:,} | {p.sentences:,} | {p.cost.wall:,.0f} | {p.cost.cpu:,.0f} "
        f"| {p.cost.peak:,.0f} | {p.sentences / p.cost.wall:,.0f} | {p.measured} |"
        for p in points
    ]
    return lines


def plots(points: Sequence[Point]) -> dict[str, str]:
    """Return curves of time and memory as SVG by file name, logarithmic in both directions."""
    time = [Line("measured", [(p.speeches, p.cost.wall) for p in points])]
    memory = [Line("measured", [(p.speeches, p.cost.peak) for p in points])]
    return {
        "growth-time.svg": line_plot(
            time, "speeches", "seconds", "Wall clock of analyze", logarithmic=True
        ),
        "growth-memory.svg": line_plot(
            memory, "speeches", "MiB", "Peak memory of analyze", logarithmic=True
        ),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    points = kept()
    for point in measure(options.archive, sizes):
        points = keep([point])
    print("\n".join(table(points)))


if __name__ == "__main__":
    main()
