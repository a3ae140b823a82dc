from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from statement_nlp.errors import UserError
from statement_nlp.topics import SteeringError, find_topics, read_steering


@pytest.fixture(scope="module")
def spoken(debate):
    return debate(40)


@pytest.fixture(scope="module")
def plain(spoken):
    return [t.label for t in find_topics(spoken, seed=7).topics if not t.boilerplate]


def steered(spoken, tmp_path: Path, text: str):
    file = tmp_path / "topics.yaml"
    file.write_text(text, encoding="utf-8")
    return find_topics(spoken, seed=7, steering=read_steering(file))


def labels(result) -> list[str]:
    return [topic.label for topic in result.topics if not topic.boilerplate]


def test_rename(spoken, plain, tmp_path):
    result = steered(spoken, tmp_path, f"rename: {{'{plain[0].upper()}': Other name}}")
    assert labels(result) == ["Other name", *plain[1:]]
    assert result.record["steering"]["rename"] == {plain[0].upper(): "Other name"}
    assert len(result.record["steering"]["sha256"]) == 64


def test_merge_keeps_the_first_name_and_all_sentences(spoken, plain, tmp_path):
    before = find_topics(spoken, seed=7)
    sizes = {topic.label: topic.size for topic in before.topics}
    result = steered(spoken, tmp_path, f"merge: [['{plain[0]}', '{plain[1]}']]")
    assert sorted(labels(result)) == sorted({*plain} - {plain[1]})
    merged = next(topic for topic in result.topics if topic.label == plain[0])
    assert merged.size == sizes[plain[0]] + sizes[plain[1]]


def test_split_makes_more_topics(spoken, plain, tmp_path):
    result = steered(spoken, tmp_path, f"split: {{'{plain[0]}': 2}}")
    assert len(labels(result)) == len(plain) + 1
    assert set(plain[1:]) <= set(labels(result))


def test_merges_that_share_no_topic_are_all_done(spoken, plain, tmp_path):
    a, b, c, d = plain[:4]
    result = steered(spoken, tmp_path, f"merge: [['{a}', '{b}'], ['{d}', '{c}']]")
    assert sorted(labels(result)) == sorted({*plain} - {b, c})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "merge: [['{a}', '{b}'], ['{b}', '{c}']]",
            "merge: '{b}' stands in entries 1 and 2; write one entry [{a}, {b}, {c}] for one topic",
        ),
        ("merge: [['{a}', '{b}'], ['{c}', '1']]", "'{b}' stands in entries 1 and 2"),
        (
            "split: {{'{a}': 2}}\nmerge: [['{b}', '{a}']]",
            "'{a}' stands in split and in merge; ask for one of the two",
        ),
        ("split: {{'{a}': 2, 0: 3}}", "split: '{a}' stands there twice"),
    ],
)
def test_two_wishes_for_one_topic_are_refused(spoken, plain, tmp_path, text, says):
    names = dict(zip("abc", plain, strict=False))
    with pytest.raises(SteeringError) as caught:
        steered(spoken, tmp_path, text.format(**names))
    assert says.format(**names) in str(caught.value)
    assert str(caught.value).startswith("topics.yaml: ")


def test_seeds_make_a_topic_of_their_sentences(spoken, tmp_path):
    result = steered(spoken, tmp_path, "seeds: {Apples: [apple, apples]}")
    topic = next(t for t in result.topics if t.label == "Apples")
    rows = np.flatnonzero(result.topic_of == topic.topic_id)
    assert np.mean(["pple" in spoken.texts[row] for row in rows]) > 0.9


def test_number_of_topics(spoken, tmp_path):
    assert len(labels(steered(spoken, tmp_path, "topics: 3"))) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rename: {Nowhere to be found: X}", "no topic 'Nowhere to be found'"),
        ("topics: 0", "whole number"),
        ("topics: many", "whole number"),
        ("colour: red", "'colour' is not known"),
        ("- a list", "must hold"),
        ("merge: [[one]]", "at least 2"),
        ("merge: one", "must be a list"),
        ("split: {one: 1}", "from 2"),
        ("seeds: {A: []}", "at least 1"),
        ("seeds: {A: [zyzzyva]}", "only 0 sentences"),
        ("seeds: [A]", "pairs"),
        ("rename: {A: }", "has no new name"),
        ("rename: {A: [", "line 1"),
        ("topics: 2021-13-45", "not valid YAML (month must be in 1..12)"),
    ],
)
def test_errors_are_one_line_and_name_the_file(spoken, tmp_path, text, says):
    with pytest.raises(SteeringError) as caught:
        steered(spoken, tmp_path, text)
    message = str(caught.value)
    assert says in message
    assert message.startswith("topics.yaml")
    assert "\n" not in message
    assert isinstance(caught.value, UserError)
    assert caught.value.exit_code == 25


def test_a_near_name_is_offered(spoken, plain, tmp_path):
    with pytest.raises(SteeringError, match=f"did you mean '{plain[0]}'"):
        steered(spoken, tmp_path, f"rename: {{'{plain[0]}x': X}}")


def test_missing_file(tmp_path):
    with pytest.raises(SteeringError, match="cannot be read"):
        read_steering(tmp_path / "absent.yaml")
