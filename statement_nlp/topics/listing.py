"""Topics as they are listed: label, terms, reach, central sentences, place on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus.spoken import Spoken
from statement_nlp.topics import courtesy, describe
from statement_nlp.topics.learned import Learned, middles
from statement_nlp.topics.result import NO_TOPIC, MappedTopic
from statement_nlp.topics.settings import settings
from statement_nlp.topics.space import Matrix, Space, plane, unit
from statement_nlp.topics.themes import Theme
from statement_nlp.topics.words import words as content_words


@attrs.define(eq=False)
class Found:
    """What is known of each passage; arrays have one row per passage.

    Topics are numbered in this order: those learned, themes beyond the framework, courtesies.
    """

    kinds: NDArray[np.int8]
    rows: NDArray[np.int64]
    """Passages that get a topic."""
    sample: NDArray[np.int64]
    """Passages the topics were learned from."""
    topic_of: NDArray[np.int64]
    probability: NDArray[np.float64]
    count: int = 0
    """Topics learned."""
    themes: tuple[Theme, ...] = ()
    boilerplate: tuple[int, ...] = ()
    """Kinds of courtesies that occur, in the order of their topics."""

    @property
    def content(self) -> int:
        """Topics of content: learned ones and themes."""
        return self.count + len(self.themes)

    @property
    def topics(self) -> int:
        """All topics."""
        return self.content + len(self.boilerplate)

    def add_themes(self, themes: Sequence[Theme]) -> None:
        """Move the themes' sentences out of the topics they stand in."""
        self.themes = tuple(themes)
        for number, theme in enumerate(themes, start=self.count):
            rows = list(theme.rows)
            self.topic_of[rows] = number
            self.probability[rows] = np.clip(theme.nearness, 0.0, 1.0)

    def add_courtesies(self) -> None:
        """Number the kinds of courtesies after all other topics."""
        told = (courtesy.COURTESY, courtesy.PROCEDURE)
        self.boilerplate = tuple(kind for kind in told if (self.kinds == kind).any())
        for number, kind in enumerate(self.boilerplate, start=self.content):
            self.topic_of[self.kinds == kind] = number
            self.probability[self.kinds == kind] = 1.0

    def raised_by(self, number: int, spoken: Spoken) -> int:
        """Return how many delegations speak of a topic."""
        statements = np.unique(spoken.statement_of[self.topic_of == number]).tolist()
        return len({spoken.statements[index].delegation.name for index in statements})


def list_topics(
    spoken: Spoken,
    found: Found,
    learned: Learned,
    space: Space,
    points: Matrix,
    texts: Sequence[str],
    outside: Sequence[bool],
) -> tuple[MappedTopic, ...]:
    """Return all topics in the order of their numbers.

    Args:
        spoken: All passages.
        found: The topic of each.
        learned: Names of the topics learned.
        space: Where they were learned.
        points: Coordinates of the sample's sentences, shape (sentences, components).
        texts: The sample's sentences.
        outside: Whether each topic lies outside the framework.
    """
    sampled = found.topic_of[found.sample]
    # Themes outside the sample have no part in the words of the others.
    own = np.flatnonzero(sampled != NO_TOPIC)
    words = describe.terms([texts[row] for row in own.tolist()], sampled[own], found.content)
    kept = np.flatnonzero((sampled >= 0) & (sampled < found.count))
    centres = middles(points[kept], sampled[kept], found.count)
    quoted = describe.central(
        texts, points, sampled, centres, spoken.statement_of[found.sample], words
    )
    places = plane(np.vstack([centres, *_theme_centres(spoken, found, space)]))
    formal = [
        courtesy.is_remarks(learned.names[number])
        or courtesy.is_courtesy([texts[row] for row in np.flatnonzero(sampled == number).tolist()])
        for number in range(found.count)
    ]
    topics = [
        MappedTopic(
            topic_id=number,
            label=learned.names[number],
            terms=words[number],
            size=int((found.topic_of == number).sum()),
            delegations=found.raised_by(number, spoken),
            quotes=tuple(spoken.passage_ids[int(found.sample[row])] for row in quoted[number]),
            outside_framework=outside[number] and not formal[number],
            boilerplate=formal[number],
            x=float(places[number, 0]),
            y=float(places[number, 1]),
        )
        for number in range(found.count)
    ]
    for number, theme in enumerate(found.themes, start=found.count):
        further = [word for word in words[number] if word in _shared(spoken, theme)]
        topics.append(
            MappedTopic(
                topic_id=number,
                label=theme.label,
                terms=tuple(dict.fromkeys([*theme.terms, *further]))[
                    : settings("describe")["terms"]
                ],
                size=len(theme.rows),
                delegations=found.raised_by(number, spoken),
                quotes=_theme_quotes(spoken, theme),
                outside_framework=True,
                boilerplate=False,
                x=float(places[number, 0]),
                y=float(places[number, 1]),
            )
        )
    return (*topics, *list_courtesies(spoken, found))


def _spread(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows, or as many as are read of one subject, evenly spread."""
    return rows[:: -(-len(rows) // settings("fit")["most_of_one"])]


def _theme_centres(spoken: Spoken, found: Found, space: Space) -> list[Matrix]:
    return [
        space.project(spoken.vectors[_spread(np.array(theme.rows))]).mean(axis=0)[None]
        for theme in found.themes
    ]


def _shared(spoken: Spoken, theme: Theme) -> set[str]:
    """Return the words that stand in several of a theme's sentences."""
    some = _spread(np.array(theme.rows)).tolist()
    held = Counter(word for row in some for word in set(content_words(spoken.texts[row])))
    return {word for word, count in held.items() if count > 1}


def _theme_quotes(spoken: Spoken, theme: Theme) -> tuple[str, ...]:
    """Return the passage ids of a theme's central sentences, as those of a topic."""
    rows = _spread(np.array(theme.rows))
    quoted = describe.central(
        [spoken.texts[row] for row in rows.tolist()],
        unit(spoken.vectors[rows]),
        np.zeros(len(rows), dtype=np.int64),
        theme.centre[None],
        spoken.statement_of[rows],
        [theme.terms],
    )[0]
    return tuple(spoken.passage_ids[rows[row]] for row in quoted)


def list_courtesies(spoken: Spoken, found: Found) -> tuple[MappedTopic, ...]:
    """Return the topics of courtesies; they have no place on the map of content."""
    topics = []
    for number, kind in enumerate(found.boilerplate, start=found.content):
        rows = np.flatnonzero(found.topic_of == number)
        texts = [spoken.texts[row] for row in _spread(rows).tolist()]
        quoted = rows[: settings("describe")["quotes"]].tolist()
        topics.append(
            MappedTopic(
                topic_id=number,
                label=courtesy.label_of(kind),
                terms=describe.terms(texts, np.zeros(len(texts), dtype=np.int64), 1)[0],
                size=len(rows),
                delegations=found.raised_by(number, spoken),
                quotes=tuple(spoken.passage_ids[row] for row in quoted),
                outside_framework=False,
                boilerplate=True,
                x=0.0,
                y=0.0,
            )
        )
    return tuple(topics)
