"""Page, Word report and workbook show the same groups, the same order and the same figures."""

from __future__ import annotations

import io
import re
from html import unescape
from importlib import resources
from typing import Any

import attrs
import docx
import openpyxl
import pytest
import yaml

from statement_nlp.report import figures
from statement_nlp.report.data import ReportData
from statement_nlp.report.island import build_island, thousandths
from statement_nlp.report.page import build_page
from statement_nlp.report.page_views import surest_quotes
from statement_nlp.report.schemes import COVERING
from statement_nlp.report.settings import settings
from statement_nlp.report.title import last_day
from statement_nlp.report.topic_figures import furthest_topic, not_asked
from statement_nlp.report.word import build_word
from statement_nlp.report.wording import Wording, cut
from statement_nlp.report.workbook import build_workbook
from tests.report.fixture import write_output
from tests.report.invented import SMALL

DEBATE = [
    {"delegation": "Korvath", "role": "presidency", "paragraphs": ["The meeting is open."]},
    *SMALL,
    {
        "delegation": "Cumbra",
        "role": "member state",
        "paragraphs": ["Cumbra remains committed to the treaty. The Council should meet more."],
    },
    {
        "delegation": "Korvath",
        "role": "elected member",
        "paragraphs": [
            "The Council should hear a briefing on explosive hazards every year. "
            "Korvath will send its teams to survey the fields that armed groups mined."
        ],
    },
    {
        "delegation": "Korvath",
        "role": "civil society",
        "paragraphs": ["Parties to the conflict must mark mined fields."],
    },
]
"""The small debate, a State in three roles, and one whose name sorts after one with an accent."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> ReportData:
    read = ReportData.load(write_output(tmp_path_factory.mktemp("output"), DEBATE))
    statements = tuple(
        attrs.evolve(s, procedural=s.delegation == "Korvath" and s.role == "presidency")
        for s in read.statements
    )
    return attrs.evolve(read, statements=statements)


@pytest.fixture(scope="module")
def page(data: ReportData) -> str:
    return build_page(data).decode("utf-8")


@pytest.fixture(scope="module")
def word(data: ReportData) -> Any:
    return docx.Document(io.BytesIO(build_word(data)))


@pytest.fixture(scope="module")
def book(data: ReportData) -> Any:
    return openpyxl.load_workbook(io.BytesIO(build_workbook(data)))


def _rows(book: Any, name: str) -> list[dict[str, Any]]:
    heads, *rows = book[name].values
    return [dict(zip(heads, values, strict=True)) for values in rows]


def test_a_state_in_several_roles_stands_in_one_group(
    data: ReportData, page: str, word: Any, book: Any
) -> None:
    assert data.group_by_delegation["Korvath"].id == "council"
    assert data.leading_statement["Korvath"].role == "elected member"
    (figure,) = (f for f in figures.delegation_figures(data) if f.name == "Korvath")
    assert (figure.role, figure.group.id) == ("elected member", "council")
    (entry,) = (d for d in build_island(data, "en")["delegations"] if d[0] == "Korvath")
    assert entry[1:3] == ["council", "elected member"]
    assert {r["Group"] for r in _rows(book, "Statements") if r["Delegation"] == "Korvath"} == {
        "Council"
    }
    backed = re.findall(r"<dt>([^<]+)</dt><dd>(.*?)</dd>", page, re.S)
    assert {group for group, names in backed if ">Korvath<" in names} == {
        "Security Council members"
    }
    support = [p.text for p in word.paragraphs if p.style.style_id == "SupportLine"]
    behind = [text.split(": ")[0] for text in support if "Korvath" in text]
    assert behind
    assert set(behind) == {"Security Council members"}
    marked = figures.label_figures(data)["factors", "F1"]
    council = [t for t in marked.by_group if t[0] == "council"]
    assert council  # what it said as civil society counts for its group


def test_registers_are_ordered_with_accents_passed_over(
    data: ReportData, page: str, word: Any, book: Any
) -> None:
    wanted = [r["Delegation"] for r in _rows(book, "Commitments") if not r["To check"]]
    table = re.search(r"<caption>Commitments</caption>.*?</table>", page, re.S)
    assert table is not None
    shown = [unescape(n) for n in re.findall(r'<tr><th scope="row">([^<]+)</th>', table[0])]
    assert shown == wanted
    printed = next(
        [row.cells[1].text for row in t.rows][1:]
        for t in word.tables
        if [c.text for c in t.rows[0].cells][:3] == ["No.", "Delegation", "Commitment"]
    )
    assert printed == wanted
    accented = wanted.index("C\u00f4te d\u2019Azel")
    assert accented < wanted.index("Cumbra")  # by code points it would come after it
    island = build_island(data, "en")
    told = [c["id"] for c in island["commitments"]]
    assert told == [r["Commitment id"] for r in _rows(book, "Commitments")]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.29, 0.29), (0.57, 0.57), (0.58, 0.58), (0.2899, 0.28), (0.999, 0.99), (1.0, 1.0), (0, 0)],
)
def test_confidence_is_cut_and_never_rounded_up(value: float, shown: float) -> None:
    assert cut(value) == shown
    assert Wording("en").probability(value) == f"{shown:.2f}"


def test_a_value_of_two_decimals_keeps_both() -> None:
    for hundredths in range(101):
        assert Wording("en").probability(hundredths / 100) == f"{hundredths / 100:.2f}"
    assert [thousandths(n / 1000) for n in range(1001)] == list(range(1001))


def test_the_workbook_cuts_as_page_and_word_do(data: ReportData) -> None:
    changed = tuple(attrs.evolve(c, confidence=0.6189) for c in data.commitments)
    other = attrs.evolve(data, commitments=changed)
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(other)))
    assert {row["Confidence"] for row in _rows(book, "Commitments")} == {0.61}
    assert '<td class="n">0.61</td>' in build_page(other).decode("utf-8")


def test_topics_are_covered_by_the_schemes_the_topics_stage_goes_by() -> None:
    raw = resources.files("statement_nlp.topics") / "data" / "settings.yaml"
    rule = yaml.safe_load(raw.read_bytes())["outside_framework"]
    assert tuple(rule["schemes"]) == COVERING


def test_a_sentence_with_an_aspect_alone_is_on_no_question_or_factor(data: ReportData) -> None:
    aspects = tuple(t for t in data.tags if t.scheme == "aspects")
    alone = attrs.evolve(data, tags=aspects)
    assert sum(not_asked(alone).values()) == len(data.topic_assignments)


def test_page_and_word_name_the_same_furthest_topic(data: ReportData) -> None:
    inside = attrs.evolve(
        data,
        tags=(),  # every topic lies beyond as a whole, so that all shares are equal
        topics=tuple(attrs.evolve(t, outside_framework=False) for t in reversed(data.topics)),
    )
    furthest = furthest_topic(inside)
    assert furthest is not None
    widest = max(t.delegations for t in data.topics if not t.boilerplate)
    assert furthest.topic.delegations == widest
    page = build_page(inside).decode("utf-8")
    word = "\n".join(p.text for p in docx.Document(io.BytesIO(build_word(inside))).paragraphs)
    assert f'Furthest from it: <a href="#topics">{furthest.topic.label}</a>' in page
    assert f"Furthest from it: {furthest.topic.label}, of whose" in word


def test_no_topic_is_furthest_where_all_are_covered(data: ReportData) -> None:
    assert furthest_topic(attrs.evolve(data, topic_assignments=())) is None


def test_files_are_dated_by_the_debate(data: ReportData, word: Any, book: Any) -> None:
    assert last_day(data).date().isoformat() == "2021-04-08"
    for created in (word.core_properties.created, book.properties.created):
        assert created.replace(tzinfo=None) == last_day(data)
    undated = tuple(attrs.evolve(s, date="spring") for s in data.statements)
    assert last_day(attrs.evolve(data, statements=undated)).year == 2000


def test_no_more_quotes_stand_under_a_label_than_are_set(data: ReportData) -> None:
    most = max(len(quotes) for quotes in surest_quotes(data).values())
    assert most == settings().quotes_per_label


def test_footnotes_belong_to_their_statement(data: ReportData) -> None:
    first, second, *_ = data.statements
    regions = tuple(
        attrs.evolve(data.regions[0], kind=kind, statement_id=s.statement_id, start=a, end=a + 2)
        for s, kind, a in (
            (second, "footnote", 7),
            (first, "footnote", 3),
            (second, "furniture", 5),
            (second, "footnote", 9),
        )
    )
    island = build_island(attrs.evolve(data, regions=regions), "en")
    notes = {s["id"]: s.get("notes") for s in island["statements"]}
    assert notes[first.statement_id] == [[3, 5]]
    assert notes[second.statement_id] == [[7, 9], [9, 11]]
    assert sum(bool(found) for found in notes.values()) == 2
