"""A file that holds one statement."""

from __future__ import annotations

import re

import attrs

from statement_nlp.model import BODY_KINDS, BlockKind, Delegation, Document, Span, Statement
from statement_nlp.segment.behalf import on_behalf_of, own_or_for
from statement_nlp.segment.context import Context, date_in
from statement_nlp.segment.language import detect_language
from statement_nlp.segment.record import People, turn_statement
from statement_nlp.segment.registry import Registry, delegation_of
from statement_nlp.segment.titles import Attribution, original_language, read_heading
from statement_nlp.segment.turns import turn_at

_OPENING_BLOCKS = 30
_LONGEST_TITLE_LINE = 260
_LONGEST_HEADING = 1500
_SALUTATION = re.compile(
    r"(?:(?:Mr|Madam|Madame|Mister|Ms)\.?\s+(?:President|Chair)|Your\s|(?:Your )?Excellenc"
    r"|Distinguished|"
    r"Monsieur le|Madame la|Se\u00f1or|Senhor|Thank you|Dear\s"
    r"|Honou?rable\s(?:Members|Delegates)|Ladies)",
    re.IGNORECASE,
)
_BY_LINE = re.compile(
    r"(?:statement|address|speech|remarks|intervention|briefing)s?\s+(?:\w+\s+){0,3}?by\b",
    re.IGNORECASE,
)
# What follows the speaker and the title in a heading: the occasion, the place, the date.
_OCCASION = re.compile(
    r",?\s+(?:at|during|on the occasion of|before|in|to|on) the\s+(?=(?:\S+\s+){0,6}?"
    r"(?:session|debate|general|plenary|high|summit|united nations|occasion|meeting|\d))"
    r"|,?\s+(?:at UNGA|UNGA|general debate|new york|united nations\s+general|check against"
    r"|\d{2}th session|\d{1,2}(?:st|nd|rd|th)?\s+[a-z]+\s+20\d\d)\b",
    re.IGNORECASE,
)
# The seat of the United Nations is not a delegation.
_PLACE = re.compile(r"(?i:new york|ny|n\.y\.)[, ]+(?i:usa|u\.s\.a\.|united states(?: of america)?)")
UNKNOWN = "Unknown"


def single_statement(
    document: Document, registry: Registry, context: Context
) -> tuple[Statement | None, tuple[str, ...]]:
    """Return the one statement of the document (``None`` if it has no text) and notes.

    The delegation is that of the heading ("Mr. A (Country):", "Statement by … of Country"), else
    that of the file's name or metadata, else the only one its title lines name, else unknown.
    """
    body = [block.span for block in document.blocks if block.kind in BODY_KINDS]
    if not body:
        return None, ()
    start, end = body[0].start, body[-1].end
    turn = turn_at(document.text, start, end)
    order = context.order or 1
    if turn and document.text[turn.body : end].strip():
        text = document.text[turn.body : end].rstrip()
        people = People([turn], [text], registry, context.date)
        delegation = people.delegation(0)
        return turn_statement(
            document,
            turn,
            text=text,
            delegation=delegation,
            order=order,
            registry=registry,
            context=context,
            title=people.title(turn),
        ), ()
    said_from = _end_of_title(document)
    heading = document.text[start:said_from].strip()
    # A date in the speech itself is that of some event; only the title lines date the speech.
    context = attrs.evolve(context, date=date_in(heading) or context.year)
    said, notes = _attribution(heading, registry, context)
    text = document.text[said_from:end]
    delegation, behalf = own_or_for(
        said.delegation or Delegation(name=UNKNOWN, as_printed=""),
        said.on_behalf_of or on_behalf_of(text, registry),
        registry,
        context.date,
    )
    return Statement(
        document_id=document.document_id,
        order=order,
        span=Span(start, end),
        body=Span(said_from, end),
        heading=" ".join(heading.split()),
        delegation=delegation,
        speaker=said.speaker,
        title=said.title,
        on_behalf_of=behalf,
        language=detect_language(text),
        original_language=original_language(heading),
        symbol=context.symbol,
        date=context.date,
    ), notes


def _end_of_title(document: Document) -> int:
    """Return where the title lines end and the speech begins."""
    body = [block for block in document.blocks if block.kind in BODY_KINDS]
    start = body[0].span.start
    for block in body[:_OPENING_BLOCKS]:
        text = document.text[block.span.start : block.span.end].strip()
        titled = block.kind is BlockKind.HEADING or text[-1:] not in ".!?:;,"
        if (
            not titled
            or len(text) > _LONGEST_TITLE_LINE
            or _SALUTATION.match(text)
            or block.span.end - start > _LONGEST_HEADING
        ):
            return block.span.start
    return start


def _attribution(
    heading: str, registry: Registry, context: Context
) -> tuple[Attribution, tuple[str, ...]]:
    """Return what the title lines and the file name say, and a note where they disagree."""
    by_line = _BY_LINE.search(heading)
    said = Attribution()
    if by_line:
        line = _OCCASION.split(" ".join(heading[by_line.start() :].split()), maxsplit=1)[0]
        said = read_heading(line, registry, date=context.date)
        printed = re.escape(said.delegation.as_printed) if said.delegation else ""
        if (
            said.delegation
            and not said.delegation.resolved
            and not re.search(rf"\bof\s+(?:the\s+)?{printed}$", line)
        ):
            said = attrs.evolve(said, delegation=None)  # a name, not a body
    named = context.entry
    if named is None:
        if said.delegation and said.delegation.resolved:
            return said, ()
        known = {e.name: e for *_, e in registry.mentions(_PLACE.sub(" ", heading))}
        entry = next(iter(known.values())) if len(known) == 1 else None
        if entry is not None:
            return Attribution(delegation_of(entry, entry.name, context.date)), ()
        return said, ()
    from_name = delegation_of(named, named.name, context.date)
    notes: tuple[str, ...] = ()
    if said.delegation and said.delegation.resolved and said.delegation.name != named.name:
        notes = (
            f"title lines name {said.delegation.name}, the file name {named.name}: file name kept",
        )
        said = Attribution()
    elif said.delegation and said.delegation.resolved:
        return said, ()
    return Attribution(from_name, None, None, said.on_behalf_of), notes
