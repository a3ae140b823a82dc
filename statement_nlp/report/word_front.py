"""Cover, summary and coverage of the Word report."""

from __future__ import annotations

from collections import Counter

from statement_nlp.report import figures as fig
from statement_nlp.report.groups import groups
from statement_nlp.report.registers import commitments_in_order
from statement_nlp.report.word_body import Body
from statement_nlp.report.word_limits import shortened
from statement_nlp.report.word_writing import Parts, Writing, joined, listed, statement_anchor
from statement_nlp.report.word_xml import Inline, Link, Said, Tab

ANALYSIS = "Computer-assisted analysis: every figure links to its source"
SYNTHETIC = "Synthetic sample: delegations and statements are invented"

_COVER_INPUTS = 8
_SUMMARY_POINTS = 5
_SUMMARY_PLEDGES = 8
_SUMMARY_WORDS = 28
_LISTED = 40
"""Names or stretches listed in the body; the rest is counted and stands in the tables."""


def cover(writing: Writing, title: str) -> Body:
    """Return the cover as a text of its own, ahead of the contents."""
    data, page = writing.data, Body()
    coverage = writing.coverage
    page.plain("CoverLabel", ANALYSIS)
    page.plain("Title", title)
    page.plain("Subtitle", _debate(writing))
    if data.run.synthetic:
        page.plain("CoverLabel", SYNTHETIC)
    inputs = [
        f"{document.path}"
        + (f" ({writing.count(document.pages, 'page')})" if document.pages else "")
        for document in data.documents
    ]
    if len(inputs) > _COVER_INPUTS:
        more = writing.count(len(inputs) - _COVER_INPUTS, "more file")
        inputs = [*inputs[:_COVER_INPUTS], f"{more}, listed in the chapter on coverage"]
    facts: list[tuple[str, Parts]] = [
        (
            "Read",
            [
                writing.linked(coverage.statements, "annex_statements"),
                f" {'statement' if coverage.statements == 1 else 'statements'} by "
                f"{writing.count(coverage.delegations, 'delegation')}",
            ],
        ),
        ("Inputs", ["; ".join(inputs)]),
    ]
    if data.run.framework.title:
        facts.append(("Framework", [data.run.framework.title]))
    for name, parts in facts:
        page.plain("CoverText", name, Tab(), *parts)
    return page


def _debate(writing: Writing) -> str:
    dates = sorted({s.date for s in writing.data.statements if s.date})
    symbols = sorted({s.symbol for s in writing.data.statements if s.symbol})
    parts = "Statements"
    if dates:
        parts = f"Debate of {writing.wording.date(dates[0])}"
        if len(dates) > 1:
            parts += f" to {writing.wording.date(dates[-1])}"
    return f"{parts} ({'; '.join(symbols[:3])})" if symbols else parts


def summary(writing: Writing) -> None:
    """Add the summary; it fills one page."""
    body = writing.body
    body.heading(1, "Summary", new_page=True)
    body.heading(2, "Who spoke")
    _who_spoke(writing)
    body.heading(2, "What converged")
    _converged(writing)
    body.heading(2, "What was pledged")
    _pledged(writing)
    body.heading(2, "What is new")
    _new(writing)


def _who_spoke(writing: Writing) -> None:
    coverage = writing.coverage
    sizes = Counter(figure.group.id for figure in writing.delegations)
    by_group = "; ".join(
        f"{group.title}, {writing.wording.number(sizes[group.id])}"
        for group in groups()
        if sizes[group.id]
    )
    writing.body.para(
        writing.linked(coverage.statements, "annex_statements"),
        f" statements by {writing.count(coverage.delegations, 'delegation')} were read"
        f" ({by_group}). Of {writing.count(coverage.sentences, 'sentence')}, ",
        writing.linked(coverage.tagged, "annex_places"),
        " carry at least one label of the framework.",
    )


def _converged(writing: Writing) -> None:
    body, points = writing.body, writing.points
    shared = [p for p in points if p.delegations > 1]
    if not shared:
        body.para("No key point has the backing of more than one delegation.")
        return
    body.para(
        f"Of {writing.count(len(points), 'key point')}, ",
        writing.linked(len(shared), "points"),
        " have the backing of more than one delegation. The widest:",
    )
    for point in shared[:_SUMMARY_POINTS]:
        against = len(fig.supporters(writing.data, point.key_point_id, "opposition"))
        body.plain(
            "Quotation",
            "“",
            Said(shortened(point.text, _SUMMARY_WORDS)),
            f"” ({writing.count(point.delegations, 'delegation')}"
            + (f", {writing.wording.number(against)} against" if against else "")
            + "; ",
            Link(f"key point {point.rank}", point.key_point_id),
            ")",
        )


