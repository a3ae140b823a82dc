import pytest

from statement_nlp.acts.times import find_periods, iso_form

SAID = "2021-04-08"


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("over the period 2021\u20132024", "2021/2024"),
        ("over the years 2021 to 2024", "2021/2024"),
        ("since 1993", "1993/.."),
        ("by March 2022", "../2022-03"),
        ("before the end of 2022", "../2022-12-31"),
        ("until 31 December 2030", "../2030-12-31"),
        ("from 1 July", "2021-07-01/.."),
        ("starting in January", "2022-01/.."),
        ("next year", "2022"),
        ("last year", "2020"),
        ("by year\u2019s end", "../2021-12-31"),
        ("over three years", "P3Y"),
        ("over the next three years", "2021-04-08/P3Y"),
        ("for the past ten years", "P10Y/2021-04-08"),
        ("on 3 December 2008", "2008-12-03"),
        ("annually", "R/P1Y"),
        ("three weeks ago", "2021-03-18"),
    ],
)
def test_normal_form(words: str, form: str) -> None:
    assert iso_form(words, SAID) == form


def test_relative_times_need_a_date() -> None:
    assert iso_form("next year", None) is None
    assert iso_form("since 1993", None) == "1993/.."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "We will pay this over the period 2021\u20132024, without earmarking.",
            ["over the period 2021\u20132024"],
        ),
        (
            "Since 2012 we have paid, and will until the end of 2023.",
            ["Since 2012", "until the end of 2023"],
        ),
        ("It opens in the first quarter of 2022.", ["in the first quarter of 2022"]),
        ("We clear 4.3 square kilometres with 46 women.", []),
    ],
)
def test_finds_times_in_order(text: str, words: list[str]) -> None:
    assert [text[p.start : p.end] for p in find_periods(text, SAID)] == words
