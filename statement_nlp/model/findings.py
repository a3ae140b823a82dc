"""Findings: what the analysis says of passages. Each leans on a verbatim quote."""

from __future__ import annotations

from enum import StrEnum

import attrs

from statement_nlp.model.spans import Quote, Span, content_id

_probability = attrs.validators.and_(attrs.validators.ge(0.0), attrs.validators.le(1.0))


class Scheme(StrEnum):
    """The label sets of the framework."""

    QUESTIONS = "questions"
    ASPECTS = "aspects"
    FACTORS = "factors"
    OBJECTIVES = "objectives"
    STRATEGY = "strategy"
    THEMES = "themes"


class Voice(StrEnum):
    """What a tag rests on."""

    HEAD = "trained head"
    SIMILARITY = "similarity"
    CUES = "cue phrases"


@attrs.frozen(slots=True)
class Tag:
    """One label on one passage, with a calibrated probability."""

    passage_id: str
    scheme: Scheme
    label: str
    probability: float = attrs.field(validator=_probability)
    assigned: bool
    """Whether the probability passes the label's threshold."""
    voice: Voice


class Status(StrEnum):
    """How far a commitment has come."""

    NEW = "new"
    ONGOING = "ongoing"
    REAFFIRMED = "reaffirmed"
    DELIVERED = "delivered"


@attrs.frozen(slots=True)
class Slot:
    """A stated part of an act: the words, where they stand, and their normal form."""

    text: str
    span: Span
    value: str | None = None
    """Normal form: an ISO 8601 date or interval, a delegation's official name, …"""


@attrs.frozen(slots=True)
class Amount:
    """Money as stated. ``value`` to ``value_max`` where a range is given."""

    text: str
    span: Span
    value: float
    currency: str
    """ISO 4217 code."""
    value_max: float | None = None
    per: str | None = None
    """``year``, ``month`` … for a rate."""
    over: str | None = None
    """ISO 8601 duration the sum is spread over, such as ``P3Y``."""


@attrs.frozen(slots=True, kw_only=True)
class Commitment:
    """The speaker binds itself to something."""

    passage_id: str
    statement_id: str
    quote: Quote
    """The clause that carries the act."""
    status: Status
    confidence: float = attrs.field(validator=_probability)
    to_check: bool = False
    """Near the threshold: listed apart, for a human to decide."""
    actor: Slot | None = None
    action: Slot | None = None
    amount: Amount | None = None
    beneficiary: Slot | None = None
    timeframe: Slot | None = None
    condition: Slot | None = None

    @property
    def commitment_id(self) -> str:
        """Identifier derived from the quote's place."""
        return content_id("c", self.quote.document_id, self.quote.span.start, self.quote.span.end)


@attrs.frozen(slots=True, kw_only=True)
class Proposal:
    """The speaker says what others, all, or the Council should do."""

    passage_id: str
    statement_id: str
    quote: Quote
    partnership: bool
    confidence: float = attrs.field(validator=_probability)
    to_check: bool = False
    opposed: bool = False
    """The speaker refuses or speaks against what the clause is about."""
    addressee: Slot | None = None
    partners: tuple[Slot, ...] = ()
    mechanism: Slot | None = None

    @property
    def proposal_id(self) -> str:
        """Identifier derived from the quote's place."""
        return content_id("q", self.quote.document_id, self.quote.span.start, self.quote.span.end)


@attrs.frozen(slots=True)
class Topic:
    """A group of passages that speak of the same thing."""

    topic_id: int
    label: str
    terms: tuple[str, ...]
    size: int
    """Passages in it."""
    delegations: int
    """Distinct delegations that raised it."""
    quotes: tuple[str, ...] = ()
    """Passage ids of its central sentences, most central first."""
    outside_framework: bool = False
    boilerplate: bool = False


@attrs.frozen(slots=True)
class KeyPoint:
    """Proposals that ask for the same thing; its text is the most central one's clause."""

    text: str
    proposal_ids: tuple[str, ...]
    opposed_ids: tuple[str, ...] = ()

    @property
    def key_point_id(self) -> str:
        """Identifier derived from the proposals in it."""
        return content_id("k", *sorted(self.proposal_ids))

    @property
    def size(self) -> int:
        """Number of proposals that stand behind it."""
        return len(self.proposal_ids)
