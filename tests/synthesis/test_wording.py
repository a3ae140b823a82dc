"""Wordings are ordered from cautious to strong."""

from __future__ import annotations

import itertools

import pytest

from statement_nlp.synthesis.wording import strength

LADDER = (
    "Donors might perhaps wish to consider giving for three years.",
    "Donors could give for three years.",
    "We encourage donors to give for three years.",
    "Donors should give for three years.",
    "We call upon donors to give for three years.",
    "We urge donors to give for three years.",
    "Donors must give for three years.",
)


@pytest.mark.parametrize(("weaker", "stronger"), [*itertools.combinations(LADDER, 2)])
def test_the_ladder_of_wordings(weaker: str, stronger: str) -> None:
    assert strength(weaker) < strength(stronger)


def test_a_hedge_softens() -> None:
    plain = "Mediators should raise the matter."
    assert strength("Mediators should, where appropriate, raise the matter.") < strength(plain)
    assert strength("Mediators should raise the matter without delay.") > strength(plain)
