"""Statements annexed to a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from statement_nlp.model import BODY_KINDS, Block, BlockKind, Delegation, Document, Span, Statement
from statement_nlp.segment.behalf import on_behalf_of
from statement_nlp.segment.context import Context
from statement_nlp.segment.language import detect_language
from statement_nlp.segment.registry import Registry
from statement_nlp.segment.tiles import last_body_end
from statement_nlp.segment.titles import (
    Attribution,
    is_statement_heading,
    original_language,
    read_heading,
)

_ANNEX = re.compile(
    r"\s*(?:Annex|ANNEX|Annexe|ANNEXE|Anexo|ANEXO|Appendix|APPENDIX|Enclosure|ENCLOSURE)"
    r"(?:\s+(?P<number>\d{1,3}|[IVXLC]{1,8}))?\b\s*[.:\u2013\u2014-]?\s*(?P<rest>.*)",
    re.DOTALL,
)
_ORIGINAL_LINE = re.compile(r"\s*[\[(]\s*Original\s*:[^\])]*[\])]\s*")
_LISTED = re.compile(r"(?:\.{3,}|\t|\s\u2026+)\s*\d{1,3}\s*$")
_LONGEST_HEADING = 400
_SHORTEST_BODY = 40


@attrs.frozen(slots=True)
class Annex:
    """One heading: block indices ``first`` to ``last`` (not included), its number and words."""

    first: int
    last: int
    number: str | None
    words: str
    """The heading without "Annex 12"."""


def find_annexes(document: Document) -> tuple[Annex, ...]:
    """Return the headings under which text stands, in order.

    A list of annexes in the letter is told from the annexes by having no text under its lines,
    by page numbers, or, for its last line, by the same number coming again later.
    """
    body = [block for block in document.blocks if block.kind in BODY_KINDS]
    found: list[Annex] = []
    index = 0
    while index < len(body):
        annex = _annex_at(document, body, index)
        if annex is None:
            index += 1
        else:
            found.append(annex)
            index = annex.last
    ends = [annex.first for annex in found[1:]] + [len(body)]
    filled = [
        annex
        for annex, end in zip(found, ends, strict=False)
        if sum(len(block.span) for block in body[annex.last : end]) >= _SHORTEST_BODY
    ]
    last_of = {annex.number: annex for annex in filled if annex.number}
    return tuple(
        annex for annex in filled if annex.number is None or last_of[annex.number] is annex
    )


def _annex_at(document: Document, body: Sequence[Block], index: int) -> Annex | None:
    words = _words(document, body[index])
    if len(words) > _LONGEST_HEADING or _LISTED.search(words):
        return None
    annex = _ANNEX.fullmatch(words)
    number = None
    if annex and _annex_line(annex):
        number, words = annex["number"] or "", annex["rest"].strip()
    elif not _statement_line(words):
        return None
    last = index + 1
    while last < len(body) and _continues(document, body[last], words):
        words = f"{words} {_words(document, body[last])}".strip()
        last += 1
    return Annex(index, last, number, words)


def _annex_line(annex: re.Match[str]) -> bool:
    """Return whether this is a heading, not a sentence that begins with "Annex 3 …"."""
    rest = annex["rest"]
    if not rest:
        return True
    if annex["number"] is None:
        return "\n" in annex[0][: annex.start("rest")] and is_statement_heading(rest)
    return (
        _statement_line(rest)
        or rest.startswith("[")
        or (rest[:1].isupper() and rest[-1] not in ".;")
    )


def _statement_line(words: str) -> bool:
    return is_statement_heading(words) and not re.search(
        r"[.!?]\s+[A-Z](?!\.)\w+\s\w+\s[a-z]", words
    )


def _continues(document: Document, block: Block, words: str) -> bool:
    """Return whether ``block`` goes on with the heading that so far reads ``words``."""
    text = _words(document, block)
    if _ORIGINAL_LINE.fullmatch(text):
        return True
    if _ANNEX.fullmatch(text) and re.match(r"\s*(?:Annex|ANNEX|Anexo|Annexe)\b", text):
        return False
    if len(text) > _LONGEST_HEADING:
        return False
    if is_statement_heading(text):
        return not is_statement_heading(words)
    if block.kind is BlockKind.HEADING:
        return True
    unfinished = words.endswith((",", " by", " of", " the", " and"))
    return (not words or unfinished) and text[-1:] not in ".!?"


def _words(document: Document, block: Block) -> str:
    return document.text[block.span.start : block.span.end].strip()


def compilation_statements(
    document: Document, registry: Registry, context: Context
) -> tuple[tuple[Statement, ...], tuple[Span, ...], tuple[str, ...]]:
    """Return the annexed statements, the annexes that could not be attributed, and notes."""
    body = [block for block in document.blocks if block.kind in BODY_KINDS]
    annexes = find_annexes(document)
    limits = [body[annex.first].span.start for annex in annexes[1:]] + [document.body_end]
    statements: list[Statement] = []
    left_over: list[Span] = []
    notes: list[str] = []
    for annex, limit in zip(annexes, limits, strict=False):
        start = body[annex.first].span.start
        end = last_body_end(document, start, limit)
        heading = document.text[start : body[annex.last - 1].span.end]
        said = read_heading(annex.words, registry, date=context.date)
        if not is_statement_heading(annex.words) and (
            said.delegation is None or not said.delegation.resolved
        ):
            left_over.append(Span(start, end))
            notes.append(f"not attributed: {' '.join(heading.split())[:80]}")
            continue
        statements.append(
            _statement(
                document,
                span=Span(start, end),
                body=Span(body[annex.last].span.start, end),
                heading=heading,
                said=said,
                order=len(statements) + 1,
                registry=registry,
                context=context,
            )
        )
    return tuple(statements), tuple(left_over), tuple(notes)


def _statement(
    document: Document,
    *,
    span: Span,
    body: Span,
    heading: str,
    said: Attribution,
    order: int,
    registry: Registry,
    context: Context,
) -> Statement:
    text = document.text[body.start : body.end]
    unknown = Delegation(name="Unknown", as_printed=" ".join(heading.split()))
    return Statement(
        document_id=document.document_id,
        order=order,
        span=span,
        body=body,
        heading=" ".join(heading.split()),
        delegation=said.delegation or unknown,
        speaker=said.speaker,
        title=said.title,
        on_behalf_of=said.on_behalf_of or on_behalf_of(text, registry),
        language=detect_language(text),
        original_language=said.original_language or original_language(heading),
        symbol=context.symbol,
        date=context.date,
    )
