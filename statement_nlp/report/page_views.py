"""What each section of the page shows, prepared for the templates."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import quote, urlencode

from statement_nlp.report import figures as fig
from statement_nlp.report import records as rows
from statement_nlp.report.data import ReportData
from statement_nlp.report.groups import groups
from statement_nlp.report.registers import (
    by_status,
    commitments_in_order,
    needs_in_order,
    proposals_in_order,
)
from statement_nlp.report.run_info import LabelText
from statement_nlp.report.schemes import asked_labels
from statement_nlp.report.settings import settings
from statement_nlp.report.standing import standing
from statement_nlp.report.topic_figures import furthest_topic, not_asked, topics_by_reach
from statement_nlp.report.topic_matrix import matrix_figure
from statement_nlp.report.wording import Wording

View = dict[str, Any]


def sentences_href(**filters: object) -> str:
    """Return the link to the sentences that pass the filters, in a fixed order of keys."""
    wanted = {key: str(value) for key, value in filters.items() if value is not None}
    return "#/sentences?" + urlencode(wanted, quote_via=quote)


def source_href(passage_id: str) -> str:
    """Return the link to a sentence in its statement."""
    return f"#/source/{passage_id}"


def profile_anchor(name: str) -> str:
    """Return the id of a delegation's profile."""
    return "profile-" + quote(name.replace(" ", "-"), safe="")


def quote_view(data: ReportData, passage_id: str, text: str | None = None) -> View:
    """Return a quote (the sentence, or a clause of it) with its citation and link."""
    passage = data.passage_by_id[passage_id]
    statement = data.statement_by_id[passage.statement_id]
    return {
        "text": text or passage.text,
        "citation": str(data.citation(passage_id)),
        "full": data.citation(passage_id).full,
        "href": source_href(passage_id),
        "lang": statement.language,
        "id": passage_id,
    }


def label_view(
    data: ReportData,
    label: LabelText,
    counts: dict[tuple[str, str], fig.LabelFigures],
    best: dict[tuple[str, str], list[str]],
) -> View:
    """Return one label with its figures, its surest quotes and the key points under it."""
    figure = counts[label.scheme, label.id]
    shown = {group: (n, names) for group, n, names in figure.by_group}
    return {
        "id": label.id,
        "scheme": label.scheme,
        "title": label.title,
        "wording": label.official or label.description,
        "official": bool(label.official),
        "sentences": figure.sentences,
        "delegations": figure.delegations,
        "mean": figure.mean_probability,
        "to_check": figure.to_check,
        "href": sentences_href(**{label.scheme: label.id}),
        "check_href": sentences_href(**{label.scheme: label.id, "check": 1}),
        "groups": [
            {
                "id": group.id,
                "short": group.short,
                "title": group.title,
                "sentences": shown.get(group.id, (0, 0))[0],
                "delegations": shown.get(group.id, (0, 0))[1],
                "href": sentences_href(**{"group": group.id, label.scheme: label.id}),
            }
            for group in groups()
        ],
        "quotes": [quote_view(data, p) for p in best.get((label.scheme, label.id), [])],
        "points": [
            {"rank": p.rank, "text": p.text, "id": p.key_point_id, "delegations": p.delegations}
            for p in sorted(data.key_points, key=lambda p: p.rank)
            if p.label == label.id
        ],
    }


def surest_quotes(data: ReportData) -> dict[tuple[str, str], list[str]]:
    """Return, for each label, the surest sentences of different delegations."""
    ordered = sorted(
        (tag for tag in data.tags if tag.assigned),
        key=lambda tag: (-tag.probability, tag.passage_id),
    )
    found: dict[tuple[str, str], list[str]] = {}
    seen: set[tuple[str, str, str]] = set()
    most = settings().quotes_per_label
    for tag in ordered:
        chosen = found.setdefault((tag.scheme, tag.label), [])
        name = data.delegation_of(data.passage_by_id[tag.passage_id].statement_id)
        if len(chosen) < most and (tag.scheme, tag.label, name) not in seen:
            seen.add((tag.scheme, tag.label, name))
            chosen.append(tag.passage_id)
    return found


def question_views(data: ReportData, counts: dict[tuple[str, str], fig.LabelFigures]) -> list[View]:
    """Return the guiding questions, each with its aspects."""
    best = surest_quotes(data)
    framework = data.run.framework
    views = []
    for question in framework.labels("questions"):
        view = label_view(data, question, counts, best)
        aspects = [framework.label("aspects", aspect) for aspect in question.aspects]
        view["aspects"] = [label_view(data, a, counts, best) for a in aspects if a is not None]
        views.append(view)
    return views


def key_point_views(data: ReportData) -> list[View]:
    """Return key points in rank order with supporters by group and agreed language."""
    units = {unit.unit_id: unit for unit in data.agreed_language}
    views = []
    for point in sorted(data.key_points, key=lambda p: (p.rank, p.key_point_id)):
        backing = fig.supporters(data, point.key_point_id)
        matches = sorted(
            (m for m in data.agreed_matches if m.key_point_id == point.key_point_id),
            key=lambda m: (-m.similarity, m.unit_id),
        )
        views.append(
            {
                "id": point.key_point_id,
                "anchor": f"point-{point.key_point_id}",
                "rank": point.rank,
                "text": point.text,
                "label": point.label,
                "size": point.size,
                "delegations": len(backing),
                "breadth": point.breadth,
                "href": sentences_href(point=point.key_point_id),
                "supporters": [
                    {"title": g.title, "names": names}
                    for g in groups()
                    if (names := [n for n in backing if data.group_by_delegation[n] == g])
                ],
                "opposed": list(fig.supporters(data, point.key_point_id, "opposition")),
                "wordings": _wordings(data, point),
                "agreed": [
                    {"unit": units[m.unit_id], "similarity": m.similarity}
                    for m in matches[: settings().agreed_matches]
                    if m.unit_id in units
                ],
            }
        )
    return views


