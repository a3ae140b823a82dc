"""Write the reports of an output directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from statement_nlp.report.data import ReportData

if TYPE_CHECKING:  # both bring in packages that a report does not need
    from statement_nlp.engine.progress import Progress
    from statement_nlp.options import ReportOptions


def write(
    directory: Path, options: ReportOptions, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write the reports that ``options.only`` names and return their paths.

    Each is written whole or not at all; the data is read once.

    Raises:
        ReportError: ``directory`` holds no results of ``statement-nlp analyze``, they are of
            another version, or the title page's logo or the locale cannot be used.
    """
    from statement_nlp.corpus.store import write_atomically

    data = ReportData.load(directory)
    written = []
    for done, kind in enumerate(options.only):
        if progress is not None:
            progress("report", done, len(options.only))
        path = directory / f"report.{kind}"
        write_atomically(path, _build(kind, data, options))
        written.append(path)
    if progress is not None:
        progress("report", len(written), len(options.only))
    return tuple(written)


def _build(kind: str, data: ReportData, options: ReportOptions) -> bytes:
    title, logo, locale = options.title, options.logo, options.locale
    if kind == "html":
        from statement_nlp.report.page import build_page

        return build_page(data, title=title, logo=logo, locale=locale)
    if kind == "docx":
        from statement_nlp.report.word import build_word

        return build_word(data, title=title, logo=logo, locale=locale)
    if kind == "xlsx":
        from statement_nlp.report.workbook import build_workbook

        return build_workbook(data, title=title, locale=locale)
    raise ValueError(f"report '{kind}' is unknown; known are html, docx and xlsx")
