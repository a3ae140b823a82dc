"""Findings of one statement as bytes, with places counted from the statement's start.

The words of a statement are not in them: quotes and slots are cut anew from where they stand.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from statement_nlp.acts import Acts
from statement_nlp.model import (
    Amount,
    Commitment,
    Document,
    Passage,
    Proposal,
    Scheme,
    Slot,
    Span,
    Statement,
    Status,
    Voice,
)
from statement_nlp.tag import SchemeTags, TagTable


@attrs.frozen(eq=False)
class StatementFindings:
    """Tags and acts of one statement."""

    tags: TagTable
    acts: Acts


def to_bytes(found: StatementFindings, statement: Statement, passages: Sequence[Passage]) -> bytes:
    """Return findings so that they can be put back wherever the same statement stands."""
    numbers = {passage.passage_id: number for number, passage in enumerate(passages)}
    start = statement.body.start
    plain = {
        "tags": [_plain_tags(tags) for tags in found.tags.schemes],
        "commitments": [_plain_act(act, numbers, start) for act in found.acts.commitments],
        "proposals": [_plain_act(act, numbers, start) for act in found.acts.proposals],
    }
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 1)


def from_bytes(
    raw: bytes, statement: Statement, passages: Sequence[Passage], document: Document
) -> StatementFindings:
    """Read what :func:`to_bytes` wrote; quotes are cut from ``document`` anew."""
    plain = json.loads(zlib.decompress(raw))
    place = _Place(statement, passages, document)
    return StatementFindings(
        TagTable(tuple(_tags(item) for item in plain["tags"])),
        Acts(
            tuple(place.commitment(item) for item in plain["commitments"]),
            tuple(place.proposal(item) for item in plain["proposals"]),
        ),
    )


def _plain_tags(tags: SchemeTags) -> dict[str, Any]:
    return {
        "scheme": tags.scheme.value,
        "labels": tags.labels,
        "voice": tags.voice.value,
        "rows": len(tags.probabilities),
        "probabilities": base64.b64encode(tags.probabilities.astype("<f4").tobytes()).decode(),
        "assigned": base64.b64encode(np.packbits(tags.assigned).tobytes()).decode(),
    }


def _tags(item: Mapping[str, Any]) -> SchemeTags:
    shape = (item["rows"], len(item["labels"]))
    bits = np.frombuffer(base64.b64decode(item["assigned"]), np.uint8)
    numbers = np.frombuffer(base64.b64decode(item["probabilities"]), "<f4")
    return SchemeTags(
        Scheme(item["scheme"]),
        tuple(item["labels"]),
        numbers.astype(np.float32).reshape(shape),
        np.unpackbits(bits, count=shape[0] * shape[1]).astype(np.bool_).reshape(shape),
        Voice(item["voice"]),
    )


def _plain_act(
    act: Commitment | Proposal, numbers: Mapping[str, int], start: int
) -> dict[str, Any]:
    def serialize(_: object, __: object, value: Any) -> Any:  # noqa: ANN401 - any field's value
        if isinstance(value, Span):
            return [value.start - start, value.end - start]
        return value.value if isinstance(value, Status) else value

    own = attrs.filters.exclude("passage_id", "statement_id", "quote", "text")
    shift = {"quote": act.quote.span, "passage": numbers[act.passage_id]}
    shift["quote"] = serialize(None, None, shift["quote"])
    return attrs.asdict(act, filter=own, value_serializer=serialize) | shift


@attrs.frozen(eq=False)
class _Place:
    """Where findings are put back."""

    statement: Statement
    passages: Sequence[Passage]
    document: Document

    def commitment(self, item: dict[str, Any]) -> Commitment:
        """Return the commitment that :func:`to_bytes` made plain as ``item``, which is used up.

        Raises:
            KeyError: ``item`` lacks a field.
        """
        amount = item.pop("amount")
        status = Status(item.pop("status"))
        slots: dict[str, Any] = {
            name: self._slot(item.pop(name))
            for name in ("actor", "action", "beneficiary", "timeframe", "condition")
        }
        return Commitment(
            **self._common(item),
            **slots,
            status=status,
            amount=amount and Amount(**(amount | self._cut(amount["span"]))),
        )

    def proposal(self, item: dict[str, Any]) -> Proposal:
        """Return the proposal that :func:`to_bytes` made plain as ``item``, which is used up.

        Raises:
            KeyError: ``item`` lacks a field.
        """
        slots: dict[str, Any] = {
            name: self._slot(item.pop(name)) for name in ("addressee", "mechanism")
        }
        partners = (self._slot(partner) for partner in item.pop("partners"))
        return Proposal(
            **self._common(item), **slots, partners=tuple(p for p in partners if p is not None)
        )

    def _common(self, item: dict[str, Any]) -> dict[str, Any]:
        passage = self.passages[item.pop("passage")]
        span = self._span(item.pop("quote"))
        return item | {
            "passage_id": passage.passage_id,
            "statement_id": passage.statement_id,
            "quote": self.document.quote(span.start, span.end),
        }

    def _slot(self, item: dict[str, Any] | None) -> Slot | None:
        return Slot(**self._cut(item["span"]), value=item["value"]) if item else None

    def _cut(self, ends: Sequence[int]) -> dict[str, Any]:
        span = self._span(ends)
        return {"text": self.document.text[span.start : span.end], "span": span}

    def _span(self, ends: Sequence[int]) -> Span:
        start = self.statement.body.start
        return Span(ends[0] + start, ends[1] + start)
