"""Which reports an output directory gets: full ones, or an overview where it is too large."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from statement_nlp.report.tables import count_rows

if TYPE_CHECKING:  # brings in packages that a report does not need
    from statement_nlp.options import ReportOptions

FORMATS = ("html", "docx", "xlsx")
FILES = tuple(f"report.{kind}" for kind in FORMATS)
"""Names of reports; none may stay beside the tables of a later run."""
_SHEET_ROWS = 1_048_576
"""Rows of a worksheet, its head included; the file format has no more."""


@attrs.frozen(slots=True)
class ReportPlan:
    """What is written, and why it is not all that was asked for."""

    kinds: tuple[str, ...]
    """Formats that are written: some of html, docx and xlsx."""
    overview: bool
    """Whether the page is an overview instead of a full report."""
    note: str | None
    """One line to tell the user: what is missing, why, what to do."""

    def paths(self, directory: Path) -> tuple[Path, ...]:
        """Return the files that are written to a directory."""
        return tuple(directory / f"report.{kind}" for kind in self.kinds)


def plan(directory: Path, options: ReportOptions) -> ReportPlan:
    """Return what :func:`statement_nlp.report.write` makes of a directory; nothing is loaded.

    Where there are more sentences than ``options.most_passages``, the page is an overview and the
    other reports are left out. A workbook is also left out where its sheet has not rows enough.
    """
    sentences = count_rows(directory, "passages")
    if sentences > options.most_passages:
        return _overview(sentences, options)
    if sentences >= _SHEET_ROWS and "xlsx" in options.only:
        return ReportPlan(
            kinds=tuple(kind for kind in options.only if kind != "xlsx"),
            overview=False,
            note=f"no workbook is written: its format holds {_SHEET_ROWS:,} rows a sheet, the "
            f"corpus has {sentences:,} sentences; use the tables under data/",
        )
    return ReportPlan(options.only, overview=False, note=None)


def _overview(sentences: int, options: ReportOptions) -> ReportPlan:
    why = (
        f"the corpus has {sentences:,} sentences, more than the {options.most_passages:,} that "
        "full reports hold at most"
    )
    full = f"for full reports give --report-passages {sentences}"
    if "html" not in options.only:
        return ReportPlan(
            kinds=(),
            overview=True,
            note=f"no report is written: {why}; {full}, for an overview --only html",
        )
    return ReportPlan(
        kinds=("html",),
        overview=True,
        note=f"report.html is an overview: {why}; {full}",
    )
