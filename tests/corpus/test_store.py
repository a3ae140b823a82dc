"""Results appear whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path

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


def test_a_folder_with_a_record_of_another_kind_is_refused(tmp_path):
    (tmp_path / "run.json").write_text(json.dumps({"epochs": 3}))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "measured.csv").write_text("1,2")
    with pytest.raises(OutputError, match="another folder"), Results(tmp_path):
        pass
    assert (tmp_path / "data" / "measured.csv").read_text() == "1,2"


def test_a_path_below_a_file_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="--out"), Results(tmp_path / "notes.txt" / "out"):
        pass


def test_two_runs_cannot_write_to_one_folder(tmp_path):
    out = tmp_path / "out"
    with Results(out) as results:
        with pytest.raises(OutputError, match="another run"), Results(out):
            pass
        finish(results)
    assert (out / "run.json").is_file()


def test_files_of_the_user_beside_the_tables_stay(tmp_path):
    out = tmp_path / "out"
    with Results(out) as results:
        results.add_text("old", "earlier")
        finish(results)
    (out / "data" / "notes.md").write_text("mine")
    (out / "data" / "documents" / "notes.md").write_text("mine too")
    with Results(out) as results:
        results.add_text("new", "later")
        finish(results)
    documents = out / "data" / "documents"
    assert (out / "data" / "notes.md").read_text() == "mine"
    assert sorted(p.name for p in documents.iterdir()) == ["new.txt", "notes.md"]


def test_results_that_cannot_be_moved_into_place_leave_the_earlier_ones(tmp_path, monkeypatch):
    out = tmp_path / "out"
    with Results(out) as results:
        results.add_text("old", "earlier")
        finish(results)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    replace = Path.replace

    def in_use(path, target):
        if Path(target) == out / "report.xlsx":
            raise PermissionError(errno.EACCES, "in use")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(OutputError, match="in use") as raised, Results(out) as results:
        results.add_text("new", "later")
        (results.staging / "report.xlsx").write_bytes(b"new")
        finish(results)
    assert {p: p.read_bytes() for p in before} == before
    assert str(results.staging) in str(raised.value)
    assert (results.staging / "data" / "documents" / "new.txt").read_text() == "later"
    monkeypatch.undo()
    with Results(out) as again:
        again.add_text("new", "later")
        finish(again)
    assert sorted(p.name for p in out.iterdir()) == ["data", "run.json"]


def test_a_full_disk_is_one_line(tmp_path):
    out = tmp_path / "out"
    with pytest.raises(OutputError, match="No space left") as raised, Results(out):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert raised.value.exit_code == 22
    assert list(tmp_path.iterdir()) == []


def test_write_atomically_says_what_it_cannot_write(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        write_atomically(tmp_path / "none" / "a.bin", b"one")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes of this kind")
def test_write_atomically_keeps_to_the_umask(tmp_path):
    before = os.umask(0o077)
    try:
        write_atomically(tmp_path / "a.bin", b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.bin").stat().st_mode) == 0o600


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
    with pytest.raises(ValueError, match="stop"), Results(out, superseded=["report.docx"]):
        raise ValueError("stop")
    assert (out / "report.docx").exists()
    with Results(out, superseded=["report.docx", "report.html"]) as results:
        finish(results)
    assert not (out / "report.docx").exists()
    assert (out / "report.xlsx").exists()
