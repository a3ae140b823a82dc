"""Small things commands ask of inputs before and after reading them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from statement_nlp.ingest.errors import IngestError
from statement_nlp.ingest.reader import read
from statement_nlp.ingest.sources import Source, find
from statement_nlp.model import Document, Failure, InputFile


def read_path(path: str | Path, *, ocr: bool = False) -> Document:
    """Read the one document at ``path``.

    Raises:
        IngestError: there is no readable document at the path.
    """
    for found in find([path]):
        if isinstance(found, Source):
            return read(found, ocr=ocr)
        raise IngestError(found.code, f"{found.path}: {found.message}")
    raise IngestError("nothing-readable", f"{path}: nothing there to read; check the path")


def beside(inputs: Sequence[str | Path], name: str) -> Path | None:
    """Return the file ``name`` that lies in an input's folder, or in the input itself."""
    for given in inputs:
        path = Path(given)
        folder = path if os.path.isdir(path) else path.parent  # noqa: PTH112 - never raises
        if os.path.isfile(folder / name):  # noqa: PTH113 - never raises
            return folder / name
    return None


def require_any(read_files: Sequence[InputFile], failures: Sequence[Failure]) -> None:
    """Refuse to go on when no input could be read.

    Raises:
        IngestError: with the first failure's cause; the message counts the others.
    """
    if read_files:
        return
    if not failures:
        raise IngestError("nothing-readable", "no input to read; give files or folders")
    first = failures[0]
    more = f" (and {len(failures) - 1} more failures)" if len(failures) > 1 else ""
    raise IngestError(first.code, f"{first.path}: {first.message}{more}")
