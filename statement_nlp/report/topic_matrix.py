"""Topics by delegation: the figure of the topics stage, and its numbers to download."""

from __future__ import annotations

import json
from collections import Counter

from statement_nlp.report import figures as fig
from statement_nlp.report.data import ReportData
from statement_nlp.topics.figures import topic_matrix


def matrix_figure(data: ReportData) -> dict[str, str]:
    """Return the matrix as SVG and its numbers as JSON rows; empty without topics.

    Topics that share a label are told apart by their number.
    """
    topics = [topic for topic in data.topics if not topic.boilerplate]
    labels = Counter(topic.label for topic in topics)
    names = {
        topic.topic_id: topic.label
        if labels[topic.label] == 1
        else f"{topic.label} ({topic.topic_id})"
        for topic in topics
    }
    counts: Counter[tuple[str, str]] = Counter()
    for assigned in data.topic_assignments:
        passage = data.passage_by_id.get(assigned.passage_id)
        if passage is not None and assigned.topic_id in names:
            delegation = data.delegation_of(passage.statement_id)
            counts[delegation, names[assigned.topic_id]] += 1
    if not counts:
        return {}
    delegations = fig.by_name({delegation for delegation, _ in counts})
    columns = list(names.values())
    rows = [["Delegation", *columns]]
    rows += [[name, *(str(counts[name, topic]) for topic in columns)] for name in delegations]
    return {
        "svg": topic_matrix(columns, delegations, counts),
        "numbers": json.dumps(rows, ensure_ascii=False),
    }
