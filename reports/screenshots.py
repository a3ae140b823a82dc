"""Take the pictures of docs/report.md: ``python reports/screenshots.py``.

Needs Chromium for the page and LibreOffice for the Word file; without them nothing is written.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
LARGEST = 250_000
"""Bytes of a picture; one that would be larger is drawn with fewer colours, then made smaller."""


@attrs.frozen
class Shot:
    """One view of the page and how it is looked at."""

    name: str
    route: str
    scheme: str = "light"
    size: tuple[int, int] = (1280, 900)
    to: str | None = None
    """What is brought to the top of the window first."""
    open: str | None = None
    """What is clicked first."""


PHONE = (390, 844)
SHOTS = (
    Shot("report", "summary", size=(1280, 1100)),
    Shot("page-summary", "summary"),
    Shot("page-coverage", "coverage"),
    Shot("page-questions", "questions"),
    Shot("page-factors", "factors"),
    Shot("page-matrix", "factors", to="#matrix-title"),
    Shot("page-points", "points"),
    Shot("page-point", "points", to=".point >> nth=0", open=".point summary >> nth=0"),
    Shot("page-commitments", "commitments"),
    Shot("page-unanswered", "unanswered"),
    Shot("page-proposals", "proposals"),
    Shot("page-elements", "elements"),
    Shot("page-topics", "topics"),
    Shot("page-topic-map", "topics", to="#topic-map"),
    Shot("page-profiles", "profiles"),
    Shot("page-method", "method"),
    Shot("page-annexes", "annexes"),
    Shot("page-sentences", "/sentences?q=fund&act=proposal"),
    Shot("page-source", "/source/{commitment}"),
    Shot("page-dark-summary", "summary", scheme="dark", to=".summary-grid .wide >> nth=1"),
    Shot("page-dark-matrix", "factors", scheme="dark", to="#matrix-title"),
    Shot("page-phone", "commitments", size=PHONE),
)
WORD = (
    ("word-cover", None),
    ("word-summary", "Summary"),
    ("word-factors", "By enabling factor"),
    ("word-points", "Key points with their supporters"),
    ("word-commitments", "Commitments register"),
    ("word-elements", "Elements for a presidential statement"),
)
"""Pages of the Word file, by the chapter that begins on them; none is the first page."""
_PRINTED = "Key points with supporters"


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture as a small PNG without a date in it."""
    flat = picture.convert("RGB")
    for colours, share in ((256, 1.0), (64, 1.0), (64, 0.8), (32, 0.7)):
        size = (round(flat.width * share), round(flat.height * share))
        drawn = flat if share == 1 else flat.resize(size, Image.Resampling.LANCZOS)
        stream = io.BytesIO()
        drawn.quantize(colours, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
        if stream.tell() < LARGEST:
            break
    path.write_bytes(stream.getvalue())


def page_shots(report: Path, chromium: str, out: Path) -> None:
    """Take every view of the page, and one sheet of its print."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for shot in SHOTS:
            context = browser.new_context(
                viewport={"width": shot.size[0], "height": shot.size[1]}, color_scheme=shot.scheme
            )
            page = context.new_page()
            page.set_default_timeout(120_000)  # a loaded machine is slow, not broken
            save(Image.open(io.BytesIO(_taken(page, report, shot))), out / f"{shot.name}.png")
            context.close()
        page = browser.new_page()
        page.goto(report.resolve().as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        pdf = page.pdf(prefer_css_page_size=True, print_background=True)
        browser.close()
    save(_sheet(pypdfium2.PdfDocument(pdf), _PRINTED), out / "page-print.png")


def _taken(page: Any, report: Path, shot: Shot) -> bytes:  # noqa: ANN401 - known by its driver
    page.goto(report.resolve().as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    island = json.loads(page.inner_text("#island") or page.text_content("#island"))
    route = shot.route.format(commitment=_first_commitment(island))
    page.evaluate("route => { location.hash = route }", route)
    page.wait_for_timeout(300)  # fonts and charts are drawn after the view has changed
    if shot.open:
        page.click(shot.open)
    if shot.to:
        page.locator(shot.to).evaluate(
            "e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 110)"
        )
    taken: bytes = page.screenshot(animations="disabled", caret="hide")
    return taken


def _first_commitment(island: dict[str, Any]) -> str:
    """Return the sentence of the first sure commitment with an amount."""
    ids: list[str] = island["passages"]["id"]
    sure = [c for c in island["commitments"] if not c.get("check")]
    return ids[next((c for c in sure if c.get("stated")), sure[0])["p"]]


def word_shots(report: Path, office: str, out: Path) -> None:
    """Convert the Word file and take six of its pages."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        subprocess.run(
            [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(report)],
            check=True,
            capture_output=True,
            timeout=300,
        )
        printed = pypdfium2.PdfDocument(Path(folder) / f"{report.stem}.pdf")
        for name, heading in WORD:
            save(_sheet(printed, heading), out / f"{name}.png")


def _sheet(printed: pypdfium2.PdfDocument, heading: str | None) -> Image.Image:
    """Return the page that a heading begins, after the contents; the first without one."""
    number = 0
    if heading is not None:
        number = next(n for n in _pages_with(printed, heading))
    drawn: Image.Image = printed[number].render(scale=1.25).to_pil()
    return drawn


def _pages_with(printed: pypdfium2.PdfDocument, heading: str) -> Iterator[int]:
    numbered = re.compile(rf"^[IVX]+\.\s*{re.escape(heading)}\s*$", re.MULTILINE)
    for number, page in enumerate(printed):
        if numbered.search(page.get_textpage().get_text_range().replace("\r", "")):
            yield number


def main() -> int:
    """Take all pictures of the committed sample, or of the reports named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, default=ROOT / "reports" / "sample")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "img")
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    office = shutil.which("soffice")
    if chromium is None or office is None:
        print("Chromium or LibreOffice is not here: the pictures stay as they are")
        return 0
    given.out.mkdir(parents=True, exist_ok=True)
    page_shots(given.reports / "report.html", chromium, given.out)
    word_shots(given.reports / "report.docx", office, given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
