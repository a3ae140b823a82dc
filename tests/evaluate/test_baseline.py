"""Measured quality does not fall below the committed baseline beyond noise."""

from __future__ import annotations

import hashlib
import json

import pytest

from statement_nlp.evaluate.corpus import SENTENCES, load_corpus
from statement_nlp.evaluate.tags import evaluate_tags
from statement_nlp.tag.shipped import shipped_tagger


@pytest.fixture(scope="module")
def baseline(root):
    return json.loads((root / "benchmarks" / "baseline.json").read_text("utf-8"))


def test_the_baseline_is_of_this_gold_corpus(root, baseline):
    digest = hashlib.sha256((root / SENTENCES).read_bytes()).hexdigest()
    assert digest == baseline["gold_sha256"], "gold changed: measure again and commit the figures"


def test_written_scores_hold(root, baseline):
    corpus = load_corpus(root, data=None)
    written = [s for s in corpus.part("test") if s.kind == "written"]
    tagger, encode = shipped_tagger()
    scores = evaluate_tags(written, corpus.texts, tagger, encode).scores()
    floors = baseline["written_test"]
    for group, value in scores.macro.items():
        assert value >= floors[group] - baseline["noise"], group
    assert scores.calibration_error <= floors["calibration_error"] + baseline["noise"]


def test_no_document_is_in_two_parts(root):
    corpus = load_corpus(root, data=None)
    parts: dict[str, set[str]] = {}
    for sentence in corpus.sentences:
        if sentence.split != "duplicate":
            parts.setdefault(sentence.document, set()).add(sentence.split)
    assert all(len(found) == 1 for found in parts.values())
