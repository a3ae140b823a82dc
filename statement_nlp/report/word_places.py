"""The annexes that say where the sentences behind each figure stand, and what was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container

from statement_nlp.report.figures import by_name
from statement_nlp.report.groups import doubtful_below
from statement_nlp.report.schemes import ordered_schemes
from statement_nlp.report.word_writing import Writing, label_anchor, statement_anchor, topic_anchor


def places(writing: Writing) -> None:
    """Add, for each label and topic, the paragraphs whose sentences carry it."""
    body, data = writing.body, writing.data
    body.annex("Places of the sentences behind each figure", "annex_places")
    body.plain(
        "AnnexText",
        "For each label and topic: delegations in alphabetical order, and the paragraphs of their "
        "statements that hold its sentences, with how many where more than one. An asterisk marks "
        "a sentence to be checked, with its page. The page report.html holds the sentences.",
    )
    carried: dict[tuple[str, str], list[str]] = defaultdict(list)
    doubtful: dict[tuple[str, str], set[str]] = defaultdict(set)
    limit = doubtful_below()
    for passage in data.passages:
        for tag in data.assigned_tags.get(passage.passage_id, ()):
            carried[tag.scheme, tag.label].append(passage.passage_id)
            if tag.probability < limit:
                doubtful[tag.scheme, tag.label].add(passage.passage_id)
    for scheme in ordered_schemes(data.run.framework):
        if any((scheme.scheme, label.id) in carried for label in scheme.labels):
            body.subheading(scheme.title)
        for label in scheme.labels:
            behind = carried.get((scheme.scheme, label.id), [])
            if behind:
                anchor = label_anchor(scheme.scheme, label.id)
                checked = doubtful[scheme.scheme, label.id]
                _place(writing, writing.label_name(label), behind, anchor, checked)
    held: dict[int, list[str]] = defaultdict(list)
    for assignment in data.topic_assignments:
        held[assignment.topic_id].append(assignment.passage_id)
    if data.topics:
        body.subheading("Topics")
    for topic in data.topics:
        if held.get(topic.topic_id):
            _place(writing, topic.label, held[topic.topic_id], topic_anchor(topic.topic_id))


def _place(
    writing: Writing,
    title: str,
    passage_ids: list[str],
    anchor: str,
    doubtful: Container[str] = (),
) -> None:
    data = writing.data
    found: dict[str, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    marked: dict[tuple[int, int], str] = {}
    order = {s.statement_id: n for n, s in enumerate(data.statements)}
    for passage_id in passage_ids:
        passage = data.passage_by_id[passage_id]
        name = data.delegation_of(passage.statement_id)
        place = order[passage.statement_id], passage.paragraph + 1
        found[name][place] += 1
        if passage_id in doubtful:
            page = f" [p. {passage.page}]" if passage.page is not None else ""
            marked.setdefault(place, f"*{page}")
    entries = []
    for name in by_name(set(found)):
        several = len({statement for statement, _ in found[name]}) > 1
        turns = {s: n for n, s in enumerate(sorted({s for s, _ in found[name]}), 1)}
        places = [
            (f"statement {turns[statement]}, " if several else "")
            + f"{paragraph}{marked.get((statement, paragraph), '')}"
            + (f" ({count})" if count > 1 else "")
            for (statement, paragraph), count in sorted(found[name].items())
        ]
        entries.append(f"{name}: {', '.join(places)}")
    writing.body.plain("AnnexText", f"{title}. {'; '.join(entries)}.", anchor=anchor)


def statements(writing: Writing) -> None:
    """Add every statement with its speaker, language and place."""
    body, data = writing.body, writing.data
    body.annex("Statements read", "annex_statements")
    names = by_name({s.delegation for s in data.statements})
    sentences: dict[str, int] = defaultdict(int)
    for passage in data.passages:
        sentences[passage.statement_id] += 1
    place = {name: n for n, name in enumerate(names)}
    for statement in sorted(data.statements, key=lambda s: place[s.delegation]):
        speaker = ", ".join(part for part in (statement.speaker, statement.title) if part)
        details = [
            speaker,
            f"on behalf of {', '.join(statement.on_behalf_of)}" if statement.on_behalf_of else "",
            statement.role,
            writing.wording.language(statement.language),
            f"p. {statement.page}" if statement.page is not None else "",
            writing.count(sentences[statement.statement_id], "sentence"),
            "" if statement.analysed else "not analysed",
        ]
        symbol = f" ({statement.symbol})" if statement.symbol else ""
        body.plain(
            "AnnexText",
            f"{statement.delegation}{symbol}: {'; '.join(d for d in details if d)}.",
            anchor=statement_anchor(statement),
        )
