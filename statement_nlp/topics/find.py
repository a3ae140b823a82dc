"""Find topics: set courtesies apart, learn from a sample, assign all, describe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus.draw import drawn_statements
from statement_nlp.corpus.spoken import Spoken
from statement_nlp.engine import Progress
from statement_nlp.topics import courtesy
from statement_nlp.topics.crosswalk import asks, carried, crosswalk
from statement_nlp.topics.learned import learn
from statement_nlp.topics.listing import Found, list_courtesies, list_topics
from statement_nlp.topics.over_time import by_year
from statement_nlp.topics.profiles import profiles
from statement_nlp.topics.result import NO_TOPIC, TopicResult
from statement_nlp.topics.settings import settings
from statement_nlp.topics.space import Space, chunks
from statement_nlp.topics.speakers import Speakers, read
from statement_nlp.topics.steering import Steering
from statement_nlp.topics.themes import Theme, extended, themes

_STEPS = 5


def find(
    spoken: Spoken,
    *,
    seed: int,
    asked: Steering,
    by: str | None,
    names: Sequence[str],
    progress: Progress,
) -> TopicResult:
    """Find the topics of all passages; see :func:`statement_nlp.topics.find_topics`."""
    import scipy.cluster.hierarchy  # noqa: F401 - loaded before threads are limited
    import sklearn.cluster  # noqa: F401
    from threadpoolctl import threadpool_limits

    if by not in (None, "year"):
        raise ValueError(f"topics by '{by}' are not known; use 'year'")
    # One thread: sums are then added in one order, and the bytes are the same everywhere.
    with threadpool_limits(limits=1):
        progress("Topics", 0, _STEPS)
        found = _sort_out(spoken)
        progress("Topics", 1, _STEPS)
        if not len(found.rows):
            return _without_topics(spoken, found, asked)
        speakers = Speakers.of(spoken)
        result = _find(
            spoken,
            found,
            speakers,
            seed=seed,
            asked=asked,
            by=by,
            named=[*speakers.names, *names],
            progress=progress,
        )
    progress("Topics", _STEPS, _STEPS)
    return result


def _sort_out(spoken: Spoken) -> Found:
    """Tell content from courtesies, and draw the sample."""
    rule = settings("fit")
    kinds = courtesy.kinds(spoken.texts, spoken.statement_of)
    long = np.fromiter(
        (text.count(" ") + 1 >= rule["fewest_words"] for text in spoken.texts), bool, len(spoken)
    )
    rows = np.flatnonzero((kinds == courtesy.CONTENT) & long)
    return Found(
        kinds=kinds,
        rows=rows,
        sample=_sample(spoken, rows, rule["most_sentences"]),
        topic_of=np.full(len(spoken), NO_TOPIC, dtype=np.int64),
        probability=np.zeros(len(spoken)),
    )


def _sample(spoken: Spoken, rows: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Draw whole statements until ``most`` sentences are reached."""
    if len(rows) <= most:
        return rows
    sizes = np.bincount(spoken.statement_of[rows], minlength=len(spoken.statements))
    ids = [statement.statement_id for statement in spoken.statements]
    drawn = drawn_statements(ids, sizes, most)
    # One statement may be longer than the sample.
    return rows[drawn[spoken.statement_of[rows]]][: 2 * most]


