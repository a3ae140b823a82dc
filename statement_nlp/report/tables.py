"""Read the tables of an output directory and hold them to the output contract."""

from __future__ import annotations

import json
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


class ReportError(UserError):
    """An output directory that no report can be made of: what, where, what to do."""

    exit_code = 23


def read_rows(directory: Path, table: str, row: type[Row]) -> tuple[Row, ...]:
    """Read ``directory/data/<table>.parquet`` as ``row`` objects, in file order.

    Columns that the contract does not know are passed over: a later minor version may add some.

    Raises:
        ReportError: the file is missing or unreadable, or a column is missing or of another type.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from statement_nlp.corpus.tables import SCHEMAS

    path = directory / "data" / f"{table}.parquet"
    if not path.is_file():
        raise ReportError(f"{path}: is missing; run 'statement-nlp analyze' again")
    try:
        read = pq.ParquetFile(path).read()
    except (pa.ArrowException, OSError) as error:
        raise ReportError(
            f"{path}: is not a readable Parquet file; run 'statement-nlp analyze' again"
        ) from error
    for field in SCHEMAS[table]:
        if field.name not in read.column_names:
            raise ReportError(
                f"{path}: column '{field.name}' is missing; it was written by another version, "
                "run 'statement-nlp analyze' again"
            )
        found = read.schema.field(field.name).type
        if not found.equals(field.type) and not pa.types.is_null(found):
            raise ReportError(
                f"{path}: column '{field.name}' holds {found} instead of {field.type}; "
                "run 'statement-nlp analyze' again"
            )
    names = SCHEMAS[table].names
    lists = {field.name for field in SCHEMAS[table] if pa.types.is_list(field.type)}
    columns = [
        [tuple(item or ()) for item in read.column(name).to_pylist()]
        if name in lists
        else read.column(name).to_pylist()
        for name in names
    ]
    return tuple(
        row(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True)
    )


def read_texts(directory: Path) -> dict[str, str]:
    """Read ``data/documents/<document_id>.txt`` by document id, line ends untouched."""
    folder = directory / "data" / "documents"
    return {path.stem: path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))}


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
