"""Typed records of acts from a parsed sentence; every span is cut from the document."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import attrs

from statement_nlp.acts import slots
from statement_nlp.acts.addressee import addressee_of
from statement_nlp.acts.partners import mechanism_of, partners_of
from statement_nlp.acts.phrases import Part
from statement_nlp.model import (
    Amount,
    Commitment,
    Document,
    Passage,
    Proposal,
    Slot,
    Span,
    Statement,
    Status,
)
from statement_nlp.segment.speakers import own_spans


@attrs.frozen(slots=False)
class Source:
    """A sentence with all that its slots are read from."""

    passage: Passage
    document: Document
    statement: Statement
    doc: Any
    """Its parse."""
    names: tuple[str, ...]

    @cached_property
    def own(self) -> list[tuple[int, int]]:
        """Where the sentence names its speaker."""
        return own_spans(self.passage.text, self.names)

    @property
    def body(self) -> str:
        """The whole statement."""
        return self.document.text[self.statement.body.start : self.statement.body.end]

    def place(self, start: int, end: int) -> Span:
        """Return a range of the sentence as a span of the document."""
        offset = self.passage.span.start
        return Span(offset + start, offset + end)

    def slot(self, part: Part | None) -> Slot | None:
        """Return a part of the sentence as a slot."""
        if part is None or part.end <= part.start:
            return None
        return Slot(
            self.passage.text[part.start : part.end], self.place(part.start, part.end), part.value
        )


def build_commitment(
    source: Source, inside: tuple[int, int], status: Status, confidence: float, *, to_check: bool
) -> Commitment:
    """Return the commitment that ``inside`` carries."""
    text, doc, own = source.passage.text, source.doc, source.own
    amount = slots.amount_of(text, inside, source.body, status)
    period = slots.timeframe_of(text, inside, source.statement.date, status)
    actor = slots.actor_of(doc, inside, own)
    if actor is not None:
        actor = attrs.evolve(actor, value=source.statement.delegation.name)
    span = source.place(*inside)
    return Commitment(
        passage_id=source.passage.passage_id,
        statement_id=source.passage.statement_id,
        quote=source.document.quote(span.start, span.end),
        status=status,
        confidence=round(confidence, 4),
        to_check=to_check,
        actor=source.slot(actor),
        action=source.slot(slots.action_of(doc, inside, own)),
        amount=None
        if amount is None
        else Amount(
            text[amount.start : amount.end],
            source.place(amount.start, amount.end),
            amount.value,
            amount.currency,
            amount.value_max,
            amount.per,
            amount.over,
        ),
        beneficiary=source.slot(slots.beneficiary_of(doc, inside, own)),
        timeframe=source.slot(
            None if period is None else Part(period.start, period.end, period.value)
        ),
        condition=source.slot(slots.condition_of(text, inside)),
    )


def build_proposal(
    source: Source,
    inside: tuple[int, int],
    *,
    partnership: bool,
    confidence: float,
    to_check: bool,
    opposed: bool,
) -> Proposal:
    """Return the proposal that ``inside`` carries."""
    span = source.place(*inside)
    addressee = addressee_of(source.doc, inside, source.own)
    partners = partners_of(source.doc, inside, addressee) if partnership else []
    return Proposal(
        passage_id=source.passage.passage_id,
        statement_id=source.passage.statement_id,
        quote=source.document.quote(span.start, span.end),
        partnership=partnership and not opposed,
        confidence=round(confidence, 4),
        to_check=to_check,
        opposed=opposed,
        addressee=source.slot(addressee),
        partners=tuple(s for p in partners if (s := source.slot(p)) is not None),
        mechanism=source.slot(mechanism_of(source.passage.text, inside)),
    )
