"""What ``evaluate`` says of sentences whose documents are not here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from statement_nlp.cli.app import app


class Nothing:
    """Scores of nothing, in place of those that take long."""

    tags: dict[str, object]

    def __init__(self) -> None:
        self.tags = self.acts = self.key_points = {}

    def plain(self) -> dict[str, object]:
        return {}


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the sentences that were scored."""
    ids: list[str] = []

    def stand_in(corpus, sentences, *_, **__):
        ids.extend(sentence.id for sentence in sentences)
        return Nothing()

    monkeypatch.setattr("statement_nlp.evaluate.measure.measure", stand_in)
    return ids


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_without_the_public_sets_real_sentences_are_left_out_in_one_line(
    root: Path, scored: list[str], options: list[str]
) -> None:
    result = CliRunner().invoke(app, ["evaluate", "--root", str(root), *options])
    assert result.exit_code == 0, result.output
    (line,) = result.stderr.splitlines()
    assert "3056 sentences left out" in line
    assert "--data FOLDER that holds unsc2020.tar.xz and ungdc.tar.xz" in line
    assert len(scored) == 1157
    assert result.stdout == ("{}\n" if options else "")


def test_where_all_texts_are_here_nothing_is_said(tmp_path: Path, scored: list[str]) -> None:
    own = tmp_path / "own.jsonl"
    row = {"id": "a", "q": [], "f": [], "acts": [], "text": "We shall pay."}
    own.write_text(json.dumps(row), encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(own)])
    assert (result.exit_code, result.output, scored) == (0, "", ["a"])
