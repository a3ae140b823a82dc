"""From the nouns of the model to the columns of the output tables."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dateutil.relativedelta import relativedelta

from statement_nlp.model import (
    Commitment,
    Document,
    Passage,
    Proposal,
    Segmentation,
    Slot,
    Statement,
)

Row = dict[str, Any]

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def document_row(document: Document, shape: str) -> Row:
    """Return the row of table ``documents``."""
    return {
        "document_id": document.document_id,
        "path": document.path,
        "sha256": document.sha256,
        "kind": document.kind,
        "pages": document.pages,
        "chars": len(document.text),
        "shape": shape,
        "encoding": document.encoding,
        "notes": list(document.notes),
    }


def region_rows(segmentation: Segmentation) -> list[Row]:
    """Return the rows of table ``regions``."""
    return [
        {
            "document_id": segmentation.document_id,
            "kind": region.kind.value,
            "statement_id": region.statement_id,
            "start": region.span.start,
            "end": region.span.end,
        }
        for region in segmentation.regions
    ]


def statement_row(statement: Statement, document: Document, *, analysed: bool) -> Row:
    """Return the row of table ``statements``."""
    delegation = statement.delegation
    return {
        "statement_id": statement.statement_id,
        "document_id": statement.document_id,
        "order": statement.order,
        "heading": statement.heading,
        "speaker": statement.speaker,
        "title": statement.title,
        "delegation": delegation.name,
        "iso3": delegation.iso3,
        "role": delegation.role.value,
        "on_behalf_of": list(statement.on_behalf_of),
        "language": statement.language,
        "start": statement.span.start,
        "end": statement.span.end,
        "as_printed": delegation.as_printed,
        "m49": delegation.m49,
        "regional_group": delegation.regional_group,
        "affected": delegation.affected,
        "donor": delegation.donor,
        "original_language": statement.original_language,
        "symbol": statement.symbol,
        "date": statement.date,
        "procedural": statement.procedural,
        "analysed": analysed,
        "body_start": statement.body.start,
        "body_end": statement.body.end,
        "page": document.page_at(statement.body.start),
    }


def passage_rows(passages: Iterable[Passage], documents: Mapping[str, Document]) -> list[Row]:
    """Return the rows of table ``passages``."""
    return [
        {
            "passage_id": passage.passage_id,
            "statement_id": passage.statement_id,
            "paragraph": passage.paragraph,
            "sentence": passage.sentence,
            "start": passage.span.start,
            "end": passage.span.end,
            "text": passage.text,
            "document_id": passage.document_id,
            "page": documents[passage.document_id].page_at(passage.span.start),
        }
        for passage in passages
    ]


def commitment_rows(commitments: Sequence[Commitment]) -> list[Row]:
    """Return the rows of table ``commitments``."""
    return [_commitment_row(commitment) for commitment in commitments]


def _commitment_row(commitment: Commitment) -> Row:
    amount = commitment.amount
    start, end = _interval(commitment.timeframe)
    return {
        "commitment_id": commitment.commitment_id,
        "passage_id": commitment.passage_id,
        "statement_id": commitment.statement_id,
        "quote": commitment.quote.text,
        "status": commitment.status.value,
        "amount": amount.value if amount else None,
        "currency": amount.currency if amount else None,
        "beneficiary": _words(commitment.beneficiary),
        "timeframe": _words(commitment.timeframe),
        "confidence": commitment.confidence,
        "start": commitment.quote.span.start,
        "end": commitment.quote.span.end,
        "to_check": commitment.to_check,
        "actor": _words(commitment.actor),
        "action": _words(commitment.action),
        "amount_text": amount.text if amount else None,
        "amount_max": amount.value_max if amount else None,
        "amount_per": amount.per if amount else None,
        "amount_over": amount.over if amount else None,
        "timeframe_from": start,
        "timeframe_to": end,
        "condition": _words(commitment.condition),
    }


def proposal_rows(proposals: Sequence[Proposal]) -> list[Row]:
    """Return the rows of table ``proposals``."""
    return [
        {
            "proposal_id": proposal.proposal_id,
            "passage_id": proposal.passage_id,
            "statement_id": proposal.statement_id,
            "quote": proposal.quote.text,
            "addressee": _words(proposal.addressee),
            "partnership": proposal.partnership,
            "partners": [partner.text for partner in proposal.partners],
            "confidence": proposal.confidence,
            "start": proposal.quote.span.start,
            "end": proposal.quote.span.end,
            "to_check": proposal.to_check,
            "opposed": proposal.opposed,
            "mechanism": _words(proposal.mechanism),
        }
        for proposal in proposals
    ]


def _words(slot: Slot | None) -> str | None:
    return slot.text if slot else None


def _interval(slot: Slot | None) -> tuple[str | None, str | None]:
    """Return the first and the last day of a stated time.

    The slot holds a date, month or year, an interval ``a/b`` of these (either side may be ``..``,
    which is open, or a duration that is counted from the other side), a duration or a rate. A
    month and a year run from their first day to their last; a bare duration and a rate have no
    days.
    """
    if slot is None or not slot.value:
        return None, None
    first, _, last = slot.value.partition("/")
    last = last or first
    start, end = _days(first), _days(last)
    try:
        if start and (length := _duration(last)):
            return start[0].isoformat(), (start[0] + length).isoformat()
        if end and (length := _duration(first)):
            return (end[1] - length).isoformat(), end[1].isoformat()
    except (OverflowError, ValueError):  # beyond the years that the calendar holds
        pass
    return start[0].isoformat() if start else None, end[1].isoformat() if end else None


def _days(stated: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of an ISO 8601 date, month or year."""
    match = _DATE.fullmatch(stated)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = dt.date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    month = month or 12
    return first, dt.date(first.year, month, calendar.monthrange(first.year, month)[1])


def _duration(stated: str) -> relativedelta | None:
    """Return an ISO 8601 duration of years, months, weeks or days as the calendar counts it."""
    match = _DURATION.fullmatch(stated)
    if match is None or not any(match.groups()):
        return None
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return relativedelta(years=years, months=months, weeks=weeks, days=days)
