"""Run the benchmarks of speed and memory and write docs/performance.md.

    python -m benchmarks [--pairs 5] [--sizes 10,100,1000,10433] [--only peer,growth]

Growth needs the General Debate set as ``ungdc.tar.xz`` in the folder given with --data.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from benchmarks import against_peer, growth
from benchmarks.processes import machine
from benchmarks.quality import write_between

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
ARCHIVE = "ungdc.tar.xz"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--sizes", default=",".join(map(str, growth.SIZES)))
    parser.add_argument("--only", default="peer,growth")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    wanted = options.only.split(",")
    where = f"{dt.datetime.now(tz=dt.UTC).date()}, {machine()}."
    if "peer" in wanted:
        lines = against_peer.table(against_peer.measure(options.pairs))
        write_between(PAGE, "peer", [where, "", *lines])
    archive = options.data / ARCHIVE
    if "growth" in wanted and not archive.is_file():
        print(f"{archive} is not here: growth is left out")
    elif "growth" in wanted:
        sizes = [int(size) for size in options.sizes.split(",")]
        for point in growth.measure(archive, sizes):  # each kept at once: the last takes hours
            growth.keep([point])
        points = growth.kept()
        write_between(PAGE, "growth", growth.table(points))
        for name, plot in growth.plots(points).items():
            (ROOT / "docs" / "img" / name).write_text(plot, encoding="utf-8")


if __name__ == "__main__":
    main()
