"""ReportData: everything the three reports are made of, read from an output directory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from statement_nlp.report import records as rows
from statement_nlp.report.groups import Group, group_of
from statement_nlp.report.run_info import RunInfo, read_run_info
from statement_nlp.report.tables import ROWS, ReportError, read_rows, read_texts

__all__ = ["Citation", "ReportData", "ReportError"]


@attrs.frozen(slots=True)
class Citation:
    """Where a quote stands."""

    delegation: str
    page: int | None
    paragraph: int
    """1-based paragraph of the statement."""
    symbol: str | None

    def __str__(self) -> str:
        """Return "Delegation, p. 12, para. 3"; the page is left out where files have none."""
        page = f", p. {self.page}" if self.page is not None else ""
        return f"{self.delegation}{page}, para. {self.paragraph}"

    @property
    def full(self) -> str:
        """The citation with the document symbol, in parentheses, where one is known."""
        return f"{self} ({self.symbol})" if self.symbol else str(self)


@attrs.frozen
class ReportData:
    """The tables, the documents' text and the run record; immutable.

    Build it with :meth:`load`. Look-ups by id are cached properties.
    """

    documents: tuple[rows.DocumentRow, ...]
    regions: tuple[rows.RegionRow, ...]
    statements: tuple[rows.StatementRow, ...]
    passages: tuple[rows.PassageRow, ...]
    tags: tuple[rows.TagRow, ...]
    topics: tuple[rows.TopicRow, ...]
    topic_assignments: tuple[rows.TopicAssignmentRow, ...]
    commitments: tuple[rows.CommitmentRow, ...]
    proposals: tuple[rows.ProposalRow, ...]
    key_points: tuple[rows.KeyPointRow, ...]
    key_point_support: tuple[rows.SupportRow, ...]
    agreed_language: tuple[rows.AgreedLanguageRow, ...]
    agreed_matches: tuple[rows.AgreedMatchRow, ...]
    needs: tuple[rows.NeedRow, ...]
    profiles: tuple[rows.ProfileRow, ...]
    topics_over_time: tuple[rows.TopicPeriodRow, ...]
    texts: Mapping[str, str]
    """Full text by document id."""
    run: RunInfo

    @classmethod
    def load(cls, directory: Path) -> ReportData:
        """Read an output directory of ``statement-nlp analyze``.

        Statements come sorted by document path and order; passages by statement and place.

        Raises:
            ReportError: something is missing, of another version, or a quote is not what its
                document says at that place. One line: what, where, what to do.
        """
        run = read_run_info(directory)
        shared: dict[str, str] = {}
        tables: dict[str, Any] = {
            name: read_rows(directory, name, row, shared) for name, row in ROWS.items()
        }
        paths = {document.document_id: document.path for document in tables["documents"]}
        tables["statements"] = tuple(
            sorted(tables["statements"], key=lambda s: (paths.get(s.document_id, ""), s.order))
        )
        place = {s.statement_id: index for index, s in enumerate(tables["statements"])}
        tables["passages"] = tuple(
            sorted(tables["passages"], key=lambda p: (place.get(p.statement_id, -1), p.sentence))
        )
        data = cls(texts=read_texts(directory), run=run, **tables)
        data.verify(directory)
        return data

    def verify(self, directory: Path) -> None:
        """Check that ids resolve and that every quote is verbatim.

        Raises:
            ReportError: naming the first row that fails.
        """
        for passage in self.passages:
            self._check(directory, "passages", passage.passage_id, passage, passage.text)
        for commitment in self.commitments:
            self._check(
                directory, "commitments", commitment.commitment_id, commitment, commitment.quote
            )
        for proposal in self.proposals:
            self._check(directory, "proposals", proposal.proposal_id, proposal, proposal.quote)
        for need in self.needs:
            self._check(directory, "needs", need.need_id, need, need.quote)

    def _check(
        self,
        directory: Path,
        table: str,
        row_id: str,
        row: rows.PassageRow | rows.CommitmentRow | rows.ProposalRow | rows.NeedRow,
        quote: str,
    ) -> None:
        where = f"{directory / 'data' / table}.parquet: row {row_id}"
        statement = self.statement_by_id.get(row.statement_id)
        if statement is None:
            raise ReportError(
                f"{where}: names statement {row.statement_id}, which is not there; "
                "run 'statement-nlp analyze' again"
            )
        text = self.texts.get(statement.document_id)
        if text is None:
            raise ReportError(
                f"{directory / 'data' / 'documents' / statement.document_id}.txt: is missing; "
                "run 'statement-nlp analyze' again"
            )
        if text[row.start : row.end] != quote:
            raise ReportError(
                f"{where}: its quote is not what the document says at {row.start}-{row.end}; "
                "run 'statement-nlp analyze' again"
            )

    @cached_property
    def statement_by_id(self) -> dict[str, rows.StatementRow]:
        """Statements by id."""
        return {row.statement_id: row for row in self.statements}

    @cached_property
    def passage_by_id(self) -> dict[str, rows.PassageRow]:
        """Sentences by id."""
        return {row.passage_id: row for row in self.passages}

    @cached_property
    def commitment_by_id(self) -> dict[str, rows.CommitmentRow]:
        """Commitments by id."""
        return {row.commitment_id: row for row in self.commitments}

    @cached_property
    def proposal_by_id(self) -> dict[str, rows.ProposalRow]:
        """Proposals by id."""
        return {row.proposal_id: row for row in self.proposals}

    @cached_property
    def topic_by_id(self) -> dict[int, rows.TopicRow]:
        """Topics by id."""
        return {row.topic_id: row for row in self.topics}

    @cached_property
    def assigned_tags(self) -> dict[str, tuple[rows.TagRow, ...]]:
        """Assigned tags by sentence id."""
        found: dict[str, list[rows.TagRow]] = defaultdict(list)
        for tag in self.tags:
            if tag.assigned:
                found[tag.passage_id].append(tag)
        return {passage_id: tuple(tags) for passage_id, tags in found.items()}

    @cached_property
    def support_by_key_point(self) -> dict[str, tuple[rows.SupportRow, ...]]:
        """Supporting and opposing proposals by key point id."""
        found: dict[str, list[rows.SupportRow]] = defaultdict(list)
        for row in self.key_point_support:
            found[row.key_point_id].append(row)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def leading_statement(self) -> dict[str, rows.StatementRow]:
        """The statement that a delegation is known by: its first, procedural turns passed over.

        A delegation may speak in several roles; every report shows it in the role and group of
        this one. Where all its turns are procedural, it is the first of them.
        """
        found: dict[str, rows.StatementRow] = {}
        for row in sorted(self.statements, key=lambda s: s.procedural):  # stable
            found.setdefault(row.delegation, row)
        return found

    @cached_property
    def group_by_delegation(self) -> dict[str, Group]:
        """The group that each delegation is reported in, by its name."""
        return {name: group_of(row.role) for name, row in self.leading_statement.items()}

    def delegation_of(self, statement_id: str) -> str:
        """Return the name of the delegation that made a statement."""
        return self.statement_by_id[statement_id].delegation

    def citation(self, passage_id: str) -> Citation:
        """Return where a sentence stands.

        Raises:
            KeyError: there is no such sentence.
        """
        passage = self.passage_by_id[passage_id]
        statement = self.statement_by_id[passage.statement_id]
        return Citation(statement.delegation, passage.page, passage.paragraph + 1, statement.symbol)
