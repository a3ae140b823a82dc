"""Columns and rows of the sheets on statements, sentences and the registers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from statement_nlp.report import records as rows
from statement_nlp.report.registers import (
    STATUSES,
    commitments_in_order,
    needs_in_order,
    proposals_in_order,
)
from statement_nlp.report.schemes import ordered_schemes
from statement_nlp.report.workbook_sheet import Book, Cell, Column, correction, note, text

Sheet = tuple[list[Column], Iterator[list[Cell]]]


def statement_columns(book: Book) -> Sheet:
    """Return the sheet of statements."""
    columns = [
        text("Statement id", 20),
        text("Delegation", 26),
        text("Role", 18),
        text("Group", 12),
        text("Regional group", 18),
        text("ISO 3166", 9),
        Column("Affected", 9, "flag"),
        Column("Donor", 9, "flag"),
        text("Speaker", 24),
        Column("Title", 34, "long"),
        text("On behalf of", 30),
        text("Language", 12),
        text("Original language", 12),
        text("Symbol", 16),
        Column("Date", 12, "date"),
        text("File", 34),
        Column("Page", 7, "count"),
        Column("Sentences", 10, "count"),
        Column("Procedural", 10, "flag"),
        Column("Analysed", 9, "flag"),
        correction("wrong delegation", "wrong speaker", "not a statement", "checked"),
        note(),
    ]
    return columns, _statements(book)


def _statements(book: Book) -> Iterator[list[Cell]]:
    sentences = Counter(p.statement_id for p in book.data.passages)
    paths = {d.document_id: d.path for d in book.data.documents}
    for s in book.data.statements:
        yield [
            s.statement_id,
            s.delegation,
            s.role,
            book.group(s.statement_id),
            s.regional_group,
            s.iso3,
            s.affected,
            s.donor,
            s.speaker,
            s.title,
            "; ".join(s.on_behalf_of),
            book.wording.language(s.language),
            s.original_language,
            s.symbol,
            book.day(s.date),
            paths.get(s.document_id),
            s.page,
            sentences[s.statement_id],
            s.procedural,
            s.analysed,
            None,
            None,
        ]


def sentence_columns(book: Book) -> Sheet:
    """Return the sheet of sentences with their labels, one column a scheme."""
    schemes = [scheme.scheme for scheme in ordered_schemes(book.data.run.framework)]
    others = {tag.scheme for tag in book.data.tags if tag.assigned} - set(schemes)
    schemes += sorted(others)
    titles = {scheme.scheme: scheme.title for scheme in book.data.run.framework.schemes}
    columns = [
        text("Sentence id", 20),
        text("Delegation", 24),
        text("Group", 11),
        text("Symbol", 14),
        Column("Page", 7, "count"),
        Column("Paragraph", 7, "count"),
        Column("Sentence", 7, "count"),
        Column("Text", 90, "long"),
        *(text(titles.get(scheme, scheme), 13) for scheme in schemes),
        Column("Lowest probability", 10, "probability"),
        text("Topic", 28),
        text("Registers", 12),
        text("Statement id", 20),
        correction("label missing", "label wrong", "labels right", "wrong speaker", "wrong text"),
        note(),
    ]
    return columns, _sentences(book, schemes)


def _sentences(book: Book, schemes: list[str]) -> Iterator[list[Cell]]:
    data = book.data
    for p in data.passages:
        statement = data.statement_by_id[p.statement_id]
        given: dict[str, list[str]] = defaultdict(list)
        tags = data.assigned_tags.get(p.passage_id, ())
        for tag in tags:
            given[tag.scheme].append(tag.label)
        topic = data.topic_by_id.get(book.topic_of.get(p.passage_id, -1))
        yield [
            p.passage_id,
            statement.delegation,
            book.group(p.statement_id),
            statement.symbol,
            p.page,
            p.paragraph + 1,
            p.sentence + 1,
            p.text,
            *("; ".join(sorted(given[scheme])) for scheme in schemes),
            min((tag.probability for tag in tags), default=None),
            topic.label if topic else None,
            "; ".join(book.acts_of.get(p.passage_id, ())),
            p.statement_id,
            None,
            None,
        ]


def _source(book: Book, passage_id: str) -> str:
    return f"{book.data.citation(passage_id)}|{book.source(passage_id)}"


def commitment_columns(book: Book) -> Sheet:
    """Return the register of commitments."""
    columns = [
        text("Commitment id", 20),
        text("No.", 7),
        text("Delegation", 24),
        text("Group", 11),
        Column("Commitment", 70, "long"),
        text("Status", 11),
        Column("Amount", 14, "amount"),
        Column("Amount to", 14, "amount"),
        text("Currency", 9),
        text("Per", 8),
        text("Over", 8),
        text("Amount as stated", 22),
        text("Beneficiary", 26),
        text("Timeframe as stated", 20),
        Column("From", 11, "date"),
        Column("Until", 11, "date"),
        text("Condition", 26),
        text("Actor", 18),
        Column("Action", 34, "long"),
        Column("Confidence", 10, "probability"),
        Column("To check", 9, "flag"),
        Column("Source", 34, "link"),
        text("Sentence id", 20),
        correction("not a commitment", *STATUSES, "checked"),
        note(),
    ]
    return columns, (_commitment(book, row) for row in commitments_in_order(book.data))


def _commitment(book: Book, row: rows.CommitmentRow) -> list[Cell]:
    return [
        row.commitment_id,
        book.numbers[row.commitment_id],
        book.data.delegation_of(row.statement_id),
        book.group(row.statement_id),
        row.quote,
        row.status,
        row.amount,
        row.amount_max,
        row.currency,
        row.amount_per,
        row.amount_over,
        row.amount_text,
        row.beneficiary,
        row.timeframe,
        book.day(row.timeframe_from),
        book.day(row.timeframe_to),
        row.condition,
        row.actor,
        row.action,
        row.confidence,
        row.to_check,
        _source(book, row.passage_id),
        row.passage_id,
        None,
        None,
    ]


def proposal_columns(book: Book) -> Sheet:
    """Return the register of proposals, partnership first, voices against them last."""
    columns = [
        text("Proposal id", 20),
        text("No.", 7),
        text("Delegation", 24),
        text("Group", 11),
        Column("Proposal", 70, "long"),
        Column("Partnership", 11, "flag"),
        text("Addressed to", 26),
        text("Partners", 30),
        text("Means", 24),
        Column("Spoken against", 10, "flag"),
        text("Key points", 12),
        Column("Confidence", 10, "probability"),
        Column("To check", 9, "flag"),
        Column("Source", 34, "link"),
        text("Sentence id", 20),
        correction("not a proposal", "partnership", "not partnership", "spoken against", "checked"),
        note(),
    ]
    ranks = {point.key_point_id: point.rank for point in book.data.key_points}
    under: dict[str, list[int]] = defaultdict(list)
    for row in book.data.key_point_support:
        if row.key_point_id in ranks:
            under[row.proposal_id].append(ranks[row.key_point_id])
    return columns, (_proposal(book, row, under) for row in proposals_in_order(book.data))


def _proposal(book: Book, row: rows.ProposalRow, under: dict[str, list[int]]) -> list[Cell]:
    return [
        row.proposal_id,
        book.numbers[row.proposal_id],
        book.data.delegation_of(row.statement_id),
        book.group(row.statement_id),
        row.quote,
        row.partnership,
        row.addressee,
        "; ".join(row.partners),
        row.mechanism,
        row.opposed,
        "; ".join(str(rank) for rank in sorted(under.get(row.proposal_id, ()))),
        row.confidence,
        row.to_check,
        _source(book, row.passage_id),
        row.passage_id,
        None,
        None,
    ]


def need_columns(book: Book) -> Sheet:
    """Return the needs of affected States, unanswered ones first."""
    columns = [
        text("Need id", 20),
        text("No.", 7),
        text("Delegation", 24),
        text("Theme", 20),
        Column("Need", 80, "long"),
        Column("Answered", 10, "flag"),
        text("Commitments near to it", 24),
        Column("Source", 34, "link"),
        text("Sentence id", 20),
        correction("not a need", "answered", "not answered", "checked"),
        note(),
    ]
    return columns, (
        [
            row.need_id,
            book.numbers[row.need_id],
            row.delegation,
            row.theme,
            row.quote,
            bool(row.commitment_ids),
            "; ".join(book.numbers[c] for c in row.commitment_ids if c in book.numbers),
            _source(book, row.passage_id),
            row.passage_id,
            None,
            None,
        ]
        for row in needs_in_order(book.data)
    )
