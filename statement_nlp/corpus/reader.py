"""Results as data frames, for those who go on working with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from statement_nlp.corpus.publishing import RUN_RECORD
from statement_nlp.corpus.store import OutputError
from statement_nlp.corpus.tables import SCHEMAS

if TYPE_CHECKING:
    import pandas as pd


@attrs.frozen
class Corpus:
    """What an analysis left in a folder.

    ``Corpus.open("out").table("commitments")`` is the register of commitments.
    """

    folder: Path

    @classmethod
    def open(cls, folder: str | Path) -> Corpus:
        """Open the folder an analysis wrote.

        Raises:
            OutputError: the folder holds no finished analysis.
        """
        path = Path(folder)
        if not (path / RUN_RECORD).is_file():
            raise OutputError(f"{path}: holds no finished analysis; run 'statement-nlp analyze'")
        return cls(path)

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables, as in docs/outputs.md."""
        return tuple(SCHEMAS)

    def table(self, name: str) -> pd.DataFrame:
        """Return one table.

        Raises:
            OutputError: there is no such table, or its file is missing or damaged.
        """
        import pandas as pd
        import pyarrow as pa

        if name not in SCHEMAS:
            raise OutputError(f"'{name}' is no table; use one of {', '.join(SCHEMAS)}")
        path = self.folder / "data" / f"{name}.parquet"
        try:
            return pd.read_parquet(path)
        except (OSError, pa.ArrowException) as error:
            raise OutputError(_unreadable(path, "a Parquet file")) from error

    def text(self, document_id: str) -> str:
        """Return a document's text, which offsets in the tables count.

        Raises:
            OutputError: there is no such document, or its file is damaged.
        """
        path = self.folder / "data" / "documents" / f"{document_id}.txt"
        try:
            return path.read_bytes().decode("utf-8")
        except (OSError, ValueError) as error:
            raise OutputError(_unreadable(path, "UTF-8 text")) from error

    @property
    def run(self) -> Mapping[str, Any]:
        """The run record.

        Raises:
            OutputError: the file is missing or damaged.
        """
        import json

        path = self.folder / RUN_RECORD
        try:
            record = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise OutputError(_unreadable(path, "JSON")) from error
        if not isinstance(record, dict):
            raise OutputError(_unreadable(path, "a JSON object"))
        return record


def _unreadable(path: Path, wanted: str) -> str:
    """Return the line for a file that is missing or is not what an analysis writes."""
    if not path.is_file():
        return f"{path}: is missing; run 'statement-nlp analyze' again"
    return f"{path}: is not readable as {wanted}; run 'statement-nlp analyze' again"
