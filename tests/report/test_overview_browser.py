from __future__ import annotations

import json
from pathlib import Path

import pytest

from statement_nlp.report.overview_page import build_overview
from tests.report.fixture import write_output

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.skipif(not CHROMIUM.is_file(), reason="Chromium is not here")
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here")
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_no_violation(tmp_path: Path, width: int, scheme: str) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(build_overview(write_output(tmp_path / "out"), limit=1))
    troubles: list[str] = []
    requests: list[str] = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri())
        # The protocol evaluates outside the page's policy, which rightly refuses foreign scripts.
        session = context.new_cdp_session(page)
        script = (
            f"{AXE.read_text('utf-8')};axe.run({{runOnly: {{type: 'tag', values: {TAGS}}}}})"
            ".then(result => JSON.stringify("
            "result.violations.map(v => [v.id, v.nodes.map(n => n.html)])))"
        )
        answer = session.send(
            "Runtime.evaluate",
            {"expression": script, "awaitPromise": True, "returnByValue": True},
        )
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        browser.close()
    assert json.loads(answer["result"]["value"]) == []
    assert wide <= 0
    assert troubles == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
