"""Find topics: set courtesies apart, learn from a sample, assign all, describe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus.spoken import Spoken
from statement_nlp.engine import Progress
from statement_nlp.topics import courtesy, describe
from statement_nlp.topics.crosswalk import crosswalk
from statement_nlp.topics.learned import Learned, learn, middles
from statement_nlp.topics.over_time import by_year
from statement_nlp.topics.profiles import profiles
from statement_nlp.topics.result import NO_TOPIC, MappedTopic, TopicResult
from statement_nlp.topics.settings import settings
from statement_nlp.topics.space import Space, chunks, plane
from statement_nlp.topics.steering import Steering, read_steering

_STEPS = 5


@attrs.define(eq=False)
class _Found:
    """What is known of each passage; arrays have one row per passage."""

    kinds: NDArray[np.int8]
    rows: NDArray[np.int64]
    """Passages that get a topic."""
    sample: NDArray[np.int64]
    """Passages the topics were learned from."""
    topic_of: NDArray[np.int64]
    probability: NDArray[np.float64]
    count: int = 0
    """Topics of content; those of courtesies are numbered after them."""
    boilerplate: tuple[int, ...] = ()
    """Kinds of courtesies that occur, in the order of their topics."""


def find(
    spoken: Spoken, *, seed: int, steering: Path | None, by: str | None, progress: Progress
) -> TopicResult:
    """Find the topics of all passages; see :func:`statement_nlp.topics.find_topics`."""
    import scipy.cluster.hierarchy  # noqa: F401 - loaded before threads are limited
    import sklearn.cluster  # noqa: F401
    from threadpoolctl import threadpool_limits

    if by not in (None, "year"):
        raise ValueError(f"topics by '{by}' are not known; use 'year'")
    asked = read_steering(steering)
    # One thread: sums are then added in one order, and the bytes are the same everywhere.
    with threadpool_limits(limits=1):
        progress("Topics", 0, _STEPS)
        found = _sort_out(spoken)
        progress("Topics", 1, _STEPS)
        if not len(found.rows):
            return _without_topics(spoken, found, asked)
        result = _find(spoken, found, seed=seed, asked=asked, by=by, progress=progress)
    progress("Topics", _STEPS, _STEPS)
    return result


def _sort_out(spoken: Spoken) -> _Found:
    """Tell content from courtesies, and draw the sample."""
    rule = settings("fit")
    kinds = courtesy.kinds(spoken.texts, spoken.statement_of)
    long = np.fromiter(
        (text.count(" ") + 1 >= rule["fewest_words"] for text in spoken.texts), bool, len(spoken)
    )
    rows = np.flatnonzero((kinds == courtesy.CONTENT) & long)
    return _Found(
        kinds=kinds,
        rows=rows,
        sample=_sample(spoken, rows, rule["most_sentences"]),
        topic_of=np.full(len(spoken), NO_TOPIC, dtype=np.int64),
        probability=np.zeros(len(spoken)),
    )


def _sample(spoken: Spoken, rows: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Draw whole statements until ``most`` sentences are reached.

    Statement ids are hashes of content: their order is a random one that does not change when
    other statements come or go.
    """
    if len(rows) <= most:
        return rows
    sizes = np.bincount(spoken.statement_of[rows], minlength=len(spoken.statements))
    ids = [statement.statement_id for statement in spoken.statements]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    before = np.cumsum(sizes[order]) - sizes[order]
    drawn = np.zeros(len(ids), dtype=np.bool_)
    drawn[np.array(order)[before < most]] = True
    # One statement may be longer than the sample.
    return rows[drawn[spoken.statement_of[rows]]][: 2 * most]


