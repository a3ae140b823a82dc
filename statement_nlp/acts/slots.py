"""The stated parts of a commitment: how much, when, on what condition, by whom, for whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

import attrs

from statement_nlp.acts.grammar import clauses_of
from statement_nlp.acts.lexicon import any_of, load_data
from statement_nlp.acts.money import Sum, find_sums, is_need
from statement_nlp.acts.phrases import Part, Range, actor_table, can_act, phrase, within
from statement_nlp.acts.times import Period, find_periods
from statement_nlp.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@attrs.frozen
class _Words:
    condition: re.Pattern[str]
    past_deed: re.Pattern[str]
    now: re.Pattern[str]
    behind: re.Pattern[str]
    ahead: re.Pattern[str]
    funds: frozenset[str]


@cache
def _words() -> _Words:
    table = load_data("slots.yaml")
    past = table["past"]
    return _Words(
        condition=re.compile(
            rf"\b(?:{any_of(table['conditions'])})\b[^;:.]*?(?=,(?! and)|;|:|\.|$)", re.IGNORECASE
        ),
        past_deed=re.compile(
            rf"\b(?:{any_of(past['auxiliaries'])})\b(?!\s+(?:now\s+)?(?:{any_of(past['deciding'])}))"
            rf"|\b(?:{any_of(past['adverbs'])})\b",
            re.IGNORECASE,
        ),
        now=re.compile(any_of(table["now"]), re.IGNORECASE),
        behind=re.compile(rf"(?:{any_of(table['behind'])})\b", re.IGNORECASE),
        ahead=re.compile(rf"(?:{any_of(table['ahead'])})\b", re.IGNORECASE),
        funds=frozenset(table["funds"]),
    )


def amount_of(text: str, inside: Range, context: str, status: Status = Status.NEW) -> Sum | None:
    """Return the speaker's own sum in ``inside`` that is no need, cost or total.

    Of several the first; for a new promise the first that is not told as given before, and the
    higher end of "from one sum to another".
    """
    found = [
        sum_
        for sum_ in find_sums(text, context)
        if inside[0] <= sum_.start < inside[1] and not is_need(text, sum_)
    ]
    if found and found[0].value_max and re.search(r"\bfrom\s+$", text[: found[0].start]):
        # "raise it from 600,000 to 1.5 million": what is promised is the higher sum.
        return attrs.evolve(found[0], value=found[0].value_max, value_max=None)
    if status is Status.NEW and len(found) > 1:
        if re.search(r"\bfrom\s+$", text[: found[0].start]) and re.fullmatch(
            r"[^,;]{0,20}\bto\s+", text[found[0].end : found[1].start]
        ):
            return found[1]
        later = [s for s in found if not _told_as_past(text, s.start, s.end)]
        return next(iter(later or found))
    return next(iter(found), None)


def _told_as_past(text: str, start: int, end: int) -> bool:
    """Return whether the clause around a sum speaks of what was done before."""
    left = max(text.rfind(mark, 0, start) for mark in (",", ";", ":", " and "))
    stops = [at for mark in (",", ";", " and ") if (at := text.find(mark, end)) >= 0]
    clause = text[max(left, 0) : min(stops, default=len(text))]
    return _words().past_deed.search(clause) is not None and "will" not in clause.split()


def timeframe_of(
    text: str, inside: Range, said_on: str | None, status: Status = Status.NEW
) -> Period | None:
    """Return the time of an act, and not that of its condition or of another deed.

    What was delivered takes a time behind before one ahead, all else the other way round;
    "currently" and its like are taken only where no other time is stated.
    """
    condition = condition_of(text, inside)
    found = [
        period
        for period in find_periods(text, said_on)
        if inside[0] <= period.start < inside[1]
        and not (condition and condition.start <= period.start < condition.end)
        and not (period.value or "").startswith("R/")
    ]
    # "is at present working there, until the end of 2022": the other time says more.
    found = [p for p in found if not _words().now.fullmatch(text[p.start : p.end])] or found
    if len(found) > 1:
        ahead = [p for p in found if _is_ahead(text[p.start : p.end], p, said_on)]
        behind = [p for p in found if p not in ahead]
        found = behind + ahead if status is Status.DELIVERED else ahead + behind
    return next(iter(found), None)


def _is_ahead(words: str, period: Period, said_on: str | None) -> bool:
    value = period.value or ""
    if _words().behind.match(words) or "past" in words:
        return False
    if value[:2] == ".." or value.startswith("P"):
        return True
    if not said_on or not value[:4].isdigit():
        return _words().ahead.match(words) is not None
    last = value.rpartition("/")[2].replace("..", "9999")
    return last[: len(said_on)] >= said_on[: len(last)]


def condition_of(text: str, inside: Range) -> Part | None:
    """Return the condition an act is tied to."""
    for match in _words().condition.finditer(text):
        if inside[0] <= match.start() < inside[1] and len(match[0].split()) > 1:
            return Part(match.start(), match.end())
    return None


def actor_of(doc: Doc, inside: Range, own: Iterable[Range]) -> Part | None:
    """Return who binds itself: the subject that is the speaker, or the first one named."""
    own = list(own)
    clauses = [c for c in clauses_of(doc, own) if within(c.head, inside) and c.subject is not None]
    for clause in clauses:
        if clause.subject is not None and clause.who in {"self", "i", "we", "ours"}:
            return Part(*phrase(clause.subject, doc))
    for clause in clauses:
        if clause.subject is not None and clause.who in {"name", "noun"}:
            return Part(*phrase(clause.subject, doc))
    return None


def action_of(doc: Doc, inside: Range, own: Iterable[Range]) -> Part | None:
    """Return the verb of the act to the end of its clause."""
    clauses = [c for c in clauses_of(doc, list(own)) if within(c.head, inside)]
    chosen = next((c for c in clauses if c.who in {"self", "i", "we", "ours"}), None)
    chosen = chosen or (clauses[0] if clauses else None)
    if chosen is None:
        return None
    start = min(
        [chosen.head.idx, *(c.idx for c in chosen.head.children if c.dep_.startswith("aux"))]
    )
    return Part(max(start, inside[0]), inside[1]) if start < inside[1] else None


def beneficiary_of(doc: Doc, inside: Range, own: Iterable[Range]) -> Part | None:
    """Return who receives: what is given to or for, who is trained or supported, or where."""
    own = list(own)
    best: tuple[int, Token] | None = None
    for token in doc:
        named = any(start <= token.idx < end for start, end in own)
        if named or not within(token, inside) or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        rank = _receives(token)
        if rank and (best is None or rank > best[0]):
            best = rank, token
    return Part(*phrase(best[1], doc)) if best else None


@cache
def _not_receivers() -> frozenset[str]:
    return frozenset(actor_table()["no_receivers"])


def _receives(token: Token) -> int:
    """Rank a noun as a receiver, 0 for none: a fund, a name given to, people helped, a place."""
    table = actor_table()
    word, head = token.lower_, token.head
    if re.fullmatch(r"(?:19|20)\d\d", word) or word in _not_receivers():
        return 0
    people = word in set(table["partner_heads"]) or word in set(table["receivers"])
    if token.dep_ == "dobj":
        helped = head.lemma_.lower() in set(table["help_verbs"])
        return (4 if people or token.pos_ == "PROPN" else 0) if helped else 0
    given = head.lower_ if head.dep_ in {"prep", "dative"} else token.dep_
    if token.dep_ not in {"pobj", "dative"} or given not in {"to", "for", "into", "in", "dative"}:
        return 0
    if word in _words().funds:
        return 6
    if token.pos_ == "PROPN" or people:
        # A name outranks a common noun; a place ("in Moravar") comes after who is given to.
        return (5 if token.pos_ == "PROPN" else 4) - (2 if given == "in" else 0)
    return 1 if given in {"to", "dative"} and can_act(token) else 0
