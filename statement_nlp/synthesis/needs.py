"""What affected States ask for, beside the commitments of others that would meet it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus.spoken import Spoken
from statement_nlp.framework import Framework
from statement_nlp.model import Commitment, Proposal, Scheme, Span, Statement, content_id
from statement_nlp.synthesis.features import named_concepts
from statement_nlp.synthesis.lexicon import compile_any, table

if TYPE_CHECKING:
    from statement_nlp.segment import Registry

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


@attrs.frozen
class _Offer:
    """A commitment as far as matching needs it."""

    commitment_id: str
    giver: str
    row: int
    named: frozenset[str]
    """Delegations it names as those who get it."""
    themes: frozenset[str]
    funds: frozenset[str]
    concepts: frozenset[str]
    general: bool
    """Whether it names no State and speaks to all who need."""


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
    names = _names(spoken.statements)
    years = [(statement.date or "")[:4] for statement in spoken.statements]
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row in _need_rows(spoken, clauses):
        rows_of[years[int(spoken.statement_of[row])]].append(row)
    numbers_of = _by_year(spoken, years, commitments) if rows_of else {}

    @lru_cache(maxsize=_YEARS_AT_HAND)
    def offers_of(year: str) -> list[_Offer]:
        own = (commitments[number] for number in numbers_of.get(year, ()))
        return _offers(spoken, own, names, framework)

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


def _by_year(
    spoken: Spoken, years: Sequence[str], commitments: Sequence[Commitment]
) -> dict[str, list[int]]:
    """Return the numbers of the commitments by year; those with no date stand under ""."""
    year_of = {s.statement_id: year for s, year in zip(spoken.statements, years, strict=True)}
    found: dict[str, list[int]] = defaultdict(list)
    for number, commitment in enumerate(commitments):
        if commitment.statement_id in year_of:
            found[year_of[commitment.statement_id]].append(number)
    return found


def _need(
    spoken: Spoken,
    row: int,
    clauses: Mapping[str, Proposal],
    framework: Framework,
    offers: Sequence[_Offer],
    vectors: NDArray[np.float32],
) -> Need:
    statement = spoken.statements[int(spoken.statement_of[row])]
    clause = clauses.get(spoken.passage_ids[row])
    start = int(spoken.starts[row])
    text = clause.quote.text if clause else spoken.texts[row]
    themes = _themes(spoken, row, framework)
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
    asked_of, for_us, _, _ = _patterns()
    addressee = proposal.addressee.text if proposal.addressee else proposal.quote.text
    return bool(asked_of.search(addressee) and for_us.search(proposal.quote.text))


def _offers(
    spoken: Spoken,
    commitments: Iterable[Commitment],
    names: Mapping[str, str],
    framework: Framework,
) -> list[_Offer]:
    answering = set(table("limits")["needs"]["answering_statuses"])
    speaker = {s.statement_id: s.delegation.name for s in spoken.statements}
    offers = []
    for commitment in commitments:
        row = spoken.row_of.get(commitment.passage_id)
        if row is None or commitment.status.value not in answering or commitment.to_check:
            continue
        giver = speaker[commitment.statement_id]
        stated = commitment.beneficiary.text if commitment.beneficiary else ""
        named = _named(stated, names) or _named(commitment.quote.text, names)
        offers.append(
            _Offer(
                commitment_id=commitment.commitment_id,
                giver=giver,
                row=row,
                named=frozenset(named - {giver}),
                themes=frozenset(_themes(spoken, row, framework)),
                funds=_funds(commitment.quote.text),
                concepts=_concepts(commitment.quote.text),
                general=not named - {giver}
                and bool(_patterns()[3].search(f"{stated} {commitment.quote.text}")),
            )
        )
    return offers


def _answers(
    spoken: Spoken,
    row: int,
    statement: Statement,
    themes: Sequence[str],
    offers: Sequence[_Offer],
    vectors: NDArray[np.float32],
) -> tuple[str, ...]:
    limits = table("limits")["needs"]
    needy = statement.delegation.name
    funds = _funds(spoken.texts[row])
    concepts = _concepts(spoken.texts[row])
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


def _themes(spoken: Spoken, row: int, framework: Framework) -> tuple[str, ...]:
    """Return the themes of a passage, else its factors, in the framework's order."""
    for scheme in (Scheme.THEMES, Scheme.FACTORS):
        label_set = framework.label_set(scheme)
        if label_set is None or scheme not in spoken.assigned:
            continue
        carried = {
            label
            for column, label in enumerate(spoken.labels[scheme])
            if spoken.assigned[scheme][row, column]
        }
        if carried:
            return tuple(label for label in label_set.ids if label in carried)
    return ()


def _names(statements: Sequence[Statement]) -> dict[str, str]:
    """Return every name of a delegation, as printed or official, with the official one."""
    names: dict[str, str] = {}
    for statement in statements:
        delegation = statement.delegation
        for name in (delegation.name, delegation.as_printed):
            if name:
                names.setdefault(name, delegation.name)
        for member in statement.on_behalf_of:
            names.setdefault(member, member)
    return names


def _named(text: str, names: Mapping[str, str]) -> set[str]:
    """Return the delegations and States that ``text`` names."""
    found = {
        official
        for name, official in names.items()
        if name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    }
    return found | {entry.name for _, _, entry in _registry().mentions(text) if entry.iso3}


@cache
def _registry() -> Registry:
    from statement_nlp.segment import Registry

    return Registry.load()


def _concepts(text: str) -> frozenset[str]:
    """Return the concepts of ``text`` that tell one need from another."""
    return frozenset(named_concepts(text)) - set(table("limits")["needs"]["uninformative"])


def _funds(text: str) -> frozenset[str]:
    return frozenset(name for name, words in _patterns()[2].items() if words.search(text))


@cache
def _patterns() -> tuple[
    re.Pattern[str], re.Pattern[str], dict[str, re.Pattern[str]], re.Pattern[str]
]:
    data = table("help_words")
    return (
        compile_any(data["asked_of"], from_word=True),
        compile_any(data["for_us"], from_word=True),
        {name: compile_any(words, from_word=True) for name, words in data["funds"].items()},
        compile_any(data["general"], from_word=True),
    )
