"""``evaluate`` on an annotated file of a user's own."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from statement_nlp.cli.app import app
from statement_nlp.evaluate.corpus import load_corpus
from statement_nlp.evaluate.measure import measure
from statement_nlp.evaluate.present import acts_table, write_evaluation

ROWS = [
    ("a", "Last year mines killed 214 people in our northern valleys.", ["Q1b"], [], [], None),
    (
        "b",
        "My Government will pay 3 million euros into the voluntary trust fund for mine action.",
        ["Q3b"],
        ["F7"],
        ["commitment"],
        "new",
    ),
    (
        "c",
        "We call on the Security Council to write mine clearance into every mission mandate.",
        ["Q4b"],
        ["F3"],
        ["proposal"],
        None,
    ),
    ("d", "I thank you for convening this meeting.", [], [], [], None),
]


@pytest.fixture
def own_file(tmp_path):
    path = tmp_path / "own.jsonl"
    lines = [
        {"id": i, "text": text, "q": q, "f": f, "acts": acts, "status": status}
        for i, text, q, f, acts, status in ROWS
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_a_file_of_ones_own_is_scored_on_tags_and_acts(own_file, tmp_path, root):
    corpus = load_corpus(root, None, own_file)
    stages: list[int] = []
    found = measure(
        corpus,
        corpus.sentences,
        root,
        lambda _stage, done, _total: stages.append(done),
        own_file=True,
    )
    assert stages == sorted(stages)
    acts = found.acts["all"]
    assert acts["commitment"]["f1"] == acts["proposal"]["f1"] == 1.0
    assert acts["status"] == {"accuracy": 1.0, "n": 1}
    assert not found.key_points
    assert found.tags["all"].sentences == len(ROWS)
    assert "commitment" in acts_table("all", acts)
    write_evaluation(tmp_path / "out", found)
    written = json.loads((tmp_path / "out" / "evaluation.json").read_text("utf-8"))
    assert written["acts"]["all"]["proposal"]["n"] == 1
    page = (tmp_path / "out" / "evaluation.html").read_text("utf-8")
    assert "commitment" in page


def test_the_command_prints_json(own_file):
    result = CliRunner().invoke(app, ["evaluate", str(own_file), "--json"])
    assert result.exit_code == 0, result.output
    assert set(json.loads(result.stdout)) == {"tags", "acts", "key_points"}
