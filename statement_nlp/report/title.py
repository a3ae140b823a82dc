"""What a report is called."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from statement_nlp.report.data import ReportData
from statement_nlp.report.run_info import RunInfo
from statement_nlp.report.settings import settings
from statement_nlp.report.wording import Wording


def report_title(data: ReportData, wording: Wording) -> str:
    """Return the user's title, else the framework's, else the debate's day and symbol."""
    return title_of(data.run, *_when_and_where(data), wording)


def title_of(run: RunInfo, dates: Sequence[str], symbols: Sequence[str], wording: Wording) -> str:
    """Return the title of a run whose statements have these dates and symbols, both sorted.

    A framework that was written for one debate gives its title only to a report on that day: on
    another debate it would mislead.
    """
    if run.debate_title:
        return run.debate_title
    day = run.framework.debate_date
    if run.framework.title and (day is None or not dates or day in dates):
        return run.framework.title
    return debate_of(dates, symbols, wording)


def debate(data: ReportData, wording: Wording) -> str:
    """Return when the statements were made and under which symbols they were issued."""
    return debate_of(*_when_and_where(data), wording)


def debate_of(dates: Sequence[str], symbols: Sequence[str], wording: Wording) -> str:
    """Return the days and symbols, both sorted, in words."""
    parts = "Statements"
    if dates:
        parts = f"{_what(dates)} of {wording.date(dates[0])}"
        if len(dates) > 1:
            parts += f" to {wording.date(dates[-1])}"
    return f"{parts} ({'; '.join(symbols[:3])})" if symbols else parts


def last_day(data: ReportData) -> datetime.datetime:
    """Return the debate's last day, for the properties of files: they do not change with runs.

    Without a known day it is 1 January 2000. The formats hold UTC without saying so.
    """
    for stated in sorted((s.date for s in data.statements if s.date), reverse=True):
        try:
            return datetime.datetime.fromisoformat(stated).replace(tzinfo=None)
        except ValueError:
            continue
    return datetime.datetime(2000, 1, 1)


def _what(dates: Sequence[str]) -> str:
    """Return "Debate" where known days lie close together; a year's speeches are no one debate."""
    try:
        first, last = (datetime.date.fromisoformat(day) for day in (dates[0], dates[-1]))
    except ValueError:
        return "Statements"
    return "Debate" if (last - first).days <= settings().longest_debate else "Statements"


def _when_and_where(data: ReportData) -> tuple[list[str], list[str]]:
    dates = sorted({s.date for s in data.statements if s.date})
    return dates, sorted({s.symbol for s in data.statements if s.symbol})
