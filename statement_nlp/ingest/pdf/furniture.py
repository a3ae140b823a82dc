"""Running headers, footers, page numbers and symbols that come back on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from statement_nlp.ingest.errors import load_data
from statement_nlp.ingest.pdf.lines import TextLine

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\s\-\u2010-\u2015|~.()\[\]]*"
    r"(?:(?:page|pag|p|página|seite|pagina|стр|صفحة)\.?[\s|:]*)?"
    r"(\d{1,4})"
    r"(?:\s*(?:/|of|de|sur|di|von|из|من)\s*\d{1,4})?"
    r"(?:[\s|]*(?:page|p\s*a\s*g\s*e|página|صفحة)\b)?"
    r"[\s\-\u2010-\u2015|~.()\[\]]*",
    re.IGNORECASE,
)


def split_furniture(
    pages: Sequence[Sequence[TextLine]],
) -> tuple[list[list[TextLine]], list[list[TextLine]]]:
    """Return the lines of each page that are running text, and those that are furniture.

    A line near the top or the bottom is furniture where a line alike but for its figures stands at
    the same height on three pages and on three in ten (so that headers alternating on odd and
    even pages count), or where it is a page number that counts with the pages. What only the first
    page has, such as a masthead, stays.
    """
    settings = load_data("pdf_layout.yaml")["furniture"]
    zones = [_zone(page, settings["zone_lines"]) for page in pages]
    needed = max(min(settings["pages"], len(pages)), round(settings["page_share"] * len(pages)))
    repeated: Counter[tuple[str, int]] = Counter()
    for zone in zones:
        repeated.update({key for line in zone for key in _keys(line, settings["height"])})
    # A salutation at the top of many pages stands in the running text elsewhere too.
    everywhere = Counter(_words(line) for page in pages for line in page)
    numbered = _numbering(zones)
    body: list[list[TextLine]] = []
    furniture: list[list[TextLine]] = []
    for number, (page, zone) in enumerate(zip(pages, zones, strict=True)):
        found = {
            id(line)
            for line in zone
            if (
                len(pages) > 1
                and needed > 1
                and line.text[-1] != ","
                and any(
                    repeated[key] >= max(needed, 0.7 * everywhere[key[0]])
                    for key in _keys(line, settings["height"])
                )
            )
            or id(line) in numbered
        }
        found |= _lone_number(page, number, found)
        body.append([line for line in page if id(line) not in found])
        furniture.append([line for line in page if id(line) in found])
    return body, furniture


def _zone(page: Sequence[TextLine], depth: int) -> list[TextLine]:
    ordered = sorted(page, key=lambda line: -line.y0)
    return list({id(line): line for line in [*ordered[:depth], *ordered[-depth:]]}.values())


def _words(line: TextLine) -> str:
    return _DIGITS.sub("#", " ".join(line.text.casefold().split()))


def _keys(line: TextLine, height: float) -> tuple[tuple[str, int], tuple[str, int]]:
    """Return two keys, so that lines whose heights differ by less than ``height`` share one."""
    words = _words(line)
    step = round(line.y0 / height)
    return (words, step), (words, -int(line.y0 / height + 1) - 1)


def _page_number(line: TextLine) -> int | None:
    match = _PAGE_NUMBER.fullmatch(line.text)
    return int(match.group(1)) if match else None


def _numbering(zones: Sequence[Sequence[TextLine]]) -> set[int]:
    """Return the lines that are page numbers: they differ from the page's place by a constant."""
    shifts: Counter[int] = Counter()
    found: list[tuple[int, TextLine]] = []
    for place, zone in enumerate(zones):
        for line in zone:
            value = _page_number(line)
            if value is not None:
                shifts[value - place] += 1
                found.append((value - place, line))
    return {id(line) for shift, line in found if shifts[shift] >= 2}


def _lone_number(page: Sequence[TextLine], place: int, known: set[int]) -> set[int]:
    """Return the last line of the page where it is this very page's number and nothing else."""
    rest = [line for line in page if id(line) not in known]
    if not rest:
        return set()
    last = min(rest, key=lambda line: line.y0)
    return {id(last)} if _page_number(last) == place + 1 and len(page) > 1 else set()
