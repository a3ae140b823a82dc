from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from statement_nlp import report
from statement_nlp.errors import UserError
from statement_nlp.options import ReportOptions
from tests.report.fixture import write_output


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_output(tmp_path_factory.mktemp("output"))


def test_all_reports_are_written(output: Path) -> None:
    steps: list[tuple[int, int]] = []
    written = report.write(
        output, ReportOptions(), lambda _stage, done, total: steps.append((done, total))
    )
    assert [path.name for path in written] == ["report.html", "report.docx", "report.xlsx"]
    assert all(path.stat().st_size > 5_000 for path in written)
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_only_the_reports_asked_for_are_written(output: Path) -> None:
    for path in output.glob("report.*"):
        path.unlink()
    report.write(output, ReportOptions(only=("xlsx",), title="Another title"))
    assert [path.name for path in output.glob("report.*")] == ["report.xlsx"]


def test_a_folder_without_results_is_named_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"run\.json: is missing; give the directory") as caught:
        report.write(tmp_path, ReportOptions())
    assert caught.value.exit_code == 23
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "record",
    [
        {"inputs": [{"name": "page.html"}]},
        {"inputs": ["page.html"]},
        {"failures": [{"path": "a.pdf"}]},
        {"configuration": "strict"},
        {"configuration": {"framework": {"schemes": [{"labels": 3}]}}},
        {"configuration": {"measured": ["f1"]}},
        {"models": ["a", "b"]},
        {"seed": "today"},
    ],
)
@pytest.mark.parametrize("most", [100_000, 1])
def test_the_record_of_another_program_is_named_in_one_line(
    output: Path, tmp_path: Path, record: dict[str, object], most: int
) -> None:
    shutil.copytree(output / "data", tmp_path / "data")
    (tmp_path / "run.json").write_text(json.dumps(record))
    with pytest.raises(UserError) as caught:
        report.write(tmp_path, ReportOptions(only=("html",), most_passages=most))
    assert str(caught.value) == (
        f"{tmp_path / 'run.json'}: is not the record of an analysis; give the directory that "
        "'statement-nlp analyze' wrote"
    )
    assert caught.value.exit_code == 23


def test_damaged_tables_and_texts_are_named_in_one_line(output: Path, tmp_path: Path) -> None:
    shutil.copytree(output / "data", tmp_path / "data")
    shutil.copy(output / "run.json", tmp_path)
    (text,) = (tmp_path / "data" / "documents").iterdir()
    text.write_bytes(b"\xff")
    with pytest.raises(UserError, match=r"\.txt: is not a readable UTF-8 text; run") as caught:
        report.write(tmp_path, ReportOptions(only=("html",)))
    assert caught.value.exit_code == 23
    table = tmp_path / "data" / "tags.parquet"
    table.write_bytes(table.read_bytes()[:-20])
    with pytest.raises(UserError, match=r"tags\.parquet: is not a readable Parquet") as caught:
        report.write(tmp_path, ReportOptions(only=("html",)))
    assert caught.value.exit_code == 23


def test_a_report_that_fails_leaves_the_old_one(output: Path, tmp_path: Path) -> None:
    report.write(output, ReportOptions(only=("docx",)))
    before = (output / "report.docx").read_bytes()
    with pytest.raises(UserError, match="cannot be read"):
        report.write(output, ReportOptions(only=("docx",), logo=tmp_path / "none.png"))
    assert (output / "report.docx").read_bytes() == before
