"""Statements of a verbatim record, turn by turn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import attrs

from statement_nlp.model import Delegation, Document, Role, Span, Statement
from statement_nlp.segment import council
from statement_nlp.segment.behalf import on_behalf_of, own_or_for
from statement_nlp.segment.context import Context
from statement_nlp.segment.data import load_table
from statement_nlp.segment.language import detect_language
from statement_nlp.segment.registry import Registry, delegation_of
from statement_nlp.segment.tiles import last_body_end
from statement_nlp.segment.titles import find_delegation
from statement_nlp.segment.turns import Turn, turns

_FLOOR = re.compile(
    r"\b(?:give the floor to|call on|gives? the floor to)\s+(?:the\s+)?(?P<who>[^.]{3,160})",
    re.DOTALL,
)
_LONG_TURN = 1500


def record_statements(
    document: Document, registry: Registry, context: Context
) -> tuple[Statement, ...]:
    """Return one statement for each turn, the chair's included (marked procedural)."""
    found = list(turns(document))
    bounds = [turn.start for turn in found[1:]] + [document.body_end]
    ends = [
        last_body_end(document, turn.start, bound)
        for turn, bound in zip(found, bounds, strict=False)
    ]
    spoken = [
        document.text[turn.body : end].rstrip() for turn, end in zip(found, ends, strict=True)
    ]
    people = People(found, spoken, registry, context.date)
    statements: list[Statement] = []
    for index, (turn, text) in enumerate(zip(found, spoken, strict=True)):
        if text:
            statements.append(
                turn_statement(
                    document,
                    turn,
                    text=text,
                    delegation=people.delegation(index),
                    order=len(statements) + 1,
                    registry=registry,
                    context=context,
                    title=people.title(turn),
                )
            )
    return tuple(statements)


def turn_statement(
    document: Document,
    turn: Turn,
    *,
    text: str,
    delegation: Delegation,
    order: int,
    registry: Registry,
    context: Context,
    title: str | None = None,
) -> Statement:
    """Return the statement made in one turn, whose words are ``text``."""
    end = turn.body + len(text)
    procedural = turn.presides and is_procedural(text)
    behalf = () if turn.presides else on_behalf_of(text, registry)
    delegation, behalf = own_or_for(delegation, behalf, registry, context.date)
    return Statement(
        document_id=document.document_id,
        order=order,
        span=Span(turn.start, end),
        body=Span(turn.body, end),
        heading=" ".join(document.text[turn.start : turn.body].split()),
        delegation=delegation,
        speaker=None if turn.office else turn.label,
        title=turn.office or title,
        on_behalf_of=behalf,
        language=detect_language(text),
        original_language=turn.language,
        symbol=context.symbol,
        date=context.date,
        procedural=procedural,
    )


def is_procedural(text: str) -> bool:
    """Return whether the chair only conducts the meeting in ``text``.

    The chair's own national statement is none, whatever stands around it; a long turn with no
    word of procedure is none either.
    """
    table = load_table("headings.yaml")
    if _pattern(table["national_capacity"]).search(text):
        return False
    return len(text) < _LONG_TURN or bool(_pattern(table["president_cues"]).search(text))


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


class People:
    """Who the speakers of one record are, from what the chair says of them."""

    def __init__(
        self,
        found: Sequence[Turn],
        spoken: Sequence[str],
        registry: Registry,
        date: str | None,
    ) -> None:
        self._turns, self._spoken = found, spoken
        self._registry, self._date = registry, date
        self._chair_words = " ".join(
            " ".join(text.replace("- ", "-").split())
            for turn, text in zip(found, spoken, strict=True)
            if turn.presides
        )
        self._chair = self._presiding()

    def delegation(self, index: int) -> Delegation:
        """Return the delegation of the turn at ``index``."""
        turn = self._turns[index]
        if turn.presides:
            return self._chair
        if turn.country:
            return self._registry.resolve(turn.country, date=self._date) or Delegation(
                name=re.sub(r"^the\s+", "", turn.country), as_printed=turn.country
            )
        if turn.office:
            named = self._registry.resolve(turn.office, date=self._date)
            return named or Delegation(turn.office, turn.office, role=Role.UN_SYSTEM)
        return self._by_title(index) or Delegation(name=turn.label, as_printed=turn.label)

    def title(self, turn: Turn) -> str | None:
        """Return the title with which the chair invited a speaker named without a country."""
        if turn.office or turn.country:
            return None
        surname = re.escape(turn.label.split()[-1])
        invited = re.search(
            rf"\b{surname},\s+(?P<title>[^;.]{{3,260}}?)"
            r"(?=,?\s+and\s+(?:Mr|Mrs|Ms|Dr|His|Her)\b|,\s+to participate|;|\.)",
            self._chair_words,
        )
        return invited["title"].strip(" ,") if invited else None

    def _by_title(self, index: int) -> Delegation | None:
        title = self.title(self._turns[index])
        if title:
            return find_delegation(title, self._registry, date=self._date)
        before = self._spoken[index - 1] if index and self._turns[index - 1].presides else ""
        calls = _FLOOR.findall(" ".join(before.split()))
        if calls and not re.match(r"(?:Mr|Mrs|Ms|Dr|His|Her)\b", calls[-1]):
            return find_delegation(calls[-1], self._registry, date=self._date)
        return None

    def _presiding(self) -> Delegation:
        """Return the delegation in the chair: as it says, else by the month, else by its office."""
        pattern = _pattern(load_table("headings.yaml")["national_capacity"])
        for match in pattern.finditer(self._chair_words):
            states = [
                entry for *_, entry in self._registry.mentions(match["of"] or "") if not entry.role
            ]
            if states:
                return _in_chair(delegation_of(states[-1], "The President", self._date))
        code = council.president(self._date) if self._date else None
        entry = self._registry.by_code(code) if code else None
        if entry:
            return _in_chair(delegation_of(entry, "The President", self._date))
        return Delegation(
            "President of the Security Council", "The President", role=Role.PRESIDENCY
        )


def _in_chair(delegation: Delegation) -> Delegation:
    return attrs.evolve(delegation, role=Role.PRESIDENCY)
