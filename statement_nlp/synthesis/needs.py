"""What affected States ask for, beside the commitments of others that would meet it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus.spoken import Spoken
from statement_nlp.framework import Framework
from statement_nlp.model import Commitment, Proposal, Scheme, Span, Statement, content_id
from statement_nlp.synthesis.lexicon import compile_any, table
from statement_nlp.synthesis.offers import (
    Offer,
    concepts_of,
    delegation_names,
    funds_of,
    numbers_by_year,
    offers_among,
    themes_of,
)

_YEARS_AT_HAND = 5
"""Years whose commitments are held: one, those beside it, those with no date, and one to spare."""


@attrs.frozen
class Need:
    """One need that an affected State states, and the commitments that would meet it."""

    passage_id: str
    statement_id: str
    document_id: str
    delegation: str
    theme: str | None
    text: str
    span: Span
    commitment_ids: tuple[str, ...]

    @property
    def need_id(self) -> str:
        """Identifier derived from the place of the words."""
        return content_id("n", self.document_id, self.span.start, self.span.end)

    def row(self) -> dict[str, Any]:
        """Return the row of table ``needs``."""
        return {
            "need_id": self.need_id,
            "passage_id": self.passage_id,
            "statement_id": self.statement_id,
            "delegation": self.delegation,
            "theme": self.theme,
            "quote": self.text,
            "commitment_ids": list(self.commitment_ids),
            "start": self.span.start,
            "end": self.span.end,
        }


def match_needs(
    spoken: Spoken,
    commitments: Sequence[Commitment],
    proposals: Sequence[Proposal],
    framework: Framework,
) -> tuple[Need, ...]:
    """Return the needs of affected States in order, each with the commitments that meet it.

    A need is a passage of an affected State's statement that carries an aspect of needs, or a
    proposal in which it asks others for help. A commitment of another delegation meets it where
    it names the State that needs and is about something like it; or is for all who need, shares a
    theme and is much like it; or goes to the same fund. Few and sure answers are preferred to
    many: a gap stays open. In a corpus of many years a commitment meets needs of its own year and
    of those beside it, where both dates are known.
    """
    affected = {s.statement_id for s in spoken.statements if s.delegation.affected}
    clauses = {p.passage_id: p for p in proposals if p.statement_id in affected and _asks_help(p)}
    names = delegation_names(spoken.statements)
    years = [(statement.date or "")[:4] for statement in spoken.statements]
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row in _need_rows(spoken, clauses):
        rows_of[years[int(spoken.statement_of[row])]].append(row)
    numbers_of = numbers_by_year(spoken, years, commitments) if rows_of else {}

    @lru_cache(maxsize=_YEARS_AT_HAND)
    def offers_of(year: str) -> list[Offer]:
        own = (commitments[number] for number in numbers_of.get(year, ()))
        return offers_among(spoken, own, names, framework)

    needs: dict[int, Need] = {}
    for year, rows in sorted(rows_of.items()):
        near = _beside(year) if year else sorted(numbers_of)
        offers = [offer for one in near for offer in offers_of(one)]
        offers.sort(key=lambda offer: offer.row)
        vectors = np.asarray(spoken.vectors[[offer.row for offer in offers]], dtype=np.float32)
        for row in rows:
            needs[row] = _need(spoken, row, clauses, framework, offers, vectors)
    return tuple(needs[row] for row in sorted(needs))


def _beside(year: str) -> tuple[str, ...]:
    """Return the years whose commitments may meet needs of a year; "" stands for no date."""
    if not year.isdigit():
        return "", year
    return "", *(f"{int(year) + step:04d}" for step in (-1, 0, 1))


def _need(
    spoken: Spoken,
    row: int,
    clauses: Mapping[str, Proposal],
    framework: Framework,
    offers: Sequence[Offer],
    vectors: NDArray[np.float32],
) -> Need:
    statement = spoken.statements[int(spoken.statement_of[row])]
    clause = clauses.get(spoken.passage_ids[row])
    start = int(spoken.starts[row])
    text = clause.quote.text if clause else spoken.texts[row]
    themes = themes_of(spoken, row, framework)
    return Need(
        passage_id=spoken.passage_ids[row],
        statement_id=statement.statement_id,
        document_id=statement.document_id,
        delegation=statement.delegation.name,
        theme=themes[0] if themes else None,
        text=text,
        span=clause.quote.span if clause else Span(start, start + len(text)),
        commitment_ids=_answers(spoken, row, statement, themes, offers, vectors),
    )


def _need_rows(spoken: Spoken, clauses: Mapping[str, Proposal]) -> list[int]:
    affected = np.array([bool(s.delegation.affected) for s in spoken.statements], dtype=np.bool_)
    if not len(spoken) or not affected.any():
        return []
    needed = np.zeros(len(spoken), dtype=np.bool_)
    for label in table("limits")["needs"]["aspects"]:
        needed |= spoken.carries(Scheme.ASPECTS, label)
    rows = set(np.flatnonzero(needed & affected[spoken.statement_of]).tolist())
    for passage_id in clauses:
        row = spoken.row_of.get(passage_id)
        if row is not None and affected[spoken.statement_of[row]]:
            rows.add(row)
    return sorted(rows)


def _asks_help(proposal: Proposal) -> bool:
    if proposal.opposed or proposal.to_check:
        return False
    asked_of, for_us = _asking()
    addressee = proposal.addressee.text if proposal.addressee else proposal.quote.text
    return bool(asked_of.search(addressee) and for_us.search(proposal.quote.text))


def _answers(
    spoken: Spoken,
    row: int,
    statement: Statement,
    themes: Sequence[str],
    offers: Sequence[Offer],
    vectors: NDArray[np.float32],
) -> tuple[str, ...]:
    limits = table("limits")["needs"]
    needy = statement.delegation.name
    funds = funds_of(spoken.texts[row])
    concepts = concepts_of(spoken.texts[row])
    if not offers:
        return ()
    vector = np.asarray(spoken.vectors[row], dtype=np.float32)
    likeness: NDArray[np.float32] = (vectors @ vector).round(4)
    found = []
    for offer, like in zip(offers, likeness.tolist(), strict=True):
        if offer.giver == needy:
            continue
        alike = bool(offer.concepts & concepts) and like >= float(limits["named_same_from"])
        named = needy in offer.named and (alike or like >= float(limits["named_from"]))
        shared = bool(offer.themes.intersection(themes))
        general = offer.general and shared and like >= float(limits["general_from"])
        fund = not offer.named and bool(funds & offer.funds)
        if named or general or fund:
            found.append((-like, offer.commitment_id))
    return tuple(commitment_id for _, commitment_id in sorted(found))


@cache
def _asking() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the words for who is asked for help, and for whom it is asked."""
    data = table("help_words")
    return (
        compile_any(data["asked_of"], from_word=True),
        compile_any(data["for_us"], from_word=True),
    )
