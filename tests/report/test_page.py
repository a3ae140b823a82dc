from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statement_nlp.report.data import ReportData, ReportError
from statement_nlp.report.island import script_json, utf16_offsets
from statement_nlp.report.page import build_page
from tests.report.fixture import write_output
from tests.report.volume import debate_of_size, sample_debate


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> ReportData:
    return ReportData.load(write_output(tmp_path_factory.mktemp("output")))


@pytest.fixture(scope="module")
def page(data: ReportData) -> str:
    return build_page(data).decode("utf-8")


class _Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.inline: dict[str, list[str]] = {"script": [], "style": []}
        self.policy = ""
        self.attributes: set[str] = set()
        self._inside: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.attributes |= set(found)
        self.ids += [str(found["id"])] if "id" in found else []
        self.links += [str(found["href"])] if tag == "a" else []
        self.loads += [str(found[key]) for key in ("src", "srcset", "data") if key in found]
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(found["content"])
        runs = tag == "style" or (tag == "script" and found.get("type") != "application/json")
        self._inside = tag if runs else None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.inline[self._inside].append(data)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser names it
        self._inside = None


def test_sections_stand_in_the_agreed_order(page: str) -> None:
    order = re.findall(r'<section id="([a-z]+)" class="view', page)
    assert order == [
        "summary",
        "coverage",
        "questions",
        "factors",
        "points",
        "commitments",
        "proposals",
        "elements",
        "topics",
        "profiles",
        "method",
        "annexes",
        "sentences",
        "source",
    ]


def test_statement_text_is_never_markup(page: str) -> None:
    assert "<script>window" not in page
    assert page.count("&lt;script&gt;window.injected") >= 1
    island = re.search(r'<script type="application/json" id="island">(.*?)</script>', page, re.S)
    assert island is not None
    assert "<script>window.injected" in json.loads(island[1])["documents"][0]["text"]


def test_only_the_scripts_and_styles_of_the_file_may_run(page: str) -> None:
    elements = _Elements(page)
    assert elements.policy.startswith("default-src 'none'")
    assert "unsafe" not in elements.policy
    for kind in ("script", "style"):
        assert elements.inline[kind]
        for text in elements.inline[kind]:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in elements.policy
    assert not {name for name in elements.attributes if name.startswith("on") or name == "style"}


def test_nothing_is_loaded_from_elsewhere(page: str) -> None:
    elements = _Elements(page)
    assert elements.loads == []
    assert all(link.startswith("#") for link in elements.links)


def test_ids_are_unique_and_anchors_lead_somewhere(page: str) -> None:
    elements = _Elements(page)
    assert len(elements.ids) == len(set(elements.ids))
    anchors = {link[1:] for link in elements.links if not link.startswith("#/")}
    assert anchors <= set(elements.ids)


def test_every_quote_links_to_a_sentence(page: str, data: ReportData) -> None:
    found = {link.rsplit("/", 1)[1] for link in _Elements(page).links if "#/source/" in link}
    assert found
    assert found <= set(data.passage_by_id)


def test_the_same_data_give_the_same_bytes(data: ReportData, page: str) -> None:
    assert build_page(data).decode("utf-8") == page


def test_synthetic_runs_say_so_and_others_do_not(data: ReportData, page: str) -> None:
    import attrs

    assert "Synthetic sample." in page
    real = attrs.evolve(data, run=attrs.evolve(data.run, synthetic=False))
    assert "Synthetic sample." not in build_page(real).decode("utf-8")


def test_title_and_logo(data: ReportData, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"\x89PNG\r\n\x1a\n")
    page = build_page(data, title="Titel <b>& more", logo=logo).decode("utf-8")
    assert "<title>Titel &lt;b&gt;&amp; more (synthetic)</title>" in page
    assert 'src="data:image/png;base64,' in page


def test_wrong_options_are_one_clear_line(data: ReportData, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="locale 'xx_QQ' is unknown; give one"):
        build_page(data, locale="xx_QQ")
    with pytest.raises(ReportError, match=r"logo\.svg: is not a PNG, JPEG or GIF"):
        build_page(data, logo=tmp_path / "logo.svg")
    with pytest.raises(ReportError, match=r"logo\.png: cannot be read"):
        build_page(data, logo=tmp_path / "logo.png")


def test_numbers_and_dates_follow_the_locale(data: ReportData) -> None:
    assert "8 avril 2021" in build_page(data, locale="fr").decode("utf-8")


def test_an_empty_debate_still_makes_a_page(data: ReportData) -> None:
    import attrs

    tables = ("passages", "tags", "topics", "topic_assignments", "commitments", "proposals")
    tables += ("key_points", "key_point_support", "agreed_matches", "needs", "profiles")
    empty = attrs.evolve(data, **dict.fromkeys(tables, ()))
    assert "No two proposals were close enough" in build_page(empty).decode("utf-8")


def test_seventy_statements_stay_under_three_megabytes(root: Path, tmp_path: Path) -> None:
    sample = sample_debate(root / "corpora" / "sample-debate")
    write_output(tmp_path, debate_of_size(sample, 70))
    assert len(build_page(ReportData.load(tmp_path))) < 3_000_000


@given(st.text(), st.data())
def test_utf16_offsets_cut_the_same_words(text: str, draw: st.DataObject) -> None:
    end = draw.draw(st.integers(0, len(text)))
    start = draw.draw(st.integers(0, end))
    offset: Callable[[int], int] = utf16_offsets(text)
    units = text.encode("utf-16-le", "surrogatepass")
    cut = units[2 * offset(start) : 2 * offset(end)].decode("utf-16-le", "surrogatepass")
    assert cut == text[start:end]


@given(st.text())
def test_island_text_cannot_leave_its_element(text: str) -> None:
    written = script_json({"text": text})
    assert not set("<>\u2028\u2029") & set(written)
    assert json.loads(written)["text"] == text
