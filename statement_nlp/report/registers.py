"""The order and numbers of the registers, the same in all formats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from statement_nlp.model import Status
from statement_nlp.report import records as rows
from statement_nlp.report.data import ReportData
from statement_nlp.report.figures import by_name
from statement_nlp.report.standing import standing

STATUSES = tuple(status.value for status in Status)
"""How far a commitment has come, in reporting order."""
_STANDINGS = ("asked", "to check", "opposed")


def commitments_in_order(data: ReportData) -> tuple[rows.CommitmentRow, ...]:
    """Return commitments, sure ones first, by delegation in alphabetical order, then by place."""
    place = _places(data)
    return tuple(
        sorted(data.commitments, key=lambda c: (c.to_check, *place[c.statement_id], c.start))
    )


def proposals_in_order(data: ReportData) -> tuple[rows.ProposalRow, ...]:
    """Return proposals: sure ones, those to check, voices against what others ask.

    Within each, partnership comes first, then delegations in alphabetical order, then the place.
    """
    place = _places(data)
    return tuple(
        sorted(
            data.proposals,
            key=lambda p: (
                _STANDINGS.index(standing(p)),
                not p.partnership,
                *place[p.statement_id],
                p.start,
            ),
        )
    )


def needs_in_order(data: ReportData) -> tuple[rows.NeedRow, ...]:
    """Return needs, those that no commitment answers first, then by delegation and place."""
    place = _places(data)
    return tuple(
        sorted(data.needs, key=lambda n: (bool(n.commitment_ids), *place[n.statement_id], n.start))
    )


def by_status(commitments: Iterable[rows.CommitmentRow]) -> tuple[tuple[str, int], ...]:
    """Return how many commitments have each status, in reporting order, those of none left out."""
    found = Counter(row.status for row in commitments)
    return tuple((status, found[status]) for status in STATUSES if found[status])


def numbers(data: ReportData) -> dict[str, str]:
    """Return the number of each commitment (``C1``), proposal (``P1``) and need (``N1``)."""
    registers = (
        ("C", [row.commitment_id for row in commitments_in_order(data)]),
        ("P", [row.proposal_id for row in proposals_in_order(data)]),
        ("N", [row.need_id for row in needs_in_order(data)]),
    )
    return {
        row_id: f"{letter}{number}"
        for letter, ids in registers
        for number, row_id in enumerate(ids, 1)
    }


def _places(data: ReportData) -> dict[str, tuple[int, int]]:
    """Return, by statement id, the rank of its delegation's name and of the statement itself."""
    names = {name: n for n, name in enumerate(by_name({s.delegation for s in data.statements}))}
    return {s.statement_id: (names[s.delegation], n) for n, s in enumerate(data.statements)}
