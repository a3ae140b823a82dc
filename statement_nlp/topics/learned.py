"""Topics learned from a sample of the sentences, and how a user's wishes change them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.topics.labels import name_topics
from statement_nlp.topics.partition import Partition, partition
from statement_nlp.topics.space import Matrix
from statement_nlp.topics.steering import Steering, SteeringError
from statement_nlp.topics.words import words

Labels = NDArray[np.int64]

_SEEDED = 3
"""Sentences that must hold a seed word for a topic to be built on them."""


@attrs.define(eq=False)
class Learned:
    """Centres, the topic each belongs to, and the topics' names."""

    partition: Partition
    topic_of_centre: Labels
    names: list[str]
    speakers: Sequence[str] = ()
    """Names of those who speak: no label as such."""

    def assign(self, points: Matrix) -> tuple[Labels, Matrix]:
        """Return each point's topic and its probability, both of shape (points,)."""
        return self.partition.nearest(points, self.topic_of_centre)


def learn(
    texts: Sequence[str],
    points: Matrix,
    coordinates: Matrix,
    *,
    seed: int,
    asked: Steering,
    speakers: Sequence[str] = (),
) -> Learned:
    """Learn topics and apply what the user asked for.

    Args:
        texts: Sentences of the sample.
        points: Their unit coordinates, shape (sentences, components kept).
        coordinates: On all components, shape (sentences, components).
        seed: Of the clustering.
        asked: The user's topics file.
        speakers: Names of those who speak.

    Raises:
        SteeringError: a name is unknown, two things are asked of one topic, or seed words occur
            too rarely.
    """
    pinned = (
        np.stack([_seed_centre(s.words, s.label, texts, points, asked) for s in asked.seeds])
        if asked.seeds
        else None
    )
    found = partition(points, coordinates, seed=seed, topics=asked.topics, pinned=pinned)
    learned = Learned(found, np.arange(len(found.centres), dtype=np.int64), [], speakers)
    learned = _by_size(learned, points)
    _name(learned, texts, points)
    for index, each in enumerate(asked.seeds):
        # Seeded centres come last; sorting by size has moved their topics.
        centre = len(found.centres) - len(asked.seeds) + index
        learned.names[int(learned.topic_of_centre[centre])] = each.label
    if asked.merge or asked.split:
        _reshape(learned, texts, points, coordinates, seed=seed, asked=asked)
    renamed = dict(enumerate(learned.names))
    for old, new in asked.rename:
        renamed[asked.find(old, learned.names)] = new
    learned.names = list(renamed.values())
    return learned


def _seed_centre(
    seeds: tuple[str, ...], label: str, texts: Sequence[str], points: Matrix, asked: Steering
) -> Matrix:
    folded = [seed.casefold() for seed in seeds]
    held = [
        row
        for row, text in enumerate(texts)
        if any(seed in text.casefold() for seed in folded)
        # Whole words only, unless a seed is a phrase.
        and (
            set(folded) & set(words(text)) or any(" " in s and s in text.casefold() for s in folded)
        )
    ]
    if len(held) < _SEEDED:
        raise SteeringError(
            f"{asked.file}: seeds, '{label}': only {len(held)} sentences hold these words; "
            "give words that the statements use"
        )
    centre: Matrix = points[held].mean(axis=0)
    return centre


def _by_size(learned: Learned, points: Matrix) -> Learned:
    """Number topics from the largest to the smallest."""
    topic_of, _ = learned.assign(points)
    count = int(learned.topic_of_centre.max()) + 1
    order = np.argsort(-np.bincount(topic_of, minlength=count), kind="stable")
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(count)
    names = [learned.names[old] for old in order.tolist()] if learned.names else []
    return Learned(learned.partition, rank[learned.topic_of_centre], names, learned.speakers)


def _name(learned: Learned, texts: Sequence[str], points: Matrix) -> None:
    topic_of, _ = learned.assign(points)
    centres = middles(points, topic_of, int(learned.topic_of_centre.max()) + 1)
    learned.names = name_topics(texts, points, topic_of, centres, learned.speakers)


def middles(points: Matrix, topic_of: Labels, topics: int) -> Matrix:
    """Return the mean of each topic's points, shape (topics, components)."""
    sums = np.zeros((topics, points.shape[1]))
    np.add.at(sums, topic_of, points)
    sizes = np.bincount(topic_of, minlength=topics)[:, None]
    found: Matrix = sums / np.maximum(sizes, 1)
    return found


def _reshape(
    learned: Learned,
    texts: Sequence[str],
    points: Matrix,
    coordinates: Matrix,
    *,
    seed: int,
    asked: Steering,
) -> None:
    """Split, then merge; new parts are named anew, all else keeps its name."""
    before = list(learned.names)
    merged = [[asked.find(name, before) for name in group] for group in asked.merge]
    _refuse_twice(asked, merged, before)
    names: list[str | None] = list(before)
    topic_of, _ = learned.assign(points)
    for each in asked.split:
        topic = asked.find(each.topic, before)
        own = topic_of == topic
        parts = partition(points[own], coordinates[own], seed=seed, topics=each.into).centres
        kept = learned.topic_of_centre != topic
        numbers = [topic, *range(len(names), len(names) + len(parts) - 1)]
        names[topic] = None
        names.extend([None] * (len(parts) - 1))
        centres = np.vstack([learned.partition.centres[kept], parts])
        learned.partition = attrs.evolve(learned.partition, centres=centres)
        learned.topic_of_centre = np.r_[learned.topic_of_centre[kept], numbers]
    for first, *others in merged:
        learned.topic_of_centre[np.isin(learned.topic_of_centre, others)] = first
    used, learned.topic_of_centre = np.unique(learned.topic_of_centre, return_inverse=True)
    names = [names[topic] for topic in used.tolist()]
    _name(learned, texts, points)
    learned.names = [old or new for old, new in zip(names, learned.names, strict=True)]
    ordered = _by_size(learned, points)
    learned.topic_of_centre, learned.names = ordered.topic_of_centre, ordered.names


def _refuse_twice(asked: Steering, merged: Sequence[Sequence[int]], before: Sequence[str]) -> None:
    """Refuse a topic of which two things are asked: what one does to it the other cannot know."""
    split: set[int] = set()
    for each in asked.split:
        topic = asked.find(each.topic, before)
        if topic in split:
            raise asked.error(f"split: '{before[topic]}' stands there twice; name it once")
        split.add(topic)
    entry_of: dict[int, int] = {}
    for entry, group in enumerate(merged):
        for topic in group:
            name = before[topic]
            if topic in split:
                raise asked.error(f"'{name}' stands in split and in merge; ask for one of the two")
            first = entry_of.setdefault(topic, entry)
            if first != entry:
                one = ", ".join(before[t] for t in dict.fromkeys([*merged[first], *group]))
                raise asked.error(
                    f"merge: '{name}' stands in entries {first + 1} and {entry + 1}; "
                    f"write one entry [{one}] for one topic"
                )