def _find(
    spoken: Spoken,
    found: _Found,
    *,
    seed: int,
    asked: Steering,
    by: str | None,
    progress: Progress,
) -> TopicResult:
    rule = settings("space")
    vectors = np.asarray(spoken.vectors[found.sample], dtype=np.float32)
    most = max(2, len(found.sample) // rule["sentences_per_dimension"])
    space = Space.fit(vectors, min(rule["computed"], most), min(rule["dimensions"], most))
    points = space.project(vectors)
    texts = [spoken.texts[row] for row in found.sample.tolist()]
    learned = learn(texts, points, space.coordinates(vectors), seed=seed, asked=asked)
    found.count = len(learned.names)
    progress("Topics", 2, _STEPS)
    for rows in chunks(found.rows, settings("fit")["chunk_rows"]):
        assigned = learned.assign(space.project(spoken.vectors[rows]))
        found.topic_of[rows], found.probability[rows] = assigned
    _add_courtesies(found)
    progress("Topics", 3, _STEPS)
    over_time, notes = _over_time(spoken, found, by, seed)
    delegations = spoken.delegations
    walked = crosswalk(spoken, found.topic_of, found.count + len(found.boilerplate))
    topics = _topics(
        spoken,
        found,
        learned,
        texts=texts,
        points=points,
        outside=walked.outside,
        delegations=delegations,
    )
    progress("Topics", 4, _STEPS)
    return TopicResult(
        topics=topics,
        passage_ids=spoken.passage_ids,
        topic_of=found.topic_of,
        probability=found.probability,
        profiles=profiles(spoken.texts, delegations, found.rows),
        over_time=over_time,
        notes=(*_reliability(spoken), *notes),
        record=_record(spoken, found, asked)
        | {
            "agreement": round(learned.partition.agreement, 4),
            "components": int(points.shape[1]),
            "learned_from": len(found.sample),
            "crosswalk": attrs.asdict(walked),
        },
    )


def _add_courtesies(found: _Found) -> None:
    kinds = [
        kind for kind in (courtesy.COURTESY, courtesy.PROCEDURE) if (found.kinds == kind).any()
    ]
    found.boilerplate = tuple(kinds)
    for number, kind in enumerate(kinds, start=found.count):
        found.topic_of[found.kinds == kind] = number
        found.probability[found.kinds == kind] = 1.0


def _topics(
    spoken: Spoken,
    found: _Found,
    learned: Learned,
    *,
    texts: list[str],
    points: NDArray[np.float64],
    outside: tuple[bool, ...],
    delegations: list[str],
) -> tuple[MappedTopic, ...]:
    rows = found.sample
    sampled = found.topic_of[rows]
    centres = middles(points, sampled, found.count)
    speakers = spoken.statement_of[rows]
    words = describe.terms(texts, sampled, found.count)
    quotes = describe.central(texts, points, sampled, centres, speakers)
    places = plane(centres)
    formal = [
        courtesy.is_courtesy([texts[row] for row in np.flatnonzero(sampled == number)])
        for number in range(found.count)
    ]
    topics = [
        MappedTopic(
            topic_id=number,
            label=learned.names[number],
            terms=words[number],
            size=int((found.topic_of == number).sum()),
            delegations=_raised_by(found, number, delegations),
            quotes=tuple(spoken.passage_ids[rows[row]] for row in quotes[number]),
            outside_framework=outside[number] and not formal[number],
            boilerplate=formal[number],
            x=float(places[number, 0]),
            y=float(places[number, 1]),
        )
        for number in range(found.count)
    ]
    return (*topics, *_courtesy_topics(spoken, found, delegations))


def _courtesy_topics(
    spoken: Spoken, found: _Found, delegations: list[str]
) -> tuple[MappedTopic, ...]:
    """Return the topics of courtesies; they have no place on the map of content."""
    topics = []
    for number, kind in enumerate(found.boilerplate, start=found.count):
        rows = np.flatnonzero(found.topic_of == number)
        texts = [spoken.texts[row] for row in rows.tolist()]
        quoted = rows[: settings("describe")["quotes"]].tolist()
        topics.append(
            MappedTopic(
                topic_id=number,
                label=courtesy.label_of(kind),
                terms=describe.terms(texts, np.zeros(len(texts), dtype=np.int64), 1)[0],
                size=len(rows),
                delegations=_raised_by(found, number, delegations),
                quotes=tuple(spoken.passage_ids[row] for row in quoted),
                outside_framework=False,
                boilerplate=True,
                x=0.0,
                y=0.0,
            )
        )
    return tuple(topics)


def _raised_by(found: _Found, number: int, delegations: list[str]) -> int:
    return len({delegations[row] for row in np.flatnonzero(found.topic_of == number).tolist()})


def _over_time(
    spoken: Spoken, found: _Found, by: str | None, seed: int
) -> tuple[tuple[dict[str, Any], ...], tuple[str, ...]]:
    if by is None:
        return (), ()
    dates = [statement.date for statement in spoken.statements]
    rows, undated = by_year(found.topic_of, spoken.statement_of, dates, found.count, seed)
    if not undated:
        return tuple(rows), ()
    return tuple(rows), (f"topics by year: {undated} statements with no date are left out",)


def _reliability(spoken: Spoken) -> tuple[str, ...]:
    least = settings("fit")["reliable_statements"]
    if len(spoken.statements) >= least:
        return ()
    return (f"fewer than {least} statements: topics are not reliable",)


def _record(spoken: Spoken, found: _Found, asked: Steering) -> dict[str, Any]:
    content = found.kinds == courtesy.CONTENT
    left_out = content & (found.topic_of == NO_TOPIC)
    return {
        "topics": found.count,
        "sentences": len(spoken),
        "courtesies": int((~content).sum()),
        "left_out": int(left_out.sum()),
        "steering": asked.record(),
    }


def _without_topics(spoken: Spoken, found: _Found, asked: Steering) -> TopicResult:
    _add_courtesies(found)
    return TopicResult(
        topics=_courtesy_topics(spoken, found, spoken.delegations),
        passage_ids=spoken.passage_ids,
        topic_of=found.topic_of,
        probability=found.probability,
        profiles=(),
        over_time=(),
        notes=_reliability(spoken),
        record=_record(spoken, found, asked),
    )
