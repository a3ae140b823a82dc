"""Results appear whole or not at all."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from statement_nlp.corpus import SCHEMAS, OutputError, Results, write_atomically
from statement_nlp.model import Run


def finish(results):
    results.write_run(
        Run(
            version="1",
            inputs=(),
            failures=(),
            configuration={},
            models={},
            packages={},
            seed=1,
        )
    )


def test_a_clean_run_leaves_every_table_and_the_record(tmp_path):
    out = tmp_path / "out"
    with Results(out) as results:
        results.add("topic_assignments", [{"passage_id": "p1", "topic_id": 0, "probability": 1.0}])
        results.add_text("d1", "línea\r\nsecond\n")
        finish(results)
    assert {p.stem for p in (out / "data").glob("*.parquet")} == set(SCHEMAS)
    assert pq.read_table(out / "data" / "topic_assignments.parquet").num_rows == 1
    assert pq.read_schema(out / "data" / "tags.parquet").names == SCHEMAS["tags"].names
    assert (out / "data" / "documents" / "d1.txt").read_bytes().decode() == "línea\r\nsecond\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out"]


def test_a_failed_run_changes_nothing(tmp_path):
    out = tmp_path / "out"
    with Results(out) as results:
        finish(results)
    before = (out / "run.json").read_bytes()
    with pytest.raises(RuntimeError), Results(out) as results:
        results.add_text("d1", "lost")
        raise RuntimeError
    assert (out / "run.json").read_bytes() == before
    assert not (out / "data" / "documents" / "d1.txt").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out"]


def test_a_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="another folder"), Results(tmp_path):
        pass
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_write_atomically_replaces(tmp_path):
    path = tmp_path / "a.bin"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["a.bin"]


def test_superseded_files_of_an_earlier_run_go_when_the_new_results_come(tmp_path):
    out = tmp_path / "out"
    with Results(out) as results:
        finish(results)
    for name in ("report.docx", "report.xlsx"):
        (out / name).write_bytes(b"old")
    with pytest.raises(ValueError, match="stop"), Results(out) as results:
        results.supersede(["report.docx"])
        raise ValueError("stop")
    assert (out / "report.docx").exists()
    with Results(out) as results:
        results.supersede(["report.docx", "report.html"])
        finish(results)
    assert not (out / "report.docx").exists()
    assert (out / "report.xlsx").exists()
