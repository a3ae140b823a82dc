"""Move a run's results into place, or put the earlier ones back."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from statement_nlp.corpus.tables import SCHEMAS

RUN_RECORD = "run.json"
WORKING = ".working"
"""Folder for what only the run itself needs; it is never moved into place."""
_EARLIER = ".earlier"
"""Folder inside the staged results for what they replace, until all is in place."""


def publish(staging: Path, folder: Path, superseded: Sequence[str]) -> None:
    """Move staged results into a folder, in place of earlier ones.

    While files are moved the folder holds no run record: one that has it is complete. Files of
    others in ``data/`` stay where they are. Both folders must be on one file system.

    Args:
        staging: What a run wrote; afterwards it holds what was replaced.
        folder: Where the results belong.
        superseded: Names of files in ``folder`` that must not stay beside the new results.

    Raises:
        OSError: something could not be moved. The folder is then as it was, as far as the system
            allows.
    """
    earlier = staging / _EARLIER
    earlier.mkdir()
    staged = sorted(path.name for path in staging.iterdir() if path.name not in (WORKING, _EARLIER))
    results = [name for name in staged if name != RUN_RECORD]
    moved: list[tuple[Path, Path]] = []

    def move(source: Path, target: Path) -> None:
        source.replace(target)
        moved.append((source, target))

    try:
        for name in (RUN_RECORD, *results, *superseded):
            if (folder / name).exists():
                move(folder / name, earlier / name)
        for name in results:
            move(staging / name, folder / name)
        for path in _of_others(earlier / "data"):
            move(path, folder / "data" / path.relative_to(earlier / "data"))
        if RUN_RECORD in staged:
            move(staging / RUN_RECORD, folder / RUN_RECORD)
    except OSError:
        for source, target in reversed(moved):
            with suppress(OSError):
                target.replace(source)
        with suppress(OSError):
            earlier.rmdir()
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def _of_others(data: Path) -> list[Path]:
    """Return what lies in a folder of tables and is none of a run's files."""
    if not data.is_dir():
        return []
    tables = {f"{name}.parquet" for name in SCHEMAS}
    texts = data / "documents"
    found = [path for path in data.iterdir() if path.name not in tables and path != texts]
    if texts.is_dir():
        found += [path for path in texts.iterdir() if path.suffix != ".txt"]
    return sorted(found)