def _find(
    spoken: Spoken,
    found: Found,
    speakers: Speakers,
    *,
    seed: int,
    asked: Steering,
    by: str | None,
    named: Sequence[str],
    progress: Progress,
) -> TopicResult:
    rule = settings("space")
    vectors = np.asarray(spoken.vectors[found.sample], dtype=np.float32)
    most = max(2, len(found.sample) // rule["sentences_per_dimension"])
    space = Space.fit(vectors, min(rule["computed"], most), min(rule["dimensions"], most))
    points = space.project(vectors)
    texts = list(read(spoken.texts, found.sample))
    learned = learn(
        texts,
        points,
        space.coordinates(vectors),
        seed=seed,
        asked=asked,
        speakers=named,
    )
    del vectors
    found.count = len(learned.names)
    progress("Topics", 2, _STEPS)
    for rows in chunks(found.rows, settings("fit")["chunk_rows"]):
        assigned = learned.assign(space.project(spoken.vectors[rows]))
        found.topic_of[rows], found.probability[rows] = assigned
    raised, told = _themes(spoken, found, space, speakers)
    found.add_themes(raised)
    found.add_courtesies()
    progress("Topics", 3, _STEPS)
    over_time, notes = _over_time(spoken, found, by, seed)
    walked = crosswalk(spoken, found.topic_of, found.topics)
    topics = list_topics(spoken, found, learned, space, points, texts, walked.outside)
    progress("Topics", 4, _STEPS)
    return TopicResult(
        topics=topics,
        passage_ids=spoken.passage_ids,
        topic_of=found.topic_of,
        probability=found.probability,
        profiles=profiles(spoken.texts, speakers, found.rows),
        over_time=over_time,
        notes=(*_reliability(spoken), *told, *notes),
        record=_record(spoken, found, asked)
        | {
            "agreement": round(learned.partition.agreement, 4),
            "components": int(points.shape[1]),
            "learned_from": len(found.sample),
            "themes": len(found.themes),
            "crosswalk": attrs.asdict(walked),
        },
    )


def _themes(
    spoken: Spoken, found: Found, space: Space, speakers: Speakers
) -> tuple[list[Theme], tuple[str, ...]]:
    """Look for what is raised beyond the framework inside the topics that lie within it.

    In a corpus too large to be looked through, they are told from the sample; a note says so.
    """
    if not asks(spoken):
        return [], ()
    walked = crosswalk(spoken, found.topic_of, found.count)
    inside = np.isin(found.topic_of, np.flatnonzero(~np.array(walked.outside)))
    unlabelled = inside & ~carried(spoken)
    own = found.sample[unlabelled[found.sample]]
    raised = themes(spoken, found.sample, own, space.mean, speakers)
    if len(found.sample) == len(found.rows):
        return raised, ()
    others = np.setdiff1d(found.rows[unlabelled[found.rows]], own, assume_unique=True)
    note = (
        f"subjects beyond the framework: told from {len(found.sample)} of {len(found.rows)} "
        "sentences, those of statements drawn by lot; what the others say of them is counted too"
    )
    chunk = settings("fit")["chunk_rows"]
    return extended(spoken, raised, others, space.mean, chunk), (note,)


def _over_time(
    spoken: Spoken, found: Found, by: str | None, seed: int
) -> tuple[tuple[dict[str, Any], ...], tuple[str, ...]]:
    if by is None:
        return (), ()
    dates = [statement.date for statement in spoken.statements]
    rows, undated = by_year(found.topic_of, spoken.statement_of, dates, found.content, seed)
    if not undated:
        return tuple(rows), ()
    return tuple(rows), (f"topics by year: {undated} statements with no date are left out",)


def _reliability(spoken: Spoken) -> tuple[str, ...]:
    least = settings("fit")["reliable_statements"]
    if len(spoken.statements) >= least:
        return ()
    return (f"fewer than {least} statements: topics are not reliable",)


def _record(spoken: Spoken, found: Found, asked: Steering) -> dict[str, Any]:
    content = found.kinds == courtesy.CONTENT
    left_out = content & (found.topic_of == NO_TOPIC)
    return {
        "topics": found.count,
        "sentences": len(spoken),
        "courtesies": int((~content).sum()),
        "left_out": int(left_out.sum()),
        "steering": asked.record(),
    }


def _without_topics(spoken: Spoken, found: Found, asked: Steering) -> TopicResult:
    found.add_courtesies()
    return TopicResult(
        topics=list_courtesies(spoken, found),
        passage_ids=spoken.passage_ids,
        topic_of=found.topic_of,
        probability=found.probability,
        profiles=(),
        over_time=(),
        notes=_reliability(spoken),
        record=_record(spoken, found, asked),
    )
