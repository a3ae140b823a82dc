"""Topics and key points of an overview, with the few quotes they need and where these stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from statement_nlp.report.data import Citation
from statement_nlp.report.sentence_index import SentenceIndex
from statement_nlp.report.tables import ReportError, batches

_PASSAGE = ("passage_id", "statement_id", "paragraph", "start", "end", "text", "page")
_PROPOSAL = ("proposal_id", "passage_id", "statement_id", "start", "end", "quote")
_TOPIC = (
    *("topic_id", "label", "terms", "size", "delegations", "quotes", "outside_framework"),
    "boilerplate",
)
_POINT = (
    *("key_point_id", "text", "size", "rank", "breadth", "delegations", "groups", "label"),
    "central",
)


@attrs.frozen(slots=True)
class Quote:
    """A verbatim stretch of a statement and where it stands."""

    text: str
    citation: Citation
    date: str | None
    document: str
    """Path of the file it was read from."""
    language: str | None


@attrs.frozen(slots=True)
class Topic:
    """One topic and its most central sentences."""

    label: str
    terms: tuple[str, ...]
    size: int
    delegations: int
    outside_framework: bool
    boilerplate: bool
    quotes: tuple[Quote, ...]


@attrs.frozen(slots=True)
class Point:
    """One key point; its quote is the most central proposal."""

    rank: int
    size: int
    delegations: int
    breadth: float
    groups: tuple[str, ...]
    label: str | None
    text: str
    quote: Quote | None


@attrs.frozen(slots=True)
class Quoted:
    """What an overview shows in the words of the statements."""

    topics: tuple[Topic, ...]
    """By delegations, then size; set phrases last."""
    points: tuple[Point, ...]
    """By rank."""


def read_quoted(directory: Path, spoken: SentenceIndex, *, points: int, quotes: int) -> Quoted:
    """Return all topics and the first key points, each quote held against its document.

    Args:
        directory: The output directory.
        spoken: Who said what.
        points: Key points at most.
        quotes: Sentences of each topic at most.

    Raises:
        ReportError: a table cannot be used, or a quote is not what its document says.
    """
    topics = [row for batch in batches(directory, "topics", _TOPIC) for row in _rows(batch)]
    topics.sort(key=lambda t: (t["boilerplate"], -t["delegations"], -t["size"], t["topic_id"]))
    first = _first_points(directory, points)
    proposals = _with_ids(directory, "proposals", _PROPOSAL, (row["central"] for row in first))
    passages = _with_ids(
        directory,
        "passages",
        _PASSAGE,
        [
            *(sentence for row in topics for sentence in (row["quotes"] or ())[:quotes]),
            *(row["passage_id"] for row in proposals.values()),
        ],
    )
    for row in first:
        central = proposals.get(row["central"] or "")
        if central and central["quote"] != row["text"]:
            raise ReportError(
                f"{directory / 'data' / 'key_points'}.parquet: row {row['key_point_id']}: its text "
                "is not that of its central proposal; run 'statement-nlp analyze' again"
            )
    where = _places(directory, spoken, [*passages.values(), *proposals.values()])
    _verify(directory, where, {"passages": passages, "proposals": proposals})
    return Quoted(
        topics=tuple(
            Topic(
                label=row["label"],
                terms=tuple(row["terms"] or ()),
                size=row["size"],
                delegations=row["delegations"],
                outside_framework=bool(row["outside_framework"]),
                boilerplate=bool(row["boilerplate"]),
                quotes=tuple(
                    _quote(passages[sentence], passages[sentence]["text"], where)
                    for sentence in (row["quotes"] or ())[:quotes]
                ),
            )
            for row in topics
        ),
        points=tuple(_point(row, proposals, passages, where) for row in first),
    )


def _point(
    row: Mapping[str, Any],
    proposals: Mapping[str, Mapping[str, Any]],
    passages: Mapping[str, Mapping[str, Any]],
    where: Mapping[str, Mapping[str, Any]],
) -> Point:
    central = proposals.get(row["central"] or "")
    passage = passages.get(central["passage_id"]) if central else None
    return Point(
        rank=row["rank"],
        size=row["size"],
        delegations=row["delegations"],
        breadth=row["breadth"],
        groups=tuple(row["groups"] or ()),
        label=row["label"],
        text=row["text"],
        quote=_quote(passage, central["quote"], where) if central and passage else None,
    )


def _quote(passage: Mapping[str, Any], text: str, where: Mapping[str, Mapping[str, Any]]) -> Quote:
    said = where[passage["statement_id"]]
    return Quote(
        text=text,
        citation=Citation(
            said["delegation"], passage["page"], passage["paragraph"] + 1, said["symbol"]
        ),
        date=said["date"],
        document=said["path"],
        language=said["language"],
    )


def _rows(batch: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - an Arrow record batch
    rows: list[dict[str, Any]] = batch.to_pylist()
    return rows


def _first_points(directory: Path, number: int) -> list[dict[str, Any]]:
    """Return the key points that come first by rank; ranks count from 1."""
    import pyarrow.compute as pc

    rows = [
        row
        for batch in batches(directory, "key_points", _POINT)
        for row in _rows(batch.filter(pc.less_equal(batch["rank"], number)))
    ]
    return sorted(rows, key=lambda row: (row["rank"], row["key_point_id"]))[:number]


def _with_ids(
    directory: Path, table: str, columns: Iterable[str], ids: Iterable[str | None]
) -> dict[str, dict[str, Any]]:
    """Return the rows with the ids wanted by id, the table's first column.

    Raises:
        ReportError: one is not there.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = list(columns)
    key = columns[0]
    wanted = pa.array(sorted({row_id for row_id in ids if row_id}), pa.string())
    found = {
        row[key]: row
        for batch in batches(directory, table, columns)
        for row in _rows(batch.filter(pc.is_in(batch[key], value_set=wanted)))
    }
    for row_id in wanted.to_pylist():
        if row_id not in found:
            raise ReportError(
                f"{directory / 'data' / table}.parquet: row {row_id}, which another table names, "
                "is not there; run 'statement-nlp analyze' again"
            )
    return found


