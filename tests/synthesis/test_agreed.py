"""Agreed texts become units that their verbs open."""

from __future__ import annotations

from pathlib import Path

import pytest

from statement_nlp.synthesis import read_agreed
from statement_nlp.synthesis.agreed import AgreedError
from tests.synthesis.conftest import Debate
from tests.synthesis.test_bring import together

RESOLUTION = """SAMPLE/RES/2019/12

Resolution of the invented Council (synthetic)

The Security Council,

Recalling its earlier texts on explosive hazards,

Deeply concerned at the number of children who are hurt,

1.  Decides that missions in mined areas shall have an adviser on clearance;

2.  Calls upon all parties

    (a) to hand over the maps of the mines they have laid;

    (b) to mark the fields that they cannot clear;

3.  Further encourages donors to give for several years at once;

4.  Decides to remain seized of the matter.
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "resolution.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_resolution_has_preambular_and_operative_units(tmp_path: Path) -> None:
    agreed = read_agreed([write(tmp_path, RESOLUTION)])
    seen = [(unit.paragraph, unit.verb, unit.operative) for unit in agreed.units]
    assert seen == [
        ("PP1", "Recalling", False),
        ("PP2", "concerned", False),
        ("1", "Decides", True),
        ("2", "Calls upon", True),
        ("2 (a)", "Calls upon", True),
        ("2 (b)", "Calls upon", True),
        ("3", "encourages", True),
        ("4", "Decides", True),
    ]
    assert {unit.symbol for unit in agreed.units} == {"SAMPLE/RES/2019/12"}


def test_units_are_verbatim_and_their_documents_are_kept(tmp_path: Path) -> None:
    agreed = read_agreed([write(tmp_path, RESOLUTION)])
    for unit in agreed.units:
        unit.quote.verify(agreed.texts[unit.quote.document_id])
    assert len({unit.unit_id for unit in agreed.units}) == len(agreed.units)


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_the_sample_statement_has_fourteen_units(root: Path, suffix: str) -> None:
    agreed = read_agreed([root / "corpora" / "sample-debate" / f"earlier-statement.{suffix}"])
    assert [unit.paragraph for unit in agreed.units] == [str(n) for n in range(1, 15)]
    assert {unit.symbol for unit in agreed.units} == {"SAMPLE/PRST/2019/4"}
    assert agreed.units[3].verb == "calls upon"
    assert agreed.units[3].operative
    assert not agreed.units[2].operative
    assert agreed.units[0].quote.text.startswith("The Security Council expresses")
    assert agreed.units[-1].quote.text.endswith("matter.")


def test_sentences_of_a_presidential_statement_are_units_of_their_own(tmp_path: Path) -> None:
    text = (
        "Statement by the President\n\n\u201cThe Security Council stresses that mines kill. The "
        "Council also urges all parties to lift them. This is a remark.\n\n\u201cThe Council "
        "requests a report.\u201d\n"
    )
    units = read_agreed([write(tmp_path, text)]).units
    assert [(u.paragraph, u.verb) for u in units] == [
        ("1", "stresses"),
        ("1", "urges"),
        ("2", "requests"),
    ]
    assert units[1].quote.text.endswith("remark.")
    assert units[1].substance.startswith("all parties")


def test_a_printed_resolution_number_gives_the_symbol(tmp_path: Path) -> None:
    text = "Resolution 9999 (2031)\n\nThe Security Council,\n\n1. Decides to remain seized.\n"
    assert read_agreed([write(tmp_path, text)]).units[0].symbol == "S/RES/9999 (2031)"


def test_a_text_that_is_no_agreed_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AgreedError, match=r"resolution\.txt: no paragraph opens"):
        read_agreed([write(tmp_path, "Dear colleague,\n\nThank you for the cake.\n")])
    with pytest.raises(AgreedError, match=r"absent\.pdf: no such file"):
        read_agreed([tmp_path / "absent.pdf"])


def test_no_paths_give_nothing() -> None:
    assert read_agreed([]).units == ()


def test_key_points_stand_beside_the_nearest_agreed_language(root: Path, debate: Debate) -> None:
    agreed = read_agreed([root / "corpora" / "sample-debate" / "earlier-statement.docx"])
    expected = {
        "Every ceasefire should contain a clause on mine clearance.": "3",
        "Armed groups must hand over their maps of the minefields.": "4",
        "Contingents should be trained on explosive devices before they deploy.": "5",
        "Every mission needs a mine action adviser from the first day of planning.": "6",
        "Donors should give to the voluntary trust fund for three years at a time.": "7",
        "The Council should hear a briefing on explosive ordnance once a year.": None,
        "Sanctions committees should list those who traffic in detonators.": None,
        "Creditors should extend the suspension of debt.": None,
    }
    for number, text in enumerate(expected):
        debate.speaks(f"Speaker {number}")
        debate.proposes(text)
    found = together(debate, agreed)
    paragraph = {unit.unit_id: unit.paragraph for unit in agreed.units}
    nearest = {match.key_point_id: paragraph[match.unit_id] for match in found.matches}
    assert {
        point.key_point.text: nearest.get(point.key_point.key_point_id) for point in found.points
    } == expected
    assert set(found.texts) == {unit.quote.document_id for unit in agreed.units}
