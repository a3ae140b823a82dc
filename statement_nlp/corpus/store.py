"""Write results so that a reader sees all of them or none: staged, then moved in place."""

from __future__ import annotations

import errno
import json
import secrets
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from statement_nlp.corpus.publishing import RUN_RECORD, publish
from statement_nlp.corpus.tables import SCHEMAS
from statement_nlp.errors import UserError
from statement_nlp.model import Run

_LOCK = ".statement-nlp.lock"
_STAGED = ".statement-nlp-"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


class OutputError(UserError):
    """The output folder cannot be written: what, where, what to do."""

    exit_code = 22


class Closeable(Protocol):
    """Something that holds a file open."""

    def close(self) -> None:
        """Let go of the file; more than once does no harm."""


class Results:
    """Tables of one run, written batch by batch into a hidden folder inside the output.

    Use as a context manager: on a clean exit the staged files are moved into place, the run
    record last, so that a folder with a run record is complete; on an error nothing changes.
    Two runs cannot write to one folder at the same time.

    Args:
        folder: Where the results belong.
        superseded: Names of files beside the tables that go when new tables come.

    Raises:
        OutputError: the folder cannot be made or written, holds something else than earlier
            results, or another run writes to it; also on leaving, where results cannot be moved
            into place: the earlier ones are then put back and the new ones are left where the
            message says.
    """

    def __init__(self, folder: Path, *, superseded: Sequence[str] = ()) -> None:
        self.folder = folder
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._superseded = tuple(superseded)
        self._opened = ExitStack()
        self._lock = FileLock(folder / _LOCK, blocking=False)

    def __enter__(self) -> Self:
        folder = self.folder
        try:
            if folder.exists() and not folder.is_dir():
                raise OutputError(f"{folder}: is a file; give a folder with --out")
            self._made = not folder.exists()
            folder.mkdir(parents=True, exist_ok=True)
            if not _may_be_used(folder):
                raise OutputError(
                    f"{folder}: holds files that are not results of an earlier run; "
                    "give another folder with --out"
                )
            self._lock.acquire()
            self.staging = Path(tempfile.mkdtemp(prefix=_STAGED, dir=folder))
            (self.staging / "data" / "documents").mkdir(parents=True)
        except Timeout as error:
            raise OutputError(
                f"{folder}: another run writes to it; wait for it or give another --out"
            ) from error
        except OSError as error:
            self._lock.release()
            raise OutputError(
                f"{folder}: cannot be written ({error.strerror}); choose another --out"
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        keep = False
        try:
            if error is None:
                self.close_tables()
                self._opened.close()
                keep = True
                publish(self.staging, self.folder, self._superseded)
                keep = False
                self._remove_left_overs()
        except OSError as failed:
            raise self._failed(failed, keep=keep) from failed
        finally:
            self._leave(keep=keep)
        if isinstance(error, OSError) and error.errno in _FULL:
            raise self._failed(error, keep=False) from error

    def _failed(self, error: OSError, *, keep: bool) -> OutputError:
        left = (
            f"the earlier results are unchanged, the new ones are in {self.staging}"
            if keep
            else "nothing was changed"
        )
        what = error.strerror or str(error)
        return OutputError(
            f"{self.folder}: results cannot be written ({what}); {left}; make room, close what "
            "has them open, or choose another --out"
        )

    def _remove_left_overs(self) -> None:
        """Remove what runs that were broken off left; the lock says that none is under way."""
        for folder in self.folder.glob(f"{_STAGED}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def _leave(self, *, keep: bool) -> None:
        """Let go of every file; remove what nobody needs, whatever state it is in."""
        with suppress(OSError):
            self._opened.close()
        for writer in self._writers.values():
            with suppress(OSError):
                writer.close()
        if not keep:
            shutil.rmtree(self.staging, ignore_errors=True)
        with suppress(OSError):  # before it is let go of: afterwards it may be another run's
            (self.folder / _LOCK).unlink()
        self._lock.release()
        if self._made and not keep:
            with suppress(OSError):  # results are in it
                self.folder.rmdir()

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

    def _writer(self, table: str) -> pq.ParquetWriter:
        if table not in self._writers:
            path = self.staging / "data" / f"{table}.parquet"
            self._writers[table] = pq.ParquetWriter(path, SCHEMAS[table], compression="zstd")
        return self._writers[table]


def _may_be_used(folder: Path) -> bool:
    """Whether a folder is empty, but for what a broken-off run left, or holds earlier results."""
    others = [p for p in folder.iterdir() if p.name != _LOCK and not p.name.startswith(_STAGED)]
    return not others or is_results(folder)


def is_results(folder: Path) -> bool:
    """Whether a folder holds what an analysis wrote: told by its contents, not by names alone."""
    try:
        record = json.loads((folder / RUN_RECORD).read_bytes())
    except (OSError, ValueError):
        return _has_documents(folder)
    return isinstance(record, dict) and record.keys() >= {"inputs", "configuration", "packages"}


def _has_documents(folder: Path) -> bool:
    """Whether the table of documents is there; the record may be gone if a run was broken off."""
    try:
        names: list[str] = pq.read_schema(folder / "data" / "documents.parquet").names
    except (OSError, pa.ArrowException):
        return False
    expected: list[str] = SCHEMAS["documents"].names
    return names == expected


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new content, never a part.

    Raises:
        OutputError: the file cannot be written.
    """
    # Not a file of the module for temporary files: those are closed to others whatever the umask.
    partial = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with partial.open("xb") as file:
            file.write(content)
        partial.replace(path)
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}); make room, close what has it open, or "
            "choose another folder"
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
