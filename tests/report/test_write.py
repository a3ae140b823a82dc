from __future__ import annotations

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


def test_a_report_that_fails_leaves_the_old_one(output: Path, tmp_path: Path) -> None:
    report.write(output, ReportOptions(only=("docx",)))
    before = (output / "report.docx").read_bytes()
    with pytest.raises(UserError, match="cannot be read"):
        report.write(output, ReportOptions(only=("docx",), logo=tmp_path / "none.png"))
    assert (output / "report.docx").read_bytes() == before