def _wordings(data: ReportData, point: rows.KeyPointRow) -> list[View]:
    names: dict[str, list[str]] = {}
    for name, proposal_id in (
        ("central", point.central),
        ("strongest", point.strongest),
        ("most cautious", point.most_cautious),
    ):
        if proposal_id in data.proposal_by_id:
            names.setdefault(proposal_id, []).append(name)
    return [
        {"name": f"{' and '.join(found).capitalize()} wording"}
        | quote_view(data, data.proposal_by_id[key].passage_id, data.proposal_by_id[key].quote)
        for key, found in names.items()
    ]


def element_views(data: ReportData, points: list[View]) -> list[View]:
    """Return key points as elements for a statement, in the framework's order."""
    order = asked_labels(data.run.framework)
    known = {label.id for label in order}
    views = [
        {"title": f"{label.id} {label.title}", "points": found}
        for label in order
        if (found := [p for p in points if p["label"] == label.id and p["delegations"] > 1])
    ]
    others = [p for p in points if p["label"] not in known and p["delegations"] > 1]
    return [*views, {"title": "Other elements", "points": others}] if others else views


def register_views(data: ReportData) -> View:
    """Return the registers: commitments, proposals and needs, sure ones and those to check.

    Voices against what others ask stand apart and are no proposals.
    """
    commitments = [
        {"row": c} | quote_view(data, c.passage_id, c.quote) for c in commitments_in_order(data)
    ]
    proposals = [
        {"row": p} | quote_view(data, p.passage_id, p.quote) for p in proposals_in_order(data)
    ]
    titles = {x.id: x.title for s in data.run.framework.schemes for x in s.labels}
    needs: list[View] = [
        {"row": n, "theme": titles.get(n.theme or "", n.theme or "")}
        | quote_view(data, n.passage_id, n.quote)
        for n in needs_in_order(data)
    ]
    return {
        "commitments": [c for c in commitments if not c["row"].to_check],
        "commitments_to_check": [c for c in commitments if c["row"].to_check],
        "proposals": [p for p in proposals if standing(p["row"]) == "asked"],
        "proposals_to_check": [p for p in proposals if standing(p["row"]) == "to check"],
        "opposed": [p for p in proposals if standing(p["row"]) == "opposed"],
        "needs": needs,
        "unanswered": [n for n in needs if not n["row"].commitment_ids],
        "statuses": by_status(c for c in data.commitments if not c.to_check),
    }


def topic_views(data: ReportData) -> View:
    """Return topics by reach; those beyond the framework, and set phrases, apart."""
    beyond = not_asked(data)
    views: list[View] = [
        {
            "row": topic,
            "not_asked": beyond.get(topic.topic_id, 0),
            "not_asked_href": sentences_href(topic=topic.topic_id, tagged="beyond"),
            "href": sentences_href(topic=topic.topic_id),
            "quotes": [quote_view(data, p) for p in topic.quotes if p in data.passage_by_id],
        }
        for topic in topics_by_reach(data)
    ]
    furthest = furthest_topic(data)
    return {
        "all": [v for v in views if not v["row"].boilerplate],
        "furthest": next((v for v in views if furthest and v["row"] is furthest.topic), None),
        "beyond": [v for v in views if v["row"].outside_framework and not v["row"].boilerplate],
        "boilerplate": [v for v in views if v["row"].boilerplate],
        "matrix": matrix_figure(data),
    }


def matrix_levels(data: ReportData, scheme: str) -> dict[tuple[str, str], str]:
    """Return the shade of each cell of a matrix, as the page's script works it out."""
    cells = fig.matrix(data, scheme)
    most = math.sqrt(max(1, max(cells.values(), default=1) - 1))
    return {
        cell: f"level{min(5, 1 + int(4.999 * math.sqrt(n - 1) / most))}"
        for cell, n in cells.items()
    }


def profile_views(data: ReportData, wording: Wording) -> list[View]:
    """Return one paragraph of figures and two quotes for each delegation."""
    factors = fig.matrix(data, "factors")
    titles = {label.id: label.title for label in data.run.framework.labels("factors")}
    views = []
    for figure in fig.delegation_figures(data):
        top = sorted(
            ((label, n) for (name, label), n in factors.items() if name == figure.name),
            key=lambda item: (-item[1], item[0]),
        )[:2]
        views.append(
            {
                "figure": figure,
                "anchor": profile_anchor(figure.name),
                "href": sentences_href(delegation=figure.name),
                "proposals_href": sentences_href(act="proposal", delegation=figure.name),
                "commitments_href": sentences_href(act="commitment", delegation=figure.name),
                "top": [
                    {
                        "title": titles.get(label, label),
                        "n": n,
                        "href": sentences_href(delegation=figure.name, factors=label),
                    }
                    for label, n in top
                ],
                "quotes": [quote_view(data, passage_id) for passage_id in figure.quotes],
                "terms": ", ".join(figure.terms[:5]),
                "sentences": wording.number(figure.sentences),
            }
        )
    return views
