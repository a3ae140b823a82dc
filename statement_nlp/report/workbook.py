"""Build ``report.xlsx``: every table of the analysis, typed, filtered and linked to its source."""

from __future__ import annotations

import io
from pathlib import Path

from statement_nlp.report.data import ReportData
from statement_nlp.report.tables import ReportError
from statement_nlp.report.title import last_day, report_title
from statement_nlp.report.wording import Wording
from statement_nlp.report.workbook_columns import (
    commitment_columns,
    need_columns,
    proposal_columns,
    sentence_columns,
    statement_columns,
)
from statement_nlp.report.workbook_overview import (
    agreed_columns,
    coverage_rows,
    failure_rows,
    input_rows,
    point_columns,
    read_me,
    support_columns,
    topic_columns,
)
from statement_nlp.report.workbook_sheet import Book, Column, text


def build_workbook(data: ReportData, *, title: str | None = None, locale: str = "en") -> bytes:
    """Return the workbook.

    The same data and options give the same bytes. No cell holds a formula: text of statements is
    written as text, whatever it begins with.

    Raises:
        ReportError: the locale is unknown.
    """
    import xlsxwriter

    try:
        wording = Wording(locale)
    except ValueError as error:
        raise ReportError(str(error)) from error
    title = title or report_title(data, wording)
    stream = io.BytesIO()
    file = xlsxwriter.Workbook(
        stream,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    file.set_properties(
        {
            "title": title,
            "author": "statement-nlp",
            "subject": "Synthetic sample" if data.run.synthetic else "Computer-assisted analysis",
            "created": last_day(data),
        }
    )
    book = Book(file, data, wording)
    read_me(book, title)
    for name, columns, rows in (
        ("Coverage", _COVERAGE, coverage_rows(book)),
        ("Inputs", _INPUTS, input_rows(book)),
        ("Failures", _FAILURES, failure_rows(book)),
        ("Statements", *statement_columns(book)),
        ("Sentences", *sentence_columns(book)),
        ("Commitments", *commitment_columns(book)),
        ("Proposals", *proposal_columns(book)),
        ("Needs", *need_columns(book)),
        ("Key points", *point_columns(book)),
        ("Key point support", *support_columns(book)),
        ("Agreed language", *agreed_columns(book)),
        ("Topics", *topic_columns(book)),
    ):
        book.sheet(name, columns, rows)
    file.close()
    return stream.getvalue()


def write_workbook(
    data: ReportData, path: Path, *, title: str | None = None, locale: str = "en"
) -> None:
    """Write the workbook to ``path``, whole or not at all.

    Raises:
        ReportError: as :func:`build_workbook`.
    """
    from statement_nlp.corpus.store import write_atomically

    write_atomically(path, build_workbook(data, title=title, locale=locale))


_COVERAGE = [text("What", 60), Column("Number", 12, "count")]
_INPUTS = [
    text("File", 50),
    text("Shape", 14),
    text("Kind", 10),
    Column("Pages", 8, "count"),
    Column("Characters", 12, "count"),
    text("SHA-256", 70),
    Column("Notes", 60, "long"),
]
_FAILURES = [text("File", 50), text("Code", 20), Column("What happened", 90, "long")]
