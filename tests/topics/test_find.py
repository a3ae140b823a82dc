from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs
import numpy as np
import pyarrow as pa
import pytest

from statement_nlp.corpus.tables import SCHEMAS
from statement_nlp.topics import find_topics
from statement_nlp.topics.settings import settings


def assignments(result):
    """Return the table of assignments in one piece."""
    none = SCHEMAS["topic_assignments"].empty_table()
    return pa.concat_tables([none, *result.rows()["topic_assignments"]])


@pytest.fixture(scope="module")
def found(debate):
    spoken = debate(40, tagged="wells")
    return spoken, find_topics(spoken, seed=7, by="year")


def subject(text: str) -> str:
    for name, word in (("b", "boat"), ("t", "school"), ("w", "wells"), ("o", "orchards")):
        if word in text.lower():
            return name
    return "courtesy"


def test_tables_keep_the_contract(found):
    _, result = found
    rows = result.rows()
    for table in ("topics", "profiles", "topics_over_time"):
        for row in rows[table]:
            assert list(row) == SCHEMAS[table].names[: len(row)]
            assert set(row) == set(SCHEMAS[table].names)
    assert assignments(result).schema == SCHEMAS["topic_assignments"]


def test_each_topic_speaks_of_one_subject(found):
    spoken, result = found
    for topic in result.topics:
        rows = np.flatnonzero(result.topic_of == topic.topic_id)
        subjects = Counter(subject(spoken.texts[row]) for row in rows)
        assert subjects.most_common(1)[0][1] >= 0.9 * len(rows)


def test_courtesies_are_set_apart(found):
    spoken, result = found
    kinds = {t.topic_id: t.boilerplate for t in result.topics}
    for row, text in enumerate(spoken.texts):
        assert kinds[result.topic_of[row]] == (subject(text) == "courtesy")
    ids = [topic.topic_id for topic in result.topics]
    assert ids == list(range(len(ids)))
    assert [t.boilerplate for t in result.topics] == sorted(t.boilerplate for t in result.topics)


def test_labels_are_words_of_the_texts_and_differ(found):
    spoken, result = found
    text = "\n".join(spoken.texts).lower()
    labels = [topic.label for topic in result.topics if not topic.boilerplate]
    assert len(set(labels)) == len(labels)
    for label in labels:
        assert label.lower() in text


def test_quotes_are_sentences_of_their_topic(found):
    spoken, result = found
    for topic in result.topics:
        assert len(topic.quotes) == 3
        for quote in topic.quotes:
            assert result.topic_of[spoken.row_of[quote]] == topic.topic_id


def test_what_was_asked_is_inside_the_framework(found):
    spoken, result = found
    for topic in result.topics:
        if topic.boilerplate:
            continue
        rows = np.flatnonzero(result.topic_of == topic.topic_id)
        wells = np.mean([subject(spoken.texts[row]) == "w" for row in rows])
        assert topic.outside_framework == (wells < 0.5)


def test_without_a_framework_nothing_lies_outside_it(debate):
    result = find_topics(debate(20), seed=7)
    assert not any(topic.outside_framework for topic in result.topics)


def test_same_seed_same_result(debate):
    spoken = debate(25)
    first, second = (find_topics(spoken, seed=3, by="year") for _ in range(2))
    assert first.rows()["topics"] == second.rows()["topics"]
    assert first.rows()["topics_over_time"] == second.rows()["topics_over_time"]
    assert assignments(first).equals(assignments(second))


class Unheld(Sequence):
    """Texts that are made when asked for, one by one, as those on disk are."""

    def __init__(self, texts):
        self._texts = texts

    def __len__(self):
        return len(self._texts)

    def __getitem__(self, row):
        assert isinstance(row, int | np.integer), "no more than one is looked up at a time"
        return self._texts[row]


def test_a_corpus_beyond_the_limit_is_learned_from_drawn_statements(debate, monkeypatch):
    whole = debate(40, tagged="wells")
    spoken = attrs.evolve(whole, texts=Unheld(whole.texts), passage_ids=Unheld(whole.passage_ids))
    monkeypatch.setitem(settings("fit"), "most_sentences", 150)
    result = find_topics(spoken, seed=7)
    assert 150 <= result.record["learned_from"] < 200
    assert any("told from" in note and "drawn by lot" in note for note in result.notes)
    assert assignments(result).num_rows == len(spoken)
    assert sum(topic.size for topic in result.topics) == len(spoken)
    for topic in result.topics:
        assert topic.size == int((result.topic_of == topic.topic_id).sum())


def test_below_the_limit_nothing_is_said_of_drawing(debate):
    assert not any(
        "drawn" in note for note in find_topics(debate(40, tagged="wells"), seed=7).notes
    )


def test_few_statements_are_noted(debate):
    assert "fewer than 20 statements" in find_topics(debate(8), seed=1).notes[0]
    assert find_topics(debate(20), seed=1).notes == ()


@pytest.mark.parametrize("statements", [0, 1, 2, 5])
def test_small_inputs_do_not_fail(debate, statements):
    spoken = debate(statements)
    result = find_topics(spoken, seed=1, by="year")
    assert assignments(result).num_rows == len(spoken)


def test_only_courtesies(debate):
    spoken = debate(3)
    rows = [row for row, text in enumerate(spoken.texts) if subject(text) == "courtesy"]
    import attrs

    only = attrs.evolve(
        spoken,
        passage_ids=[spoken.passage_ids[r] for r in rows],
        texts=[spoken.texts[r] for r in rows],
        vectors=spoken.vectors[rows],
        statement_of=spoken.statement_of[rows],
        starts=spoken.starts[rows],
    )
    result = find_topics(only, seed=1)
    assert [topic.boilerplate for topic in result.topics] == [True]
    assert result.record["left_out"] == 0


def test_years_share_out_to_one(found):
    _, result = found
    rows = result.rows()["topics_over_time"]
    for year in ("2000", "2001", "2002"):
        assert sum(r["share"] for r in rows if r["period"] == year) == pytest.approx(1, abs=1e-4)
    for row in rows:
        assert 0 <= row["low"] <= row["share"] <= row["high"] <= 1


def test_unknown_period_is_refused(debate):
    with pytest.raises(ValueError, match="year"):
        find_topics(debate(2), seed=1, by="decade")


def test_no_topic_is_a_catch_all(found):
    _, result = found
    sizes = [topic.size for topic in result.topics if not topic.boilerplate]
    assert max(sizes) <= 0.4 * sum(sizes)


def test_umap_is_not_loaded(debate):
    import subprocess
    import sys

    code = (
        "import sys; from statement_nlp.topics import find;"
        "from statement_nlp.topics.words import class_tfidf; class_tfidf();"
        "assert not {'umap', 'numba', 'hdbscan', 'bertopic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
