from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from statement_nlp.report.data import ReportData, ReportError
from statement_nlp.report.registers import numbers
from statement_nlp.report.wording import Wording
from statement_nlp.report.workbook import build_workbook
from statement_nlp.report.workbook_sheet import date_pattern
from tests.report.fixture import write_output

SHEETS = [
    "Read me",
    "Coverage",
    "Inputs",
    "Failures",
    "Statements",
    "Sentences",
    "Commitments",
    "Proposals",
    "Needs",
    "Key points",
    "Key point support",
    "Agreed language",
    "Topics",
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> ReportData:
    return ReportData.load(write_output(tmp_path_factory.mktemp("output")))


@pytest.fixture(scope="module")
def book(data: ReportData) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(build_workbook(data)))


def _column(sheet: Worksheet, header: str) -> int:
    return [cell.value for cell in sheet[1]].index(header) + 1


def _rows(sheet: Worksheet) -> list[dict[str, object]]:
    headers = [cell.value for cell in sheet[1]]
    return [
        dict(zip(headers, values, strict=True))
        for values in sheet.iter_rows(min_row=2, values_only=True)
    ]


def test_sheets_have_filters_and_frozen_headers(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    for name in SHEETS[1:]:
        assert book[name].auto_filter.ref is not None
        assert book[name].freeze_panes == "B2"


def test_every_row_of_the_tables_is_there_by_its_id(book: Workbook, data: ReportData) -> None:
    for sheet, ids in (
        ("Statements", [s.statement_id for s in data.statements]),
        ("Sentences", [p.passage_id for p in data.passages]),
        ("Commitments", [c.commitment_id for c in data.commitments]),
        ("Proposals", [p.proposal_id for p in data.proposals]),
        ("Needs", [n.need_id for n in data.needs]),
        ("Key points", [k.key_point_id for k in data.key_points]),
        ("Topics", [str(t.topic_id) for t in data.topics]),
    ):
        found = [row[0] for row in book[sheet].iter_rows(min_row=2, values_only=True)]
        assert sorted(found) == sorted(ids)


def test_values_keep_their_types(book: Workbook, data: ReportData) -> None:
    by_id = {row["Commitment id"]: row for row in _rows(book["Commitments"])}
    for row in data.commitments:
        shown = by_id[row.commitment_id]
        assert shown["Amount"] == row.amount
        assert shown["Currency"] == row.currency
        assert isinstance(shown["Confidence"], float)
    assert any(row.amount for row in data.commitments)
    until = [row["Until"] for row in by_id.values() if row["Until"]]
    assert datetime.datetime(2025, 12, 31) in until
    date = _rows(book["Statements"])[0]["Date"]
    assert date == datetime.datetime(2021, 4, 8)
    assert _rows(book["Statements"])[0]["Analysed"] is True


def test_no_cell_is_a_formula(book: Workbook) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    texts = [row["Text"] for row in _rows(book["Sentences"])]
    assert any(str(text).startswith("=cmd|") for text in texts)
    sheet = book["Sentences"]
    column = _column(sheet, "Text")
    hostile = next(
        cell
        for (cell,) in sheet.iter_rows(min_col=column, max_col=column)
        if str(cell.value).startswith("=cmd|")
    )
    assert hostile.data_type == "s"
    assert hostile.quotePrefix


def test_sources_lead_to_the_row_of_the_sentence(book: Workbook) -> None:
    sentences = book["Sentences"]
    for name in ("Commitments", "Proposals", "Needs", "Key point support"):
        sheet = book[name]
        column = _column(sheet, "Source")
        linked = [cell for (cell,) in sheet.iter_rows(min_row=2, min_col=column, max_col=column)]
        assert linked
        for cell in linked:
            target = cell.hyperlink.location
            assert target.startswith("'Sentences'!A") or target.startswith("Sentences!A")
            row = int(target.rsplit("A", 1)[1])
            if name != "Key point support":
                wanted = sheet.cell(cell.row, _column(sheet, "Sentence id")).value
                assert sentences.cell(row, 1).value == wanted


def test_corrections_are_offered_and_read_back_by_id(data: ReportData) -> None:
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(data)))
    sheet = book["Commitments"]
    column = _column(sheet, "Correction")
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert any("not a commitment" in str(v.formula1) for v in lists)
    sheet.cell(3, column).value = "not a commitment"
    stream = io.BytesIO()
    book.save(stream)
    again = openpyxl.load_workbook(io.BytesIO(stream.getvalue()))
    corrected = {
        row["Commitment id"]: row["Correction"]
        for row in _rows(again["Commitments"])
        if row["Correction"]
    }
    assert corrected == {sheet.cell(3, 1).value: "not a commitment"}


def test_key_points_by_delegations_agree_with_the_support_table(
    book: Workbook, data: ReportData
) -> None:
    for row in _rows(book["Key points"]):
        expected = {
            data.delegation_of(s.statement_id): s.stance
            for s in data.support_by_key_point[str(row["Key point id"])]
        }
        marked = {name: row[name] for name in expected}
        assert all(value in {1, -1} for value in marked.values())
        assert {n for n, value in marked.items() if value == 1} >= {
            n for n, stance in expected.items() if stance == "support"
        }


def test_register_numbers_are_those_of_the_word_report(book: Workbook, data: ReportData) -> None:
    known = numbers(data)
    for row in _rows(book["Proposals"]):
        assert row["No."] == known[str(row["Proposal id"])]


def test_the_same_data_gives_the_same_bytes(data: ReportData) -> None:
    first = build_workbook(data)
    assert first == build_workbook(data)
    stamps = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert {year for year, *_ in stamps} == {1980}


def test_synthetic_data_is_labelled(book: Workbook) -> None:
    words = [cell.value for row in book["Read me"].iter_rows() for cell in row]
    assert "Synthetic" in words


@pytest.mark.parametrize(
    ("locale", "pattern"), [("en_GB", "dd/mm/yyyy"), ("en", "m/d/yyyy"), ("de", "dd.mm.yyyy")]
)
def test_dates_follow_the_locale(locale: str, pattern: str) -> None:
    assert date_pattern(Wording(locale)) == pattern


def test_an_unknown_locale_is_named(data: ReportData) -> None:
    with pytest.raises(ReportError, match="locale 'xx_QQ' is unknown"):
        build_workbook(data, locale="xx_QQ")


def test_a_text_too_long_for_a_cell_is_cut_with_a_sign(tmp_path: Path) -> None:
    long = "The Council should " + "listen " * 6000 + "again."
    debate = [{"delegation": "Veldania", "role": "member state", "paragraphs": [long]}]
    data = ReportData.load(write_output(tmp_path, debate))
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(data)))
    text = str(_rows(book["Sentences"])[0]["Text"])
    assert len(text) == 32_767
    assert text.endswith(" …")
