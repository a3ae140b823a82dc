"""Sums of money in a sentence: value, ISO currency, rate, and the period they are spread over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import attrs

from statement_nlp.acts.lexicon import any_of, load_data, word_pattern

_GAP = r"[\s\u00a0\u2009\u202f]"
_DIGITS = r"\d{1,3}(?:(?:[,\u00a0\u2009\u202f ])\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@attrs.frozen(slots=True)
class Sum:
    """One sum of money; offsets are those of the text it was found in."""

    start: int
    end: int
    value: float
    currency: str
    value_max: float | None = None
    per: str | None = None
    over: str | None = None


@attrs.frozen
class _Words:
    told: re.Pattern[str]
    """What a text must hold to be searched for sums."""
    spread: re.Pattern[str]
    years: re.Pattern[str]
    share: re.Pattern[str]
    bare_sum: re.Pattern[str]
    borne: re.Pattern[str]
    rate_before: re.Pattern[str]


@cache
def _words() -> _Words:
    table = load_data("money.yaml")
    spread, giving = table["spread"], table["giving"]
    return _Words(
        told=re.compile(rf"[\d€£$¥]|{any_of(table['spelled'])}"),
        spread=re.compile(
            rf"(?:{any_of(spread['verbs'])})?[^.;]{{0,55}}?\b(?:{any_of(spread['prepositions'])})\s+"
            rf"(?:the\s+)?(?:(?:{any_of(spread['between'])})\s+)*"
            r"(?P<count>\w+)(?:\s+|-)(?P<unit>years?|months?)\b",
            re.IGNORECASE,
        ),
        years=re.compile(
            rf"[^.;]{{0,40}}?\b(?:{any_of(spread['years_after'])})\b[^.;\d]{{0,24}}((?:19|20)\d\d)\s*"
            r"(?:[-\u2013\u2014]|to|and|until)\s*((?:19|20)\d\d)\b",
            re.IGNORECASE,
        ),
        share=re.compile(
            rf"\b(?:{any_of(table['shares'])})\b[^.;]{{0,25}}\bcosts?\b"
            r"[^.;]*\bestimated\b[^.;]{0,12}$",
            re.IGNORECASE,
        ),
        bare_sum=re.compile(
            rf"\b(?:{any_of(giving['verbs'])})\s+(?:{any_of(giving['about'])})?\s*"
            r"(?P<sum>\d[\d,.]*\s(?:million|billion)|\d{1,3}(?:,\d{3})+)"
            rf"(?=\s*[,.;]|\s+(?:{any_of(giving['followed_by'])})\b)",
            re.IGNORECASE,
        ),
        borne=re.compile(rf"\b(?:{any_of(table['bearing'])})\w*\b[^.;]*\bcosts?\b", re.IGNORECASE),
        rate_before=re.compile(
            rf"\b({any_of(table['rates_before'])})(?:ly)?\b[^.;]*$", re.IGNORECASE
        ),
    )


@cache
def currency_names() -> Mapping[str, str]:
    """Return English names of two words and more ("norwegian kroner") to ISO 4217 codes (CLDR)."""
    from babel import Locale
    from babel.numbers import get_currency_name

    found: dict[str, str] = {}
    for code, name in Locale("en").currencies.items():
        for form in (name, get_currency_name(code, count=2, locale="en")):
            words = form.lower()
            if " " in words and "(" not in words:
                found.setdefault(words, code)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    table = load_data("money.yaml")

    def longest(names: Iterable[str]) -> str:
        return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))

    words = longest(table["numbers"])
    spelled = rf"(?:{words})(?:(?:{_GAP}|-|\sand\s)(?:{words}|of))*"
    number = rf"(?:{_DIGITS}|{spelled})"
    scale = rf"(?:{longest(table['scales'])})\b"
    before = rf"(?:{longest(table['symbols'])}|\b(?:{'|'.join(table['codes'])})\b)"
    after = (
        rf"(?:{longest(currency_names())})\b"
        rf"|(?:(?:{longest(table['adjectives'])}){_GAP}+)?(?:{longest(table['bare'])})\b|(?:{'|'.join(table['codes'])})\b|[€£]"
    )
    units = longest([*table["bare"], *table["units"]])
    # A nation's unit that no table has ("Bakhorani pounds"): code XXX, no currency known.
    unknown = rf"(?-i:[A-Z][a-z]+(?:i|an|ese|ish|ian|ic)){_GAP}+(?:{units})\b"
    after = rf"{unknown}|{after}"
    quantity = rf"{number}(?:{_GAP}*{scale})?(?:{_GAP}+and{_GAP}+a{_GAP}+half{_GAP}+{scale})?"
    joint = rf"{_GAP}*(?:to|and|or|[-\u2013\u2014]){_GAP}*"
    return re.compile(
        rf"(?P<symbol>{before}){_GAP}?(?P<first>{quantity})(?:{joint}(?:{before}){_GAP}?(?P<same>{quantity})|"
        rf"(?:{_GAP}*(?:to|[-\u2013\u2014]){_GAP}*)(?P<second>{quantity}))?"
        rf"|(?<![\w.,])(?P<first2>{quantity})(?:{joint}(?P<second2>{quantity}))?{_GAP}*(?:of{_GAP}+)?(?P<name>{after})",
        re.IGNORECASE,
    )


def find_sums(text: str, context: str = "") -> list[Sum]:
    """Return the sums of money in ``text``, left to right.

    ``context`` is the statement: "60 million kroner" takes the currency that a fuller name of the
    same unit there gives it.
    """
    if not _words().told.search(text):
        return []
    found = list(_sums(text, context))
    bare = [
        s for s in _elliptic(text, context) if not any(f.start <= s.start < f.end for f in found)
    ]
    return sorted([*found, *bare], key=lambda s: s.start)


def _elliptic(text: str, context: str) -> Iterator[Sum]:
    """A sum whose unit the statement has named before: "this year we will spend 310 million"."""
    match = _words().bare_sum.search(text)
    earlier = list(_sums(context, "")) if match and context else []
    if match and earlier:
        value, _ = _value(match["sum"])
        before = context.find(text) + match.start()
        named = [s for s in earlier if before < 0 or s.start < before]
        if value is not None and named:
            yield Sum(match.start("sum"), match.end("sum"), value, named[-1].currency)


def _sums(text: str, context: str) -> Iterator[Sum]:
    shared_below = load_data("money.yaml")["shared_scale_below"]
    for match in _pattern().finditer(text):
        low, low_scale = _value(match["first"] or match["first2"])
        high_text = match["same"] or match["second"] or match["second2"]
        if low is None:
            continue
        high = None
        if high_text:
            high_value, high_scale = _value(high_text)
            if high_value is not None:
                # "between 4 and 5 million": the scale stands once, for both.
                low *= high_scale if low_scale == 1 and low < shared_below else 1
                high = high_value if high_value > low else None
        yield Sum(
            start=match.start(),
            end=match.end(),
            value=low,
            currency=_currency(match["symbol"], match["name"], context),
            value_max=high,
            per=_rate(text, match.end(), match.start()),
            over=_over(text, match.end()),
        )


def _value(text: str) -> tuple[float | None, float]:
    """Return the number and the scale word's factor that is in it."""
    table = load_data("money.yaml")
    numbers, scales = table["numbers"], table["scales"]
    clean = text.lower().replace("\u2013", "-")
    digits = re.match(_DIGITS, clean)
    factor = 1.0
    if digits:
        value = float(re.sub(r"[,\s\u00a0\u2009\u202f]", "", digits[0]))
        for word in re.findall(r"[a-z]+", clean[digits.end() :]):
            factor *= scales.get(word, 1)
        return value * factor, factor
    value, part, seen = 0.0, 0.0, False
    for word in re.findall(r"[a-z]+", clean):
        if word in scales:
            factor = scales[word]
            value += (part or 1.0) * factor
            part, seen = 0.0, True
        elif word == "hundred":
            part = (part or 1.0) * 100
            seen = True
        elif word in {"half", "quarter"}:
            # "half a million" is a half of it; "one and a half million" adds a half.
            part = part + numbers[word] if part >= 1 else numbers[word]
            seen = True
        elif word in numbers and word not in {"a", "an"}:
            part += numbers[word]
            seen = True
    return (value + part if seen else None), factor


