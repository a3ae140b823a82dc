"""What a document says of itself: symbol, date, and the delegation that its file name gives."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import attrs

from statement_nlp.model import BlockKind, Document
from statement_nlp.segment.registry import Entry, Registry

_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        _MONTH_NAMES,
        start=1,
    )
}
_DAY = (
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{'|'.join(_MONTHS)})"
    r"\s+(?P<year>(?:19|20)\d\d)"
)
_DATE = re.compile(_DAY)
_MEETING_DATE = re.compile(
    rf"(?:\b(?:met|held|convened|meeting|debate|conference)\b[^.\n]{{0,120}}?\s(?:on|of)"
    rf"\s+(?:\w+day,?\s+)?|\b(?:Mon|Tues|Wednes|Thurs|Fri)day,\s+){_DAY}"
)
_SYMBOL = re.compile(
    r"\b(?:[AS]/PV\.\s?\d+(?:\s\(Resumption\s?\d+\))?|[AS]/\d\d/PV\.\d+"
    r"|[A-Z]{1,8}(?:/[A-Z]+)?/(?:19|20)\d\d/\d+)"
)
_MEETING_FILE = re.compile(
    r"UNSC_(?P<year>\d{4})_SPV\.(?P<number>\d+)(?:_?Resumption_?(?P<part>\d+))?"
    r"(?:_spch(?P<order>\d+))?"
)
_DEBATE_FILE = re.compile(r"(?P<code>[A-Z]{2,4})_(?P<session>\d{2})_(?P<year>\d{4})")
_LANGUAGE_FILE = re.compile(
    r"(?P<code>[a-z]{2})_(?P<language>[a-z]{2,3}|annex|statement)(?:[_-].*)?", re.IGNORECASE
)
_FIRST_PAGES = 6000
_MASTHEAD = 400
_FURNITURE = 8


@attrs.frozen(slots=True)
class Context:
    """Facts about a whole document; ``date`` is ISO 8601, cut to a year where no more is known."""

    symbol: str | None = None
    date: str | None = None
    year: str | None = None
    """The year in the file's name, if it has one."""
    order: int | None = None
    entry: Entry | None = None
    """The State whose code the file name or the metadata holds."""


def context_of(document: Document, registry: Registry) -> Context:
    """Return symbol and date from the text, else from the file name, and the name's delegation."""
    name = PurePosixPath(document.path.replace("\\", "/")).stem
    symbol = order = entry = year = None
    meeting = _MEETING_FILE.search(name)
    debate = _DEBATE_FILE.fullmatch(name)
    language = _LANGUAGE_FILE.fullmatch(name)
    if meeting:
        part = f" (Resumption {int(meeting['part'])})" if meeting["part"] else ""
        symbol, year = f"S/PV.{meeting['number']}{part}", meeting["year"]
        order = int(meeting["order"]) if meeting["order"] else None
    elif debate:
        entry = registry.by_code(debate["code"]) or registry.find(debate["code"])
        year = debate["year"]
    elif language:
        entry = registry.by_code(language["code"])
    if symbol is None:
        found = _SYMBOL.search(_masthead(document))
        symbol = " ".join(found[0].split()) if found else None
    date = None if debate or (meeting and order) else date_in(document.text[:_FIRST_PAGES])
    stated_year = year
    if year is None and date is None and symbol:
        stated = re.search(r"/((?:19|20)\d\d)/", symbol)
        year = stated[1] if stated else None
    if meeting and date and date[:4] != year:
        date = None
    return Context(
        symbol, date or year, stated_year, order, entry or _from_metadata(document, registry)
    )


def date_in(text: str) -> str | None:
    """Return the date of the meeting ``text`` speaks of, else its first date, as ISO 8601."""
    found = _MEETING_DATE.search(text) or _DATE.search(text)
    if found is None:
        return None
    return f"{found['year']}-{_MONTHS[found['month']]:02d}-{int(found['day']):02d}"


def _masthead(document: Document) -> str:
    """Return the document's first words and the furniture of its first pages."""
    furniture = [
        document.text[block.span.start : block.span.end]
        for block in document.blocks
        if block.kind is BlockKind.FURNITURE
    ]
    return "\n".join([document.text[:_MASTHEAD], *furniture[:_FURNITURE]])


def _from_metadata(document: Document, registry: Registry) -> Entry | None:
    """Return the one delegation that title, subject and author of the file name, if just one."""
    for key, value in document.metadata:
        if key.lower() in {"title", "subject"}:
            known = {entry.name: entry for _, _, entry in registry.mentions(value)}
            known.pop("Secretary-General", None)
            if len(known) == 1:
                return next(iter(known.values()))
    return None
