"""``statement-nlp open``: show a report in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def open_report(
    directory: Annotated[Path, typer.Argument(help="Folder an analysis wrote.")],
) -> None:
    """Show the page of an earlier analysis in the browser."""
    import webbrowser

    from statement_nlp.cli.console import UsageError

    page = (directory / "report.html").resolve()
    if not page.is_file():
        raise UsageError(f"{page}: no report there; run 'statement-nlp report {directory}' first")
    if not webbrowser.open(page.as_uri()):
        typer.echo(f"No browser could be started; open this file yourself: {page}")
