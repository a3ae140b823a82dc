import pytest
from hypothesis import given
from hypothesis import strategies as st

from statement_nlp.acts.money import find_sums, is_need


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("we will give €14m to the fund", 14e6, "EUR"),
        ("a gift of 500,000 Norwegian kroner", 5e5, "NOK"),
        ("CHF 800 000 to the centre", 8e5, "CHF"),
        ("half a million Swiss francs", 5e5, "CHF"),
        ("one and a half million dollars", 1.5e6, "USD"),
        ("two hundred and fifty thousand euros", 2.5e5, "EUR"),
        ("we spent $2.1bn in all", 2.1e9, "USD"),
        ("NZ$4.5 million into that", 4.5e6, "NZD"),
        ("300 million Kenyan shillings", 3e8, "KES"),
        ("six billion Bakhorani pounds", 6e9, "XXX"),
    ],
)
def test_reads_value_and_currency(text: str, value: float, currency: str) -> None:
    (found,) = find_sums(text)
    assert (found.value, found.currency) == (value, currency)


@pytest.mark.parametrize(
    "text", ["between 4 and 5 million euros", "EUR 4 to 5 million", "€4-5 million"]
)
def test_reads_ranges(text: str) -> None:
    (found,) = find_sums(text)
    assert (found.value, found.value_max, found.currency) == (4e6, 5e6, "EUR")


def test_keeps_full_numbers_of_a_range_apart() -> None:
    (found,) = find_sums("from 600,000 to 1.5 million dollars a year")
    assert (found.value, found.value_max, found.per) == (6e5, 1.5e6, "year")


@pytest.mark.parametrize(
    ("text", "per", "over"),
    [
        ("60,000 euros a year until 2024", "year", None),
        ("750,000 dollars a quarter", "quarter", None),
        ("NZ$4.5 million into that over three years", None, "P3Y"),
        ("€14m, spread over 2021\u20132024", None, "P4Y"),
    ],
)
def test_reads_rate_and_spread(text: str, per: str | None, over: str | None) -> None:
    (found,) = find_sums(text)
    assert (found.per, found.over) == (per, over)


def test_takes_the_unit_that_the_statement_names_in_full() -> None:
    (found,) = find_sums("They may put in 60 million kroner.", "We gave 5 million Swedish kroner.")
    assert found.currency == "SEK"


def test_takes_an_unstated_unit_from_the_sum_before() -> None:
    before = "Last year we gave 290 million Danish kroner. "
    text = "This year we will spend 310 million."
    (found,) = find_sums(text, before + text)
    assert (found.value, found.currency) == (310e6, "DKK")


@pytest.mark.parametrize(
    "text",
    [
        "In 2020 there were 2,207 casualties.",
        "212 square kilometres and 1,300 pupils",
        "resolution 2365 (2017) and 40 States",
        "a third of the cost, and one tenth of the land",
        "We trained 2,400 troops a year.",
    ],
)
def test_takes_no_figure_that_is_no_money(text: str) -> None:
    assert find_sums(text) == []


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("Our appeal for 9 million dollars was met in part", True),
        ("EUR 29.4 million remain unfunded", True),
        ("We still need US$ 46 million", True),
        ("We will contribute EUR 12 million", False),
        ("we shall bear the cost, estimated at US$ 1,850,000", False),
    ],
)
def test_tells_needs_from_gifts(text: str, need: bool) -> None:
    (found,) = find_sums(text)
    assert is_need(text, found) is need


@given(st.text(alphabet="0123456789 ,.€$amilonbtwhdeur-\u2013", max_size=60))
def test_sums_lie_in_the_text(text: str) -> None:
    for found in find_sums(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.value >= 0
