"""What others commit to, as far as it may meet a need: to whom, of what, through which fund."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import attrs

from statement_nlp.corpus.spoken import Spoken
from statement_nlp.framework import Framework
from statement_nlp.model import Commitment, Scheme, Statement
from statement_nlp.synthesis.features import named_concepts
from statement_nlp.synthesis.lexicon import compile_any, table

if TYPE_CHECKING:
    from statement_nlp.segment import Registry


@attrs.frozen
class Offer:
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


def numbers_by_year(
    spoken: Spoken, years: Sequence[str], commitments: Sequence[Commitment]
) -> dict[str, list[int]]:
    """Return the numbers of the commitments by year; those with no date stand under "".

    ``years`` has the year of each statement of ``spoken``, in its order.
    """
    year_of = {s.statement_id: year for s, year in zip(spoken.statements, years, strict=True)}
    found: dict[str, list[int]] = defaultdict(list)
    for number, commitment in enumerate(commitments):
        if commitment.statement_id in year_of:
            found[year_of[commitment.statement_id]].append(number)
    return found


def offers_among(
    spoken: Spoken,
    commitments: Iterable[Commitment],
    names: Mapping[str, str],
    framework: Framework,
) -> list[Offer]:
    """Return the commitments that may meet a need, in the order given.

    Left out are those that are borderline, of a status that answers no need
    (``needs.answering_statuses`` in ``data/limits.yaml``), or of a passage that is not analysed.

    Args:
        spoken: what is spoken of, with the tags of each passage.
        commitments: commitments of statements in ``spoken``.
        names: every name of a delegation with its official one; see :func:`delegation_names`.
        framework: whose themes an offer carries.
    """
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
            Offer(
                commitment_id=commitment.commitment_id,
                giver=giver,
                row=row,
                named=frozenset(named - {giver}),
                themes=frozenset(themes_of(spoken, row, framework)),
                funds=funds_of(commitment.quote.text),
                concepts=concepts_of(commitment.quote.text),
                general=not named - {giver}
                and bool(_general_words().search(f"{stated} {commitment.quote.text}")),
            )
        )
    return offers


def themes_of(spoken: Spoken, row: int, framework: Framework) -> tuple[str, ...]:
    """Return the themes of the passage in ``row``, else its factors, in the framework's order."""
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


def delegation_names(statements: Sequence[Statement]) -> dict[str, str]:
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


def concepts_of(text: str) -> frozenset[str]:
    """Return the concepts of ``text`` that tell one need from another."""
    return frozenset(named_concepts(text)) - set(table("limits")["needs"]["uninformative"])


def funds_of(text: str) -> frozenset[str]:
    """Return the funds and instruments of ``data/help_words.yaml`` that ``text`` names."""
    return frozenset(name for name, words in _fund_words().items() if words.search(text))


@cache
def _registry() -> Registry:
    from statement_nlp.segment import Registry

    return Registry.load()


@cache
def _fund_words() -> Mapping[str, re.Pattern[str]]:
    found = table("help_words")["funds"]
    return {name: compile_any(words, from_word=True) for name, words in found.items()}


@cache
def _general_words() -> re.Pattern[str]:
    return compile_any(table("help_words")["general"], from_word=True)
