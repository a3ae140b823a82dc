"""The registers of commitments, needs and proposals in the body of the Word report."""

from __future__ import annotations

from statement_nlp.report import records as rows
from statement_nlp.report.measured import register_error
from statement_nlp.report.registers import (
    by_status,
    commitments_in_order,
    needs_in_order,
    proposals_in_order,
)
from statement_nlp.report.standing import by_standing
from statement_nlp.report.word_writing import Parts, Writing, listed
from statement_nlp.report.word_xml import Inline, Link

_NO_CURRENCY = "XXX"
"""ISO 4217: no currency, or one that could not be told; the amount is then shown as stated."""


def commitments(writing: Writing) -> None:
    """Add the register of commitments, and the needs that none of them answers."""
    body, data = writing.body, writing.data
    body.heading(1, "Commitments register", "commitments")
    sure = [c for c in commitments_in_order(data) if not c.to_check]
    doubtful = len(data.commitments) - len(sure)
    body.heading(2, "Commitments")
    if not data.commitments:
        body.para("No commitment was found.")
    else:
        body.para(*_commitment_counts(writing, sure, doubtful))
        shown = _weightiest(sure, writing.limits.commitments)
        if len(shown) < len(sure):
            body.para(
                f"The table holds {writing.wording.number(len(shown))} of them, first those that "
                "state an amount, a date or a beneficiary; the annex holds all."
            )
        body.table(
            "Commitments",
            ("No.", "Delegation", "Commitment", "Status", "Amount", "When"),
            [_commitment(writing, c) for c in shown],
            shares=(3, 7, 15, 5, 8, 7),
        )
    _error(writing, "commitment")
    _needs(writing)


def _error(writing: Writing, act: str) -> None:
    """Add how far the register can be trusted, where that was measured."""
    text = register_error(writing.data.run, act, writing.wording)
    if text:
        writing.body.para(text)


def _commitment_counts(writing: Writing, sure: list[rows.CommitmentRow], doubtful: int) -> Parts:
    delegations = len({writing.data.delegation_of(c.statement_id) for c in sure})
    statuses = listed(f"{writing.wording.number(n)} {status}" for status, n in by_status(sure))
    currencies = sorted(
        {c.currency for c in sure if c.amount is not None and c.currency} - {_NO_CURRENCY}
    )
    stated = sum(c.amount is not None for c in sure)
    parts: Parts = [
        "The register holds ",
        writing.linked(len(sure), "annex_commitments"),
        f" {'commitment' if len(sure) == 1 else 'commitments'} by "
        f"{writing.count(delegations, 'delegation')}" + (f": {statuses}" if statuses else ""),
        ".",
    ]
    if stated:
        parts.append(
            f" {writing.wording.number(stated)} of them "
            f"{'states' if stated == 1 else 'state'} an amount"
            + (f" ({listed(currencies)})" if currencies else "")
            + "; amounts are not added up, since some are rates, ranges or repeated."
        )
    if doubtful:
        parts += [
            " A further ",
            writing.linked(doubtful, "commitments_to_check"),
            f" {'is' if doubtful == 1 else 'are'} to be checked and not counted here.",
        ]
    return parts


def _weightiest(sure: list[rows.CommitmentRow], number: int) -> list[rows.CommitmentRow]:
    """Return the fullest commitments, in the register's order."""

    def weight(row: rows.CommitmentRow) -> tuple[int, int, float, str]:
        slots = (row.amount_text, row.timeframe, row.beneficiary)
        return (
            -sum(slot is not None for slot in slots),
            -int(row.status == "new"),
            -row.confidence,
            row.commitment_id,
        )

    kept = {row.commitment_id for row in sorted(sure, key=weight)[:number]}
    return [row for row in sure if row.commitment_id in kept]


def _commitment(writing: Writing, row: rows.CommitmentRow) -> tuple[tuple[Inline, ...], ...]:
    return (
        (Link(writing.numbers[row.commitment_id], row.commitment_id),),
        (writing.data.delegation_of(row.statement_id),),
        tuple(writing.said(row.passage_id, row.quote, writing.limits.register_words)),
        (row.status,),
        (amount(writing, row),),
        (row.timeframe or "",),
    )


def amount(writing: Writing, row: rows.CommitmentRow) -> str:
    """Return an amount as code and number, such as "USD 250,000 a year"."""
    if row.amount is None or row.currency == _NO_CURRENCY:
        return row.amount_text or ""
    number = writing.wording.number
    # A no-break space keeps the code with its number.
    shown = f"{row.currency or ''}\u00a0{number(row.amount)}".strip()
    if row.amount_max is not None:
        shown += f" to {number(row.amount_max)}"
    return f"{shown} a {row.amount_per}" if row.amount_per else shown


