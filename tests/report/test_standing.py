"""A voice against what others ask is listed as such in every format, and counted in none."""

from __future__ import annotations

import io
import re
from html import unescape

import attrs
import docx
import openpyxl
import pytest

from statement_nlp.report import figures
from statement_nlp.report.data import ReportData
from statement_nlp.report.island import build_island
from statement_nlp.report.page import build_page
from statement_nlp.report.registers import proposals_in_order
from statement_nlp.report.standing import by_standing
from statement_nlp.report.word import build_word
from statement_nlp.report.workbook import build_workbook
from tests.report.fixture import write_output

REFUSAL = "We do not support a new reporting duty for the Council."


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> ReportData:
    """Two proposals to check and one voice against, which is sure of itself."""
    read = ReportData.load(write_output(tmp_path_factory.mktemp("output")))
    doubtful = {p.proposal_id for p in [p for p in read.proposals if not p.opposed][:2]}
    proposals = tuple(
        attrs.evolve(
            p,
            to_check=p.proposal_id in doubtful,
            confidence=0.99 if p.opposed else min(p.confidence, 0.9),
        )
        for p in read.proposals
    )
    assert [p.quote for p in proposals if p.opposed] == [REFUSAL]
    return attrs.evolve(read, proposals=proposals)


@pytest.fixture(scope="module")
def page(data: ReportData) -> str:
    return build_page(data).decode("utf-8")


@pytest.fixture(scope="module")
def word(data: ReportData) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(build_word(data))).paragraphs]


def _captioned(page: str, caption: str) -> str:
    found = re.search(rf"<caption>{caption}</caption>.*?</table>", page, re.S)
    assert found is not None, caption
    return unescape(found[0])


def test_each_proposal_stands_in_one_place(data: ReportData) -> None:
    found = by_standing(data.proposals)
    assert len(found.to_check) == 2
    assert [p.quote for p in found.opposed] == [REFUSAL]
    assert len(found.asked) == len(data.proposals) - 3
    assert set(found.made) == set(data.proposals) - set(found.opposed)


def test_an_opposing_voice_is_one_whatever_its_evidence(data: ReportData) -> None:
    unsure = tuple(attrs.evolve(p, to_check=True) for p in data.proposals)
    found = by_standing(unsure)
    assert found.asked == ()
    assert [p.quote for p in found.opposed] == [REFUSAL]


def test_registers_end_with_the_voices_against(data: ReportData) -> None:
    ordered = proposals_in_order(data)
    found = by_standing(ordered)
    assert ordered == (*found.asked, *found.to_check, *found.opposed)


def test_the_page_counts_and_lists_it_apart(data: ReportData, page: str) -> None:
    asked = by_standing(data.proposals).asked
    assert f'<a class="num" href="#proposals">{len(asked)}</a> proposals' in page
    for caption in ("Partnership proposals", "Other proposals", "Proposals to check"):
        assert REFUSAL not in _captioned(page, caption)
    assert REFUSAL in _captioned(page, "Voices against what others ask")
    assert "voice speaks against what others ask, listed apart" in page


def test_the_word_report_counts_and_lists_it_apart(data: ReportData, word: list[str]) -> None:
    asked = by_standing(data.proposals).asked
    assert any(p.startswith(f"Proposed: {len(asked)} proposals, of which") for p in word)
    register = next(p for p in word if p.startswith(f"The register holds {len(asked)} proposals"))
    assert "A further 2 are to be checked and not counted here." in register
    assert "1 voice speaks against what others ask" in register
    heading = word.index("Voices against what others ask")
    assert "not counted as proposals" in word[heading + 1]
    assert REFUSAL in word[heading + 2]
    chapter = word[word.index("Proposals register") : word.index("Delegation profiles")]
    assert register in chapter
    assert not any(REFUSAL in p for p in chapter)


def test_the_workbook_lists_it_last_and_marks_it(data: ReportData) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(build_workbook(data)))["Proposals"]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, values, strict=True)) for values in sheet.values][1:]
    assert [row["Spoken against"] for row in rows] == [False] * (len(rows) - 1) + [True]
    assert rows[-1]["Proposal"] == REFUSAL


def test_it_is_nobodys_proposal_in_a_profile(data: ReportData, page: str) -> None:
    (refusal,) = by_standing(data.proposals).opposed
    name = data.delegation_of(refusal.statement_id)
    figure = next(f for f in figures.delegation_figures(data) if f.name == name)
    made = [p for p in data.proposals if data.delegation_of(p.statement_id) == name]
    assert figure.proposals == len(made) - 1
    alone = attrs.evolve(data, proposals=(refusal,), key_point_support=(), key_points=())
    figure = next(f for f in figures.delegation_figures(alone) if f.name == name)
    commitments = [
        c.passage_id for c in data.commitments if data.delegation_of(c.statement_id) == name
    ]
    labelled = [q for q in figure.quotes if q not in commitments]
    assert figure.proposals == figure.partnership == 0
    assert refusal.passage_id not in labelled


def test_the_pages_script_reads_proposals_in_the_registers_order(data: ReportData) -> None:
    island = build_island(data, "en")
    assert [p["id"] for p in island["proposals"]] == [
        p.proposal_id for p in proposals_in_order(data)
    ]
    for point in island["points"]:
        known = data.support_by_key_point[point["id"]]
        for key, stance in (("for", "support"), ("against", "opposition")):
            assert {island["proposals"][row]["id"] for row in point[key]} == {
                row.proposal_id for row in known if row.stance == stance
            }
