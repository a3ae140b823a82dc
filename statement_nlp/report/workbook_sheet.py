"""Sheets of the workbook: typed cells, filters, frozen headers, links, correction columns."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Literal

import attrs

from statement_nlp.report import figures as fig
from statement_nlp.report.data import ReportData
from statement_nlp.report.registers import numbers
from statement_nlp.report.wording import Wording, cut

Kind = Literal[
    "text", "long", "count", "amount", "probability", "date", "flag", "link", "mark", "entry"
]
Cell = str | float | int | bool | datetime.date | None

_LONGEST = 32_767
"""Characters a cell can hold (Excel specifications and limits, Microsoft)."""
_CHARACTERS_A_UNIT = 1.15
"""Characters of 9-point Arial in one unit of column width; an estimate on the safe side."""
_LINE, _MOST_LINES = 12.0, 30
"""Height of a line in points; more lines than Excel's tallest row (409 points) holds are cut."""
_MOST_LINKS = 65_530
"""Links a worksheet can hold (same source)."""
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t")


@attrs.frozen(slots=True)
class Column:
    """A column: its header, its width in characters, and what its cells hold.

    ``entry`` columns are for the reader: ``choices`` are offered there in a list.
    """

    header: str
    width: float
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    hint: str = ""


def text(header: str, width: float) -> Column:
    """Return a column of short text."""
    return Column(header, width)


def correction(*choices: str) -> Column:
    """Return the column that takes a reader's correction."""
    return Column(
        "Correction",
        24,
        "entry",
        choices,
        "Choose one, or leave empty. Corrections are read back by the id in the first column.",
    )


def note() -> Column:
    """Return the column for what a correction needs to say besides."""
    return Column("Corrected value", 28, "entry")