def _needs(writing: Writing) -> None:
    body, found = writing.body, needs_in_order(writing.data)
    body.heading(2, "Needs of affected States that no commitment answers", "needs")
    unanswered = [n for n in found if not n.commitment_ids]
    if not found:
        body.para("No need stated by an affected State was found.")
        return
    body.para(
        f"Affected States stated {writing.count(len(found), 'need')}; ",
        writing.linked(len(unanswered), "annex_needs"),
        " met no commitment by another delegation in this debate.",
    )
    if unanswered:
        shown = unanswered[: writing.limits.needs]
        title = "Needs that no commitment answers"
        if len(shown) < len(unanswered):
            title += f" (the first {len(shown)} of {len(unanswered)}; all stand in the annex)"
        body.table(
            title,
            ("No.", "Delegation", "Need", "Theme"),
            [
                (
                    (Link(writing.numbers[n.need_id], n.need_id),),
                    (n.delegation,),
                    tuple(writing.said(n.passage_id, n.quote, writing.limits.register_words)),
                    (writing.theme(n.theme),),
                )
                for n in shown
            ],
            shares=(3, 7, 26, 7),
        )


def proposals(writing: Writing) -> None:
    """Add the register of proposals, those for partnership first."""
    body, data = writing.body, writing.data
    body.heading(1, "Proposals register", "proposals")
    found = by_standing(proposals_in_order(data))
    sure, doubtful = found.asked, len(found.to_check)
    if not data.proposals:
        body.para("No proposal was found.")
        return
    partnership = [p for p in sure if p.partnership]
    others = [p for p in sure if not p.partnership]
    delegations = len({data.delegation_of(p.statement_id) for p in sure})
    parts: Parts = [
        "The register holds ",
        writing.linked(len(sure), "annex_proposals"),
        f" {'proposal' if len(sure) == 1 else 'proposals'} by "
        f"{writing.count(delegations, 'delegation')}, of which "
        f"{writing.wording.number(len(partnership))} call for partnership.",
    ]
    if doubtful:
        parts += [
            " A further ",
            writing.linked(doubtful, "proposals_to_check"),
            f" {'is' if doubtful == 1 else 'are'} to be checked and not counted here.",
        ]
    if found.opposed:
        parts += [
            " ",
            writing.linked(len(found.opposed), "proposals_opposed"),
            f" {'voice speaks' if len(found.opposed) == 1 else 'voices speak'} against what others "
            "ask, listed apart and not counted as proposals.",
        ]
    body.para(*parts)
    # Proposals for partnership come first and take the larger part of the room.
    room = writing.limits.proposals
    first = min(len(partnership), max(room * 3 // 5, room - len(others)))
    for title, listed_here, most in (
        ("Proposals for partnership", partnership, first),
        ("Other proposals", others, room - first),
    ):
        _proposals(writing, title, listed_here, most)
    _error(writing, "proposal")


def _proposals(writing: Writing, title: str, found: list[rows.ProposalRow], most: int) -> None:
    body = writing.body
    body.heading(2, title)
    if not found:
        body.para("None was found.")
        return
    sure = sorted(found, key=lambda p: (-p.confidence, p.proposal_id))[:most]
    kept = {p.proposal_id for p in sure}
    shown = [p for p in found if p.proposal_id in kept]
    text = f"Found: {writing.count(len(found), 'proposal')}"
    if len(shown) < len(found):
        text += (
            f"; the {writing.wording.number(len(shown))} with the highest confidence are shown and "
            "the annex holds all"
        )
    body.para(f"{text}.")
    body.table(
        title,
        ("No.", "Delegation", "Proposal", "Addressed to", "Partners or means"),
        [_proposal(writing, p) for p in shown],
        shares=(3, 7, 18, 7, 8),
    )


def _proposal(writing: Writing, row: rows.ProposalRow) -> tuple[tuple[Inline, ...], ...]:
    means = "; ".join([*row.partners, *([row.mechanism] if row.mechanism else [])])
    return (
        (Link(writing.numbers[row.proposal_id], row.proposal_id),),
        (writing.data.delegation_of(row.statement_id),),
        tuple(writing.said(row.passage_id, row.quote, writing.limits.register_words)),
        (row.addressee or "",),
        (means,),
    )
