"""The annexes that hold quotations in full."""

from __future__ import annotations

from collections import defaultdict

from statement_nlp.report import records as rows
from statement_nlp.report.figures import supporters
from statement_nlp.report.registers import (
    commitments_in_order,
    needs_in_order,
    proposals_in_order,
)
from statement_nlp.report.standing import Standing, standing
from statement_nlp.report.word_places import places, statements
from statement_nlp.report.word_points import agreed_place, supporters_by_group
from statement_nlp.report.word_profiles import profile_paragraphs
from statement_nlp.report.word_registers import amount
from statement_nlp.report.word_writing import Parts, Writing, joined
from statement_nlp.report.word_xml import Inline, Link, Said, Tab


def annexes(writing: Writing) -> None:
    """Add all annexes; the sentences cited come last but two, when all of them are known."""
    if not writing.limits.profiles:
        writing.body.annex("Delegation profiles", "annex_profiles")
        profile_paragraphs(writing)
    _commitments(writing)
    _needs(writing)
    _proposals(writing)
    _key_points(writing)
    _agreed(writing)
    _sentences(writing)
    places(writing)
    statements(writing)


def _full(writing: Writing, passage_id: str, quote: str) -> Parts:
    """Return the whole sentence of an act with its citation and document symbol."""
    sentence = writing.data.passage_by_id[passage_id].text
    text = sentence if quote in sentence else quote
    return [
        "“",
        Said(" ".join(text.split()), writing.language(passage_id)),
        f"” {writing.data.citation(passage_id).full}",
    ]


def _commitments(writing: Writing) -> None:
    body = writing.body
    body.annex("Commitments in full", "annex_commitments")
    found = commitments_in_order(writing.data)
    if not found:
        body.plain("AnnexText", "No commitment was found.")
    checking = False
    for row in found:
        if row.to_check and not checking:
            checking = True
            body.subheading("Commitments to be checked")
            body.plain(
                "AnnexText",
                "The evidence for these is near the threshold; a reader decides.",
                anchor="commitments_to_check",
            )
        slots = [row.status, amount(writing, row), row.timeframe, row.beneficiary, row.condition]
        body.plain(
            "AnnexEntry",
            writing.numbers[row.commitment_id],
            Tab(),
            *_full(writing, row.passage_id, row.quote),
            f".{_sentence_of(slots)} Confidence {writing.wording.probability(row.confidence)}.",
            anchor=row.commitment_id,
        )


def _sentence_of(slots: list[str | None]) -> str:
    stated = "; ".join(" ".join(slot.split()) for slot in slots if slot)
    return f" {stated[:1].upper()}{stated[1:]}." if stated else ""


def _needs(writing: Writing) -> None:
    found = needs_in_order(writing.data)
    if not found:
        return
    writing.body.annex("Needs of affected States in full", "annex_needs")
    for row in found:
        answers: list[Inline] = [
            Link(writing.numbers[c], c) for c in row.commitment_ids if c in writing.numbers
        ]
        tail: Parts = (
            [". Commitments near to it: ", *joined(answers), "."]
            if answers
            else [". No commitment answers it."]
        )
        writing.body.plain(
            "AnnexEntry",
            writing.numbers[row.need_id],
            Tab(),
            *_full(writing, row.passage_id, row.quote),
            *tail,
            anchor=row.need_id,
        )


def _proposals(writing: Writing) -> None:
    body = writing.body
    body.annex("Proposals in full", "annex_proposals")
    found = proposals_in_order(writing.data)
    if not found:
        body.plain("AnnexText", "No proposal was found.")
    points = _points_by_proposal(writing)
    part = ""
    for row in found:
        title = _part(row)
        if title != part:
            part = title
            body.subheading(title)
            _set_apart(writing, standing(row))
        slots = [
            f"to {row.addressee}" if row.addressee else None,
            f"partners: {', '.join(row.partners)}" if row.partners else None,
            f"means: {row.mechanism}" if row.mechanism else None,
            "spoken against" if row.opposed else None,
        ]
        body.plain(
            "AnnexEntry",
            writing.numbers[row.proposal_id],
            Tab(),
            *_full(writing, row.passage_id, row.quote),
            f".{_sentence_of(slots)} Confidence {writing.wording.probability(row.confidence)}.",
            *_points_of(points.get(row.proposal_id, [])),
            anchor=row.proposal_id,
        )


