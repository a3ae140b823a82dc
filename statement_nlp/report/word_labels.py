"""The chapters on guiding questions and enabling factors."""

from __future__ import annotations

from statement_nlp.report.groups import groups
from statement_nlp.report.run_info import LabelText
from statement_nlp.report.schemes import other_schemes
from statement_nlp.report.word_writing import Parts, Writing, joined, label_anchor
from statement_nlp.report.word_xml import Inline, Link


def questions(writing: Writing) -> None:
    """Add the guiding questions, each with its aspects."""
    body, framework = writing.body, writing.data.run.framework
    body.heading(1, "By guiding question")
    asked = framework.labels("questions")
    if not asked:
        body.para("The framework of this analysis asks no guiding questions.")
        return
    aspects = {
        question.id: [
            aspect
            for name in question.aspects
            if (aspect := framework.label("aspects", name)) is not None
        ]
        for question in asked
    }
    body.para(
        "The table counts the delegations that spoke to each question and to each of its aspects."
    )
    counted = [label for question in asked for label in (question, *aspects[question.id])]
    _by_group(writing, "Delegations by guiding question", counted)
    for question in asked:
        body.heading(2, writing.label_name(question))
        body.para(_wording(question), " ", *_figures(writing, question))
        for aspect in aspects[question.id]:
            body.heading(3, writing.label_name(aspect))
            _label(writing, aspect)
        if not aspects[question.id]:
            _quotes(writing, question)


def factors(writing: Writing) -> None:
    """Add the enabling factors, and the counts of the framework's other labels."""
    body, framework = writing.body, writing.data.run.framework
    body.heading(1, "By enabling factor")
    asked = framework.labels("factors")
    if asked:
        body.para("The table counts the delegations that spoke to each enabling factor.")
        _by_group(writing, "Delegations by enabling factor", list(asked))
        for factor in asked:
            body.heading(2, writing.label_name(factor))
            _label(writing, factor)
    else:
        body.para("The framework of this analysis names no enabling factors.")
    others = [label for scheme in other_schemes(framework) for label in scheme.labels]
    given = [label for label in others if writing.labels[label.scheme, label.id].sentences]
    if others:
        body.heading(2, "Other labels of the framework")
        body.para(
            f"Of {writing.count(len(others), 'further label')} of the framework, "
            f"{writing.wording.number(len(given))} were found."
        )
    if given:
        _by_group(writing, "Delegations by other label", given)


def _label(writing: Writing, label: LabelText) -> None:
    writing.body.para(_wording(label), " ", *_figures(writing, label))
    _quotes(writing, label)


def _wording(label: LabelText) -> str:
    return label.official or label.description or f"{label.title}."


def _quotes(writing: Writing, label: LabelText) -> None:
    for passage_id in writing.best.get((label.scheme, label.id), [])[: writing.limits.label_quotes]:
        writing.quote(passage_id, writing.limits.label_words)


def _figures(writing: Writing, label: LabelText) -> Parts:
    """Return how often a label was given, by whom, and the key points under it."""
    figure = writing.labels[label.scheme, label.id]
    if not figure.sentences:
        return ["No sentence was found under this heading."]
    anchor = label_anchor(label.scheme, label.id)
    parts: Parts = [
        "Found: ",
        writing.linked(figure.sentences, anchor),
        f" {'sentence' if figure.sentences == 1 else 'sentences'} of "
        f"{writing.count(figure.delegations, 'delegation')}",
    ]
    if figure.to_check:
        parts += ["; ", Link(writing.wording.number(figure.to_check), anchor), " to check"]
    points = writing.points_under(label.id)
    if points:
        numbers: list[Inline] = [Link(str(p.rank), p.key_point_id) for p in points[:12]]
        parts += [f"; key point{'' if len(points) == 1 else 's'} ", *joined(numbers)]
        if len(points) > len(numbers):
            parts.append(f" and {writing.wording.number(len(points) - len(numbers))} more")
    return [*parts, "."]


def _by_group(writing: Writing, title: str, labels: list[LabelText]) -> None:
    present = [
        group for group in groups() if any(f.group.id == group.id for f in writing.delegations)
    ]
    number = writing.wording.number
    lines = []
    for label in labels:
        figure = writing.labels[label.scheme, label.id]
        shown = {group: delegations for group, _, delegations in figure.by_group}
        lines.append(
            (
                (writing.label_name(label),),
                *((number(shown.get(group.id, 0)),) for group in present),
                (number(figure.delegations),),
                (writing.linked(figure.sentences, label_anchor(label.scheme, label.id)),),
            )
        )
    columns = len(present) + 2
    writing.body.table(
        title,
        ("", *(group.short for group in present), "All", "Sentences"),
        lines,
        shares=(34, *(max(9, len(group.short) + 2) for group in present), 6, 11),
        numeric=tuple(range(1, columns + 1)),
        description=f"{title}: rows are labels, columns groups of delegations",
    )
