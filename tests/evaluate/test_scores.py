"""Scores against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statement_nlp.evaluate.agreement import alpha, label_f1, masi
from statement_nlp.evaluate.scores import calibration_error, score

A, B, AB, NONE = frozenset("a"), frozenset("b"), frozenset("ab"), frozenset()


def test_masi_by_hand():
    assert masi(A, A) == 0
    assert masi(A, B) == 1
    assert masi(A, AB) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi(frozenset("abc"), frozenset("bcd")) == pytest.approx(1 - 2 / 4 * 1 / 3)
    assert masi(A, NONE) == 1


label_sets = st.lists(st.frozensets(st.sampled_from("abc")), min_size=1, max_size=12)


@given(label_sets)
def test_perfect_agreement_is_one(reading):
    assert alpha(reading, reading) == 1


@given(label_sets, st.randoms())
def test_alpha_is_symmetric_and_at_most_one(reading, random):
    other = reading[:]
    random.shuffle(other)
    assert alpha(reading, other) == pytest.approx(alpha(other, reading))
    assert alpha(reading, other) <= 1


def test_alpha_of_a_known_case():
    # Three units, one disagreement: observed 1/3; values a, a, b, b, a, b give expected 3/5.
    assert alpha([A, B, A], [A, B, B]) == pytest.approx(1 - (1 / 3) / (3 / 5))


def test_label_f1():
    assert label_f1([A, AB, NONE], [A, B, NONE], "a") == pytest.approx(2 / 3)
    assert label_f1([NONE], [NONE], "a") is None


def test_score_by_hand():
    truth = np.array([[1], [1], [0], [0], [1]], dtype=bool)
    found = np.array([[1], [0], [1], [0], [1]], dtype=bool)
    probabilities = found.astype(np.float32)
    result = score(["F1"], found, probabilities, truth, ["d", "d", "e", "e", "f"])
    (label,) = result.labels
    assert (label.precision, label.recall, label.f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert label.support == 3
    assert label.low <= label.f1 <= label.high
    assert result.macro["factors"] == pytest.approx(2 / 3)


def test_calibration_error_by_hand():
    probabilities = np.array([0.25, 0.25, 0.75, 0.75], dtype=np.float32)
    truth = np.array([0, 1, 1, 1], dtype=bool)
    assert calibration_error(probabilities, truth) == pytest.approx(0.25)
    assert calibration_error(truth.astype(np.float32), truth) == 0
