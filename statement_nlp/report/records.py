"""The rows of the tables under ``data/``, typed; field names are the columns' names."""

from __future__ import annotations

import attrs


@attrs.frozen(slots=True, kw_only=True)
class DocumentRow:
    """One input file as it was read."""

    document_id: str
    path: str
    sha256: str
    kind: str
    pages: int | None
    chars: int
    shape: str | None
    encoding: str | None
    notes: tuple[str, ...]


@attrs.frozen(slots=True, kw_only=True)
class RegionRow:
    """What a stretch of a document was found to be."""

    document_id: str
    kind: str
    statement_id: str | None
    start: int
    end: int


@attrs.frozen(slots=True, kw_only=True)
class StatementRow:
    """One statement and the delegation that made it."""

    statement_id: str
    document_id: str
    order: int
    heading: str | None
    speaker: str | None
    title: str | None
    delegation: str
    iso3: str | None
    role: str
    on_behalf_of: tuple[str, ...]
    language: str | None
    start: int
    end: int
    as_printed: str | None
    m49: str | None
    regional_group: str | None
    affected: bool | None
    donor: bool | None
    original_language: str | None
    symbol: str | None
    date: str | None
    procedural: bool
    analysed: bool
    body_start: int
    body_end: int
    page: int | None


@attrs.frozen(slots=True, kw_only=True)
class PassageRow:
    """One sentence; ``paragraph`` and ``sentence`` count from 0 in the statement."""

    passage_id: str
    statement_id: str
    paragraph: int
    sentence: int
    start: int
    end: int
    text: str
    document_id: str
    page: int | None


@attrs.frozen(slots=True, kw_only=True)
class TagRow:
    """One label on one sentence."""

    passage_id: str
    scheme: str
    label: str
    probability: float
    assigned: bool
    voice: str | None


@attrs.frozen(slots=True, kw_only=True)
class TopicRow:
    """One topic; ``quotes`` are passage ids, most central first."""

    topic_id: int
    label: str
    terms: tuple[str, ...]
    size: int
    delegations: int
    quotes: tuple[str, ...]
    outside_framework: bool
    boilerplate: bool
    x: float | None
    y: float | None


@attrs.frozen(slots=True, kw_only=True)
class TopicAssignmentRow:
    """One sentence's topic."""

    passage_id: str
    topic_id: int
    probability: float | None


@attrs.frozen(slots=True, kw_only=True)
class CommitmentRow:
    """One commitment; slots hold words as stated."""

    commitment_id: str
    passage_id: str
    statement_id: str
    quote: str
    status: str
    amount: float | None
    currency: str | None
    beneficiary: str | None
    timeframe: str | None
    confidence: float
    start: int
    end: int
    to_check: bool
    actor: str | None
    action: str | None
    amount_text: str | None
    amount_max: float | None
    amount_per: str | None
    amount_over: str | None
    timeframe_from: str | None
    timeframe_to: str | None
    condition: str | None


@attrs.frozen(slots=True, kw_only=True)
class ProposalRow:
    """One proposal; ``opposed`` where the speaker speaks against it."""

    proposal_id: str
    passage_id: str
    statement_id: str
    quote: str
    addressee: str | None
    partnership: bool
    partners: tuple[str, ...]
    confidence: float
    start: int
    end: int
    to_check: bool
    opposed: bool
    mechanism: str | None


@attrs.frozen(slots=True, kw_only=True)
class KeyPointRow:
    """Proposals that ask for the same thing."""

    key_point_id: str
    text: str
    size: int
    rank: int
    breadth: float
    delegations: int
    groups: tuple[str, ...]
    label: str | None
    central: str | None
    strongest: str | None
    most_cautious: str | None


@attrs.frozen(slots=True, kw_only=True)
class SupportRow:
    """One proposal behind, or against, a key point."""

    key_point_id: str
    proposal_id: str
    statement_id: str
    stance: str


@attrs.frozen(slots=True, kw_only=True)
class AgreedLanguageRow:
    """One paragraph or clause of an agreed text."""

    unit_id: str
    source: str
    symbol: str | None
    paragraph: str | None
    verb: str | None
    operative: bool
    text: str
    start: int | None
    end: int | None
    document_id: str | None


@attrs.frozen(slots=True, kw_only=True)
class AgreedMatchRow:
    """Agreed language close to a key point."""

    key_point_id: str
    unit_id: str
    similarity: float


@attrs.frozen(slots=True, kw_only=True)
class NeedRow:
    """What an affected State asked for, and the commitments that answer it."""

    need_id: str
    passage_id: str
    statement_id: str
    delegation: str
    theme: str | None
    quote: str
    commitment_ids: tuple[str, ...]
    start: int
    end: int


@attrs.frozen(slots=True, kw_only=True)
class ProfileRow:
    """A term that a delegation uses more than the others."""

    delegation: str
    term: str
    count: int
    keyness: float
    rank: int


@attrs.frozen(slots=True, kw_only=True)
class TopicPeriodRow:
    """A topic's share of the sentences of one period, with its interval."""

    topic_id: int
    period: str
    share: float
    low: float | None
    high: float | None
    passages: int
