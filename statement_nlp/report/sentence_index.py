"""Who said each sentence, for corpora of any size: a sorted index of ids instead of objects."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.report.tables import ReportError, batches

_STATEMENT = (
    *("statement_id", "document_id", "delegation", "role", "language", "date", "symbol"),
    *("procedural", "analysed"),
)


@attrs.frozen(eq=False)
class SentenceIndex:
    """The statements, and which of them each sentence belongs to.

    A sentence takes the bytes of its id and four more, whatever its length.
    """

    directory: Path
    statements: Any
    """Arrow table of the statements' columns that an overview needs."""
    names: tuple[str, ...]
    """Delegations; codes below count in it."""
    delegation: NDArray[np.int32]
    """Code of the delegation, by statement."""
    _ids: NDArray[np.bytes_]
    """Ids of all sentences, sorted."""
    _said: NDArray[np.int32]
    """Statement of each sentence, in the same order."""

    @classmethod
    def read(cls, directory: Path) -> SentenceIndex:
        """Read statements, and of the sentences the ids alone.

        Raises:
            ReportError: a table cannot be used, or a sentence names an unknown statement.
        """
        import pyarrow as pa

        from statement_nlp.corpus.tables import SCHEMAS

        schema = pa.schema([SCHEMAS["statements"].field(name) for name in _STATEMENT])
        statements = pa.Table.from_batches(
            [batch.cast(schema) for batch in batches(directory, "statements", _STATEMENT)], schema
        ).combine_chunks()
        coded = statements["delegation"].combine_chunks().dictionary_encode()
        known = statements["statement_id"]
        ids, said = [np.empty(0, "S1")], [np.empty(0, np.int32)]
        for batch in batches(directory, "passages", ("passage_id", "statement_id")):
            ids.append(_keys(batch["passage_id"]))
            said.append(_places(batch["statement_id"], known, directory, "passages"))
        order = np.argsort(all_ids := np.concatenate(ids), kind="stable")
        return cls(
            directory=directory,
            statements=statements,
            names=tuple(coded.dictionary.to_pylist()),
            delegation=np.asarray(coded.indices, dtype=np.int32),
            ids=all_ids[order],
            said=np.concatenate(said)[order],
        )

    @property
    def sentences(self) -> int:
        """How many there are."""
        return len(self._ids)

    def analysed_sentences(self) -> int:
        """Return how many sentences stand in statements that were analysed."""
        analysed = self.statements["analysed"].to_numpy().astype(bool)
        return int(np.bincount(self._said, minlength=len(analysed))[analysed].sum())

    def places(self, passage_ids: Any, table: str) -> NDArray[np.int64]:  # noqa: ANN401 - Arrow
        """Return, for sentences that a table names, their places among :attr:`sentences`.

        Raises:
            ReportError: there is no such sentence.
        """
        wanted = _keys(passage_ids)
        found = np.searchsorted(self._ids, wanted.astype(self._ids.dtype))
        found = np.minimum(found, max(0, len(self._ids) - 1))
        unknown = self._ids[found] != wanted if len(self._ids) else np.ones(len(wanted), bool)
        if unknown.any():
            name = passage_ids[int(np.flatnonzero(unknown)[0])]
            raise _not_there(self.directory, table, f"sentence {name}")
        return found

    def delegations_at(self, places: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the code of the delegation that spoke each of these sentences."""
        return self.delegation[self._said[places]]

    def delegations_of(self, statement_ids: Any, table: str) -> NDArray[np.int32]:  # noqa: ANN401
        """Return the code of the delegation that made each of these statements.

        Raises:
            ReportError: there is no such statement.
        """
        known = self.statements["statement_id"]
        return self.delegation[_places(statement_ids, known, self.directory, table)]


def _keys(ids: Any) -> NDArray[np.bytes_]:  # noqa: ANN401 - an Arrow column
    """Return ids as fixed-width bytes, which sort and compare without an object for each."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(ids):
        return np.empty(0, "S1")
    width = max(1, pc.max(pc.binary_length(ids)).as_py() or 0)
    fixed = pc.ascii_rpad(ids, width, padding="\0").cast(pa.binary()).cast(pa.binary(width))
    # Trailing zeros end a string of this type, so that ids of several lengths compare too.
    return np.frombuffer(fixed.buffers()[1], dtype=f"S{width}")[fixed.offset :][: len(fixed)]


def _places(ids: Any, known: Any, directory: Path, table: str) -> NDArray[np.int32]:  # noqa: ANN401
    import pyarrow.compute as pc

    found = pc.index_in(ids, value_set=known)
    if found.null_count:
        name = ids.filter(found.is_null())[0]
        raise _not_there(directory, table, f"statement {name}")
    return np.asarray(found, dtype=np.int32)


def _not_there(directory: Path, table: str, what: str) -> ReportError:
    path = directory / "data" / table
    return ReportError(
        f"{path}.parquet: names {what}, which is not there; run 'statement-nlp analyze' again"
    )
