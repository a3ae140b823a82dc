"""Figures of topics: their order, and how much of each lies beyond the framework."""

from __future__ import annotations

from collections import Counter

import attrs

from statement_nlp.report import records as rows
from statement_nlp.report.data import ReportData
from statement_nlp.report.schemes import COVERING


@attrs.frozen(slots=True)
class Furthest:
    """The topic of which the largest share lies beyond the framework."""

    topic: rows.TopicRow
    not_asked: int
    """Its sentences that carry no question or factor."""


def topics_by_reach(data: ReportData) -> tuple[rows.TopicRow, ...]:
    """Return topics by delegations then size, largest first."""
    return tuple(sorted(data.topics, key=lambda t: (-t.delegations, -t.size, t.topic_id)))


def topics_beyond_framework(data: ReportData) -> tuple[rows.TopicRow, ...]:
    """Return topics raised but not asked, by reach."""
    return tuple(t for t in topics_by_reach(data) if t.outside_framework and not t.boilerplate)


def not_asked(data: ReportData) -> dict[int, int]:
    """Return, by topic, its sentences that carry no question or factor."""
    covered = {
        passage_id
        for passage_id, tags in data.assigned_tags.items()
        if any(tag.scheme in COVERING for tag in tags)
    }
    return dict(Counter(a.topic_id for a in data.topic_assignments if a.passage_id not in covered))


def furthest_topic(data: ReportData) -> Furthest | None:
    """Return the topic that lies furthest beyond the framework; of equal ones the widest raised.

    Set phrases are passed over; ``None`` where every sentence of the others is covered.
    """
    beyond = not_asked(data)
    spoken = [t for t in topics_by_reach(data) if not t.boilerplate and beyond.get(t.topic_id)]
    if not spoken:
        return None
    topic = max(spoken, key=lambda t: beyond[t.topic_id] / t.size)
    return Furthest(topic, beyond[topic.topic_id])
