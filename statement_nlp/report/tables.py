"""Read the tables of an output directory and hold them to the output contract."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from statement_nlp.errors import UserError
from statement_nlp.report import records

Row = TypeVar("Row")

ROWS: dict[str, type] = {
    "documents": records.DocumentRow,
    "regions": records.RegionRow,
    "statements": records.StatementRow,
    "passages": records.PassageRow,
    "tags": records.TagRow,
    "topics": records.TopicRow,
    "topic_assignments": records.TopicAssignmentRow,
    "commitments": records.CommitmentRow,
    "proposals": records.ProposalRow,
    "key_points": records.KeyPointRow,
    "key_point_support": records.SupportRow,
    "agreed_language": records.AgreedLanguageRow,
    "agreed_matches": records.AgreedMatchRow,
    "needs": records.NeedRow,
    "profiles": records.ProfileRow,
    "topics_over_time": records.TopicPeriodRow,
}


_FREE_TEXTS = frozenset({"text", "quote", "action", "condition"})
"""Columns of long wordings, which are not worth looking up."""
_ROWS_AT_A_TIME = 16_384
"""What is read besides the rows kept: some megabytes of the widest table."""


class ReportError(UserError):
    """An output directory that no report can be made of: what, where, what to do."""

    exit_code = 23


def read_rows(
    directory: Path, table: str, row: type[Row], shared: dict[str, str] | None = None
) -> tuple[Row, ...]:
    """Read ``directory/data/<table>.parquet`` as ``row`` objects, in file order.

    Columns that the contract does not know are passed over: a later minor version may add some.

    Args:
        directory: The output directory.
        table: Name of the table.
        row: Class of its rows; its fields are the table's columns.
        shared: Words and ids met so far, each kept once; give one dictionary to all tables, since
            an id of one is named again in others. Long free texts are left out of it: they are
            rarely met twice.

    Raises:
        ReportError: the file is missing or unreadable, or a column is missing or of another type.
    """
    import pyarrow as pa

    from statement_nlp.corpus.tables import SCHEMAS

    shared = {} if shared is None else shared
    schema = SCHEMAS[table]
    rows: list[Row] = []
    for batch in batches(directory, table, schema.names):
        columns = [_values(batch.column(field.name), field, shared, pa) for field in schema]
        rows.extend(
            row(**dict(zip(schema.names, values, strict=True)))
            for values in zip(*columns, strict=True)
        )
    return tuple(rows)


def _values(column: Any, field: Any, shared: dict[str, str], pa: Any) -> list[Any]:  # noqa: ANN401
    """Return a column's values, lists as tuples, strings that recur as one object."""
    values: list[Any] = column.to_pylist()
    keep = shared.setdefault
    if pa.types.is_list(field.type):
        return [tuple(keep(item, item) for item in items or ()) for items in values]
    if pa.types.is_string(field.type) and field.name not in _FREE_TEXTS:
        return [None if value is None else keep(value, value) for value in values]
    return values


def batches(directory: Path, table: str, columns: Sequence[str]) -> Iterator[Any]:
    """Yield record batches of some columns of a table, a bounded number of rows at a time.

    Raises:
        ReportError: the file is missing or unreadable, or a column is missing or of another type.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = directory / "data" / f"{table}.parquet"
    if not path.is_file():
        raise ReportError(f"{path}: is missing; run 'statement-nlp analyze' again")
    try:
        with pq.ParquetFile(path) as file:
            _hold_to_contract(path, table, file.schema_arrow)
            yield from file.iter_batches(_ROWS_AT_A_TIME, columns=list(columns))
    except (pa.ArrowException, OSError) as error:
        raise ReportError(
            f"{path}: is not a readable Parquet file; run 'statement-nlp analyze' again"
        ) from error


def _hold_to_contract(path: Path, table: str, found: Any) -> None:  # noqa: ANN401 - a pyarrow schema
    import pyarrow as pa

    from statement_nlp.corpus.tables import SCHEMAS

    for field in SCHEMAS[table]:
        if field.name not in found.names:
            raise ReportError(
                f"{path}: column '{field.name}' is missing; it was written by another version, "
                "run 'statement-nlp analyze' again"
            )
        kind = found.field(field.name).type
        if not kind.equals(field.type) and not pa.types.is_null(kind):
            raise ReportError(
                f"{path}: column '{field.name}' holds {kind} instead of {field.type}; "
                "run 'statement-nlp analyze' again"
            )


def count_rows(directory: Path, table: str) -> int:
    """Return the number of rows of a table from its file's metadata, without loading any.

    A table that is not there or cannot be read counts 0: reading it says what is wrong.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(directory / "data" / f"{table}.parquet").num_rows)
    except (pa.ArrowException, OSError):
        return 0


def read_texts(directory: Path) -> dict[str, str]:
    """Read ``data/documents/<document_id>.txt`` by document id, line ends untouched.

    Raises:
        ReportError: a file cannot be read or is not UTF-8.
    """
    folder = directory / "data" / "documents"
    return {path.stem: _text(path) for path in sorted(folder.glob("*.txt"))}


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, ValueError) as error:
        raise ReportError(
            f"{path}: is not a readable UTF-8 text; run 'statement-nlp analyze' again"
        ) from error


def read_run(directory: Path) -> dict[str, Any]:
    """Read ``run.json``.

    Raises:
        ReportError: the file is missing or is not a JSON object.
    """
    path = directory / "run.json"
    try:
        run = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ReportError(
            f"{path}: is missing; give the directory that 'statement-nlp analyze' wrote"
        ) from error
    except ValueError as error:
        raise ReportError(f"{path}: is not JSON; run 'statement-nlp analyze' again") from error
    if not isinstance(run, dict):
        raise ReportError(f"{path}: is not a JSON object; run 'statement-nlp analyze' again")
    return run
