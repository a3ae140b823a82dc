"""For whom else a speaker says that she speaks, in the first words of a statement."""

from __future__ import annotations

import re
from functools import cache

from statement_nlp.model import Delegation
from statement_nlp.segment.data import load_table
from statement_nlp.segment.registry import Registry
from statement_nlp.segment.titles import split_names

_OPENING = 900
_SPEAKS = re.compile(
    r"\b(?:I|[Ww]e|[Mm]y delegation)\b[^.;]{0,80}?"
    r"\b(?:speak(?:ing)?|mak(?:e|ing)|deliver(?:ing)?|address(?:ing)?"
    r"|tak(?:e|ing) the floor|statement)\b"
    r"[^.;]{0,60}?\s(?:on|in)\s+(?:the\s+)?behalf\s+of\s+(?P<group>[^.;]{3,400})"
)
# Words that make it another's statement ("we align ourselves with the one made on behalf of").
_ANOTHER = re.compile(
    r"\b(?:align|associat|subscrib|endors|support|echo|join|concur|identif)\w*|"
    r"\b(?:delivered|made|given|presented|read out|submitted)\s+(?:\w+\s+){0,3}?(?:by|on behalf)\b"
    r"|\bto be\b",
)
_ENDS = re.compile(
    r"\s(?:to (?:make|deliver|the)|at|in (?:the|this|today)|on (?:the|this)|which|who"
    r"|as (?:well|Chair)|"
    r"during|and to|for (?:the|this)|before|concerning|regarding)\s"
)


def on_behalf_of(text: str, registry: Registry) -> tuple[str, ...]:
    """Return the group that ``text`` opens on behalf of, or its members where it lists them.

    Conservative: only the first 900 characters, only a sentence in the first person that says it
    speaks on behalf of somebody, never the speaker's own Government or people.
    """
    found = _SPEAKS.search(text[:_OPENING])
    if found is None or _ANOTHER.search(text[found.start() : found.start("group")]):
        return ()
    group = " ".join(found["group"].split())
    group = re.sub(
        r"^(?:the\s+)?(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\s+"
        r"(?:member\s+States?|States?|members?)\s+(?:members\s+)?of\s+",
        "",
        group,
    )
    head = re.split(r"\s[-\u2013\u2014]\s|,\s|\(|:\s", group, maxsplit=1)[0]
    head = _ENDS.split(head + " ", maxsplit=1)[0].strip()
    if _own_side().search(head):
        return ()
    entry = registry.find(head)
    rest = group[len(head) :]
    state = entry is not None and (entry.role is None or entry.iso3 is not None)
    listed = _listed(group if state else rest, registry)
    if not listed and entry is None:
        listed = _listed(group, registry)
    if listed:
        return listed
    name = entry.name if entry else re.sub(r"^the\s+", "", head)
    if entry and entry.members:
        return entry.members
    return (name,) if name[:1].isupper() and not state else ()


def own_or_for(
    delegation: Delegation, behalf: tuple[str, ...], registry: Registry, date: str | None
) -> tuple[Delegation, tuple[str, ...]]:
    """Return whose statement it is: a speaker of unknown delegation is taken at her word.

    "I speak on behalf of the European Union" makes it the Union's statement; a group that is the
    delegation itself is not said twice.
    """
    if len(behalf) != 1:
        return delegation, behalf
    if not delegation.resolved:
        name = behalf[0]
        return registry.resolve(name, date=date) or Delegation(name, name), ()
    return delegation, () if behalf[0] == delegation.name else behalf


def _listed(text: str, registry: Registry) -> tuple[str, ...]:
    """Return the names of an enumeration of two or more known States."""
    known = [hit for hit in registry.mentions(text) if hit[2].role is None or hit[2].iso3]
    if len(known) < 2:
        return ()
    return split_names(text[known[0][0] : known[-1][1]], registry)


@cache
def _own_side() -> re.Pattern[str]:
    return re.compile(load_table("headings.yaml")["not_a_group"])