@attrs.define(slots=False)
class Book:
    """The workbook being written, with what its sheets share."""

    file: Any
    data: ReportData
    wording: Wording

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Register numbers by id, the same as in the Word report."""
        return numbers(self.data)

    @cached_property
    def sentence_row(self) -> dict[str, int]:
        """Row of each sentence in the sheet of sentences, counted from 1."""
        return {p.passage_id: n for n, p in enumerate(self.data.passages, 2)}

    @cached_property
    def topic_of(self) -> dict[str, int]:
        """Topic id by sentence id."""
        return {a.passage_id: a.topic_id for a in self.data.topic_assignments}

    @cached_property
    def acts_of(self) -> dict[str, list[str]]:
        """Register numbers by sentence id."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.data.commitments:
            found[row.passage_id].append(self.numbers[row.commitment_id])
        for proposal in self.data.proposals:
            found[proposal.passage_id].append(self.numbers[proposal.proposal_id])
        return found

    @cached_property
    def delegations(self) -> list[str]:
        """Names in alphabetical order."""
        return fig.by_name({s.delegation for s in self.data.statements})

    def group(self, statement_id: str) -> str:
        """Return the group of a statement's delegation."""
        return self.data.group_by_delegation[self.data.delegation_of(statement_id)].short

    def source(self, passage_id: str) -> str:
        """Return the target of a link to a sentence's row."""
        return f"internal:'Sentences'!A{self.sentence_row[passage_id]}"

    def day(self, stated: str | None) -> Cell:
        """Return an ISO date as a date, any other text as it stands."""
        try:
            return datetime.date.fromisoformat(stated) if stated else None
        except ValueError:
            return stated

    @cached_property
    def formats(self) -> dict[str, Any]:
        """Cell formats by kind."""
        base = {"font_name": "Arial", "font_size": 9, "valign": "top"}
        make = self.file.add_format
        return {
            "header": make(base | {"text_wrap": True, "bg_color": "#E7ECF1", "bottom": 1}),
            "entry header": make(base | {"text_wrap": True, "bg_color": "#FFF2CC", "bottom": 1}),
            "mark header": make(base | {"rotation": 90, "bg_color": "#E7ECF1", "bottom": 1}),
            "mark": make(base | {"num_format": "0", "align": "center"}),
            "text": make(base | {"text_wrap": True, "indent": 1}),
            "long": make(base | {"text_wrap": True, "indent": 1}),
            "quoted": make(base | {"text_wrap": True, "quote_prefix": True, "indent": 1}),
            "count": make(base | {"num_format": "#,##0"}),
            "amount": make(base | {"num_format": "#,##0.00"}),
            "whole amount": make(base | {"num_format": "#,##0"}),
            "probability": make(base | {"num_format": "0.00"}),
            "date": make(base | {"num_format": date_pattern(self.wording), "align": "left"}),
            "flag": make(base),
            "link": make(base | {"font_color": "#0B4A7F", "underline": 1}),
            "entry": make(base | {"text_wrap": True, "bg_color": "#FFFBEF"}),
            "title": make(base | {"font_size": 16, "text_wrap": False}),
        }

    def sheet(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
        """Add a sheet with a filter over a frozen header; rows are written as they come.

        A cell of a ``link`` column holds ``shown|target``.
        """
        sheet = self.file.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        if any(column.kind == "mark" for column in columns):
            sheet.set_row(0, 130)  # rotated names
        lay_out(sheet)
        sheet.repeat_rows(0)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width, self.formats[column.kind])
            kind = f"{column.kind} header" if column.kind in ("entry", "mark") else "header"
            sheet.write_string(0, index, column.header, self.formats[kind])
        last, links = 0, 0
        for last, row in enumerate(rows, 1):
            sheet.set_row(last, _height(columns, row))
            for index, (column, value) in enumerate(zip(columns, row, strict=True)):
                links += column.kind == "link"
                if column.kind != "link":
                    self._write(sheet, (last, index), column, value)
                elif value:
                    self._link(sheet, (last, index), str(value), links <= _MOST_LINKS)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        for index, column in enumerate(columns):
            if column.choices and last:
                sheet.data_validation(1, index, last, index, _choice(column))

    def _link(
        self,
        sheet: Any,  # noqa: ANN401 - xlsxwriter carries no types
        place: tuple[int, int],
        value: str,
        linked: bool,
    ) -> None:
        shown, target = value.rsplit("|", 1)
        if linked:
            sheet.write_url(*place, target, self.formats["link"], shown)
        else:
            sheet.write_string(*place, shown, self.formats["text"])

    def _write(
        self,
        sheet: Any,  # noqa: ANN401
        place: tuple[int, int],
        column: Column,
        value: Cell,
    ) -> None:
        style = self.formats[column.kind]
        if value is None or value == "":
            return  # an empty cell has its column's format
        if isinstance(value, bool):
            sheet.write_boolean(*place, value, style)
        elif isinstance(value, datetime.date):
            moment = datetime.datetime.combine(value, datetime.time())
            sheet.write_datetime(*place, moment, style)
        elif isinstance(value, int | float):
            whole = column.kind == "amount" and float(value).is_integer()
            shown_number = cut(value) if column.kind == "probability" else value
            sheet.write_number(
                *place, shown_number, self.formats["whole amount"] if whole else style
            )
        else:
            shown = value if len(value) <= _LONGEST else value[: _LONGEST - 2] + " …"
            # The quote prefix keeps a cell text even after it is edited.
            like_formula = shown.startswith(_LOOKS_LIKE_FORMULA)
            sheet.write_string(*place, shown, self.formats["quoted"] if like_formula else style)


def lay_out(sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter carries no types
    """Set a sheet up for printing: A3, landscape, as wide as the page."""
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)


def _height(columns: Sequence[Column], row: Sequence[Cell]) -> float:
    """Return the height of a row, so that wrapped text shows where programs do not measure it."""
    lines = 1
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, str) and column.kind in ("text", "long"):
            lines = max(lines, -(-len(value) // int(column.width * _CHARACTERS_A_UNIT)))
    return min(lines, _MOST_LINES) * _LINE + 2


def _choice(column: Column) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(column.choices),
        "input_title": column.header,
        "input_message": column.hint,
        "error_title": column.header,
        "error_message": "Choose a value of the list, or leave the cell empty.",
    }


def date_pattern(wording: Wording) -> str:
    """Return a locale's short date pattern as spreadsheets write it, years in four digits."""
    from babel import Locale

    pattern = str(Locale.parse(wording.tag).date_formats["short"].pattern)
    letters = {"d": "d", "M": "m", "y": "y"}
    parts: list[str] = []
    for character in pattern:
        if character in letters and parts and parts[-1].startswith(letters[character]):
            parts[-1] += letters[character]
        else:
            parts.append(letters.get(character, character))
    return "".join("yyyy" if part.startswith("y") else part for part in parts)
