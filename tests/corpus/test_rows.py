"""Columns of the output tables, made from the nouns of the model."""

from __future__ import annotations

import datetime

import pytest

from statement_nlp.acts.times import iso_form
from statement_nlp.corpus.rows import commitment_rows
from statement_nlp.model import Commitment, Quote, Slot, Span, Status


def days(value: str | None) -> tuple[str | None, str | None]:
    """The two date columns of a commitment whose timeframe has this normal form."""
    commitment = Commitment(
        passage_id="p1",
        statement_id="s1",
        quote=Quote("d1", Span(0, 4), "will"),
        status=Status.NEW,
        confidence=0.9,
        timeframe=Slot("as stated", Span(0, 9), value),
    )
    (row,) = commitment_rows([commitment])
    assert row["timeframe"] == "as stated"
    return row["timeframe_from"], row["timeframe_to"]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021-04-08", "2021-04-08", "2021-04-08"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("2021/2023", "2021-01-01", "2023-12-31"),
        ("2019-05/..", "2019-05-01", None),
        ("../2025", None, "2025-12-31"),
        ("../2021-12-31", None, "2021-12-31"),
        # lengths counted from the day of the statement, as the calendar counts them
        ("2021-04-08/P3Y", "2021-04-08", "2024-04-08"),
        ("2021-01-31/P1M", "2021-01-31", "2021-02-28"),
        ("2021-04-08/P2W", "2021-04-08", "2021-04-22"),
        ("2024-02-28/P2D", "2024-02-28", "2024-03-01"),
        ("P3Y/2021-04-08", "2018-04-08", "2021-04-08"),
        ("P1Y/2024-02-29", "2023-02-28", "2024-02-29"),
        # no days
        ("P3Y", None, None),
        ("R/P1Y", None, None),
        ("P9999Y/2021-04-08", None, "2021-04-08"),
        ("2021-04-08/P9999Y", "2021-04-08", None),
        ("2021-02-30", None, None),
        (None, None, None),
    ],
)
def test_only_days_stand_in_the_date_columns(
    value: str | None, first: str | None, last: str | None
) -> None:
    assert days(value) == (first, last)


@pytest.mark.parametrize(
    "words",
    [
        "over the next three years", "in the past decade", "for three years", "every year",
        "since 2010", "by 2025", "in March 2022", "next year", "within two weeks", "today",
    ],
)  # fmt: skip
def test_whatever_is_stated_gives_days_or_nothing(words: str) -> None:
    for day in days(iso_form(words, "2021-04-08")):
        assert day is None or datetime.date.fromisoformat(day).isoformat() == day
