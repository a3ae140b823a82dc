"""Topics over time in a few figures each: where a topic began, stood highest and stands now."""

from __future__ import annotations

from pathlib import Path

import attrs

from statement_nlp.report.tables import batches


@attrs.frozen(slots=True)
class Share:
    """A topic's share of the sentences of one period."""

    period: str
    share: float


@attrs.frozen(slots=True)
class Course:
    """One topic over the periods."""

    label: str
    periods: int
    first: Share
    highest: Share
    last: Share


def read_courses(directory: Path) -> tuple[Course, ...]:
    """Return the topics in the order of their numbers; none where no periods were asked for.

    Raises:
        ReportError: a table cannot be used.
    """
    labels = {
        row["topic_id"]: row["label"]
        for batch in batches(directory, "topics", ("topic_id", "label"))
        for row in batch.to_pylist()
    }
    found: dict[int, list[Share]] = {}
    for batch in batches(directory, "topics_over_time", ("topic_id", "period", "share")):
        for row in batch.to_pylist():
            found.setdefault(row["topic_id"], []).append(Share(row["period"], row["share"]))
    courses = []
    for topic_id, shares in sorted(found.items()):
        shares.sort(key=lambda share: share.period)
        courses.append(
            Course(
                label=labels.get(topic_id, str(topic_id)),
                periods=len(shares),
                first=shares[0],
                # Of equal ones the earliest.
                highest=min(shares, key=lambda share: (-share.share, share.period)),
                last=shares[-1],
            )
        )
    return tuple(courses)
