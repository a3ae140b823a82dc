"""Results as data frames; what cannot be read is one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from statement_nlp.corpus.reader import Corpus
from statement_nlp.corpus.store import OutputError
from tests.report.fixture import write_output


@pytest.fixture
def opened(tmp_path: Path) -> Corpus:
    return Corpus.open(write_output(tmp_path))


def refused(reading, path: Path, why: str) -> None:
    with pytest.raises(OutputError) as caught:
        reading()
    assert str(caught.value) == f"{path}: {why}; run 'statement-nlp analyze' again"
    assert caught.value.exit_code == 22


def test_tables_texts_and_record_are_read(opened: Corpus) -> None:
    row = opened.table("commitments").iloc[0]
    passages = opened.table("passages").set_index("passage_id")
    text = opened.text(passages.loc[row["passage_id"], "document_id"])
    assert text[row["start"] : row["end"]] == row["quote"]
    assert opened.run["seed"] == 7


def test_an_unknown_table_is_named(opened: Corpus) -> None:
    with pytest.raises(OutputError, match="'pledges' is no table; use one of documents"):
        opened.table("pledges")


def test_a_folder_without_a_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no finished analysis"):
        Corpus.open(tmp_path)


def test_a_missing_or_damaged_table_is_named(opened: Corpus) -> None:
    path = opened.folder / "data" / "needs.parquet"
    path.write_bytes(path.read_bytes()[:100])
    refused(lambda: opened.table("needs"), path, "is not readable as a Parquet file")
    path.unlink()
    refused(lambda: opened.table("needs"), path, "is missing")


def test_a_missing_or_damaged_text_is_named(opened: Corpus) -> None:
    path = next((opened.folder / "data" / "documents").iterdir())
    path.write_bytes(b"\xff\xfe\xff")
    refused(lambda: opened.text(path.stem), path, "is not readable as UTF-8 text")
    path.unlink()
    refused(lambda: opened.text(path.stem), path, "is missing")


def test_a_damaged_record_is_named(opened: Corpus) -> None:
    path = opened.folder / "run.json"
    path.write_text("{")
    refused(lambda: opened.run, path, "is not readable as JSON")
    path.write_text("[1]")
    refused(lambda: opened.run, path, "is not readable as a JSON object")
    path.unlink()
    refused(lambda: opened.run, path, "is missing")
