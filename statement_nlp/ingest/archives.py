"""Open ZIP and TAR archives safely: bounded, and no member name is ever used as a path."""

from __future__ import annotations

import atexit
import hashlib
import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import IO

from statement_nlp.ingest.errors import IngestError, load_data
from statement_nlp.ingest.sniff import Format, sniff
from statement_nlp.ingest.sources import Source, printable
from statement_nlp.model import Failure

_BROKEN = (
    tarfile.TarError,
    zipfile.BadZipFile,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,  # zipfile raises it for members under a password
)
_CHUNK = 1 << 20


@cache
def _workspace() -> Path:
    """Folder for unpacked members, gone when the process ends."""
    folder = tempfile.mkdtemp(prefix="statement-nlp-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


class _Unpacker:
    """Writes members under numbered names and keeps count against the limits."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.limits = load_data("limits.yaml")
        self.total = 0
        self.folder = Path(tempfile.mkdtemp(dir=_workspace()))
        self.found: list[tuple[str, Source | Failure]] = []

    def shown_as(self, name: str) -> str:
        return f"{self.shown}!/{printable(name)}"

    def refuse(self, name: str, code: str, message: str) -> None:
        self.found.append((name, Failure(self.shown_as(name), code, message)))

    def take(self, name: str, stream: IO[bytes]) -> None:
        """Unpack one member.

        Raises:
            IngestError: ``too-large``, the archive passes a limit.
        """
        if len(self.found) >= self.limits["archive_members"]:
            raise IngestError(
                "too-large", f"more than {self.limits['archive_members']} files inside; split it"
            )
        target = self.folder / str(len(self.found))
        digest, size = hashlib.sha256(), 0
        with target.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                size, self.total = size + len(chunk), self.total + len(chunk)
                if self.total > self.limits["archive_bytes"] or size > self.limits["file_bytes"]:
                    raise IngestError(
                        "too-large",
                        f"unpacks to more than the limits allow (at {name}); unpack it yourself",
                    )
                digest.update(chunk)
                out.write(chunk)
        if self.refused(name, target.read_bytes()):
            target.unlink()
            return
        source = Source(self.shown_as(name), target, digest.hexdigest(), size)
        self.found.append((name, source))

    def refused(self, name: str, data: bytes) -> bool:
        """Record a failure where the member's bytes are of no format that can be read."""
        try:
            kind = sniff(data, name.rsplit("/", 1)[-1])
        except IngestError as error:
            self.refuse(name, error.code, error.message)
            return True
        if kind is Format.ARCHIVE:
            self.refuse(name, "unknown-format", "an archive in an archive; unpack the outer one")
        return kind is Format.ARCHIVE


def members(path: Path, shown: str) -> Iterator[Source | Failure]:
    """Yield the files inside the archive at ``path``, displayed as ``shown``, sorted by name.

    Members are unpacked to a temporary folder that goes when the process ends. An archive that
    passes a limit or is damaged ends in one failure for the whole archive, after the files that
    could be taken from it.
    """
    unpacker = _Unpacker(shown)
    unpack: Callable[[Path, _Unpacker], None] = (
        _unpack_zip if zipfile.is_zipfile(path) and not _is_tar(path) else _unpack_tar
    )
    trouble: Failure | None = None
    try:
        unpack(path, unpacker)
    except IngestError as error:
        trouble = error.failure(shown)
    except _BROKEN as error:
        reason = "under a password" if "password" in str(error) else "cut short or damaged"
        trouble = Failure(
            shown, "unknown-format", f"the archive is {reason}; get a whole, open copy"
        )
    for _, found in sorted(unpacker.found, key=lambda pair: pair[0]):
        yield found
    if trouble is not None:
        yield trouble


def _is_tar(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) != b"PK"


def _hidden(name: str) -> bool:
    return any(
        part == "__MACOSX" or (part.startswith(".") and part not in {".", ".."})
        for part in name.replace("\\", "/").split("/")
    )


def _unpack_zip(path: Path, unpacker: _Unpacker) -> None:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.is_dir() or _hidden(info.filename):
                continue
            with archive.open(info) as stream:
                unpacker.take(info.filename, stream)


def _unpack_tar(path: Path, unpacker: _Unpacker) -> None:
    with tarfile.open(path, "r:*") as archive:
        for info in archive:
            if info.isdir() or _hidden(info.name):
                continue
            stream = archive.extractfile(info) if info.isreg() else None
            if stream is None:
                unpacker.refuse(
                    info.name, "unknown-format", "a link or device, not a file; give the file"
                )
                continue
            with stream:
                unpacker.take(info.name, stream)
