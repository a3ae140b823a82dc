"""Annotated files: what breaks a rule is named by line and cause."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from statement_nlp.evaluate.gold import GoldError, join_texts, load_gold, require_classes


def write(tmp_path, *items):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(item) for item in items), encoding="utf-8")
    return path


def item(**changes):
    return {"id": "a", "q": ["Q1b"], "f": [], "acts": [], "text": "A sentence."} | changes


def test_labels_and_unions(tmp_path):
    (sentence,) = load_gold(write(tmp_path, item(q=["Q1b", "Q3a"], acts=["proposal"])))
    assert sentence.questions == {"Q1", "Q3"}
    assert sentence.acts == {"proposal"}


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (item(id="b", q=["Q9"]), "unknown label 'Q9' in 'q'"),
        (item(id="b", f=["F8"]), "unknown label 'F8' in 'f'"),
        (item(), "id 'a' already stands in line 1"),
        (item(id="b", status="new"), "status but no commitment"),
        (item(id="b", partnership=True), "partnership but no proposal"),
        (item(id="b", q="Q1b"), "'q' is not a list"),
        (item(id="b", text=None), "neither 'text' nor"),
        (item(id="b", start=9, end=3), "not a span"),
    ],
)
def test_a_broken_rule_names_line_and_cause(tmp_path, second, message):
    with pytest.raises(GoldError, match=re.escape(message)) as error:
        load_gold(write(tmp_path, item(), second))
    assert "gold.jsonl:2" in str(error.value)


def test_not_json(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a"', encoding="utf-8")
    with pytest.raises(GoldError, match=r"gold\.jsonl:1: is not JSON"):
        load_gold(path)


def test_overlaps_are_refused(tmp_path):
    first = item(document="d", start=0, end=10)
    second = item(id="b", document="d", start=9, end=12)
    with pytest.raises(GoldError, match="'b' overlaps 'a'"):
        load_gold(write(tmp_path, first, second))


def test_offsets_must_hold_the_annotated_words(tmp_path):
    digest = hashlib.sha256(b"right").hexdigest()
    (sentence,) = load_gold(
        write(tmp_path, item(text=None, document="d", start=0, end=5, sha256=digest))
    )
    joined, missing = join_texts([sentence], {"d": "right here"})
    assert joined[0].text == "right"
    assert missing == []
    with pytest.raises(GoldError, match="sha256 differs"):
        join_texts([sentence], {"d": "wrong here"})
    assert join_texts([sentence], {}) == ([], ["a"])


def test_an_empty_class_is_named(tmp_path):
    path = write(tmp_path, item())
    with pytest.raises(GoldError, match="no sentence carries 'F7'"):
        require_classes(load_gold(path), ["Q1", "F7"], path)
