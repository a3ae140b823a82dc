"""Supporters are counted once, by group."""

from __future__ import annotations

import pytest

from statement_nlp.model import Delegation, Role
from statement_nlp.synthesis.supporters import Roll, group_name
from tests.synthesis.conftest import Debate
from tests.synthesis.test_bring import together

ASK = "We urge donors to give for three years at a time."


def test_a_group_counts_itself_and_lists_its_members_once(debate: Debate) -> None:
    debate.speaks(
        "Friends of Cleared Land", Role.GROUP, on_behalf_of=("Fjellmark", "Kambeza", "Saluane")
    )
    debate.proposes(ASK)
    debate.speaks("Kambeza", affected=True, regional_group="Southern Group")
    debate.proposes("Donors should give for three years at a time.")
    debate.speaks("Fjellmark", regional_group="Northern Group")
    debate.says("We thank the President.")
    (point,) = together(debate).points
    through = {one.name: one.through for one in point.supporters}
    assert through == {
        "Friends of Cleared Land": None,
        "Kambeza": None,
        "Fjellmark": "Friends of Cleared Land",
        "Saluane": "Friends of Cleared Land",
    }
    assert point.delegations == 2
    assert "other States, Northern Group" in point.groups
    assert point.breadth == 1.0


@pytest.mark.parametrize(
    ("delegation", "group"),
    [
        (Delegation("France", "France", iso3="FRA", role=Role.PRESIDENCY), "permanent members"),
        (Delegation("Viet Nam", "Viet Nam", iso3="VNM", role=Role.PRESIDENCY), "elected members"),
        (Delegation("Tamvira", "Tamvira", role=Role.ELECTED_MEMBER), "elected members"),
        (Delegation("Office", "Office", role=Role.UN_SYSTEM), "United Nations system"),
        (
            Delegation("Nambura", "Nambura", role=Role.MEMBER_STATE, regional_group="African"),
            "other States, African",
        ),
        (Delegation("Someone", "Someone"), None),
    ],
)
def test_groups(delegation: Delegation, group: str | None) -> None:
    assert group_name(delegation) == group


def test_nobody_stands_behind_nothing() -> None:
    assert Roll(()).behind([]) == ()
    assert Roll(()).breadth(()) == 0.0
