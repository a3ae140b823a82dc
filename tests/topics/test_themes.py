"""What several delegations raise in sentences without a label."""

from __future__ import annotations

import attrs
import numpy as np
import pytest

from statement_nlp.model import Scheme
from statement_nlp.topics import find_topics
from statement_nlp.topics.settings import settings

# Invented sentences: one subject nobody asked about, and remarks on no one subject.
FAMINE = [
    "A famine spreads quietly behind the {a} hills.",
    "Nobody at home has forgotten the famine of that {a} spring.",
    "Before the next famine we should have filled our {a} barns.",
]
REMARKS = [
    "Permit me a {a} word before I close.",
    "That much is plain to every {a} listener.",
    "Others have put it with more {a} grace.",
    "So it stands, and so it will stand in a {a} season.",
]
FILL = ["northern", "eastern", "older", "smaller", "distant", "upper", "wooden"]


def beyond(debate, raised_by: int):
    """Build a debate all of whose subjects were asked, but for a sentence in each statement."""
    spoken = debate(80, courtesies=False)
    rng = np.random.default_rng(5)
    middle = rng.normal(size=32)
    texts, vectors = list(spoken.texts), np.array(spoken.vectors)
    flags = np.ones((len(spoken), 1), dtype=np.bool_)
    starts = np.flatnonzero(np.r_[True, spoken.statement_of[1:] != spoken.statement_of[:-1]])
    for number, row in enumerate(starts.tolist()):
        fill = FILL[number % len(FILL)]
        # Fifteen delegations speak in turn; the first ``raised_by`` of them raise the subject.
        if number < raised_by:
            texts[row] = FAMINE[number % len(FAMINE)].format(a=fill)
            # It stands beside an asked subject, so no topic of its own comes of it.
            vectors[row] = 0.6 * vectors[row] + middle
        else:
            texts[row] = REMARKS[number % len(REMARKS)].format(a=fill)
        flags[row] = False
    return attrs.evolve(
        spoken,
        texts=texts,
        vectors=vectors.astype(np.float16),
        assigned={Scheme.QUESTIONS: flags},
        labels={Scheme.QUESTIONS: ("asked",)},
    )


def test_a_subject_of_few_sentences_is_listed_as_not_asked(debate):
    spoken = beyond(debate, 8)
    result = find_topics(spoken, seed=7, by="year")
    (theme,) = [topic for topic in result.topics if topic.outside_framework]
    assert theme.label == "Famine"
    assert theme.terms[0] == "famine"
    assert (theme.size, theme.delegations, len(theme.quotes)) == (8, 8, 3)
    rows = np.flatnonzero(result.topic_of == theme.topic_id)
    assert all("famine" in spoken.texts[row] for row in rows)
    assert {spoken.row_of[quote] for quote in theme.quotes} <= set(rows.tolist())
    assert result.record["themes"] == 1
    # Each sentence has one topic: the sizes add up.
    assert sum(topic.size for topic in result.topics) == len(spoken)


def test_what_few_delegations_raise_is_not_listed(debate):
    assert find_topics(beyond(debate, 2), seed=7).record["themes"] == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_themes_do_not_depend_on_the_seed(debate, seed):
    spoken = beyond(debate, 8)
    found = [t for t in find_topics(spoken, seed=seed).topics if t.outside_framework]
    assert [(topic.label, topic.size) for topic in found] == [("Famine", 8)]


def test_without_a_framework_there_are_no_themes(debate):
    spoken = attrs.evolve(beyond(debate, 8), assigned={}, labels={})
    assert find_topics(spoken, seed=7).record["themes"] == 0


def test_what_is_said_outside_the_sample_belongs_to_its_theme_too(debate, monkeypatch):
    spoken = beyond(debate, 40)
    whole = find_topics(spoken, seed=7)
    monkeypatch.setitem(settings("fit"), "most_sentences", len(spoken) // 2)
    monkeypatch.setitem(settings("fit"), "chunk_rows", 16)
    drawn = find_topics(spoken, seed=7)
    assert drawn.record["learned_from"] < whole.record["learned_from"]
    for result in (whole, drawn):
        (theme,) = [topic for topic in result.topics if topic.outside_framework]
        assert theme.terms[0] == "famine"
        assert theme.size == 40
        rows = np.flatnonzero(result.topic_of == theme.topic_id)
        assert all("famine" in spoken.texts[row] for row in rows)
        assert sum(topic.size for topic in result.topics) == len(spoken)