def _pledged(writing: Writing) -> None:
    body, data = writing.body, writing.data
    sure = [c for c in commitments_in_order(data) if not c.to_check]
    if not data.commitments:
        body.para("No commitment was found.")
        return
    statuses = Counter(c.status for c in sure)
    stated = listed(
        f"{writing.wording.number(statuses[s])} {s}"
        for s in ("new", "ongoing", "reaffirmed", "delivered")
        if statuses[s]
    )
    parts: Parts = [
        writing.linked(len(sure), "commitments"),
        f" {'commitment was' if len(sure) == 1 else 'commitments were'} found"
        + (f": {stated}" if stated else ""),
    ]
    if len(sure) < len(data.commitments):
        parts += [
            "; a further ",
            writing.linked(len(data.commitments) - len(sure), "commitments_to_check"),
            " are to be checked",
        ]
    body.para(*parts, ".")
    money = [c for c in sure if c.amount_text and c.status == "new"]
    if money:
        named: Parts = joined(
            [
                f"{data.delegation_of(c.statement_id)}, {shortened(c.amount_text or '', 8)}"
                + (
                    f" a {c.amount_per}"
                    if c.amount_per and "a " not in (c.amount_text or "")
                    else ""
                )
                for c in money[:_SUMMARY_PLEDGES]
            ],
            "; ",
        )
        rest = len(money) - _SUMMARY_PLEDGES
        more = f"; {writing.wording.number(rest)} more" if rest > 0 else ""
        body.para("New commitments that state an amount: ", *named, f"{more}.")


def _new(writing: Writing) -> None:
    body, data = writing.body, writing.data
    beyond = fig.topics_beyond_framework(data)
    if beyond:
        body.para(
            "Raised by delegations, but not asked: ",
            *joined(
                [
                    f"{t.label} ({writing.count(t.delegations, 'delegation')})"
                    for t in beyond[:_SUMMARY_POINTS]
                ],
                "; ",
            ),
            ". ",
            Link("All topics beyond the framework", "topics"),
            f": {writing.wording.number(len(beyond))}.",
        )
    else:
        body.para("No topic beyond the framework stood out.")
    unanswered = fig.unanswered_needs(data)
    if data.needs:
        body.para(
            f"Of {writing.count(len(data.needs), 'need')} that affected States stated, ",
            writing.linked(len(unanswered), "needs"),
            " met no commitment by a donor in this debate.",
        )


def coverage(writing: Writing) -> None:
    """Add what was read, resolved and analysed, and what was not."""
    body, found, wording = writing.body, writing.coverage, writing.wording
    body.heading(1, "Coverage", new_page=True)
    body.para("The table counts what was read and what was understood.")
    lines: list[tuple[str, int, str | None]] = [
        ("Files read", found.documents, "annex_statements"),
        ("Statements", found.statements, "annex_statements"),
        ("Statements analysed", found.analysed, "annex_statements"),
        ("Procedural turns, kept but not analysed", found.procedural, None),
        ("Delegations", found.delegations, "profiles"),
        ("Sentences", found.sentences, "annex_statements"),
        ("Sentences with at least one label", found.tagged, "annex_places"),
        ("Speakers not resolved", len(found.unresolved), "unresolved"),
        ("Statements not analysed for another reason", len(found.not_analysed), "not_analysed"),
        ("Stretches of text that belong to no statement", len(found.unattributed), "unattributed"),
        ("Inputs that could not be read", found.failures, "failures"),
    ]
    body.table(
        "What was read",
        ("", "Number"),
        [
            ((name,), (writing.linked(n, anchor) if anchor else wording.number(n),))
            for name, n, anchor in lines
        ],
        shares=(5, 1),
        numeric=(1,),
    )
    languages = "; ".join(
        f"{wording.language(code)}, {writing.count(n, 'statement')}" for code, n in found.languages
    )
    body.para(f"Languages: {languages}.")
    _shortfalls(writing)
    _inputs(writing)


def _shortfalls(writing: Writing) -> None:
    body, found, data = writing.body, writing.coverage, writing.data
    if found.unresolved:
        names: list[Inline] = [
            Link(s.as_printed or s.delegation, statement_anchor(s))
            for s in found.unresolved[:_LISTED]
        ]
        body.para("Speakers not resolved: ", *joined(names, "; "), ".", anchor="unresolved")
    else:
        body.para("Every speaker was found in the tables of States and organizations.")
    if found.not_analysed:
        names = [
            Link(f"{s.delegation} ({writing.wording.language(s.language)})", statement_anchor(s))
            for s in found.not_analysed[:_LISTED]
        ]
        body.para(
            "Statements kept but not analysed: ", *joined(names, "; "), ".", anchor="not_analysed"
        )
    else:
        body.para("Every statement that is not procedural was analysed.")
    if found.unattributed:
        first = found.unattributed[0]
        text = data.texts[first.document_id][first.start : first.end]
        body.para(
            "Text that belongs to no statement: "
            f"{writing.count(len(found.unattributed), 'stretch', 'stretches')}, "
            f"{writing.count(found.unattributed_chars, 'character')} in all; the first begins “",
            Said(shortened(text, 12)),
            "”.",
            anchor="unattributed",
        )
    else:
        body.para("All running text belongs to a statement.")
    if data.run.failures:
        reasons = "; ".join(failure.message for failure in data.run.failures[:_LISTED])
        body.para(f"Inputs that could not be read: {reasons}.", anchor="failures")
    else:
        body.para("Every input was read.")


def _inputs(writing: Writing) -> None:
    shown = writing.data.documents[:_LISTED]
    number = writing.wording.number
    title = "Files read"
    if len(shown) < len(writing.data.documents):
        title += f" (the first {len(shown)}; all stand in the workbook)"
    writing.body.table(
        title,
        ("File", "Shape", "Pages", "Characters", "Notes"),
        [
            (
                (d.path,),
                (d.shape or "",),
                (number(d.pages) if d.pages is not None else "\u2013",),
                (number(d.chars),),
                (shortened("; ".join(d.notes), 20),),
            )
            for d in shown
        ],
        shares=(5, 3, 2, 2, 5),
        numeric=(2, 3),
    )
