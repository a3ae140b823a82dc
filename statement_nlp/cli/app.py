"""The commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from statement_nlp.cli import analyze, cache, evaluate, open_report, report, train

app = typer.Typer(
    name="statement-nlp",
    help="Read a compilation of statements: who says what, with which commitments and proposals.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("analyze")(analyze.analyze)
app.command("report")(report.report)
app.command("open")(open_report.open_report)
app.command("evaluate")(evaluate.evaluate)
app.command("train")(train.train)
app.command("cache")(cache.cache)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(version("statement-nlp"))
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Every quote in a report is a verbatim span of the source; nothing is sent anywhere."""
