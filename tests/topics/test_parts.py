from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statement_nlp.topics import courtesy
from statement_nlp.topics.describe import terms
from statement_nlp.topics.over_time import by_year, wilson
from statement_nlp.topics.profiles import keyness, profiles
from statement_nlp.topics.space import Space, plane
from statement_nlp.topics.words import phrases, words


@pytest.mark.parametrize(
    "text",
    [
        "I thank the Minister for her briefing.",
        "Allow me to congratulate you, Madam President, on assuming the presidency.",
        "We welcome the new members of the Council and wish them success.",
        "Thank you, Mr. President.",
        "Excellencies, ladies and gentlemen,",
    ],
)
def test_courtesies(text):
    assert courtesy.kind_of(text, opening=True, closing=False) == courtesy.COURTESY


@pytest.mark.parametrize(
    "text",
    [
        "I now give the floor to the representative of Arvania.",
        "Arvania aligns itself with the statement delivered on behalf of the Group.",
        "In that regard, I would like to make three points.",
    ],
)
def test_procedure(text):
    assert courtesy.kind_of(text, opening=False, closing=False) == courtesy.PROCEDURE


@pytest.mark.parametrize(
    "text",
    [
        "We thank Belvor, which paid for sixty deminers during the hardest months.",
        "The wells were repaired thanks to the engineers of three villages.",
        "We commend the deminers who cleared the road to the hospital.",
        "Women must have a seat at every table where peace is made.",
        "The President of the court was dismissed in March.",
    ],
)
def test_content_is_no_courtesy(text):
    assert courtesy.kind_of(text, opening=True, closing=True) == courtesy.CONTENT


@settings(deadline=None)
@given(st.text(max_size=200))
def test_phrases_stand_in_the_text(text):
    for phrase in phrases(text, 4):
        assert 1 <= len(phrase) <= 4
        position = 0
        for word in phrase:
            position = text.find(word, position)
            assert position >= 0
    assert all(word == word.lower() for word in words(text))


def test_phrases_end_in_words_that_mean_something():
    found = {" ".join(p) for p in phrases("The protection of civilians, and of hospitals", 4)}
    assert found == {"protection", "protection of civilians", "civilians", "hospitals"}


@pytest.mark.parametrize(
    ("texts", "expected"), [(["the floor"] * 4, ("floor",)), (["of the", "and so"], ())]
)
def test_terms_of_hardly_any_words(texts, expected):
    assert terms(texts, np.zeros(len(texts), dtype=np.int64), 1) == [expected]


def test_keyness_follows_the_published_formula():
    # Worked by hand: own 10 of 20, all 20 of 200, prior 200 spread as the corpus is.
    own, everywhere = np.array([10, 10]), np.array([20, 180])
    score = keyness(own, everywhere, 200)[0]
    delta = np.log(30 / (20 + 200 - 30)) - np.log(30 / (180 + 200 - 30))
    assert score == pytest.approx(delta / np.sqrt(1 / 30 + 1 / 30))


def test_a_profile_names_what_is_said_more():
    texts = ["goats graze on hills"] * 60 + ["wheat grows in fields"] * 60
    found = profiles(texts, ["Arvania"] * 60 + ["Belvor"] * 60, np.arange(120))
    assert {row["term"] for row in found if row["delegation"] == "Arvania"} <= {
        "goats", "graze", "hills",
    }  # fmt: skip
    ranks = [row["rank"] for row in found if row["delegation"] == "Belvor"]
    assert ranks == list(range(1, len(ranks) + 1))
    assert ranks


def test_a_profile_leaves_out_the_delegation_itself():
    texts = ["Arvania counts goats"] * 8 + ["wheat grows in fields"] * 8
    found = profiles(texts, ["Arvania"] * 8 + ["Belvor"] * 8, np.arange(16))
    assert "arvania" not in {row["term"] for row in found}


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(1, 50))
def test_wilson_holds_the_share(hits, count):
    hits = min(hits, count)
    low, high = wilson(hits, count, 0.95)
    assert 0 <= low <= hits / count + 1e-12
    assert hits / count - 1e-12 <= high <= 1


def test_wilson_known_value():
    assert wilson(5, 10, 0.95) == pytest.approx((0.2366, 0.7634), abs=1e-4)


def test_statements_with_no_date_are_counted():
    rows, undated = by_year(np.array([0, 1, 0]), np.array([0, 0, 1]), ["2001-01-01", None], 2, 1)
    assert undated == 1
    assert [(row["period"], row["share"]) for row in rows] == [("2001", 0.5), ("2001", 0.5)]


@settings(deadline=None)
@given(st.integers(0, 12))
def test_the_map_lies_within_its_bounds(topics):
    centres = np.random.default_rng(topics).normal(size=(topics, 5))
    places = plane(centres)
    assert places.shape == (topics, 2)
    assert np.abs(places).max(initial=0) <= 1


def test_the_space_does_not_depend_on_order():
    vectors = np.random.default_rng(3).normal(size=(60, 8))
    one = Space.fit(vectors, 4, 3).project(vectors)
    other = Space.fit(vectors[::-1], 4, 3).project(vectors)
    np.testing.assert_allclose(one, other, atol=1e-9)


_CODE = """
import hashlib
from tests.topics.conftest import make_spoken
from statement_nlp.topics import find_topics
rows = find_topics(make_spoken(60), seed=5, by="year").rows()
told = [rows[t] for t in ("topics", "profiles", "topics_over_time")]
told += [part.to_pydict() for part in rows["topic_assignments"]]
print(hashlib.sha256(repr(told).encode()).hexdigest())
"""


def test_same_bytes_on_one_and_two_threads(root):
    found = set()
    for threads in ("1", "2"):
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        import os

        environment = os.environ | dict.fromkeys(names, threads)
        run = subprocess.run(
            [sys.executable, "-c", _CODE],
            check=True, capture_output=True, text=True, env=environment, cwd=root,
        )  # fmt: skip
        found.add(run.stdout.strip())
    assert len(found) == 1
