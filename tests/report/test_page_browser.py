from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from statement_nlp.report.data import ReportData
from statement_nlp.report.page import build_page
from statement_nlp.report.schemes import COVERING
from tests.report.fixture import write_output
from tests.report.volume import debate_of_size, sample_debate

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
VIEWS = (
    *("summary", "coverage", "questions", "factors", "points", "commitments", "proposals"),
    *("elements", "topics", "profiles", "method", "annexes", "/sentences?factors=F7"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.is_file():
        pytest.skip("Chromium is not here")
    with playwright.sync_playwright() as driver:
        instance = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield instance
        instance.close()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> ReportData:
    return ReportData.load(write_output(tmp_path_factory.mktemp("output")))


@pytest.fixture(scope="module")
def address(data: ReportData, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_bytes(build_page(data))
    return path.as_uri()


class Opened:
    """A page with everything that went wrong in it."""

    def __init__(self, browser: Any, address: str, size: dict[str, int], scheme: str) -> None:
        self.context = browser.new_context(
            viewport=size, color_scheme=scheme, accept_downloads=True
        )
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.address = address
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda m: self.troubles.append(m.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.go("summary")

    def go(self, route: str) -> None:
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}#{route}")
        self.page.wait_for_selector("html[data-ready]", state="attached")

    def run(self, script: str) -> Any:
        session = self.context.new_cdp_session(self.page)
        answer = session.send(
            "Runtime.evaluate",
            {"expression": script, "awaitPromise": True, "returnByValue": True},
        )
        return answer["result"].get("value")


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Opened]:
    session = Opened(browser, address, DESKTOP, "light")
    yield session
    assert session.troubles == []
    session.context.close()


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here")
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")])
def test_axe_finds_no_violation(
    browser: Any, address: str, data: ReportData, size: dict[str, int], scheme: str
) -> None:
    session = Opened(browser, address, size, scheme)
    for route in (*VIEWS, f"/source/{data.passages[5].passage_id}"):
        session.go(route)
        # The protocol evaluates outside the page's policy, which rightly refuses foreign scripts.
        session.run(AXE.read_text("utf-8"))
        found = session.run(
            "axe.run({runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
            " 'wcag22aa', 'best-practice']}}).then(result => JSON.stringify("
            "result.violations.map(v => [v.id, v.nodes.map(n => n.html)])))"
        )
        assert json.loads(found) == [], route
        wide = session.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{route} runs over the edge by {wide} px"
    assert session.troubles == []
    session.context.close()


def test_statement_text_stays_text(opened: Opened) -> None:
    opened.go("/sentences?delegation=Fjellmark")
    assert "<script>window.injected = true</script>" in opened.page.inner_text("#sentences")
    opened.go("commitments")
    assert "<script>window.injected" in opened.page.inner_text("#commitments")
    assert opened.page.evaluate("window.injected") is None


def test_nothing_is_requested(opened: Opened) -> None:
    for route in VIEWS:
        opened.go(route)
    allowed = ("file:", "data:", "about:", "blob:")
    assert [url for url in opened.requests if not url.startswith(allowed)] == []


def test_every_number_opens_as_many_sentences_as_it_says(opened: Opened) -> None:
    pairs = opened.page.evaluate(
        """[...document.querySelectorAll('main a[href^="#/sentences?"]')]
        .filter(a => /^\\d+$/.test(a.textContent.trim()) || a.matches('.num'))
        .map(a => [a.getAttribute('href'), a.textContent.trim()])"""
    )
    assert len(pairs) > 40
    for href, said in sorted({(href, said) for href, said in pairs}):
        opened.page.evaluate("hash => { location.hash = hash }", href)
        found = opened.page.locator("#sentences-found strong")
        opened.page.wait_for_function(
            "h => document.querySelector('#sentences.active') && location.hash === h", arg=href
        )
        counts = opened.page.evaluate(
            "() => new Promise(done => setTimeout(() => done({...document.querySelector("
            "'#sentences-found strong').dataset}), 0))"
        )
        key = "delegations" if "by=delegation" in href else "sentences"
        if "point=" in href and key == "sentences":
            assert int(counts[key]) >= 1  # a point counts proposals; a sentence can hold two
            continue
        assert counts[key] == said, (href, found.inner_text())


def test_a_sentence_opens_its_place_highlighted_with_its_page(opened: Opened) -> None:
    opened.go("/sentences?q=northern%20districts")
    opened.page.click("#sentences .cite")
    opened.page.wait_for_selector("#chosen")
    assert opened.page.inner_text("#chosen") == "Access to the northern districts is still refused."
    assert "Kambeza, p. 1, para. 1" in opened.page.inner_text(".chosen")
    assert "p. 1" in opened.page.inner_text(".statement .page")
    assert opened.page.evaluate("document.activeElement.id") == "chosen"


def test_links_into_any_view_can_be_kept(opened: Opened, data: ReportData) -> None:
    point = data.key_points[0].key_point_id
    opened.go(f"point-{point}")
    assert opened.page.is_visible(f"#point-{point}")
    assert opened.page.evaluate("document.querySelector('main > .active').id") == "points"
    opened.go("/commitments?delegation=Fjellmark&check=all")
    rows = opened.page.locator("#commitments-tool tbody tr")
    assert rows.count() == sum(
        data.delegation_of(c.statement_id) == "Fjellmark" for c in data.commitments
    )
    opened.go("/source/pnone")
    assert "no such sentence" in opened.page.inner_text("#source")
    opened.go("nowhere")
    assert opened.page.is_visible("#summary")


def test_search_folds_accents_and_case(opened: Opened) -> None:
    opened.page.fill("#find", "COTE d\u2019azel TREATY")
    opened.page.press("#find", "Enter")
    opened.page.wait_for_selector("#sentences-found .sentence")
    assert opened.page.locator("#sentences-found .sentence").count() == 1
    assert opened.page.locator("#sentences-found mark").count() == 3


def test_registers_sort_by_keyboard_and_say_so(opened: Opened) -> None:
    opened.go("/commitments?check=all")
    first = opened.page.locator("#commitments-tool thead th").first
    first.locator("button").focus()
    opened.page.keyboard.press("Enter")
    assert first.get_attribute("aria-sort") == "ascending"
    names = opened.page.locator("#commitments-tool tbody th").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    opened.page.keyboard.press("Enter")
    assert first.get_attribute("aria-sort") == "descending"


def test_exported_csv_holds_no_formula(opened: Opened, data: ReportData) -> None:
    opened.go("/commitments?check=all")
    with opened.page.expect_download() as download:
        opened.page.click("text=Export CSV")
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["id"] for row in rows} == {c.commitment_id for c in data.commitments}
    assert any(row["quote"].startswith("'=cmd") for row in rows)
    assert not [c for row in rows for c in row.values() if c and re.match(r"[=+@\t\r-]", c)]


def test_a_quote_is_copied_with_its_citation(opened: Opened) -> None:
    opened.go("/sentences?q=northern%20districts")
    opened.page.click("#sentences .copy")
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    assert copied == (
        "\u201cAccess to the northern districts is still refused.\u201d "
        "(Kambeza, p. 1, para. 1, S/INVENTED/1)"
    )


def test_the_whole_page_can_be_used_by_keyboard(opened: Opened) -> None:
    opened.go("")
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "skip"
    opened.go("points")
    opened.page.focus("#support-chart svg a")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector("#sentences.active")
    assert "key point" in opened.page.inner_text("#sentences-found")


def test_colours_can_be_switched(opened: Opened) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    light = opened.page.evaluate(paper)
    opened.page.click(".theme")
    assert opened.page.evaluate(paper) != light


def test_print_shows_every_section(opened: Opened) -> None:
    opened.page.emulate_media(media="print")
    for section in VIEWS[:-1]:
        assert opened.page.is_visible(f"#{section}-title"), section
    assert opened.page.is_visible("#commitments .still table >> nth=0")
    assert not opened.page.is_visible("#commitments-tool")


def test_charts_are_printed(opened: Opened) -> None:
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    for chart in ("factor-chart", "support-chart", "topic-map"):
        box = opened.page.locator(f"#{chart} svg").bounding_box()
        assert box is not None, chart
        assert 300 < box["width"] <= 680
        assert box["height"] < 900, "a chart must fit on a sheet"
    opened.page.emulate_media(media="screen")
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.page.locator("#factor-chart svg").bounding_box()["width"] > 680


def test_registers_fit_the_window(opened: Opened) -> None:
    for view in ("commitments", "proposals"):
        opened.go(f"/{view}?check=all")
        region = f"document.querySelector('#{view}-tool .scroll')"
        assert opened.page.evaluate(f"{region}.scrollWidth <= {region}.clientWidth"), view


def test_voices_against_are_shown_where_they_are_asked_for(opened: Opened) -> None:
    refusal = "We do not support a new reporting duty"
    for route in ("/proposals?check=all", "/proposals?check=all&sort=other"):
        opened.go(route)
        assert refusal not in opened.page.inner_text("#proposals-tool"), route
    opened.go("/proposals?check=all&sort=opposed")
    assert refusal in opened.page.inner_text("#proposals-tool")
    status = opened.page.inner_text("#proposals-tool .table-status")
    assert status == "1 voice against what others ask"
    opened.go("/sentences?act=proposal")
    assert refusal not in opened.page.inner_text("#sentences")


def test_sentences_beyond_the_framework_can_be_listed(opened: Opened, data: ReportData) -> None:
    carried = {t.passage_id for t in data.tags if t.assigned and t.scheme in COVERING}
    opened.go("/sentences?tagged=beyond")
    found = opened.page.get_attribute("#sentences-found strong", "data-sentences")
    assert found == str(sum(p.passage_id not in carried for p in data.passages))


def test_the_page_reads_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    for section in ("summary", "coverage", "points", "commitments", "proposals", "annexes"):
        assert page.is_visible(f"#{section}-title")
    assert page.is_visible("text=Veldania will contribute US$ 250,000")
    assert not page.is_visible(".find")
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize(("statements", "seconds"), [(70, 1.0), (500, 4.0)])
def test_large_debates_stay_usable(
    browser: Any, root: Path, tmp_path: Path, statements: int, seconds: float
) -> None:
    sample = sample_debate(root / "corpora" / "sample-debate")
    write_output(tmp_path, debate_of_size(sample, statements))
    path = tmp_path / "report.html"
    path.write_bytes(build_page(ReportData.load(tmp_path)))
    session = Opened(browser, path.as_uri(), DESKTOP, "light")
    ready = min(_ready(session) for _ in range(3))
    assert ready < seconds, f"interactive after {ready:.2f} s"
    session.page.evaluate("location.hash = '#/sentences?q=mine'")
    session.page.wait_for_selector("#sentences-found .sentence", timeout=5_000)
    assert session.troubles == []
    session.context.close()


def _ready(session: Opened) -> float:
    """Seconds from the start of loading until the page's script has run."""
    session.go("summary")
    return float(
        session.page.evaluate(
            "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
        )
        / 1000
    )


def test_a_key_point_is_found_by_the_words_of_any_supporter(
    opened: Opened, data: ReportData
) -> None:
    point = next(p for p in data.key_points if p.size > 1)
    behind = [
        data.proposal_by_id[row.proposal_id].quote
        for row in data.support_by_key_point[point.key_point_id]
    ]
    words = next(quote for quote in behind if quote != point.text)
    opened.go("points")
    opened.page.fill("#points-tool input", words)
    opened.page.wait_for_function(
        "() => document.querySelectorAll('#points article.left-out').length > 0"
    )
    assert opened.page.is_visible(f"#point-{point.key_point_id}")


def test_key_points_and_profiles_can_be_found_by_words(opened: Opened) -> None:
    for view, words in (("points", "trust fund"), ("profiles", "cote")):
        opened.go(view)
        opened.page.fill(f"#{view}-tool input", words)
        opened.page.wait_for_function(
            "v => document.querySelector(`#${v}-tool [role=status]`).textContent.startsWith('1 ')",
            arg=view,
        )
        assert opened.page.locator(f"#{view} article:visible").count() == 1
