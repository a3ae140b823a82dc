"""Results as data frames, for those who go on working with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from statement_nlp.corpus.store import RUN_RECORD, OutputError
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
            OutputError: there is no such table.
        """
        import pandas as pd

        if name not in SCHEMAS:
            raise OutputError(f"'{name}' is no table; use one of {', '.join(SCHEMAS)}")
        return pd.read_parquet(self.folder / "data" / f"{name}.parquet")

    def text(self, document_id: str) -> str:
        """Return a document's text, which offsets in the tables count."""
        path = self.folder / "data" / "documents" / f"{document_id}.txt"
        return path.read_bytes().decode("utf-8")

    @property
    def run(self) -> Mapping[str, Any]:
        """The run record."""
        import json

        record: dict[str, Any] = json.loads((self.folder / RUN_RECORD).read_text("utf-8"))
        return record
