"""Walk through six tasks of a reader, page and Word file: ``python reports/tasks.py``.

No person is timed. Every step is done by a machine, on the real files, so that a task that cannot
be done fails here; its seconds are estimates (``walks.py``).
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from walks import READ, Page, Walk, Word, last_link

ROOT = Path(__file__).resolve().parents[1]


def page_backers(at: Page) -> None:
    """Find all delegations that back a trust fund point."""
    at.open("Key points")
    at.fill("#points-tool input", "trust fund")
    at.read("#points article .supporters")


def page_pledges(at: Page) -> None:
    """Find what one State pledged."""
    at.open("Commitments")
    name = at.page.locator("#commitments-tool tbody th").last.inner_text()
    at.click("#commitments-tool select[name=delegation]")
    at.page.keyboard.press("Escape")
    at.page.select_option("#commitments-tool select[name=delegation]", name)
    at.walk.type(name[:3] + "\n")
    text = at.read("#commitments-tool tbody tr")
    assert name in text


def page_not_asked(at: Page) -> None:
    """Find what nobody asked but many raised."""
    at.open("Topics beyond the framework")
    at.read("#topics > p, #topics .label >> nth=0")
    beyond = "#topics td:nth-child(4) a, #topics .label .figures a"
    at.click(beyond)
    at.read("#sentences-found .found, #sentences-found .sentence >> nth=0")


def page_quote(at: Page) -> None:
    """Copy a quote with its citation."""
    at.fill("#find", "survivors")
    at.page.keyboard.press("Enter")
    at.walk.type("\n")
    at.read("#sentences-found .sentence >> nth=0")
    at.click("#sentences-found .copy")
    copied = at.page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"\u201d \(.+, para\. \d+", copied), copied


def page_doubtful(at: Page) -> None:
    """Check a doubtful tag at its source."""
    at.open("Enabling factors")
    at.read("#factors thead >> nth=0")
    at.click("#factors a[href*='check=1']")
    at.read("#sentences-found .sentence >> nth=0")
    at.click("#sentences-found .cite")
    at.read("#chosen, .chosen")


def page_unanswered(at: Page) -> None:
    """List what affected States asked and no other delegation answered."""
    at.open("Commitments")
    at.read("#commitments .lede")
    at.click("#commitments a[href='#unanswered']")
    at.read("#unanswered, #unanswered ~ .scroll tbody")


def word_backers(at: Word) -> None:
    """Find all delegations that back a trust fund point."""
    hit = at.find("trust fund", at.cover("what each proposed"))
    at.read(hit)
    point = at.follow("", [last_link(at.paragraphs[hit])])
    assert "delegation" in at.read(point)


def word_pledges(at: Word) -> None:
    """Find what one State pledged."""
    start = at.cover("what each State pledged")
    cited = re.compile(r"\u201d (.+?), p. \d+, para")
    names = [m[1] for n in range(start, start + 100) if (m := cited.search(at.text(n)))]
    name = names[-1]
    first = at.find(f"{name}, p.", start)
    own = [n for n in range(first, len(at.paragraphs)) if f"\u201d {name}, p." in at.text(n)]
    at.read(*own)


def word_not_asked(at: Word) -> None:
    """Find what nobody asked but many raised."""
    start = at.cover("what nobody asked")
    listed = range(start, start + 7)  # how many, and the three raised by most with a quote each
    at.read(*listed)
    at.follow("", [at.paragraphs[number] for number in listed])


def word_quote(at: Word) -> None:
    """Copy a quote with its citation."""
    hit = at.find("survivors", at.cover("what each proposed"))
    text = at.read(hit)
    assert re.search(r"\u201d .+, para\. \d+", text)
    at.walk.press()  # mark the words
    at.walk.press()  # to the end of the citation
    at.walk.type("\u2303C")


def word_doubtful(at: Word) -> None:
    """Check a doubtful tag at its source."""
    start = at.cover("what to check")
    hit = at.find("*", start + 2)
    at.read(start + 1)
    at.walk.read(at.text(hit).split("*")[0])
    assert re.search(r"\* \[p. \d+\]", at.text(hit))
    at.walk.press()  # open the compilation
    at.walk.type("\u2303G12\n")  # turn to the page
    at.walk.read(" word" * READ)


def word_unanswered(at: Word) -> None:
    """List what affected States asked and no other delegation answered."""
    place = at.cover("what no commitment answers")
    at.read(place + 1)
    heading = at.paragraphs[place]._p
    table = heading.xpath("./following-sibling::w:tbl[1]")[0]
    at.walk.read(" ".join(text.text for text in table.xpath(".//w:t")))


TASKS: tuple[tuple[Callable[[Page], None], Callable[[Word], None]], ...] = (
    (page_backers, word_backers),
    (page_pledges, word_pledges),
    (page_not_asked, word_not_asked),
    (page_quote, word_quote),
    (page_doubtful, word_doubtful),
    (page_unanswered, word_unanswered),
)


def on_page(report: Path, chromium: str) -> Iterator[Walk]:
    """Walk through the tasks on the page, each on a page opened anew."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for task, _ in TASKS:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            page = context.new_page()
            page.set_default_timeout(60_000)
            page.goto(report.resolve().as_uri())
            page.wait_for_selector("html[data-ready]", state="attached")
            walk = Walk()
            task(Page(page, walk))
            yield walk
            context.close()
        browser.close()


def in_word(report: Path) -> Iterator[Walk]:
    """Walk through the tasks in the Word file."""
    import docx

    paragraphs = list(docx.Document(str(report)).paragraphs)
    for _, task in TASKS:
        walk = Walk()
        task(Word(paragraphs, walk))
        yield walk


def main() -> int:
    """Print the table of docs/report.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, default=ROOT / "reports" / "sample")
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("Chromium is not here: the page cannot be walked through")
        return 1
    pages = on_page(given.reports / "report.html", chromium)
    words = in_word(given.reports / "report.docx")
    print("| task | page: steps | page: seconds | Word: steps | Word: seconds |")
    print("|---|---|---|---|---|")
    for (task, _), page, word in zip(TASKS, pages, words, strict=True):
        name = (task.__doc__ or "").rstrip(".")
        print(f"| {name} | {page.steps} | {page.seconds:.0f} | {word.steps} | {word.seconds:.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
