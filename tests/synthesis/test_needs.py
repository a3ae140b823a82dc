"""Needs meet commitments where it is sure, and stay open where it is not."""

from __future__ import annotations

import attrs

from statement_nlp.model import Role, Status
from statement_nlp.synthesis.needs import Need, match_needs
from tests.synthesis.conftest import Debate

NEED = "Our national centre needs forty metal detectors for its clearance teams."


def matched(debate: Debate) -> tuple[Need, ...]:
    return match_needs(debate.spoken, debate.commitments, debate.proposals, debate.framework)


def test_a_commitment_that_names_the_country_answers(debate: Debate) -> None:
    debate.speaks("Nambura", affected=True)
    debate.says(NEED, "aspects/Q2b", "factors/F6")
    debate.speaks("Fjellmark", donor=True)
    meets = debate.commits(
        "We will send metal detectors to the clearance teams of Nambura.", to="Nambura"
    )
    debate.commits("We will send metal detectors to the teams of Kambeza.", to="Kambeza")
    debate.speaks("Kambeza", affected=True)
    debate.says("We thank all who help us.")
    (need,) = matched(debate)
    assert need.delegation == "Nambura"
    assert need.theme == "F6"
    assert need.text == NEED
    assert need.commitment_ids == (meets.commitment_id,)


def test_help_for_another_thing_or_another_state_leaves_the_gap_open(debate: Debate) -> None:
    debate.speaks("Nambura", affected=True)
    debate.says(NEED, "aspects/Q2b", "factors/F6")
    debate.commits("We will buy detectors for Nambura ourselves.", to="Nambura")
    debate.speaks("Fjellmark", donor=True)
    debate.commits("We will open an embassy in Nambura next spring.", to="Nambura")
    debate.commits("We gave metal detectors to Nambura.", to="Nambura", status=Status.DELIVERED)
    debate.commits("We will give detectors to Angola.", "factors/F6", to="Angola")
    debate.commits("We will reform our pension law.", "factors/F6")
    (need,) = matched(debate)
    assert need.commitment_ids == ()


def test_a_general_offer_answers_within_its_theme_only(debate: Debate) -> None:
    debate.speaks("Nambura", affected=True)
    debate.says(NEED, "aspects/Q2b", "factors/F6")
    debate.speaks("Fjellmark", donor=True)
    offer = "We will lend metal detectors to national clearance centres that need them."
    meets = debate.commits(offer, "factors/F6")
    debate.commits(offer + " ", "factors/F4")
    (need,) = matched(debate)
    assert need.commitment_ids == (meets.commitment_id,)


def test_in_a_corpus_of_years_a_commitment_answers_in_its_own_and_those_beside_it(
    debate: Debate,
) -> None:
    debate.speaks("Nambura", affected=True)
    debate.says(NEED, "aspects/Q2b", "factors/F6")
    debate.speaks("Fjellmark", donor=True)
    text = "We will send metal detectors to the clearance teams of Nambura."
    debate.commits(text, to="Nambura")
    debate.statements[-1] = attrs.evolve(debate.statements[-1], date="1997-09-30")
    assert matched(debate)[0].commitment_ids == ()
    debate.statements[-1] = attrs.evolve(debate.statements[-1], date="2022-01-05")
    assert len(matched(debate)[0].commitment_ids) == 1
    debate.statements[-1] = attrs.evolve(debate.statements[-1], date=None)
    assert matched(debate)[0].commitment_ids == (debate.commitments[0].commitment_id,)


def test_the_same_fund_answers(debate: Debate) -> None:
    debate.speaks("Nambura", affected=True)
    debate.proposes("We ask donors to give us help through the voluntary trust fund.")
    debate.speaks("Fjellmark", donor=True)
    meets = debate.commits("We will pay two million crowns into the voluntary trust fund.")
    (need,) = matched(debate)
    assert need.commitment_ids == (meets.commitment_id,)


def test_only_affected_states_have_needs_here(debate: Debate) -> None:
    debate.speaks("Fjellmark", Role.MEMBER_STATE, donor=True)
    debate.says(NEED, "aspects/Q2b")
    debate.speaks("Nambura", affected=True)
    debate.says("Detectors are used in many countries.")
    assert matched(debate) == ()


def test_any_other_delegation_answers_donor_or_not(debate: Debate) -> None:
    debate.speaks("Nambura", affected=True)
    debate.says(NEED, "aspects/Q2b")
    debate.speaks("Fjellmark", donor=True)
    mine = debate.commits("We will send metal detectors to Nambura.", to="Nambura")
    debate.speaks("Kambeza")
    theirs = debate.commits("We too will send metal detectors to Nambura.", to="Nambura")
    (need,) = matched(debate)
    assert set(need.commitment_ids) == {mine.commitment_id, theirs.commitment_id}
