"""What a report is called."""

from __future__ import annotations

from statement_nlp.report.data import ReportData
from statement_nlp.report.wording import Wording


def report_title(data: ReportData, wording: Wording) -> str:
    """Return the user's title, else the framework's, else the debate's day and symbol.

    A framework that was written for one debate gives its title only to a report on that day: on
    another debate it would mislead.
    """
    run = data.run
    if run.debate_title:
        return run.debate_title
    dates = {s.date for s in data.statements if s.date}
    day = run.framework.debate_date
    if run.framework.title and (day is None or not dates or day in dates):
        return run.framework.title
    return debate(data, wording)


def debate(data: ReportData, wording: Wording) -> str:
    """Return when the statements were made and under which symbols they were issued."""
    dates = sorted({s.date for s in data.statements if s.date})
    symbols = sorted({s.symbol for s in data.statements if s.symbol})
    parts = "Statements"
    if dates:
        parts = f"Debate of {wording.date(dates[0])}"
        if len(dates) > 1:
            parts += f" to {wording.date(dates[-1])}"
    return f"{parts} ({'; '.join(symbols[:3])})" if symbols else parts
