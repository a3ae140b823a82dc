"""The whole way from a file to reports, through the public interface."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_socket import disable_socket, enable_socket

from statement_nlp import AnalysisOptions, Corpus, analyze
from statement_nlp.corpus import SCHEMAS, OutputError
from statement_nlp.embed import EncoderOptions
from statement_nlp.errors import UserError
from statement_nlp.options import ReportOptions
from tests.pipeline.small import COMPILATION


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("input") / "compilation.txt"
    path.write_text(COMPILATION, encoding="utf-8")
    return path


def options(tmp_path_factory) -> AnalysisOptions:
    cache = tmp_path_factory.mktemp("cache")
    return AnalysisOptions(encoder=EncoderOptions(cache=cache))


@pytest.fixture(scope="module")
def result(source, tmp_path_factory):
    """One analysis, made with the network blocked."""
    out = tmp_path_factory.mktemp("results") / "out"
    disable_socket()
    try:
        analyze([source], out, options(tmp_path_factory))
    finally:
        enable_socket()
    return Corpus.open(out)


def test_every_promised_file_is_there_without_network(result):
    names = {path.name for path in result.folder.iterdir()}
    assert names == {"data", "run.json", "report.html", "report.docx", "report.xlsx"}
    assert {p.stem for p in (result.folder / "data").glob("*.parquet")} == set(SCHEMAS)


def test_who_says_what(result):
    statements = result.table("statements")
    assert statements["delegation"].tolist() == ["Veldania", "Kambeza", "Fjellmark"]
    assert statements["speaker"].tolist() == ["Orla Tench", "Ivo Sallam", "Sunniva Aas"]


def test_every_quote_is_verbatim(result):
    texts = {}
    passages = result.table("passages").set_index("passage_id")
    for table, column in (
        ("passages", "text"), ("commitments", "quote"), ("proposals", "quote"), ("needs", "quote"),
    ):  # fmt: skip
        for row in result.table(table).to_dict("records"):
            document = row.get("document_id") or passages.loc[row["passage_id"], "document_id"]
            text = texts.setdefault(document, result.text(document))
            assert text[row["start"] : row["end"]] == row[column]


def test_regions_tile_the_document(result):
    for document_id, regions in result.table("regions").groupby("document_id"):
        ordered = regions.sort_values("start")
        edges = [0, *ordered["end"]]
        assert ordered["start"].tolist() == edges[:-1]
        assert edges[-1] == len(result.text(document_id))


def test_a_pledge_and_an_ask_are_found(result):
    commitments = result.table("commitments")
    pledge = commitments[commitments["amount"] == 2_000_000]
    assert pledge["currency"].tolist() == ["USD"]
    assert pledge["status"].tolist() == ["new"]
    proposals = result.table("proposals")
    assert proposals["quote"].str.contains("briefing on explosive ordnance").any()
    refusals = proposals[proposals["quote"].str.contains("no merit")]
    assert refusals["opposed"].all()


def test_the_sample_is_called_synthetic(result):
    assert result.run["synthetic"] is True
    assert "synthetic" in (result.folder / "report.html").read_text("utf-8").lower()


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_input_gives_the_same_bytes_on_any_number_of_threads(
    source, result, tmp_path_factory
):
    again = tmp_path_factory.mktemp("again") / "out"
    cache = tmp_path_factory.mktemp("other-cache")
    analyze([source], again, AnalysisOptions(encoder=EncoderOptions(cache=cache, threads=1)))
    assert digest(again) == digest(result.folder)


def test_one_bad_file_does_not_stop_the_others(source, tmp_path, tmp_path_factory):
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / "good.txt").write_text(COMPILATION, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing follows")
    (folder / "empty.txt").write_bytes(b"")
    run = analyze([folder], tmp_path / "out", options(tmp_path_factory))
    assert len(run.inputs) == 1
    assert sorted(failure.code for failure in run.failures) == ["empty-file", "truncated-pdf"]
    assert json.loads((tmp_path / "out" / "run.json").read_text())["failures"]


def test_a_report_that_cannot_be_built_leaves_the_tables(
    source, tmp_path, tmp_path_factory, monkeypatch
):
    def full(*_arguments):
        raise OutputError("report.html: cannot be written")

    monkeypatch.setattr("statement_nlp.report.write", full)
    with pytest.raises(OutputError):
        analyze([source], tmp_path / "out", options(tmp_path_factory))
    assert len(Corpus.open(tmp_path / "out").table("statements")) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"report": ReportOptions(locale="xx_yy_zz")},
        {"report": ReportOptions(logo=Path("none.png"))},
        {"topics": Path("none.yaml")},
        {"delegations": Path("none.yaml")},
    ],
)
def test_settings_that_cannot_be_used_end_a_run_before_it_reads_anything(
    source, tmp_path, monkeypatch, wrong
):
    monkeypatch.setattr(
        "statement_nlp.findings.load_readers", lambda *_: pytest.fail("the analysis was begun")
    )
    with pytest.raises(UserError, match=r"none\.|xx_yy"):
        analyze([source], tmp_path / "out", AnalysisOptions(**wrong))
    assert not (tmp_path / "out").exists()


def run_cli(*arguments, **kwargs):
    return subprocess.run(
        [sys.executable, "-c", "from statement_nlp.cli import main; main()", *arguments],
        capture_output=True, text=True, check=False, **kwargs,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["analyze", "missing.pdf"], 10, "missing.pdf"),
        (["analyze", "missing.pdf", "--kind", "poem"], 2, "--kind"),
        (["analyze", "missing.pdf", "--only", "pdf"], 2, "no report"),
        (["analyze", "missing.pdf", "--framework", "none.yaml"], 20, "none.yaml"),
        (["report", "nowhere"], 23, "nowhere"),
    ],
)
def test_bad_input_ends_in_one_line_and_a_documented_code(tmp_path, arguments, code, words):
    done = run_cli(*arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("statement-nlp: ")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


HEAVY = ("torch", "spacy", "sklearn", "pandas", "openvino", "transformers", "bertopic", "scipy")


def loaded_by(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint('\\n'.join(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split()) & set(HEAVY)


def test_help_loads_nothing_heavy():
    code = (
        "from statement_nlp.cli import main\nsys.argv = ['statement-nlp', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )
    assert loaded_by(code + "\nassert 'numpy' not in sys.modules") == set()


def test_report_loads_no_model(result):
    code = (
        "from statement_nlp.cli import main\n"
        f"sys.argv = ['statement-nlp', 'report', {str(result.folder)!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )
    assert loaded_by(code) == set()
