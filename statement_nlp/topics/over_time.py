"""A topic's share of what was said, year by year, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statement_nlp.topics.settings import settings

_AT_ONCE = 100
"""Draws held at a time, each a number for each statement; changes no result."""


def wilson(hits: int, count: int, level: float) -> tuple[float, float]:
    """Return the Wilson score interval (1927) of a share ``hits / count``."""
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = hits / count
    middle = share + z * z / (2 * count)
    reach = z * ((share * (1 - share) + z * z / (4 * count)) / count) ** 0.5
    scale = 1 + z * z / count
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def shares(counts: NDArray[np.int64], seed: int) -> list[tuple[float, float, float]]:
    """Return share, lower and upper bound of each topic.

    Sentences of one statement speak of the same things, so whole statements are resampled
    (bootstrap by cluster, percentile interval); with very few statements Wilson's interval is
    given.

    Args:
        counts: Sentences, shape (statements, topics).
        seed: Of the resampling.
    """
    rule = settings("over_time")
    totals = counts.sum(axis=0)
    count = int(totals.sum())
    if len(counts) < rule["fewest_statements"]:
        return [(h / count, *wilson(h, count, rule["level"])) for h in totals.tolist()]
    generator = np.random.Generator(np.random.PCG64(seed))
    even = np.full(len(counts), 1 / len(counts))
    sizes = [min(_AT_ONCE, rule["draws"] - done) for done in range(0, rule["draws"], _AT_ONCE)]
    drawn = np.concatenate(
        [generator.multinomial(len(counts), even, size=size) @ counts for size in sizes]
    )
    resampled = drawn / np.maximum(drawn.sum(axis=1, keepdims=True), 1)
    tail = (1 - rule["level"]) / 2
    low, high = np.quantile(resampled, (tail, 1 - tail), axis=0)
    return list(zip((totals / count).tolist(), low.tolist(), high.tolist(), strict=True))


def by_year(
    topic_of: NDArray[np.int64],
    statement_of: NDArray[np.int32],
    dates: Sequence[str | None],
    topics: int,
    seed: int,
) -> tuple[list[dict[str, Any]], int]:
    """Return rows of table ``topics_over_time``, and the number of statements with no date.

    Args:
        topic_of: Topic of each sentence; those outside 0 to ``topics`` - 1 do not count.
        statement_of: Statement of each sentence.
        dates: ISO 8601 date of each statement.
        topics: Number of topics.
        seed: Of the resampling.
    """
    years = [date[:4] if date else None for date in dates]
    counted = (topic_of >= 0) & (topic_of < topics)
    table = np.zeros((len(years), topics), dtype=np.int64)
    np.add.at(table, (statement_of[counted], topic_of[counted]), 1)
    spoken = table.sum(axis=1) > 0
    rows: list[dict[str, Any]] = []
    for year in sorted({year for year in years if year}):
        own = np.array([y == year for y in years]) & spoken
        if not own.any():
            continue
        counts = table[own]
        for topic, (share, low, high) in enumerate(shares(counts, seed)):
            rows.append(
                {
                    "topic_id": topic,
                    "period": year,
                    "share": round(share, 6),
                    "low": round(low, 6),
                    "high": round(high, 6),
                    "passages": int(counts[:, topic].sum()),
                }
            )
    return rows, sum(year is None for year in years)
