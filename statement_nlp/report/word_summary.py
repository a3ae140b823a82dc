"""The one-page summary of the Word report."""

from __future__ import annotations

from collections import Counter

from statement_nlp.report import figures as fig
from statement_nlp.report.groups import groups
from statement_nlp.report.registers import by_status, commitments_in_order
from statement_nlp.report.standing import by_standing
from statement_nlp.report.topic_figures import topics_beyond_framework
from statement_nlp.report.word_limits import shortened
from statement_nlp.report.word_registers import amount
from statement_nlp.report.word_topics import nothing_beyond
from statement_nlp.report.word_writing import Parts, Writing, joined, listed
from statement_nlp.report.word_xml import Link, Said

_POINTS = 5
_LABELS = 3
_PLEDGES = 8
_NAMES = 30
_WORDS = 28


def summary(writing: Writing) -> None:
    """Add the summary; it fills one page."""
    body = writing.body
    body.heading(1, "Summary", new_page=True)
    body.heading(2, "Who spoke")
    _who_spoke(writing)
    body.heading(2, "What converged")
    _converged(writing)
    body.heading(2, "What was pledged and proposed")
    _pledged(writing)
    _proposed(writing)
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
        "The analysis read ",
        writing.linked(coverage.statements, "annex_statements"),
        f" {'statement' if coverage.statements == 1 else 'statements'} by "
        f"{writing.count(coverage.delegations, 'delegation')} ({by_group}). "
        f"Of {writing.count(coverage.sentences, 'sentence')}, ",
        writing.linked(coverage.tagged, "annex_places"),
        " carry at least one label of the framework.",
    )


def _converged(writing: Writing) -> None:
    body, points = writing.body, writing.points
    _most_raised(writing)
    shared = [p for p in points if p.delegations > 1]
    if not shared:
        body.para("No key point has the backing of more than one delegation.")
        return
    body.para(
        f"Of {writing.count(len(points), 'key point')}, ",
        writing.linked(len(shared), "points"),
        " have the backing of more than one delegation. Those of the highest rank:",
    )
    for point in shared[:_POINTS]:
        against = len(fig.supporters(writing.data, point.key_point_id, "opposition"))
        body.plain(
            "Quotation",
            "“",
            Said(shortened(point.text, _WORDS)),
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
    stated = listed(f"{writing.wording.number(n)} {status}" for status, n in by_status(sure))
    parts: Parts = [
        "Found: ",
        writing.linked(len(sure), "commitments"),
        f" {'commitment' if len(sure) == 1 else 'commitments'}"
        + (f" ({stated})" if stated else ""),
    ]
    if len(sure) < len(data.commitments):
        parts += [
            "; a further ",
            writing.linked(len(data.commitments) - len(sure), "commitments_to_check"),
            " are to be checked",
        ]
    body.para(*parts, ".")
    money = [c for c in sure if c.amount_text and c.status == "new"]
    if not money:
        return
    if len(money) <= _PLEDGES:
        named = [f"{data.delegation_of(c.statement_id)}, {amount(writing, c)}" for c in money]
        body.para(f"New commitments that state an amount: {'; '.join(named)}.")
        return
    by_name = Counter(data.delegation_of(c.statement_id) for c in money)
    named = [f"{name} ({writing.wording.number(n)})" for name, n in by_name.items()]
    more = len(named) - _NAMES
    rest = f" and {writing.count(more, 'more delegation')}" if more > 0 else ""
    body.para(
        f"New commitments that state an amount, by delegation: {', '.join(named[:_NAMES])}{rest}."
    )


def _proposed(writing: Writing) -> None:
    sure = by_standing(writing.data.proposals).asked
    if sure:
        writing.body.para(
            "Proposed: ",
            writing.linked(len(sure), "proposals"),
            f" {'proposal' if len(sure) == 1 else 'proposals'}, of which "
            f"{writing.wording.number(sum(p.partnership for p in sure))} call for partnership.",
        )


def _most_raised(writing: Writing) -> None:
    """Add the labels that most delegations spoke to."""
    named = []
    titles = {
        (entry.scheme, label.id): label.title
        for entry in writing.data.run.framework.schemes
        for label in entry.labels
    }
    for scheme, title in (("aspects", "aspects of the questions"), ("factors", "factors")):
        figures = sorted(
            (f for f in writing.labels.values() if f.scheme == scheme and f.sentences),
            key=lambda f: (-f.delegations, -f.sentences, f.label),
        )[:_LABELS]
        texts = [
            f"{titles.get((scheme, f.label), f.label)} "
            f"({writing.count(f.delegations, 'delegation')})"
            for f in figures
        ]
        if texts:
            named.append(f"Most widely raised {title}: {'; '.join(texts)}.")
    if named:
        writing.body.para(" ".join(named))


def _new(writing: Writing) -> None:
    body, data = writing.body, writing.data
    beyond = topics_beyond_framework(data)
    if beyond:
        body.para(
            "Raised by delegations, but not asked: ",
            *joined(
                [
                    f"{t.label} ({writing.count(t.delegations, 'delegation')})"
                    for t in beyond[:_POINTS]
                ],
                "; ",
            ),
            ". ",
            Link("All topics beyond the framework", "topics"),
            f": {writing.wording.number(len(beyond))}.",
        )
    else:
        body.para(*nothing_beyond(writing))
    unanswered = fig.unanswered_needs(data)
    if data.needs:
        body.para(
            f"Of {writing.count(len(data.needs), 'need')} that affected States stated, ",
            writing.linked(len(unanswered), "needs"),
            " met no commitment by another delegation in this debate.",
        )
