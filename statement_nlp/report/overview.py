"""The figures of an overview, counted from streams of rows: memory does not grow with them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.report.run_info import FrameworkText
from statement_nlp.report.schemes import ordered_schemes
from statement_nlp.report.sentence_index import SentenceIndex
from statement_nlp.report.tables import batches, count_rows


@attrs.frozen(slots=True)
class Read:
    """What was read, and how much of it belongs to someone."""

    documents: int
    statements: int
    analysed: int
    procedural: int
    unresolved: int
    delegations: int
    sentences: int
    analysed_sentences: int
    dates: tuple[str, ...]
    symbols: tuple[str, ...]
    languages: tuple[tuple[str, int], ...]
    """Language code and number of statements, most frequent first."""
    regions: tuple[tuple[str, int, int], ...]
    """What stretches of text were found to be, their number and characters, most first."""

    @property
    def characters(self) -> int:
        """Of all documents."""
        return sum(characters for _, _, characters in self.regions)

    def characters_of(self, kind: str) -> int:
        """Return the characters of one kind of region."""
        return sum(characters for name, _, characters in self.regions if name == kind)


@attrs.frozen(slots=True)
class LabelCount:
    """How often a label was given."""

    id: str
    title: str
    sentences: int
    delegations: int


@attrs.frozen(slots=True)
class LabelCounts:
    """How often the labels of each scheme were given."""

    tagged: int
    """Sentences with at least one label."""
    schemes: tuple[tuple[str, tuple[LabelCount, ...]], ...]
    """Title and labels, in the order of the other reports."""


@attrs.frozen(slots=True)
class StatusCount:
    """Commitments of one status."""

    status: str
    found: int
    amounts: int
    """With an amount of money."""
    to_check: int


@attrs.frozen(slots=True)
class ActCounts:
    """What was pledged, asked for and needed."""

    statuses: tuple[StatusCount, ...]
    pledging: int
    """Delegations with a commitment."""
    proposals: int
    partnership: int
    to_check: int
    """Proposals near the threshold."""
    opposed: int
    """Opposing voices, which are not among the proposals."""
    proposing: int
    needs: int
    unanswered: int


def count_read(directory: Path, spoken: SentenceIndex) -> Read:
    """Return what was read.

    Raises:
        ReportError: a table cannot be used.
    """
    import pyarrow.compute as pc

    statements = spoken.statements
    spoke = statements.filter(pc.invert(statements["procedural"]))
    languages = Counter({"und": 0})
    for entry in pc.value_counts(statements["language"]).to_pylist():
        languages[entry["values"] or "und"] += entry["counts"]
    return Read(
        documents=count_rows(directory, "documents"),
        statements=len(statements),
        analysed=pc.sum(statements["analysed"]).as_py() or 0,
        procedural=pc.sum(statements["procedural"]).as_py() or 0,
        unresolved=pc.sum(pc.equal(statements["role"], "unresolved")).as_py() or 0,
        delegations=len(pc.unique(spoke["delegation"])),
        sentences=spoken.sentences,
        analysed_sentences=spoken.analysed_sentences(),
        dates=_distinct(statements["date"]),
        symbols=_distinct(statements["symbol"]),
        languages=tuple(
            sorted((item for item in languages.items() if item[1]), key=lambda x: (-x[1], x[0]))
        ),
        regions=_regions(directory),
    )


def _distinct(column: Any) -> tuple[str, ...]:  # noqa: ANN401 - an Arrow column
    import pyarrow.compute as pc

    return tuple(sorted(value for value in pc.unique(column).to_pylist() if value))


def _regions(directory: Path) -> tuple[tuple[str, int, int], ...]:
    import pyarrow as pa
    import pyarrow.compute as pc

    stretches: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for batch in batches(directory, "regions", ("kind", "start", "end")):
        chars = pc.subtract(batch["end"], batch["start"])
        grouped = pa.table({"kind": batch["kind"], "chars": chars}).group_by("kind")
        for row in grouped.aggregate([("chars", "sum"), ("chars", "count")]).to_pylist():
            stretches[row["kind"]] += row["chars_count"]
            characters[row["kind"]] += row["chars_sum"]
    order = sorted(characters, key=lambda kind: (-characters[kind], kind))
    return tuple((kind, stretches[kind], characters[kind]) for kind in order)


def count_labels(directory: Path, spoken: SentenceIndex, framework: FrameworkText) -> LabelCounts:
    """Return sentences and delegations by label; labels never given count zero.

    Raises:
        ReportError: a table cannot be used.
    """
    import pyarrow.compute as pc

    nobody = np.zeros(len(spoken.names), dtype=np.int64)
    cells: dict[tuple[str, str], NDArray[np.int64]] = {}
    tagged = np.zeros(spoken.sentences, dtype=bool)
    for batch in batches(directory, "tags", ("passage_id", "scheme", "label", "assigned")):
        given = batch.filter(batch["assigned"])
        if not len(given):
            continue
        places = spoken.places(given["passage_id"], "tags")
        tagged[places] = True
        names = pc.binary_join_element_wise(given["scheme"], given["label"], "\x1f")
        coded = names.dictionary_encode()
        pairs = [tuple(pair.split("\x1f", 1)) for pair in coded.dictionary.to_pylist()]
        both = np.asarray(coded.indices, np.int64) * len(nobody) + spoken.delegations_at(places)
        counts = np.bincount(both, minlength=len(pairs) * len(nobody)).reshape(len(pairs), -1)
        for (scheme, label), by_delegation in zip(pairs, counts, strict=True):
            cells[scheme, label] = cells.get((scheme, label), nobody) + by_delegation
    return LabelCounts(
        tagged=int(tagged.sum()),
        schemes=tuple(
            (
                scheme.title,
                tuple(
                    LabelCount(label.id, label.title, int(found.sum()), int((found > 0).sum()))
                    for label in scheme.labels
                    for found in [cells.get((scheme.scheme, label.id), nobody)]
                ),
            )
            for scheme in ordered_schemes(framework)
        ),
    )


def count_acts(directory: Path, spoken: SentenceIndex) -> ActCounts:
    """Return commitments by status, proposals and needs.

    Raises:
        ReportError: a table cannot be used.
    """
    import pyarrow.compute as pc

    statuses, pledging = _commitments(directory, spoken)
    asked = Counter[str]()
    proposing = np.zeros(len(spoken.names), dtype=bool)
    columns = ("statement_id", "partnership", "to_check", "opposed")
    for batch in batches(directory, "proposals", columns):
        against = pc.fill_null(batch["opposed"], False)
        own = batch.filter(pc.invert(against))
        proposing[spoken.delegations_of(own["statement_id"], "proposals")] = True
        asked["against"] += batch.num_rows - own.num_rows
        asked["own"] += own.num_rows
        for name in ("partnership", "to_check"):
            asked[name] += pc.sum(own[name]).as_py() or 0
    needs = unanswered = 0
    for batch in batches(directory, "needs", ("commitment_ids",)):
        needs += batch.num_rows
        answers = pc.fill_null(pc.list_value_length(batch["commitment_ids"]), 0)
        unanswered += pc.sum(pc.equal(answers, 0)).as_py() or 0
    return ActCounts(
        statuses=statuses,
        pledging=pledging,
        proposals=asked["own"],
        partnership=asked["partnership"],
        to_check=asked["to_check"],
        opposed=asked["against"],
        proposing=int(proposing.sum()),
        needs=needs,
        unanswered=unanswered,
    )


def _commitments(directory: Path, spoken: SentenceIndex) -> tuple[tuple[StatusCount, ...], int]:
    import pyarrow as pa
    import pyarrow.compute as pc

    pledging = np.zeros(len(spoken.names), dtype=bool)
    counts: dict[str, Counter[str]] = {}
    for batch in batches(
        directory, "commitments", ("statement_id", "status", "amount", "to_check")
    ):
        pledging[spoken.delegations_of(batch["statement_id"], "commitments")] = True
        table = pa.table(
            {
                "status": batch["status"],
                "found": pa.repeat(1, batch.num_rows),
                "amounts": pc.is_valid(batch["amount"]).cast(pa.int64()),
                "to_check": batch["to_check"].cast(pa.int64()),
            }
        )
        sums = [(name, "sum") for name in ("found", "amounts", "to_check")]
        for row in table.group_by("status").aggregate(sums).to_pylist():
            found = counts.setdefault(row["status"], Counter())
            found.update({name: row[f"{name}_sum"] or 0 for name, _ in sums})
    order = sorted(counts, key=lambda status: (-counts[status]["found"], status))
    return tuple(
        StatusCount(s, counts[s]["found"], counts[s]["amounts"], counts[s]["to_check"])
        for s in order
    ), int(pledging.sum())
