"""``statement-nlp report``: rebuild reports from the tables of an earlier run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    directory: Annotated[Path, typer.Argument(help="Folder an analysis wrote.")],
    only: Annotated[str, typer.Option(help="Reports to write.")] = "html,docx,xlsx",
    title: Annotated[str | None, typer.Option(help="Title on the cover.")] = None,
    logo: Annotated[Path | None, typer.Option(help="Image for the cover (PNG or JPEG).")] = None,
    locale: Annotated[str, typer.Option(help="Locale of dates and numbers.")] = "en",
    report_passages: Annotated[
        int, typer.Option(min=1, help="Sentences of a full report at most; an overview above.")
    ] = 100_000,
) -> None:
    """Rebuild reports from data/ without analysing again."""
    from statement_nlp import report as reports
    from statement_nlp.cli.console import reports_from, showing_progress
    from statement_nlp.options import ReportOptions

    options = ReportOptions(
        only=reports_from(only),
        title=title,
        logo=logo,
        locale=locale,
        most_passages=report_passages,
    )
    with showing_progress() as progress:
        written = reports.write(directory, options, progress)
    for path in written:
        typer.echo(path)
    note = reports.plan(directory, options).note
    if note is not None:
        typer.echo(f"statement-nlp: {note}", err=True)