def _set_apart(writing: Writing, kind: Standing) -> None:
    """Say why what follows is not counted in the register."""
    if kind == "to check":
        writing.body.plain(
            "AnnexText",
            "The evidence for these is near the threshold; a reader decides.",
            anchor="proposals_to_check",
        )
    elif kind == "opposed":
        writing.body.plain(
            "AnnexText",
            "What these speakers refuse. They are not counted as proposals.",
            anchor="proposals_opposed",
        )


def _points_by_proposal(writing: Writing) -> dict[str, list[Link]]:
    """Return links to the key points that each proposal stands behind or against."""
    found: dict[str, list[Link]] = defaultdict(list)
    for point in writing.points:
        for row in writing.data.support_by_key_point.get(point.key_point_id, ()):
            link = Link(str(point.rank), point.key_point_id)
            if link not in found[row.proposal_id]:
                found[row.proposal_id].append(link)
    return found


def _points_of(links: list[Link]) -> Parts:
    if not links:
        return []
    return [" Key point " if len(links) == 1 else " Key points ", *joined(links), "."]


def _part(row: rows.ProposalRow) -> str:
    kind = standing(row)
    if kind == "opposed":
        return "Voices against what others ask"
    if kind == "to check":
        return "Proposals to be checked"
    return "Proposals for partnership" if row.partnership else "Other proposals"


def _key_points(writing: Writing) -> None:
    if not writing.points:
        return
    body, data = writing.body, writing.data
    body.annex("Key points and the proposals behind them", "annex_points")
    for point in writing.points:
        against = supporters(data, point.key_point_id, "opposition")
        behind = _proposals_behind(writing, point.key_point_id)
        groups = "; ".join(
            f"{title}: {', '.join(names)}"
            for title, names in supporters_by_group(writing, point.key_point_id)
        )
        body.plain(
            "AnnexEntry",
            str(point.rank),
            Tab(),
            "“",
            Said(" ".join(point.text.split())),
            f"” ({writing.count(point.delegations, 'delegation')}). {groups}.",
            f" Against: {', '.join(against)}." if against else "",
            " Proposals: ",
            *joined(behind),
            ".",
            anchor=point.key_point_id,
        )


def _proposals_behind(writing: Writing, key_point_id: str) -> list[Inline]:
    ids = {
        row.proposal_id
        for row in writing.data.support_by_key_point.get(key_point_id, ())
        if row.proposal_id in writing.numbers
    }
    ordered = sorted(ids, key=lambda p: int(writing.numbers[p][1:]))
    return [Link(writing.numbers[p], p) for p in ordered]


def _agreed(writing: Writing) -> None:
    matched = {match.unit_id for match in writing.data.agreed_matches}
    found = [unit for unit in writing.data.agreed_language if unit.unit_id in matched]
    if not found:
        return
    writing.body.annex("Agreed language near the key points", "annex_agreed")
    for unit in found:
        writing.body.plain(
            "AnnexText",
            "“",
            Said(" ".join(unit.text.split())),
            f"” ({agreed_place(unit)}).",
            anchor=unit.unit_id,
        )


def _sentences(writing: Writing) -> None:
    if not writing.cited:
        return
    writing.body.annex("Other sentences quoted, in full", "annex_sentences")
    for passage_id, number in writing.cited.items():
        text = writing.data.passage_by_id[passage_id].text
        writing.body.plain(
            "AnnexEntry",
            number,
            Tab(),
            *_full(writing, passage_id, text),
            ".",
            anchor=passage_id,
        )
