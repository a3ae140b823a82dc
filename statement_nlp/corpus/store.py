"""Write results so that a reader sees all of them or none: staged, then moved in place."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import attrs
import pyarrow as pa
import pyarrow.parquet as pq

from statement_nlp.corpus.tables import SCHEMAS
from statement_nlp.errors import UserError
from statement_nlp.model import Run

RUN_RECORD = "run.json"
WORKING = ".working"
"""Folder for what only the run itself needs; it is never moved into place."""


class OutputError(UserError):
    """The output folder cannot be written: what, where, what to do."""

    exit_code = 22


class Closeable(Protocol):
    """Something that holds a file open."""

    def close(self) -> None:
        """Let go of the file; more than once does no harm."""


class Results:
    """Tables of one run, written batch by batch into a staging folder beside the output.

    Use as a context manager: on a clean exit the staged files are moved into place, the run
    record last, so that a folder with a run record is complete; on an error nothing changes.

    Raises:
        OutputError: the folder cannot be made or holds something else than earlier results.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._superseded: tuple[str, ...] = ()
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            if self.folder.exists() and not self.folder.is_dir():
                raise OutputError(f"{self.folder}: is a file; give a folder with --out")
            if self.folder.is_dir() and any(self.folder.iterdir()) and not _is_ours(self.folder):
                raise OutputError(
                    f"{self.folder}: holds files that are not results of an earlier run; "
                    "give another folder with --out"
                )
            self.staging = Path(tempfile.mkdtemp(prefix=".statement-nlp-", dir=self.folder.parent))
        except PermissionError as error:
            raise OutputError(f"{self.folder}: cannot be written; choose another --out") from error
        (self.staging / "data" / "documents").mkdir(parents=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.close_tables()
            if kind is None:
                self._publish()
        finally:
            self._opened.close()
            shutil.rmtree(self.staging, ignore_errors=True)

    def add_text(self, document_id: str, text: str) -> None:
        """Keep a document's text as UTF-8, its line ends untouched."""
        path = self.staging / "data" / "documents" / f"{document_id}.txt"
        path.write_bytes(text.encode("utf-8"))

    def add(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Append rows to a table of the output contract."""
        if rows:
            self.add_arrow(table, pa.Table.from_pylist(list(rows), schema=SCHEMAS[table]))

    def add_arrow(self, table: str, rows: pa.Table) -> None:
        """Append an Arrow table that has the contract's columns."""
        self._writer(table).write_table(rows.cast(SCHEMAS[table]))

    def close_tables(self) -> None:
        """Finish every table; one without rows is written empty, so that readers find it."""
        for name in SCHEMAS:
            self._writer(name).close()

    def write_run(self, run: Run) -> None:
        """Write the run record."""
        record = json.dumps(attrs.asdict(run), ensure_ascii=False, indent=2, sort_keys=True)
        (self.staging / RUN_RECORD).write_text(record + "\n", encoding="utf-8")

    def will_close(self, opened: Closeable) -> None:
        """Close a file of the staging folder before that goes, whatever happens to the run."""
        self._opened.callback(opened.close)

    def supersede(self, names: Sequence[str]) -> None:
        """Name files of an earlier run to be removed when the results are moved into place."""
        self._superseded = tuple(names)

    def _writer(self, table: str) -> pq.ParquetWriter:
        if table not in self._writers:
            path = self.staging / "data" / f"{table}.parquet"
            self._writers[table] = pq.ParquetWriter(path, SCHEMAS[table], compression="zstd")
        return self._writers[table]

    def _publish(self) -> None:
        self.folder.mkdir(exist_ok=True)
        record = self.folder / RUN_RECORD
        record.unlink(missing_ok=True)
        for staged in sorted(self.staging.iterdir()):
            if staged.name in (RUN_RECORD, WORKING):
                continue
            target = self.folder / staged.name
            if target.is_dir():
                shutil.rmtree(target)
            staged.replace(target)
        for name in self._superseded:
            (self.folder / name).unlink(missing_ok=True)
        (self.staging / RUN_RECORD).replace(record)


def _is_ours(folder: Path) -> bool:
    return (folder / RUN_RECORD).is_file() or (folder / "data" / "documents.parquet").is_file()


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new content, never a part."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
