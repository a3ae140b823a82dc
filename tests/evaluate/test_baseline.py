"""Measured quality does not fall below the committed baseline beyond noise."""

from __future__ import annotations

import hashlib
import json

import pytest

from statement_nlp.engine import quiet
from statement_nlp.evaluate.corpus import SENTENCES, load_corpus
from statement_nlp.evaluate.measure import measure


@pytest.fixture(scope="module")
def baseline(root):
    return json.loads((root / "benchmarks" / "baseline.json").read_text("utf-8"))


def test_the_baseline_is_of_this_gold_corpus(root, baseline):
    digest = hashlib.sha256((root / SENTENCES).read_bytes()).hexdigest()
    assert digest == baseline["gold_sha256"], "gold changed: measure again and commit the figures"


@pytest.fixture(scope="module")
def written(root):
    """The shipped models on the written sentences of the test part, which are always at hand."""
    corpus = load_corpus(root, data=None)
    sentences = [s for s in corpus.part("test") if s.kind == "written"]
    return measure(corpus, sentences, root, quiet)


def test_tags_of_written_sentences_hold(written, baseline):
    scores = written.tags["all"]
    floors = baseline["written_test"]
    for group, value in scores.macro.items():
        assert value >= floors[group] - baseline["noise"], group
    assert scores.calibration_error <= floors["calibration_error"] + baseline["noise"]


def test_acts_of_written_sentences_hold(written, baseline):
    for act, floor in baseline["written_test_acts"].items():
        assert written.acts["all"][act]["f1"] >= floor - baseline["noise"], act


def test_key_points_hold(written, baseline):
    assert written.key_points["test"].f1 >= baseline["test_key_points"] - baseline["noise"]


def test_no_document_is_in_two_parts(root):
    corpus = load_corpus(root, data=None)
    parts: dict[str, set[str]] = {}
    for sentence in corpus.sentences:
        if sentence.split != "duplicate":
            parts.setdefault(sentence.document, set()).add(sentence.split)
    assert all(len(found) == 1 for found in parts.values())
