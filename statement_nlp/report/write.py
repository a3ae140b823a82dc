"""Write the reports of an output directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from statement_nlp.report.data import ReportData
from statement_nlp.report.plan import FORMATS, plan

if TYPE_CHECKING:  # both bring in packages that a report does not need
    from statement_nlp.engine.progress import Progress
    from statement_nlp.options import ReportOptions


def check(options: ReportOptions) -> None:
    """Refuse what no report can be built with, before anything is computed for it.

    Raises:
        ReportError: the logo or the locale cannot be used.
    """
    from statement_nlp.report.data import ReportError
    from statement_nlp.report.wording import Wording

    try:
        Wording(options.locale)
    except ValueError as error:
        raise ReportError(str(error)) from error
    if options.logo is None:
        return
    from statement_nlp.report.page_parts import logo_data

    logo_data(options.logo)
    if "docx" in options.only:
        from statement_nlp.report.word import check_logo

        check_logo(options.logo)


def write(
    directory: Path, options: ReportOptions, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write the reports that ``options.only`` names and return their paths.

    Each is written whole or not at all; the data is read once. Where there are more sentences than
    ``options.most_passages``, an overview is written instead of the page:
    :func:`statement_nlp.report.plan.plan` says which it will be. Other reports that are there
    already are left alone: they are of the same tables.

    Raises:
        ReportError: ``directory`` holds no results of ``statement-nlp analyze``, they are of
            another version, or the title page's logo or the locale cannot be used.
    """
    from statement_nlp.corpus.store import write_atomically

    planned = plan(directory, options)
    data = None if planned.overview else ReportData.load(directory)
    paths = planned.paths(directory)
    for done, (kind, path) in enumerate(zip(planned.kinds, paths, strict=True)):
        if progress is not None:
            progress("report", done, len(paths))
        content = _overview(directory, options) if data is None else _build(kind, data, options)
        write_atomically(path, content)
    if progress is not None:
        progress("report", len(paths), len(paths))
    return paths


def _overview(directory: Path, options: ReportOptions) -> bytes:
    from statement_nlp.report.overview_page import build_overview

    return build_overview(
        directory,
        limit=options.most_passages,
        title=options.title,
        logo=options.logo,
        locale=options.locale,
    )


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
    raise ValueError(f"report '{kind}' is unknown; known are {', '.join(FORMATS)}")
