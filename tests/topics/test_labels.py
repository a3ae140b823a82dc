"""What topics are called."""

from __future__ import annotations

import numpy as np

from statement_nlp.topics.labels import name_topics

NAMED = [
    "The wells of Upper Morwen were mined in the war.",
    "Our engineers went to Upper Morwen last spring.",
    "In Upper Morwen children walk past ruins.",
]
OTHERS = [
    "Families fetch water at night.",
    "The summer was dry, and the herds were thin.",
    "Two villages share one pump.",
    "Repairs of pipes take a week.",
    "Nobody dares to fetch it alone.",
    "Herds need water in a dry summer.",
    "The pump stands behind the school.",
    "Pipes were laid before the war.",
    "Without it nobody stays.",
]
MONEY = [f"Donors should give more money for year {number}." for number in range(2000, 2024)]


def _label(others: int, *speakers: str) -> str:
    texts = [*NAMED, *(OTHERS * 3)[:others], *MONEY]
    topic_of = np.repeat([0, 1], [len(NAMED) + others, len(MONEY)])
    points = np.where(topic_of[:, None] == 0, [1.0, 0.0], [0.0, 1.0])
    return name_topics(texts, points, topic_of, np.eye(2), speakers)[0]


def test_a_name_that_is_no_speakers_may_be_the_label():
    assert _label(20, "Arvania") == "Upper Morwen"


def test_a_speakers_name_is_no_label_where_few_sentences_hold_it():
    assert "Morwen" not in _label(20, "Republic of Upper Morwen", "Arvania")


def test_a_speakers_name_is_the_label_where_much_of_the_topic_speaks_of_it():
    assert _label(3, "Republic of Upper Morwen") == _label(3, "Arvania") == "Upper Morwen"