def _places(
    directory: Path, spoken: SentenceIndex, quoted: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Return the statements quoted from, by id, each with the path of its document.

    Raises:
        ReportError: a statement or a document is not there.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    ids = pa.array(sorted({row["statement_id"] for row in quoted}), pa.string())
    spoken.delegations_of(ids, "passages")  # says which is not there
    rows = spoken.statements
    found = rows.filter(pc.is_in(rows["statement_id"], value_set=ids)).to_pylist()
    documents = _with_ids(
        directory, "documents", ("document_id", "path"), (row["document_id"] for row in found)
    )
    return {
        row["statement_id"]: row | {"path": documents.get(row["document_id"], {}).get("path", "")}
        for row in found
    }


def _verify(
    directory: Path,
    where: Mapping[str, Mapping[str, Any]],
    quoted: Mapping[str, Mapping[str, Mapping[str, Any]]],
) -> None:
    """Hold quotes against their documents, one document in memory at a time."""
    by_document: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = defaultdict(list)
    for table, rows in quoted.items():
        for row_id, row in rows.items():
            by_document[where[row["statement_id"]]["document_id"]].append((table, row_id, row))
    for document_id, entries in sorted(by_document.items()):
        path = directory / "data" / "documents" / f"{document_id}.txt"
        try:
            text = path.read_bytes().decode("utf-8")
        except OSError as error:
            raise ReportError(f"{path}: is missing; run 'statement-nlp analyze' again") from error
        for table, row_id, row in entries:
            quote = row["text"] if table == "passages" else row["quote"]
            if text[row["start"] : row["end"]] != quote:
                raise ReportError(
                    f"{directory / 'data' / table}.parquet: row {row_id}: its quote is not what "
                    f"the document says at {row['start']}-{row['end']}; "
                    "run 'statement-nlp analyze' again"
                )
