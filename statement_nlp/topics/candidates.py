"""Phrases of the texts that may name a topic, and how well each stands for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from zlib import crc32

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.topics.settings import load, settings
from statement_nlp.topics.space import Matrix, unit
from statement_nlp.topics.words import empty_words, one_form, phrases, words

Labels = NDArray[np.int64]

_PLACES = 1 << 21
"""Places that phrases are counted at; more would keep fewer rare ones, and take more memory."""


@attrs.frozen
class Candidate:
    """A phrase that stands in several sentences of a topic."""

    key: str
    """In lower case."""
    written: str
    rows: tuple[int, ...]
    """Some sentences of the topic that hold it."""
    score: float
    sentences: int
    """Sentences of the topic that hold it."""

    @property
    def words(self) -> int:
        """Number of words."""
        return self.key.count(" ") + 1


@attrs.frozen(eq=False)
class _Held:
    """Which sentences hold each phrase and each word form."""

    phrases: dict[str, list[int]]
    spelled: dict[str, Counter[str]]
    forms: dict[str, list[int]]


def candidates(
    texts: Sequence[str],
    points: Matrix,
    topic_of: Labels,
    centres: Matrix,
) -> list[list[Candidate]]:
    """Return the candidates of each topic, best first.

    A phrase is worth the more,

    - the more its words stand in the topic's sentences and the less in others, together or apart:
      a phrase of words that mark the topic names it even where the phrase itself is rare;
    - the more of the topic's sentences hold it as a phrase, and the fewer others do;
    - the nearer the mean of the sentences that hold it is to the topic's centre (KeyBERT's
      measure, Grootendorst 2020, with sentences standing for the phrase's own vector).

    Args:
        texts: Sentences the topics were learned from.
        points: Their coordinates, shape (sentences, components).
        topic_of: Their topics, shape (sentences,).
        centres: Shape (topics, components).
    """
    rule = settings("describe")
    support = min(rule["label_support"])
    held = _held(texts, rule["label_words"][1], support)
    count = len(centres)
    sizes = np.bincount(topic_of, minlength=count)
    least = np.maximum(support, rule["label_share"] * sizes)
    strength = _strength(held.forms, topic_of, np.maximum(sizes, 1), rule["label_cover"])
    directions = unit(centres)
    found: list[list[Candidate]] = [[] for _ in range(count)]
    for key, rows in held.phrases.items():
        if len(rows) < support:
            continue
        inside = np.bincount(topic_of[rows], minlength=count)
        topics = np.flatnonzero(inside >= least)
        own = [strength[form] for form in _own(key) if form in strength]
        if not len(topics) or not own:
            continue
        covered = _covered(key, held, topic_of, count) >= rule["label_covers"] * sizes
        likeness = directions @ unit(points[rows].mean(axis=0)[None])[0]
        score = (
            np.mean(own, axis=0)
            * (inside / np.maximum(sizes, 1)) ** rule["label_together"]
            * (inside / len(rows))
            * np.maximum(likeness, 0.0)
        )
        written = _written(held.spelled[key])
        for topic in topics[covered[topics]].tolist():
            places = tuple(row for row in rows if topic_of[row] == topic)[:3]
            worth = round(float(score[topic]), 9)
            found[topic].append(Candidate(key, written, places, worth, int(inside[topic])))
    ranked = [sorted(each, key=lambda c: (-c.score, c.key)) for each in found]
    return [_whole(each, held, rule["label_longer"]) for each in ranked]


def _held(texts: Sequence[str], longest: int, support: int) -> _Held:
    found = _Held(defaultdict(list), defaultdict(Counter), defaultdict(list))
    usual = _usual(texts, longest, support)
    for row, text in enumerate(texts):
        for form in {one_form(word) for word in words(text)}:
            found.forms[form].append(row)
        for phrase in dict.fromkeys(phrases(text, longest)):
            written = " ".join(phrase)
            key = written.lower()
            if not usual[crc32(key.encode()) % _PLACES] or not _may_name(key):
                continue
            if not found.phrases[key] or found.phrases[key][-1] != row:
                found.phrases[key].append(row)
            found.spelled[key][written] += 1
    return found


def _usual(texts: Sequence[str], longest: int, support: int) -> NDArray[np.bool_]:
    """Return at the place of each phrase whether it may stand in ``support`` sentences.

    Most phrases stand in one sentence only, and a list for each would take hundreds of megabytes.
    Phrases that share a place are counted together: a few too many are kept, none too few.
    """
    counts = np.zeros(_PLACES, dtype=np.int32)
    for text in texts:
        keys = {" ".join(phrase).lower() for phrase in phrases(text, longest)}
        counts[list({crc32(key.encode()) % _PLACES for key in keys})] += 1
    return counts >= support


def _may_name(key: str) -> bool:
    """Return whether no word of the phrase is a measure, and the first no mere link."""
    data = load("words")
    parts = key.split()
    return parts[0] not in data["links"].split() and not set(parts) & set(data["units"].split())


def _own(key: str) -> list[str]:
    """Return the forms of the words that carry a topic by themselves."""
    empty = empty_words()
    return [one_form(word) for word in key.split() if word not in empty]


def _covered(key: str, held: _Held, topic_of: Labels, count: int) -> Labels:
    """Return how many sentences of each topic hold any word of the phrase."""
    rows = sorted({row for form in _own(key) for row in held.forms.get(form, ())})
    return np.bincount(topic_of[rows], minlength=count)


def _strength(
    forms: dict[str, list[int]], topic_of: Labels, sizes: Labels, cover: float
) -> dict[str, NDArray[np.float64]]:
    """Return how much each word form marks each topic: its reach there, its share there."""
    found = {}
    for form, rows in forms.items():
        if len(rows) > 1:
            inside = np.bincount(topic_of[rows], minlength=len(sizes))
            found[form] = (inside / sizes) ** cover * (inside / len(rows))
    return found


def _whole(ranked: list[Candidate], held: _Held, share: float) -> list[Candidate]:
    """Put the longer phrase for one that mostly stands inside it ("Court of Justice")."""
    # Only candidates' own sentences are searched: a longer phrase holds the shorter one's words.
    found: dict[str, Candidate] = {}
    by_word: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in ranked:
        for word in set(candidate.key.split()):
            by_word[word].append(candidate)
    for candidate in ranked:
        needed = share * len(held.phrases[candidate.key])
        longer = [
            other
            for other in by_word[candidate.key.split()[0]]
            if f" {candidate.key} " in f" {other.key} " and len(held.phrases[other.key]) >= needed
        ]
        best = max(longer, key=lambda c: (len(c.key), c.key))
        found.setdefault(best.key, attrs.evolve(best, score=candidate.score))
    return list(found.values())


def _written(spelled: Counter[str]) -> str:
    """Return the commonest spelling; of equally common ones the one with fewer capitals."""
    return min(spelled, key=lambda form: (-spelled[form], sum(map(str.isupper, form)), form))
