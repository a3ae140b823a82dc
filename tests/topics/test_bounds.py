"""What the topics stage holds at once, and that holding less changes no result."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from statement_nlp.engine.english import english
from statement_nlp.model import Delegation
from statement_nlp.topics import find_topics
from statement_nlp.topics.labels import name_topics
from statement_nlp.topics.over_time import shares
from statement_nlp.topics.profiles import profiles
from statement_nlp.topics.settings import settings
from statement_nlp.topics.speakers import Speakers, read
from statement_nlp.topics.words import clauses, empty_words, words


class Text(str):
    """A text that is counted as long as anyone holds it."""

    alive = 0
    most = 0

    def __init__(self, _text):
        Text.alive += 1
        Text.most = max(Text.most, Text.alive)

    def __del__(self):
        Text.alive -= 1


class OnDisk(Sequence):
    """Texts made anew whenever one is asked for; no slices."""

    def __init__(self, texts):
        self._texts = texts

    def __len__(self):
        return len(self._texts)

    def __getitem__(self, row):
        assert not isinstance(row, slice)
        return Text(self._texts[row])


class Tagger:
    """The tagger, which takes plain strings only."""

    def pipe(self, texts, **options):
        return english().pipe(map(str, texts), **options)


def told(spoken):
    result = find_topics(spoken, seed=7, by="year")
    rows = result.rows()
    table = pa.concat_tables(rows.pop("topic_assignments")).to_pydict()
    return rows, table, result.notes


def test_texts_are_held_for_the_sample_only(debate, monkeypatch):
    spoken = debate(120, tagged="wells")
    monkeypatch.setitem(settings("fit"), "most_sentences", 100)
    monkeypatch.setitem(settings("fit"), "most_of_one", 100)
    monkeypatch.setattr("statement_nlp.topics.nouns.english", Tagger)
    held = told(spoken)
    Text.alive = Text.most = 0
    assert told(attrs.evolve(spoken, texts=OnDisk(spoken.texts))) == held
    # The sample, and courtesies of at most as many; the last text read is another.
    assert 100 <= Text.most <= 210 < len(spoken) / 7
    assert Text.alive == 0


def test_speakers_stand_in_order_of_appearance(debate):
    spoken = debate(4)
    names = ["Silent", "Corvania", "Arvania", "Corvania"]
    statements = tuple(
        attrs.evolve(statement, delegation=Delegation(name, name))
        for statement, name in zip(spoken.statements, names, strict=True)
    )
    statement_of = np.array([2, 2, 1, 3], dtype=np.int32)
    few = attrs.evolve(spoken, statement_of=statement_of, statements=statements)
    speakers = Speakers.of(few)
    assert speakers.names == ("Arvania", "Corvania")
    assert list(speakers) == ["Arvania", "Arvania", "Corvania", "Corvania"]
    assert speakers[1:3] == ["Arvania", "Corvania"]


@pytest.mark.parametrize("rows", [[], [3], [0, 99], list(range(100)), list(range(1, 100, 2))])
def test_texts_are_read_in_order(rows):
    texts = [str(number) for number in range(100)]
    assert list(read(texts, np.array(rows, dtype=np.int64))) == [texts[row] for row in rows]


@example("The barn_door of the \u00e9cole_3rd, its roof-_beam and o'_clock.")
@given(st.one_of(st.text(alphabet="abz\u00e9_-'\u2019s .,3"), st.text()))
def test_words_are_those_of_the_clauses(text):
    low = [word.lower() for clause in clauses(text) for word in clause]
    assert words(text) == [
        word
        for word in low
        if len(word) > 2 and word not in empty_words() and not set(word) & set("'\u2019")
    ]


def test_profiles_do_not_depend_on_how_many_words_are_counted_at_a_time(monkeypatch):
    lines = {"Arvania": "goats graze on hills", "Belvor": "wheat grows in fields"}
    delegations = [name for _ in range(30) for name in (*lines, "Belvor")]
    texts = [lines[name] + f" {'in rain' * (row % 4)}" for row, name in enumerate(delegations)]
    found = profiles(texts, delegations, np.arange(90))
    assert {(row["term"], row["count"]) for row in found} >= {("goats", 30), ("wheat", 60)}
    monkeypatch.setattr("statement_nlp.topics.profiles._AT_ONCE", 7)
    assert profiles(texts, delegations, np.arange(90)) == found


def test_shares_are_those_of_all_draws_at_once():
    counts = np.random.default_rng(4).integers(0, 9, size=(30, 3))
    even = np.full(30, 1 / 30)
    drawn = np.random.Generator(np.random.PCG64(11)).multinomial(30, even, size=1000) @ counts
    bounds = np.quantile(drawn / drawn.sum(axis=1, keepdims=True), (0.025, 0.975), axis=0)
    np.testing.assert_allclose([s[1:] for s in shares(counts, 11)], bounds.T, rtol=1e-12)


def test_rare_phrases_that_share_a_place_change_no_label(monkeypatch):
    texts = [f"A district hospital in ward{n} lacks beds." for n in range(30)]
    texts += [f"A village school in ward{n} lacks books." for n in range(30)]
    topic_of = np.repeat([0, 1], 30)
    labels = name_topics(texts, np.eye(2)[topic_of], topic_of, np.eye(2))
    assert [label.lower() for label in labels] == ["district hospital", "village school"]
    monkeypatch.setattr("statement_nlp.topics.candidates._PLACES", 3)
    assert name_topics(texts, np.eye(2)[topic_of], topic_of, np.eye(2)) == labels
