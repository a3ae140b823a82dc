"""Periods and dates in a sentence, and their ISO 8601 form."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache

import attrs

from statement_nlp.acts.lexicon import any_of, load_data

_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}


@attrs.frozen(slots=True)
class Period:
    """A stated time; offsets are those of the text it was found in."""

    start: int
    end: int
    value: str | None
    """ISO 8601 date, year, month or interval (``../`` and ``/..`` are open); ``None`` unknown."""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    table = load_data("times.yaml")
    parts = {name: table[name] for name in ("month", "year", "day", "number", "lead")}
    return tuple(
        re.compile(rf"(?<![\w-])(?:{text.format(**parts)})(?!\w)", re.IGNORECASE)
        for text in table["patterns"]
    )


def find_periods(text: str, said_on: str | None) -> list[Period]:
    """Return the stated times of ``text``, left to right, not overlapping, longest first.

    ``said_on`` is the ISO date of the statement; without it, relative times have no value.
    """
    spans: list[tuple[int, int]] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            span = match.span()
            if not any(a < span[1] and span[0] < b for a, b in spans):
                spans.append(span)
    return [Period(a, b, iso_form(text[a:b], said_on)) for a, b in sorted(spans)]


def iso_form(words: str, said_on: str | None) -> str | None:
    """Return the ISO 8601 form of a time expression, ``None`` where it cannot be told."""
    today = _date(said_on)
    text = " ".join(words.replace("\u2019", "'").split())
    low = text.lower()
    return (
        _years(text)
        or _dated(text, low, today)
        or _rate(low)
        or _relative(low, today)
        or _ago(low, today)
        or _length(low, today)
    )


def _date(said_on: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said_on) if said_on else None
    except ValueError:
        return dt.date(int(said_on[:4]), 7, 1) if said_on and said_on[:4].isdigit() else None


def _years(text: str) -> str | None:
    """Two years: an interval."""
    years = re.findall(r"(?:19|20)\d\d", text)
    if len(years) == 2:
        return f"{years[0]}/{years[1]}"
    short = re.search(r"((?:19|20)\d\d)\s*[-\u2013\u2014/]\s*(\d\d)\b", text)
    if short:
        return f"{short[1]}/{short[1][:2]}{short[2]}"
    return None


def _dated(text: str, low: str, today: dt.date | None) -> str | None:
    """One year, month or day, with the word before it: since, by, until, from, in, on."""
    year_match = re.search(r"(?:19|20)\d\d", text)
    year = int(year_match[0]) if year_match else None
    month = next((n for name, n in _MONTHS.items() if re.search(rf"\b{name}\b", text)), None)
    if year is None and "next year" in low and today:
        year = today.year + 1
    if year is None and month is not None and today:
        year = _nearest_year(month, low, today)
    if year is None:
        return None
    rest = text.replace(year_match[0], " ") if year_match else text
    day_match = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", rest) if month else None
    point = f"{year:04d}"
    if month:
        point += f"-{month:02d}"
        if day_match and 1 <= int(day_match[1]) <= calendar.monthrange(year, month)[1]:
            point += f"-{int(day_match[1]):02d}"
    if re.search(r"\bend of|\bclose of|year's end", low) and not month:
        point += "-12-31"
    return _open(low, point)


def _nearest_year(month: int, low: str, today: dt.date) -> int:
    """A month without a year: the last one after "since", "last"; else the next one."""
    if re.match(r"(?:since|last|earlier)", low):
        return today.year - (month > today.month)
    if "last year" in low:
        return today.year - 1
    return today.year + (month < today.month)


def _open(low: str, point: str) -> str:
    table = load_data("times.yaml")
    if re.match(rf"(?:{any_of(table['open_end'])})\b", low):
        return f"{point}/.."
    if re.match(rf"(?:{any_of(table['open_start'])})\b", low):
        return f"../{point}"
    return point


def _rate(low: str) -> str | None:
    for value, pattern in load_data("times.yaml")["rates"].items():
        if re.fullmatch(rf"(?:in )?(?:{pattern})", low):
            return str(value)
    return None


def _relative(low: str, today: dt.date | None) -> str | None:
    if today is None:
        return None
    table = load_data("times.yaml")
    days: dict[str, int] = table["days"]
    if low in days:
        return (today + dt.timedelta(days[low])).isoformat()
    if re.search(r"year's end|year-end|end of (?:the|this) year", low):
        return _open(low, f"{today.year}-12-31")
    terms = any_of(["year", *table["seasons"]])
    for word, shift in table["shifts"].items():
        if re.search(rf"\b{word} (?:coming |fiscal |calendar )?(?:{terms})\b", low):
            return _open(low, f"{today.year + shift}")
        if re.search(rf"\b{word} month\b", low):
            months = today.year * 12 + today.month - 1 + shift
            return _open(low, f"{months // 12}-{months % 12 + 1:02d}")
    return None


def _ago(low: str, today: dt.date | None) -> str | None:
    """Return the day that lies some time back, as dateparser counts it."""
    if today is None or not low.endswith(" ago"):
        return None
    import dateparser

    base = dt.datetime(today.year, today.month, today.day, tzinfo=dt.UTC).replace(tzinfo=None)
    found = dateparser.parse(low, languages=["en"], settings={"RELATIVE_BASE": base})
    return found.date().isoformat() if found else None


def _length(low: str, today: dt.date | None) -> str | None:
    """A length of time: an interval before or after the statement, else a duration."""
    match = re.search(
        r"(\w+(?:[- ]\w+)?)[- ](?:consecutive |further |more |additional |fiscal |budget )?"
        r"(decade|year|month|week|day|quarter)s?\b",
        low,
    )
    if not match:
        return None
    count = _number(match[1])
    if count is None:
        return None
    duration = {
        "decade": f"P{count * 10}Y",
        "year": f"P{count}Y",
        "month": f"P{count}M",
        "week": f"P{count}W",
        "day": f"P{count}D",
        "quarter": f"P{count * 3}M",
    }[match[2]]
    if today and re.search(r"\b(?:past|last|previous)\b", low):
        return f"{duration}/{today.isoformat()}"
    if today and re.search(r"\b(?:next|coming|within)\b", low):
        return f"{today.isoformat()}/{duration}"
    return duration


def _number(words: str) -> int | None:
    numbers = load_data("money.yaml")["numbers"]
    last = words.rsplit(" ", maxsplit=1)[-1]
    if last.isdigit():
        return int(last)
    if last == "multi":
        return None
    total = sum(int(numbers[part]) for part in last.split("-") if numbers.get(part, 0) >= 1)
    return total or None
