"""The chapters on key points and on elements for a statement."""

from __future__ import annotations

from statement_nlp.report import figures as fig
from statement_nlp.report import records as rows
from statement_nlp.report.groups import groups
from statement_nlp.report.schemes import asked_labels
from statement_nlp.report.word_charts import bars
from statement_nlp.report.word_limits import shortened
from statement_nlp.report.word_writing import Parts, Writing
from statement_nlp.report.word_xml import Inline, Link, Said

_CHART_POINTS = 10
_BAR_WORDS = 9


def key_points(writing: Writing) -> None:
    """Add the key points with the widest support, and their supporters."""
    body, found = writing.body, writing.points
    body.heading(1, "Key points with their supporters", "points")
    if not found:
        body.para("No two proposals were close enough to be joined into a key point.")
        return
    body.para(
        "Proposals that ask for the same thing are joined into one key point, shown in the words "
        "of its most central proposal. ",
        writing.linked(len(found), "annex_points"),
        f" were found; {_those(writing, len(found))}.",
    )
    _support_chart(writing)
    for point in found[: writing.limits.key_points]:
        _key_point(writing, point)


def _those(writing: Writing, number: int) -> str:
    shown = min(number, writing.limits.key_points)
    if shown == number:
        return "all are set out here"
    return f"the {writing.wording.number(shown)} of the highest rank are set out here"


def _support_chart(writing: Writing) -> None:
    shown = writing.points[: min(_CHART_POINTS, writing.limits.key_points)]
    values = [point.delegations for point in shown]
    alternative = "; ".join(
        f"key point {point.rank}: {writing.count(point.delegations, 'delegation')}"
        for point in shown
    )
    writing.body.chart(
        "Delegations behind the leading key points",
        bars(
            [f"{point.rank}. {shortened(point.text, _BAR_WORDS)}" for point in shown],
            values,
            "Delegations",
            f"Horizontal bars, one a key point. {alternative}.",
        ),
        "Each bar counts delegations, not proposals. Opposition is not subtracted.",
    )


def _key_point(writing: Writing, point: rows.KeyPointRow) -> None:
    data, body = writing.data, writing.body
    central = data.proposal_by_id.get(point.central or "")
    language = writing.language(central.passage_id) if central else None
    label = f"; {point.label}" if point.label else ""
    body.para(
        f"Key point {point.rank}: “",
        Said(shortened(point.text, writing.limits.point_words), language),
        "” (",
        Link(writing.count(point.delegations, "delegation"), point.key_point_id),
        f", {writing.count(point.size, 'proposal')}{label}).",
    )
    for title, names in supporters_by_group(writing, point.key_point_id):
        body.plain("SupportLine", f"{title}: {', '.join(names)}.")
    against = fig.supporters(data, point.key_point_id, "opposition")
    if against:
        body.plain("SupportLine", f"Against: {', '.join(against)}.")
    wordings: Parts = [
        part
        for name, proposal_id in (
            ("strongest", point.strongest),
            ("most cautious", point.most_cautious),
        )
        if proposal_id in data.proposal_by_id and proposal_id != point.central
        for part in (f"{name} wording, ", Link(writing.numbers[proposal_id], proposal_id), "; ")
    ]
    if wordings:
        body.plain("SupportLine", "See ", *wordings[:-1], ".")


def supporters_by_group(writing: Writing, key_point_id: str) -> list[tuple[str, list[str]]]:
    """Return the delegations behind a key point by group, both in reporting order."""
    names = fig.supporters(writing.data, key_point_id)
    return [
        (group.title, found)
        for group in groups()
        if (found := [name for name in names if writing.data.group_by_delegation[name] == group])
    ]


def elements(writing: Writing) -> None:
    """Add elements for a presidential statement beside the nearest agreed language."""
    body, data = writing.body, writing.data
    body.heading(1, "Elements for a presidential statement")
    ordered = _framework_order(writing)
    if not ordered:
        body.para("No key point has the backing of more than one delegation.")
        return
    shown = ordered[: writing.limits.elements]
    parts: Parts = [
        "Key points that more than one delegation backs, in the framework's order, each beside the "
        "agreed language nearest to it. They are material for drafters, not a draft."
    ]
    if len(shown) < len(ordered):
        parts += [
            f" The {writing.wording.number(len(shown))} with the widest support are shown; ",
            Link(f"all {writing.wording.number(len(ordered))}", "annex_points"),
            " stand in the annex.",
        ]
    if not data.agreed_language:
        parts.append(" No agreed texts were given to compare with.")
    body.para(*parts)
    if not data.agreed_language:
        body.table(
            "Elements",
            ("Heading", "In the debate"),
            [((heading,), _element(writing, point)) for heading, point in shown],
            shares=(2, 7),
        )
        return
    body.table(
        "Elements and agreed language",
        ("Heading", "In the debate", "Nearest agreed language"),
        [
            ((heading,), _element(writing, point), tuple(_agreed(writing, point.key_point_id)))
            for heading, point in shown
        ],
        shares=(2, 5, 5),
    )


def _element(writing: Writing, point: rows.KeyPointRow) -> tuple[Inline, ...]:
    against = len(fig.supporters(writing.data, point.key_point_id, "opposition"))
    return (
        "“",
        Said(shortened(point.text, writing.limits.register_words)),
        f"” ({writing.count(point.delegations, 'delegation')}"
        + (f", {writing.wording.number(against)} against" if against else "")
        + "; ",
        Link(f"key point {point.rank}", point.key_point_id),
        ")",
    )


def _agreed(writing: Writing, key_point_id: str) -> Parts:
    units = {unit.unit_id: unit for unit in writing.data.agreed_language}
    matches = sorted(
        (
            m
            for m in writing.data.agreed_matches
            if m.key_point_id == key_point_id and m.unit_id in units
        ),
        key=lambda m: (-m.similarity, m.unit_id),
    )
    if not matches:
        return ["None close enough."]
    unit = units[matches[0].unit_id]
    place = agreed_place(unit)
    return [
        "“",
        Said(shortened(unit.text, writing.limits.register_words)),
        "” (",
        Link(place, unit.unit_id),
        f"; similarity {writing.wording.probability(matches[0].similarity)})",
    ]


def agreed_place(unit: rows.AgreedLanguageRow) -> str:
    """Return the symbol (else the source) and paragraph of agreed language."""
    paragraph = f", para. {unit.paragraph}" if unit.paragraph else ""
    return f"{unit.symbol or unit.source}{paragraph}"


def _framework_order(writing: Writing) -> list[tuple[str, rows.KeyPointRow]]:
    """Return the widest shared key points with their headings, in the framework's order."""
    labels = asked_labels(writing.data.run.framework)
    order = {label.id: (n, label.title) for n, label in enumerate(labels)}
    shared = [p for p in writing.points if p.delegations > 1]
    kept = shared[: writing.limits.elements]
    rest = shared[writing.limits.elements :]
    last = (len(order), "Other")

    def placed(found: list[rows.KeyPointRow]) -> list[tuple[str, rows.KeyPointRow]]:
        found = sorted(found, key=lambda p: (order.get(p.label or "", last)[0], p.rank))
        return [(order.get(p.label or "", last)[1], p) for p in found]

    return placed(kept) + placed(rest)
