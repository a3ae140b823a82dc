"""What ``analyze`` and ``report`` say of the reports they wrote."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest
from typer.testing import CliRunner

from statement_nlp import corpus, report
from statement_nlp.cli.app import app
from statement_nlp.model import InputFile, Run
from tests.report.fixture import write_output

SAID = "report.html is an overview: the corpus has"


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand a written output in for the analysis, which takes long; staging stays as it is."""

    def stand_in(inputs, out, options, progress):
        with corpus.Results(out, superseded=report.FILES) as results:
            write_output(results.staging)
            results.close_tables = lambda: None
        report.write(out, options.report, progress)
        record = json.loads((out / "run.json").read_text("utf-8"))
        names = {field.name for field in attrs.fields(Run)}
        kept = {name: value for name, value in record.items() if name in names}
        return Run(**kept | {"inputs": (InputFile("a.pdf", "0" * 64, 1),), "failures": ()})

    monkeypatch.setattr("statement_nlp.pipeline.analyze", stand_in)


def test_report_writes_an_overview_and_says_why(tmp_path: Path) -> None:
    write_output(tmp_path)
    result = CliRunner().invoke(app, ["report", str(tmp_path), "--report-passages", "3"])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(tmp_path / "report.html")]
    assert SAID in result.stderr
    assert "more than the 3 that full reports hold at most" in result.stderr
    assert "--report-passages" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_report_without_the_page_writes_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    write_output(tmp_path)
    arguments = ["report", str(tmp_path), "--report-passages", "3", "--only", "docx"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "no report is written" in result.stderr
    assert not list(tmp_path.glob("report.*"))


def test_a_limit_of_none_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["report", str(tmp_path), "--report-passages", "0"])
    assert result.exit_code == 2


def test_analyze_lists_what_was_written_and_clears_what_was(tmp_path: Path, analysed: None) -> None:
    out = tmp_path / "out"
    first = CliRunner().invoke(app, ["analyze", "a.pdf", "--out", str(out)])
    assert first.exit_code == 0, first.output
    assert [line.strip() for line in first.stdout.splitlines()[1:]] == [
        str(out / f"report.{kind}") for kind in ("html", "docx", "xlsx")
    ]
    assert first.stderr == ""
    (out / "mine.txt").write_text("the user's own")
    few = ["analyze", "a.pdf", "--out", str(out), "--report-passages", "3"]
    second = CliRunner().invoke(app, few)
    assert [line.strip() for line in second.stdout.splitlines()[1:]] == [str(out / "report.html")]
    assert SAID in second.stderr
    names = {path.name for path in out.iterdir()}
    assert names == {"data", "run.json", "report.html", "mine.txt"}
    only = CliRunner().invoke(app, ["analyze", "a.pdf", "--out", str(out), "--only", "docx"])
    assert only.exit_code == 0
    assert {path.name for path in out.glob("report.*")} == {"report.docx"}
    # Without the page nothing is written, and no report of the earlier tables stays.
    third = CliRunner().invoke(app, [*few, "--only", "docx"])
    assert len(third.stdout.splitlines()) == 1
    assert not list(out.glob("report.*"))
