"""A report is called what it is about."""

from types import SimpleNamespace
from typing import Any

import pytest

from statement_nlp.report.title import report_title
from statement_nlp.report.wording import Wording


def _data(
    *dates: str, own: str | None = None, framework: str = "Water (2031)", day: str | None = None
) -> Any:
    return SimpleNamespace(
        run=SimpleNamespace(
            debate_title=own, framework=SimpleNamespace(title=framework, debate_date=day)
        ),
        statements=[SimpleNamespace(date=date, symbol="S/PV.9999") for date in dates],
    )


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (_data("2031-05-06", own="Mine"), "Mine"),
        (_data("2031-05-06", day="2031-05-06"), "Water (2031)"),
        (_data("2020-01-09"), "Water (2031)"),
        (_data(day="2031-05-06"), "Water (2031)"),
        (_data("2020-01-09", day="2031-05-06"), "Debate of 9 January 2020 (S/PV.9999)"),
        (
            _data("2020-01-09", "2020-01-10", day="2031-05-06"),
            "Debate of 9 January 2020 to 10 January 2020 (S/PV.9999)",
        ),
        (_data("2020", day="2031-05-06"), "Statements of 2020 (S/PV.9999)"),
        (
            _data("2020-01-09", "2020-11-30", day="2031-05-06"),
            "Statements of 9 January 2020 to 30 November 2020 (S/PV.9999)",
        ),
        (_data(framework=""), "Statements"),
    ],
)
def test_title(data: Any, title: str) -> None:
    assert report_title(data, Wording("en")) == title
