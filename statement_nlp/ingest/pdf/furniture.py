"""Running headers, footers, page numbers and symbols that come back on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from statement_nlp.ingest.errors import load_data
from statement_nlp.ingest.pdf.lines import TextLine

_DIGITS = re.compile(r"\d+")
# What opens a part of a compilation, at the same height on page after page, is text.
_OPENING = re.compile(
    r"\[|(?:annex|anexo|appendix|enclosure|statement|letter|d\u00e9claration|declaraci\u00f3n)\b",
    re.IGNORECASE,
)
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

    A line near the top or the bottom is furniture where the same line stands at the same height on
    three pages and on three in ten (so that headers alternating on odd and even pages count), or
    where it differs only in a number that counts with the pages. Nothing but furniture may stand
    between it and the edge of the page. What only the first page has, such as a masthead, stays,
    and so does what opens an annex or a statement on page after page.
    """
    settings = load_data("pdf_layout.yaml")["furniture"]
    zones = [_zone(page, settings["zone_lines"]) for page in pages]
    candidates = _repeated(pages, zones) | _numbering(zones)
    body: list[list[TextLine]] = []
    furniture: list[list[TextLine]] = []
    for number, page in enumerate(pages):
        found = _from_the_edges(page, candidates)
        found |= _lone_number(page, number, found)
        body.append([line for line in page if id(line) not in found])
        furniture.append([line for line in page if id(line) in found])
    return body, furniture


def _repeated(pages: Sequence[Sequence[TextLine]], zones: Sequence[Sequence[TextLine]]) -> set[int]:
    """Return the lines of the zones that come back at one height on enough pages."""
    settings = load_data("pdf_layout.yaml")["furniture"]
    if len(pages) < 2:
        return set()
    needed = max(min(settings["pages"], len(pages)), round(settings["page_share"] * len(pages)))
    # A salutation at the top of many pages stands in the running text elsewhere too.
    everywhere = Counter(_words(line) for page in pages for line in page)
    at_height: Counter[tuple[str, int]] = Counter()
    counting: dict[tuple[str, int], Counter[tuple[int, int]]] = {}
    for place, zone in enumerate(zones):
        seen = {key: line for line in zone for key in _keys(line, settings["height"])}
        at_height.update(seen.keys())
        for key, line in seen.items():
            shifts = counting.setdefault(key, Counter())
            shifts.update(
                (index, int(digits) - place)
                for index, digits in enumerate(_DIGITS.findall(line.text))
                if len(digits) < 5
            )
    exact = Counter(line.text for zone in zones for line in zone)
    found: set[int] = set()
    for zone in zones:
        for line in zone:
            if line.text[-1] == "," or _OPENING.match(line.text):
                continue
            for key in _keys(line, settings["height"]):
                enough = at_height[key] >= max(needed, 0.7 * everywhere[key[0]])
                counts = max(counting[key].values(), default=0) >= 0.7 * at_height[key]
                if enough and (exact[line.text] >= needed or counts):
                    found.add(id(line))
    return found


def _from_the_edges(page: Sequence[TextLine], candidates: set[int]) -> set[int]:
    """Return the candidates that have only candidates between them and an edge of the page."""
    ordered = sorted(page, key=lambda line: -line.y0)
    found: set[int] = set()
    for way in (ordered, ordered[::-1]):
        edge: float | None = None
        for line in way:
            # Pieces of one printed line count as one: "Page 3" left, a date right.
            if id(line) in candidates:
                found.add(id(line))
            elif edge is None or abs(line.y0 - edge) > 0.5 * line.size:
                break
            edge = line.y0
    return found


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
