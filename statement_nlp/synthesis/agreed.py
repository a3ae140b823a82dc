"""Earlier agreed texts, split into the units that their verbs open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from statement_nlp.errors import UserError
from statement_nlp.model import BODY_KINDS, Block, Document, Failure, Quote, content_id
from statement_nlp.synthesis.lexicon import table

_NUMBER = re.compile(r"\s*(?P<number>\d{1,3})[.)]\s+")
_LETTER = re.compile(r"\s*(?P<letter>\([a-z]{1,4}\)|\([0-9]{1,3}\))\s+")
_OPENERS = " \t\n\u00a0\u201c\u201d\"\u2018'\u00ab"
_CLOSERS = ' \t\n\u00a0\u201d"\u00bb'
# The next sentence of a paragraph that opens with the same subject is a unit of its own.
_SENTENCE_END = re.compile(r"(?<=[.;!?])[\u201d\"]?\s+(?=[\u201c\"]?[A-Z])")


class AgreedError(UserError):
    """An agreed text that cannot be used: what, where, what to do."""

    exit_code = 26


@attrs.frozen(slots=True)
class AgreedUnit:
    """One preambular or operative unit of an agreed text, verbatim."""

    quote: Quote
    source: str
    """The file it was read from, as given."""
    symbol: str | None
    paragraph: str
    """Its number as printed ("4", "4 (b)"), else its place ("PP3" before the numbered ones)."""
    verb: str
    """As printed: ``stresses``, ``Calls upon``."""
    operative: bool
    opening: int
    """Characters at the start of the quote that hold the subject and the verb."""

    @property
    def unit_id(self) -> str:
        """Identifier derived from the quote's place."""
        span = self.quote.span
        return content_id("u", self.quote.document_id, span.start, span.end)

    @property
    def substance(self) -> str:
        """What the unit says, without its subject and verb."""
        return self.quote.text[self.opening :].strip() or self.quote.text


@attrs.frozen
class Agreed:
    """All agreed texts of a run."""

    documents: tuple[Document, ...] = ()
    units: tuple[AgreedUnit, ...] = ()

    @property
    def texts(self) -> Mapping[str, str]:
        """Text of each document by its id; offsets of units point into it."""
        return {document.document_id: document.text for document in self.documents}


def read_agreed(paths: Sequence[Path]) -> Agreed:
    """Read earlier presidential statements or resolutions (PDF, DOCX, HTML, text).

    Files, folders and patterns are taken as for statements.

    Raises:
        AgreedError: a file cannot be read, or holds no unit that opens with a known verb.
    """
    from statement_nlp import ingest

    documents: list[Document] = []
    units: list[AgreedUnit] = []
    for source in ingest.find(list(paths)):
        if isinstance(source, Failure):
            if source.code == "duplicate":
                continue
            raise AgreedError(f"{source.path}: {source.message}")
        try:
            document = ingest.read(source)
        except ingest.IngestError as error:
            raise AgreedError(f"{source.path}: {error}") from error
        found = split_units(document)
        if not found:
            raise AgreedError(
                f"{source.path}: no paragraph opens as in a resolution or presidential statement "
                '("The Council stresses", "1. Decides"); give an adopted text'
            )
        documents.append(document)
        units.extend(found)
    return Agreed(tuple(documents), tuple(units))


