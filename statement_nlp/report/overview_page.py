"""Build the overview: one page of figures for a corpus too large for full reports."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

from statement_nlp.report.figures import grouped_notes
from statement_nlp.report.measured import EXPLAINED, measured_table, not_measured, register_error
from statement_nlp.report.overview import count_acts, count_labels, count_read
from statement_nlp.report.overview_periods import read_courses
from statement_nlp.report.overview_quotes import read_quoted
from statement_nlp.report.page_parts import environment, logo_data, policy, style_sheet
from statement_nlp.report.run_info import read_run_info
from statement_nlp.report.sentence_index import SentenceIndex
from statement_nlp.report.tables import ReportError, count_rows
from statement_nlp.report.title import debate_of, title_of
from statement_nlp.report.wording import Wording


def build_overview(
    directory: Path,
    *,
    limit: int,
    title: str | None = None,
    logo: Path | None = None,
    locale: str = "en",
) -> bytes:
    """Return the overview of an output directory as UTF-8.

    It runs no script and loads nothing. Tables are read a bounded number of rows at a time; what
    grows with the corpus is the index of sentence ids alone. The same tables and options give the
    same bytes.

    Args:
        directory: The output directory.
        limit: Sentences that full reports are made of at most, which the page states.
        title: Of the page; found by itself when left out.
        logo: Image for the head of the page.
        locale: Of dates and numbers.

    Raises:
        ReportError: a table cannot be used, a quote is not what its document says, the logo
            cannot be read or is of an unknown kind, or the locale is unknown.
    """
    try:
        wording = Wording(locale)
    except ValueError as error:
        raise ReportError(str(error)) from error
    run = read_run_info(directory)
    image = logo_data(logo)
    listed = _listed()
    spoken = SentenceIndex.read(directory)
    read = count_read(directory, spoken)
    styles = style_sheet()
    text: str = (
        environment(wording)
        .get_template("overview.html.j2")
        .render(
            title=title or title_of(run, read.dates, read.symbols, wording),
            debate=debate_of(read.dates, read.symbols, wording),
            logo=image,
            style=styles,
            policy=policy(styles),
            limit=limit,
            run=run,
            record=hashlib.sha256((directory / "run.json").read_bytes()).hexdigest(),
            read=read,
            labels=count_labels(directory, spoken, run.framework),
            acts=count_acts(directory, spoken),
            quoted=read_quoted(
                directory, spoken, points=listed["key_points"], quotes=listed["quotes"]
            ),
            points=count_rows(directory, "key_points"),
            courses=read_courses(directory),
            failures=run.failures[: listed["failures"]],
            measured=measured_table(run, wording),
            measured_how=EXPLAINED,
            not_measured=not_measured(run),
            register_error=[
                found
                for act in ("commitment", "proposal")
                if (found := register_error(run, act, wording))
            ],
            notes=grouped_notes(run.notes),
        )
    )
    return text.encode("utf-8")


@cache
def _listed() -> dict[str, int]:
    """Return how much is listed of what may be very long."""
    import yaml

    raw = resources.files("statement_nlp.report") / "data" / "overview.yaml"
    table = yaml.safe_load(raw.read_bytes())
    return {name: int(table[name]) for name in ("failures", "key_points", "quotes")}
