from __future__ import annotations

import hashlib
import io
from pathlib import Path

import attrs
import docx
import openpyxl
import pytest

from statement_nlp.report import figures
from statement_nlp.report.data import ReportData
from statement_nlp.report.measured import measured_table, not_measured, register_error
from statement_nlp.report.page import build_page
from statement_nlp.report.run_info import run_info
from statement_nlp.report.topic_figures import not_asked
from statement_nlp.report.word import build_word
from statement_nlp.report.wording import Wording
from statement_nlp.report.workbook import build_workbook
from tests.report.fixture import write_output

EN = Wording("en")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> ReportData:
    return ReportData.load(write_output(tmp_path_factory.mktemp("output")))


def test_columns_are_ordered_and_figures_rounded() -> None:
    recorded = {"f1": 0.495, "f1_high": 1.0, "f1_low": 0.338, "precision": 0.717, "recall": 0.006}
    run = run_info(
        {"configuration": {"measured": {"factors": {"F4": recorded | {"support": 1_240}}}}}
    )
    table = measured_table(run, EN)
    assert table.heads == ("Precision", "Recall", "F1 score", "F1, low", "F1, high", "Sentences")
    assert table.rows == (("factors", "F4", ("0.72", "0.01", "0.50", "0.34", "1.00", "1,240")),)


def test_labels_without_a_measure_show_a_dash() -> None:
    measured = {"factors": {"F1": {"precision": 0.5}, "F2": {"odd_measure": 0.25}}}
    table = measured_table(run_info({"configuration": {"measured": measured}}), EN)
    assert table.heads == ("Precision", "Odd measure")
    assert [cells for _, _, cells in table.rows] == [("0.50", "\u2013"), ("\u2013", "0.25")]


def test_schemes_without_any_measure_are_named(data: ReportData) -> None:
    named = not_measured(data.run)
    titles = {s.scheme: s.title for s in data.run.framework.schemes}
    assert titles["themes"] in named
    assert titles["factors"] not in named


def test_the_part_nearest_to_real_use_is_shown(data: ReportData) -> None:
    assert {m.part for m in data.run.measured_acts} == {"statements of real debates"}
    text = register_error(data.run, "commitment", EN)
    assert text is not None
    assert "120 annotated commitments" in text
    assert "of 100 that are found, about 90 are commitments" in text
    assert "about 75 are found" in text
    assert "status is right for about 81 of 100" in text
    proposals = register_error(data.run, "proposal", EN)
    assert proposals is not None
    assert "calls for partnership about 80 are, and of 100 made about 60" in proposals


def test_a_reader_is_told_that_a_whole_debate_gives_fewer(data: ReportData, root: Path) -> None:
    heads = (root / "statement_nlp" / "acts" / "data" / "heads.npz").read_bytes()
    shipped = ("acts/heads", hashlib.sha256(heads).hexdigest())
    run = attrs.evolve(data.run, models=(shipped,))
    told = {act: register_error(run, act, EN) or "" for act in ("commitment", "proposal")}
    assert told["commitment"].endswith(
        " In a whole debate fewer are found: of the 84 commitments that one machine reading "
        "counted in 30 statements of one real debate, 47, and 63 with those listed to check."
    )
    assert "of the 161 proposals that" in told["proposal"]
    assert told["proposal"].endswith("129, and 139 with those listed to check.")
    documented = (root / "docs" / "acts.md").read_text("utf-8")
    assert "47 of 84 | 63 of 84" in documented
    assert "129 of 161 | 139 of 161" in documented
    other = attrs.evolve(data.run, models=(("acts/heads", "0" * 64),))
    for act in told:
        assert "whole debate" not in (register_error(other, act, EN) or "")
    assert register_error(attrs.evolve(run, measured_acts=()), "commitment", EN) is None


def test_all_formats_say_so_beside_the_registers(data: ReportData) -> None:
    page = build_page(data).decode("utf-8")
    word = "\n".join(p.text for p in docx.Document(io.BytesIO(build_word(data))).paragraphs)
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(data)))
    cells = [cell.value for row in book["Read me"].iter_rows() for cell in row]
    for act in ("commitment", "proposal"):
        text = register_error(data.run, act, EN)
        assert text is not None
        assert page.count(text) == 2  # beside the register, and under method and limits
        assert text in word
        assert text in cells


def test_a_run_without_measures_says_so(data: ReportData) -> None:
    bare = attrs.evolve(data, run=attrs.evolve(data.run, measured=(), measured_acts=()))
    page = build_page(bare).decode("utf-8")
    assert register_error(bare.run, "commitment", EN) is None
    assert "No measured error of commitments and proposals is recorded" in page
    assert build_word(bare)


def test_notes_with_the_same_beginning_are_brought_together() -> None:
    notes = ("unresolved delegation: A", "Shares are of sentences.", "unresolved delegation: B")
    assert figures.grouped_notes(notes) == (
        "unresolved delegation: A; B",
        "Shares are of sentences.",
    )


def test_sentences_beyond_the_framework_are_counted_by_topic(data: ReportData) -> None:
    beyond = not_asked(data)
    sizes = {topic.topic_id: topic.size for topic in data.topics}
    assert beyond
    assert all(0 < n <= sizes[topic] for topic, n in beyond.items())


def test_the_analysis_records_what_the_acts_were_measured_to_be(root: Path) -> None:
    from statement_nlp.acts import load_finder
    from statement_nlp.embed import load_encoder, load_tuned

    recorded = {"acts": dict(load_finder(load_encoder(), load_tuned()).measured)}
    run = run_info({"configuration": {"measured": recorded}})
    assert {"commitment", "proposal"} <= {m.act for m in run.measured_acts}
    assert run.measured == ()