def split_units(document: Document) -> tuple[AgreedUnit, ...]:
    """Return the units of an agreed text, in order; blocks that open with no verb are passed over.

    A numbered paragraph, a lettered point under one, a paragraph that opens with a participle, and
    each sentence of a presidential statement that opens with its subject and a verb is a unit.
    """
    symbol = _symbol(document)
    source = document.path.replace("\\", "/").rsplit("/", 1)[-1]
    units: list[AgreedUnit] = []
    place, number, numbered = 0, "", False
    for block in document.blocks:
        if block.kind not in BODY_KINDS:
            continue
        printed, start = _numbering(document.text, block)
        if printed and not printed.startswith("("):
            number, numbered = printed, True
        openings = list(_openings(document.text, start, block.span.end))
        if not openings and printed.startswith("(") and units and numbered:
            parent = units[-1]
            openings = [(start, start, parent.verb, parent.operative)]
        if openings and not printed:
            place += 1
        for position, (begin, after, verb, operative) in enumerate(openings):
            end = openings[position + 1][0] if position + 1 < len(openings) else block.span.end
            end = _trim(document.text, begin, end)
            if printed.startswith("("):
                paragraph = f"{number} {printed}".strip()
            else:
                paragraph = printed or str(place)
            units.append(
                AgreedUnit(
                    quote=document.quote(begin, end),
                    source=source,
                    symbol=symbol,
                    paragraph=paragraph,
                    verb=verb,
                    operative=operative or bool(printed),
                    opening=after - begin,
                )
            )
    return tuple(_name_preamble(units)) if numbered else tuple(units)


def _name_preamble(units: Sequence[AgreedUnit]) -> Iterator[AgreedUnit]:
    """Call the unnumbered units of a resolution PP1, PP2, …, as drafters do."""
    for unit in units:
        plain = unit.paragraph.isdigit() and not unit.operative
        yield attrs.evolve(unit, paragraph=f"PP{unit.paragraph}") if plain else unit


def _numbering(text: str, block: Block) -> tuple[str, int]:
    """Return the number or letter a block opens with, if any, and where its words begin."""
    start, end = block.span.start, block.span.end
    for pattern, name in ((_NUMBER, "number"), (_LETTER, "letter")):
        if match := pattern.match(text, start, end):
            return match[name], match.end()
    return "", start


def _openings(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, bool]]:
    """Yield where a unit begins, where its substance begins, its verb, and whether it acts."""
    starts = [start, *(match.end() for match in _SENTENCE_END.finditer(text, start, end))]
    subject, bare = _patterns()
    for position, begin in enumerate(starts):
        while begin < end and text[begin] in _OPENERS:
            begin += 1  # noqa: PLW2901 - a quotation mark is no part of the unit
        match = subject.match(text, begin, end)
        if match is None and position == 0:
            match = bare.match(text, begin, end)
        if match is not None:
            verb = " ".join(match["verb"].split())
            yield begin, match.end(), verb, _verbs()[verb.casefold()]


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _CLOSERS:
        end -= 1
    return end


@cache
def _verbs() -> dict[str, bool]:
    """Every form of every verb, and whether it is operative."""
    data = table("agreed_verbs")
    return {
        form.casefold(): operative
        for kind, operative in (("preambular", False), ("operative", True))
        for forms in data[kind].values()
        for form in forms
    }


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what opens a unit with its subject, and without one."""
    data: Mapping[str, Any] = table("agreed_verbs")

    def any_of(words: Sequence[str]) -> str:
        longest = sorted(words, key=lambda word: (-len(word), word))
        return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)

    verb = rf"(?P<verb>{any_of(list(_verbs()))})\b"
    adverbs = rf"(?:(?:{any_of(data['adverbs'])}),?\s+){{0,3}}"
    subjects = any_of(data["subjects"])
    return (
        re.compile(rf"(?:{subjects}),?\s+{adverbs}{verb}", re.IGNORECASE),
        re.compile(rf"{adverbs}{verb}", re.IGNORECASE),
    )


def _symbol(document: Document) -> str | None:
    """Return the symbol printed first in the furniture or the opening of a document."""
    data = table("agreed_verbs")
    body_end = document.body_end
    limit = int(table("limits")["agreed_language"]["opening_characters"])
    opening = document.text[: min(body_end, limit)]
    for text in (document.text[body_end:], opening):
        for symbol in data["symbols"]:
            if match := re.search(symbol, text):
                return match[0]
    if match := re.search(data["resolution"], opening):
        symbol_of: str = data["resolution_symbol"]
        return symbol_of.format(number=match[1], year=match[2])
    return None
