"""The sheets on what was read, key points, agreed language and topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from statement_nlp.report import figures as fig
from statement_nlp.report import records as rows
from statement_nlp.report.measured import register_error
from statement_nlp.report.topic_figures import topics_by_reach
from statement_nlp.report.workbook_columns import Sheet
from statement_nlp.report.workbook_sheet import Book, Cell, Column, correction, lay_out, note, text

_SHEETS = (
    ("Coverage", "What was read, resolved and analysed, and what was not."),
    ("Inputs", "The files read, with checksums and notes."),
    ("Failures", "Inputs that could not be read, and why."),
    ("Statements", "One row a statement: who spoke, for whom, where it stands."),
    ("Sentences", "One row a sentence: its text and its labels, one column a scheme."),
    ("Commitments", "What speakers bind themselves to. Numbers are those of the Word report."),
    (
        "Proposals",
        "What speakers ask of others, partnership first; then those to check; last, marked as "
        "spoken against, voices against what others ask, which are no proposals.",
    ),
    ("Needs", "What affected States asked for; unanswered needs first."),
    ("Key points", "Key points by rank; a column for each delegation: 1 supports, -1 opposes."),
    ("Key point support", "One row for each proposal behind, or against, a key point."),
    ("Agreed language", "Earlier agreed texts near to each key point."),
    ("Topics", "Groups of sentences that speak of the same thing."),
)


def read_me(book: Book, title: str) -> None:
    """Add the first sheet: what the workbook holds, and how to correct it."""
    sheet = book.file.add_worksheet("Read me")
    sheet.set_column(0, 0, 24, book.formats["text"])
    sheet.set_column(1, 1, 110, book.formats["long"])
    sheet.hide_gridlines(2)
    lay_out(sheet)
    lines: list[tuple[str, str]] = [
        ("", "Computer-assisted analysis: every row carries the id of its source."),
    ]
    if book.data.run.synthetic:
        lines.append(("Synthetic", "The delegations and their statements are invented."))
    lines += [
        ("Corrections", "Type them into the yellow columns. A row is known by the id in its first "
         "column; leave ids as they are. Rows may be sorted and filtered."),
        ("Links", "A source leads to the sentence's row in the sheet Sentences. Sorting that sheet "
         "moves the rows but not the links; sort a copy."),
        ("Probability", "Of sentences given a label at 0.8, about eight in ten are meant to carry "
         "it. An empty cell means: not stated."),
        ("Quotations", "Verbatim; text that begins like a formula stays text."),
    ]  # fmt: skip
    for name, act in (("Commitments", "commitment"), ("Proposals", "proposal")):
        if error := register_error(book.data.run, act, book.wording):
            lines.append((f"{name}, measured", error))
    lines.append(("", ""))
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, title, book.formats["title"])
    for row, (name, words) in enumerate(lines, 1):
        sheet.write_string(row, 0, name, book.formats["text"])
        sheet.write_string(row, 1, words, book.formats["long"])
    for row, (name, words) in enumerate(_SHEETS, len(lines) + 1):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", book.formats["link"], name)
        sheet.write_string(row, 1, words, book.formats["long"])


def coverage_rows(book: Book) -> Iterator[list[Cell]]:
    """Return counts of what was read and what was not."""
    found = fig.coverage(book.data)
    counts: list[tuple[str, int]] = [
        ("Files read", found.documents),
        ("Statements", found.statements),
        ("Statements analysed", found.analysed),
        ("Procedural turns", found.procedural),
        ("Delegations", found.delegations),
        ("Sentences", found.sentences),
        ("Sentences with at least one label", found.tagged),
        ("Speakers not resolved", len(found.unresolved)),
        ("Statements not analysed for another reason", len(found.not_analysed)),
        ("Stretches of text that belong to no statement", len(found.unattributed)),
        ("Characters in them", found.unattributed_chars),
        ("Inputs that could not be read", found.failures),
    ]
    for code, number in found.languages:
        counts.append((f"Statements in {book.wording.language(code)}", number))
    for name, number in counts:
        yield [name, number]


def input_rows(book: Book) -> Iterator[list[Cell]]:
    """Return the documents read."""
    for d in book.data.documents:
        yield [d.path, d.shape, d.kind, d.pages, d.chars, d.sha256, "; ".join(d.notes)]


def failure_rows(book: Book) -> Iterator[list[Cell]]:
    """Return the inputs that could not be read."""
    for failure in book.data.run.failures:
        yield [failure.path, failure.code, failure.message]


def point_columns(book: Book) -> Sheet:
    """Return key points by delegations."""
    names = [f.name for f in fig.delegation_figures(book.data)]
    columns = [
        text("Key point id", 20),
        Column("Rank", 6, "count"),
        Column("Key point", 60, "long"),
        text("Label", 8),
        Column("Delegations", 11, "count"),
        Column("Proposals", 10, "count"),
        Column("Against", 9, "count"),
        Column("Breadth", 9, "probability"),
        correction("not one point", "merge", "split", "wrong label", "checked"),
        note(),
        *(Column(name, 3.5, "mark") for name in names),
    ]
    return columns, _points(book, names)


def _points(book: Book, names: list[str]) -> Iterator[list[Cell]]:
    for point in sorted(book.data.key_points, key=lambda p: (p.rank, p.key_point_id)):
        backing = set(fig.supporters(book.data, point.key_point_id))
        against = set(fig.supporters(book.data, point.key_point_id, "opposition"))
        yield [
            point.key_point_id,
            point.rank,
            point.text,
            point.label,
            len(backing),
            point.size,
            len(against),
            point.breadth,
            None,
            None,
            *(1 if name in backing else -1 if name in against else None for name in names),
        ]


def support_columns(book: Book) -> Sheet:
    """Return the proposals behind, or against, each key point."""
    columns = [
        text("Key point id", 20),
        Column("Rank", 6, "count"),
        text("Delegation", 26),
        text("Group", 12),
        text("Stance", 12),
        text("Proposal", 9),
        Column("Text", 80, "long"),
        Column("Source", 34, "link"),
        text("Proposal id", 20),
        correction("not this point", "support", "opposition", "checked"),
        note(),
    ]
    return columns, _support(book)


def _support(book: Book) -> Iterator[list[Cell]]:
    rank = {p.key_point_id: p.rank for p in book.data.key_points}
    place = {name: n for n, name in enumerate(book.delegations)}

    def order(row: rows.SupportRow) -> tuple[int, int, str]:
        name = book.data.delegation_of(row.statement_id)
        return rank[row.key_point_id], place[name], row.proposal_id

    known = [r for r in book.data.key_point_support if r.proposal_id in book.data.proposal_by_id]
    for row in sorted(known, key=order):
        proposal = book.data.proposal_by_id[row.proposal_id]
        yield [
            row.key_point_id,
            rank[row.key_point_id],
            book.data.delegation_of(row.statement_id),
            book.group(row.statement_id),
            row.stance,
            book.numbers[row.proposal_id],
            proposal.quote,
            f"{book.data.citation(proposal.passage_id)}|{book.source(proposal.passage_id)}",
            row.proposal_id,
            None,
            None,
        ]


def agreed_columns(book: Book) -> Sheet:
    """Return agreed language near to the key points."""
    columns = [
        text("Key point id", 20),
        Column("Rank", 6, "count"),
        Column("Similarity", 10, "probability"),
        text("Symbol", 18),
        text("Source", 40),
        text("Paragraph", 10),
        Column("Agreed language", 90, "long"),
        text("Unit id", 20),
        correction("not near", "checked"),
        note(),
    ]
    return columns, _agreed(book)


def _agreed(book: Book) -> Iterator[list[Cell]]:
    rank = {p.key_point_id: p.rank for p in book.data.key_points}
    units = {unit.unit_id: unit for unit in book.data.agreed_language}
    known = [m for m in book.data.agreed_matches if m.unit_id in units and m.key_point_id in rank]
    for match in sorted(known, key=lambda m: (rank[m.key_point_id], -m.similarity, m.unit_id)):
        unit = units[match.unit_id]
        yield [
            match.key_point_id,
            rank[match.key_point_id],
            match.similarity,
            unit.symbol,
            unit.source,
            unit.paragraph,
            unit.text,
            unit.unit_id,
            None,
            None,
        ]


def topic_columns(book: Book) -> Sheet:
    """Return the topics with their most central sentence."""
    columns = [
        text("Topic id", 9),
        text("Topic", 36),
        text("Terms", 44),
        Column("Sentences", 10, "count"),
        Column("Delegations", 11, "count"),
        Column("Beyond the framework", 12, "flag"),
        Column("Set phrases", 10, "flag"),
        Column("Central sentence", 70, "long"),
        Column("Source", 34, "link"),
        text("Raised by", 60),
        correction("rename", "merge", "split", "set phrases", "checked"),
        note(),
    ]
    return columns, _topics(book)


def _topics(book: Book) -> Iterator[list[Cell]]:
    data = book.data
    raised: dict[int, set[str]] = defaultdict(set)
    for passage_id, topic_id in book.topic_of.items():
        raised[topic_id].add(data.delegation_of(data.passage_by_id[passage_id].statement_id))
    for t in topics_by_reach(data):
        central = next((p for p in t.quotes if p in data.passage_by_id), None)
        yield [
            str(t.topic_id),
            t.label,
            ", ".join(t.terms),
            t.size,
            t.delegations,
            t.outside_framework,
            t.boilerplate,
            data.passage_by_id[central].text if central else None,
            f"{data.citation(central)}|{book.source(central)}" if central else None,
            ", ".join(fig.by_name(raised[t.topic_id])),
            None,
            None,
        ]
