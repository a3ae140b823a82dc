"""How well acts are found: detection, status, and slots against a gold register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from statement_nlp.acts.phrases import normal_addressee
from statement_nlp.acts.times import iso_form
from statement_nlp.evaluate.gold import GoldSentence
from statement_nlp.model import Amount, Commitment, Proposal

_WORD = re.compile(r"\w+")
_LIGHT = frozenset(
    {"the", "a", "an", "of", "in", "to", "for", "by", "at", "on", "and", "this", "that"}
)
_LIKE = 0.6
"""Share of common words (Dice) from which two stretches of text name the same thing."""


@attrs.frozen
class FoundActs:
    """What was found in one annotated sentence; items to check are not among them."""

    commitment: Commitment | None = None
    proposal: Proposal | None = None


def score_acts(
    found: Mapping[str, FoundActs],
    gold: Sequence[GoldSentence],
    slots: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Score found acts against gold sentences and, where given, their slot registers.

    ``found`` is keyed by sentence id; a sentence without an entry has no act. Opposed proposals
    and those to check must have been left out. ``slots`` are objects of ``acts.jsonl``. Slots are
    scored on gold acts that were found. Returns precision, recall, F1 and counts by act, status
    accuracy on found commitments, and for each slot the accuracy and the number scored.
    """
    none = FoundActs()
    pairs = [(found.get(s.id, none), s) for s in gold]
    scores: dict[str, Any] = {
        "commitment": prf([(f.commitment is not None, "commitment" in s.acts) for f, s in pairs]),
        "proposal": prf([(f.proposal is not None, "proposal" in s.acts) for f, s in pairs]),
        "partnership": prf(
            [(f.proposal is not None and f.proposal.partnership, s.partnership) for f, s in pairs]
        ),
        "status": _share(
            f.commitment.status.value == s.status
            for f, s in pairs
            if f.commitment is not None and s.status is not None
        ),
    }
    scores["slots"] = score_slots(found, slots)
    false_amounts = [
        s.id
        for f, s in pairs
        if f.commitment is not None and f.commitment.amount and "commitment" not in s.acts
    ]
    scores["amounts in sentences without a commitment"] = len(false_amounts)
    return scores


def prf(pairs: Sequence[tuple[bool, bool]]) -> dict[str, float]:
    """Return precision, recall and F1 of (found, true) pairs, with the number of true ones."""
    hits = sum(f and t for f, t in pairs)
    given, true = sum(f for f, _ in pairs), sum(t for _, t in pairs)
    return {
        "precision": round(hits / given, 4) if given else 0.0,
        "recall": round(hits / true, 4) if true else 0.0,
        "f1": round(2 * hits / (given + true), 4) if given + true else 0.0,
        "n": true,
    }


def score_slots(
    found: Mapping[str, FoundActs], slots: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, float]]:
    """Score slots where gold or the finder states one; both silent counts as no case."""
    outcomes: dict[str, list[bool]] = {}
    for row in slots:
        acts = found.get(str(row["id"]), FoundActs())
        if row["act"] == "commitment" and acts.commitment is not None:
            for name, right in _commitment_slots(acts.commitment, row):
                outcomes.setdefault(name, []).append(right)
        elif row["act"] == "proposal" and acts.proposal is not None:
            for name, right in _proposal_slots(acts.proposal, row):
                outcomes.setdefault(name, []).append(right)
    return {name: _share(values) for name, values in sorted(outcomes.items())}


def _commitment_slots(found: Commitment, row: Mapping[str, Any]) -> Iterable[tuple[str, bool]]:
    if row.get("amount") or found.amount:
        yield "amount", amount_key(found.amount) == row.get("amount")
    for name in ("beneficiary", "condition"):
        slot = getattr(found, name)
        if row.get(name) or slot:
            yield name, slot is not None and alike(slot.text, row.get(name))
    if row.get("timeframe") or found.timeframe:
        yield (
            "timeframe",
            found.timeframe is not None and same_time(found.timeframe.text, row.get("timeframe")),
        )


def _proposal_slots(found: Proposal, row: Mapping[str, Any]) -> Iterable[tuple[str, bool]]:
    if row.get("addressee") or found.addressee:
        yield (
            "addressee",
            found.addressee is not None and same_actor(found.addressee.text, row.get("addressee")),
        )
    if row.get("mechanism") or found.mechanism:
        yield (
            "mechanism",
            found.mechanism is not None and alike(found.mechanism.text, row.get("mechanism")),
        )
    wanted = row.get("partners") or []
    if wanted or found.partners:
        hits = [w for w in wanted if any(same_actor(p.text, w) for p in found.partners)]
        yield "partners (all)", len(hits) == len(wanted) > 0


def amount_key(amount: Amount | None) -> str | None:
    """Return an amount as gold writes it: ``EUR 4000000`` or ``EUR 4000000-5000000``."""
    if amount is None:
        return None
    high = f"-{amount.value_max:.0f}" if amount.value_max else ""
    return f"{amount.currency} {amount.value:.0f}{high}"


def alike(one: str, other: str | None) -> bool:
    """Return whether two stretches share most of their words, or one holds the other's."""
    if not other:
        return False
    left, right = _words(one), _words(other)
    if not left or not right:
        return one.casefold() == other.casefold()
    common = 2 * len(left & right) / (len(left) + len(right))
    return common >= _LIKE or left <= right or right <= left


def same_actor(one: str, other: str | None) -> bool:
    """Return whether two names stand for the same body."""
    return other is not None and (
        normal_addressee(one).casefold() == normal_addressee(other).casefold() or alike(one, other)
    )


def same_time(one: str, other: str | None) -> bool:
    """Return whether two time expressions have one ISO form, or nearly the same words."""
    if not other:
        return False
    form = iso_form(one, "2000-07-01")
    return (form is not None and form == iso_form(other, "2000-07-01")) or alike(one, other)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)} - _LIGHT


def _share(values: Iterable[bool]) -> dict[str, float]:
    listed = list(values)
    return {"accuracy": round(sum(listed) / len(listed), 4) if listed else 0.0, "n": len(listed)}
