"""The chapter on topics beyond the framework, and the map of all topics."""

from __future__ import annotations

from statement_nlp.report import records as rows
from statement_nlp.report.topic_figures import (
    furthest_topic,
    not_asked,
    topics_beyond_framework,
    topics_by_reach,
)
from statement_nlp.report.word_charts import points
from statement_nlp.report.word_writing import Parts, Writing, topic_anchor


def topics(writing: Writing) -> None:
    """Add what was raised but not asked, and the map of all topics."""
    body, data = writing.body, writing.data
    body.heading(1, "Topics beyond the framework", "topics")
    beyond = topics_beyond_framework(data)
    if beyond:
        shown = beyond[: writing.limits.topics]
        body.para(
            f"Raised, but not asked: {writing.count(len(beyond), 'topic')} that no question or "
            f"factor covers, by how many delegations raised them"
            + (
                f"; the first {writing.wording.number(len(shown))} follow"
                if len(shown) < len(beyond)
                else ""
            )
            + "."
        )
        for topic in shown:
            _topic(writing, topic)
    else:
        body.para(*nothing_beyond(writing))
    _topic_map(writing)


def nothing_beyond(writing: Writing) -> Parts:
    """Return what to say where no topic lies beyond the framework: which one comes nearest."""
    furthest = furthest_topic(writing.data)
    parts: Parts = ["No topic lies beyond the framework as a whole."]
    if furthest:
        topic = furthest.topic
        parts += [
            f" Furthest from it: {topic.label}, of whose ",
            writing.linked(topic.size, topic_anchor(topic.topic_id)),
            f" sentences {writing.wording.number(furthest.not_asked)} speak to no question or "
            "factor.",
        ]
    return parts


def _topic(writing: Writing, topic: rows.TopicRow) -> None:
    writing.body.para(
        f"{topic.label[:1].upper()}{topic.label[1:]}: ",
        writing.linked(topic.size, topic_anchor(topic.topic_id)),
        f" {'sentence' if topic.size == 1 else 'sentences'} of "
        f"{writing.count(topic.delegations, 'delegation')}"
        + (f" (terms: {', '.join(topic.terms[:5])})." if topic.terms else "."),
    )
    for passage_id in topic.quotes[:1]:
        if passage_id in writing.data.passage_by_id:
            writing.quote(passage_id, writing.limits.label_words)


def _topic_map(writing: Writing) -> None:
    body = writing.body
    found = [t for t in topics_by_reach(writing.data) if not t.boilerplate]
    if not found:
        return
    beyond = not_asked(writing.data)
    number = {topic.topic_id: n for n, topic in enumerate(found, 1)}
    placed = [t for t in found if t.x is not None and t.y is not None]
    if len(placed) > 2:
        sides = [
            ("In the framework", [t for t in placed if not t.outside_framework]),
            ("Beyond the framework", [t for t in placed if t.outside_framework]),
        ]
        body.chart(
            "Map of topics",
            points(
                [
                    (name, [(t.x or 0.0, t.y or 0.0, str(number[t.topic_id])) for t in group])
                    for name, group in sides
                    if group
                ],
                "Topics as points; near points share words and sense. Numbers are those of the "
                "table of topics that follows: "
                + "; ".join(f"{number[t.topic_id]}, {t.label}" for t in placed)
                + ".",
            ),
            "Near topics share words and sense; the axes have no unit. Numbers are those of the "
            "table that follows.",
        )
    body.table(
        "Topics by reach",
        (
            "No.",
            "Topic",
            "In the framework",
            "Delegations",
            "Sentences",
            "On no question or factor",
        ),
        [
            (
                (str(number[t.topic_id]),),
                (t.label,),
                ("no" if t.outside_framework else "yes",),
                (writing.wording.number(t.delegations),),
                (writing.linked(t.size, topic_anchor(t.topic_id)),),
                (writing.wording.number(beyond.get(t.topic_id, 0)),),
            )
            for t in found
        ],
        shares=(2, 13, 5, 5, 4, 6),
        numeric=(3, 4, 5),
    )
