"""Refusals speak against a key point and never for one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from statement_nlp.synthesis.bring import Synthesis
from statement_nlp.synthesis.opposition import refused
from tests.synthesis.conftest import Debate
from tests.synthesis.test_bring import together

CASES = yaml.safe_load(Path(__file__).with_name("refusals.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def opposed(debate: Debate) -> tuple[Synthesis, dict[str, str], dict[str, str]]:
    """The synthesis, the name of the point each proposal belongs to, and refusals by text."""
    belongs: dict[str, str] = {}
    for name, texts in CASES["points"].items():
        for number, text in enumerate(texts):
            debate.speaks(f"Asking {name} {number}")
            belongs[debate.proposes(text).proposal_id] = name
    refusals: dict[str, str] = {}
    for number, case in enumerate(CASES["refusals"]):
        debate.speaks(f"Refusing {number}")
        refusals[case["text"]] = debate.proposes(case["text"], opposed=True).proposal_id
    return together(debate), belongs, refusals


def test_no_refusal_counts_as_support(
    opposed: tuple[Synthesis, dict[str, str], dict[str, str]],
) -> None:
    found, _, refusals = opposed
    assert len(refusals) == 20
    behind = {one for point in found.points for one in point.key_point.proposal_ids}
    assert not behind.intersection(refusals.values())
    assert not [s for p in found.points for s in p.supporters if s.name.startswith("Refusing")]
    for row in found.rows()["key_point_support"].to_pylist():
        assert (row["stance"] == "opposition") == (row["proposal_id"] in refusals.values())


def test_refusals_stand_beside_what_they_refuse(
    opposed: tuple[Synthesis, dict[str, str], dict[str, str]],
) -> None:
    found, belongs, refusals = opposed
    against = {
        refusal: {belongs[one] for one in point.key_point.proposal_ids}
        for point in found.points
        for refusal in point.key_point.opposed_ids
    }
    wrong = [
        case["text"]
        for case in CASES["refusals"]
        if against.get(refusals[case["text"]], {None}) != {case["against"]}
    ]
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize(
    ("clause", "what"),
    [
        ("We see no merit in a yearly briefing.", "a yearly briefing"),
        ("My delegation does not support the idea of a new list.", "a new list"),
        ("There is no need for another fund.", "another fund"),
        ("Donors should give for three years.", "Donors should give for three years"),
    ],
)
def test_words_of_refusal_are_taken_out(clause: str, what: str) -> None:
    assert refused(clause) == what
