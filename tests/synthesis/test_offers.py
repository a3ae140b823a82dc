"""What of a commitment may meet a need."""

from __future__ import annotations

from statement_nlp.model import Status
from statement_nlp.synthesis.offers import (
    Offer,
    delegation_names,
    numbers_by_year,
    offers_among,
    themes_of,
)
from tests.synthesis.conftest import Debate


def offered(debate: Debate) -> list[Offer]:
    spoken = debate.spoken
    names = delegation_names(spoken.statements)
    return offers_among(spoken, debate.commitments, names, debate.framework)


def test_an_offer_names_who_gets_it_and_never_who_gives(debate: Debate) -> None:
    debate.speaks("Nambura", affected=True)
    debate.says("We thank all who help us.")
    debate.speaks("Fjellmark")
    debate.commits("Fjellmark will send detectors to Nambura.", to="Nambura")
    debate.commits("Fjellmark will train deminers of affected States.")
    named, general = offered(debate)
    assert (named.giver, named.named, named.general) == ("Fjellmark", {"Nambura"}, False)
    assert (general.named, general.general) == (frozenset(), True)


def test_what_is_delivered_is_no_offer(debate: Debate) -> None:
    debate.speaks("Fjellmark")
    debate.commits("We gave two million to the Peacebuilding Fund.", status=Status.DELIVERED)
    debate.commits("We will give two million to the Peacebuilding Fund.")
    (offer,) = offered(debate)
    assert offer.funds == {"Peacebuilding Fund"}
    assert offer.row == 1


def test_themes_are_factors_where_no_theme_is_carried(debate: Debate) -> None:
    debate.speaks("Fjellmark")
    debate.says("Clearance needs steady money.", "factors/F6", "factors/F1")
    assert themes_of(debate.spoken, 0, debate.framework) == ("F1", "F6")


def test_commitments_are_numbered_by_the_year_of_their_statement(debate: Debate) -> None:
    debate.speaks("Fjellmark")
    debate.commits("We will give two million.")
    debate.speaks("Kambeza")
    debate.commits("We will destroy our stocks.")
    debate.commits("We will train our engineers.")
    assert numbers_by_year(debate.spoken, ["2021", ""], debate.commitments) == {
        "2021": [0],
        "": [1, 2],
    }