def _currency(symbol: str | None, name: str | None, context: str) -> str:
    table = load_data("money.yaml")
    if symbol:
        return str(table["symbols"].get(symbol.upper(), symbol.upper()))
    words = " ".join((name or "").lower().split())
    settled = currency_names().get(words) or table["symbols"].get(words)
    if words.upper() in table["codes"]:
        settled = words.upper()
    adjectives = table["adjectives"]
    if settled is None and " " in words:
        settled = next((adjectives[a] for a in adjectives if words.startswith(f"{a} ")), "XXX")
    if settled is None:
        # "60 million kroner" after "Norwegian kroner" elsewhere in the statement.
        unit = re.escape(words)
        fuller = (a for a in adjectives if re.search(rf"\b{a}\s+{unit}\b", context, re.IGNORECASE))
        settled = adjectives.get(next(fuller, ""), table["bare"][words])
    return str(settled)


def _rate(text: str, end: int, start: int) -> str | None:
    near = text[end : end + 22]
    for unit, forms in load_data("money.yaml")["rates"].items():
        if re.match(rf"[\s,]{{1,2}}(?:{forms})\b", near, re.IGNORECASE):
            return str(unit)
    before = text[max(0, start - 40) : start]
    match = _words().rate_before.search(before)
    return str(load_data("money.yaml")["rates_before"][match[1].lower()]) if match else None


def _over(text: str, end: int) -> str | None:
    match = _words().spread.match(text[end : end + 110])
    if match:
        count = _count(match["count"])
        if count:
            return f"P{count}{'Y' if match['unit'].lower().startswith('y') else 'M'}"
    years = _words().years.match(text[end : end + 90])
    if years and int(years[2]) > int(years[1]):
        return f"P{int(years[2]) - int(years[1]) + 1}Y"
    return None


def _count(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    value = load_data("money.yaml")["numbers"].get(word.lower())
    return int(value) if value and value >= 1 else None


def is_need(text: str, found: Sum) -> bool:
    """Return whether the words around a sum make it a need, a cost or a total, not a gift."""
    table = load_data("money.yaml")["not_pledged"]
    before = text[max(0, found.start - 45) : found.start]
    after = text[found.end : found.end + 40]
    # "half the cost of a centre, estimated at …": the sum is the whole, not the gift.
    if _words().share.search(text[max(0, found.start - 90) : found.start]):
        return True
    # "we shall bear the cost, estimated at …" is a promise all the same.
    if _words().borne.search(text[: found.start]):
        return False
    last = list(word_pattern(table["before"]).finditer(before))
    if last and not re.search(r"[,;:]", before[last[-1].end() :]):
        return True
    return re.match(rf"\s*(?:{word_pattern(table['after']).pattern})", after, re.I) is not None
