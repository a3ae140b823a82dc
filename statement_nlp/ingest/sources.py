"""Find the files behind what was asked for: files, folders, patterns and archives."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from statement_nlp.ingest.errors import IngestError, load_data
from statement_nlp.ingest.sniff import Format, sniff
from statement_nlp.model import Failure, InputFile


@attrs.frozen(slots=True)
class Source:
    """One file to read. Only its place is held, never its bytes, so it is cheap to pass around."""

    path: str
    """What users see: the path as given, or ``archive.zip!/member.pdf``."""
    location: Path
    """Where the bytes lie; for a member of an archive, a temporary file of this process."""
    sha256: str
    size: int
    """Bytes."""

    @property
    def name(self) -> str:
        """File name without its folders."""
        return self.path.replace("\\", "/").rsplit("/", 1)[-1]

    def read_bytes(self) -> bytes:
        """Return the file's bytes."""
        return self.location.read_bytes()

    def input_file(self) -> InputFile:
        """Return the entry of the run record."""
        return InputFile(path=self.path, sha256=self.sha256, size=self.size)

    @classmethod
    def of(cls, path: str | Path) -> Source:
        """Return the source for one file on disk.

        Raises:
            OSError: the file cannot be read.
        """
        location = Path(path)
        data = location.read_bytes()
        return cls(printable(path), location, hashlib.sha256(data).hexdigest(), len(data))


def printable(path: str | Path) -> str:
    r"""Return a path as text that every file and screen takes.

    Bytes of a name that are no UTF-8 (old folders and archives hold such) are written ``\xe9``.
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def find(inputs: Sequence[str | Path]) -> Iterator[Source | Failure]:
    """Yield a source for every file behind ``inputs``, and a failure for each that is not one.

    An input is a file, a folder (searched to its depths; hidden files and folders, and results of
    earlier runs, are left out), a pattern such as ``annexes/*.pdf``, or a ZIP or TAR archive (TAR
    plain or compressed with gzip, bzip2 or xz). Inputs are taken in the order given; what lies
    inside one is sorted by path. Bytes seen before are a failure ``duplicate``.
    """
    seen: dict[str, str] = {}
    for given in inputs:
        for found in _expand(given):
            if isinstance(found, Source):
                first = seen.setdefault(found.sha256, found.path)
                if first is not found.path:
                    yield Failure(
                        found.path, "duplicate", f"same bytes as {first}; read once, nothing to do"
                    )
                    continue
            yield found


def _expand(given: str | Path) -> Iterator[Source | Failure]:
    path, shown = Path(given), printable(given)
    try:
        there = path.exists()
    except OSError as error:
        yield _cannot_be_opened(shown, error)
        return
    if there:
        yield from _path(path)
    elif glob.has_magic(str(given)):
        matches = sorted(glob.glob(str(given), recursive=True))  # noqa: PTH207 - takes absolute ones
        if not matches:
            yield Failure(shown, "missing-file", "no file matches the pattern; check it")
        for match in matches:
            yield from _path(Path(match))
    else:
        yield Failure(shown, "missing-file", "no such file or folder; check the path")


def _path(path: Path) -> Iterator[Source | Failure]:
    is_folder = os.path.isdir(path)  # noqa: PTH112 - never raises
    yield from _folder(path) if is_folder else _file(path, printable(path))


def _folder(folder: Path) -> Iterator[Source | Failure]:
    shown = printable(folder)
    if _holds_results(folder):
        message = "holds the results of an earlier run; give the folder of statements"
        yield Failure(shown, "nothing-readable", message)
        return
    yield from or_nothing_readable(shown, _inside(folder))


def _inside(folder: Path) -> Iterator[Source | Failure]:
    """Yield what lies in a folder, sorted by path, then the folders that cannot be looked into."""
    closed: list[OSError] = []
    files = sorted(_files(folder, closed), key=lambda path: path.as_posix())
    for path in files:
        yield from _file(path, printable(path))
    for error in closed:
        yield _cannot_be_opened(printable(error.filename), error)


def _files(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """Yield the files of a folder; what is hidden and earlier results are passed over."""
    for place, folders, names in os.walk(folder, onerror=closed.append):
        inside = Path(place)
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and not _holds_results(inside / name)
        ]
        for name in names:
            if not name.startswith(".") and os.path.isfile(inside / name):  # noqa: PTH113 - never raises
                yield inside / name


def _holds_results(folder: Path) -> bool:
    """Whether an analysis wrote the folder: its reports and texts are no statements."""
    marks = (folder / "run.json", folder / "data" / "documents.parquet")
    return all(os.path.isfile(mark) for mark in marks)  # noqa: PTH113 - never raises


def _cannot_be_opened(shown: str, error: OSError) -> Failure:
    return Failure(
        shown, "missing-file", f"cannot be opened ({error.strerror}); check its permissions"
    )


def or_nothing_readable(path: str, found: Iterator[Source | Failure]) -> Iterator[Source | Failure]:
    """Pass ``found`` on, and add a failure for ``path`` where no source was among it."""
    readable = False
    for one in found:
        readable = readable or isinstance(one, Source)
        yield one
    if not readable:
        yield Failure(
            path, "nothing-readable", "no PDF, DOCX, HTML or text file inside; give another path"
        )


def _file(path: Path, shown: str) -> Iterator[Source | Failure]:
    """Yield the source of one file, or the sources inside it where it is an archive."""
    try:
        data = _bounded_bytes(path)
        kind = sniff(data, path.name)
    except OSError as error:
        yield _cannot_be_opened(shown, error)
        return
    except IngestError as error:
        yield error.failure(shown)
        return
    if kind is Format.ARCHIVE:
        from statement_nlp.ingest.archives import members

        yield from or_nothing_readable(shown, members(path, shown))
    else:
        yield Source(shown, path, hashlib.sha256(data).hexdigest(), len(data))


def _bounded_bytes(path: Path) -> bytes:
    size, limit = path.stat().st_size, load_data("limits.yaml")["file_bytes"]
    if size > limit:
        raise IngestError("too-large", f"{size} bytes, more than {limit}; split the file")
    return path.read_bytes()
