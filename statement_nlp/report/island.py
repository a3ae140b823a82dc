"""The data island of the page: tables as columns, sentences as offsets into the text kept once."""

from __future__ import annotations

import bisect
import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from statement_nlp.report import records as rows
from statement_nlp.report.data import ReportData
from statement_nlp.report.figures import by_name
from statement_nlp.report.groups import doubtful_below, groups
from statement_nlp.report.registers import (
    commitments_in_order,
    needs_in_order,
    proposals_in_order,
)
from statement_nlp.report.wording import cut

Offset = Callable[[int], int]


def utf16_offsets(text: str) -> Offset:
    """Return a function from code point offsets in ``text`` to UTF-16 offsets, as scripts count."""
    astral = [index for index, character in enumerate(text) if ord(character) > 0xFFFF]
    if not astral:
        return lambda offset: offset
    return lambda offset: offset + bisect.bisect_left(astral, offset)


def thousandths(value: float) -> int:
    """Return a probability as whole thousandths, cut as the other reports cut hundredths."""
    return round(cut(value, 3) * 1000)


def script_json(value: object) -> str:
    """Return JSON that can stand inside a script element: no ``<``, no U+2028 or U+2029."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def build_island(data: ReportData, locale: str) -> dict[str, Any]:
    """Return the data the page's script works on; every list is in a fixed order."""
    offsets = {document_id: utf16_offsets(text) for document_id, text in data.texts.items()}
    at = {s.statement_id: offsets[s.document_id] for s in data.statements}
    names = by_name({s.delegation for s in data.statements})
    delegation = {name: index for index, name in enumerate(names)}
    documents = {d.document_id: index for index, d in enumerate(data.documents)}
    statement = {s.statement_id: index for index, s in enumerate(data.statements)}
    passage = {p.passage_id: index for index, p in enumerate(data.passages)}
    footnotes: dict[str, list[rows.RegionRow]] = defaultdict(list)
    for region in data.regions:
        if region.statement_id is not None and region.kind == "footnote":
            footnotes[region.statement_id].append(region)
    return {
        "locale": locale.replace("_", "-"),
        "doubtful": round(doubtful_below() * 1000),
        "documents": [
            {"id": d.document_id, "path": d.path, "text": data.texts.get(d.document_id, "")}
            for d in data.documents
        ],
        "groups": [[g.id, g.title, g.short] for g in groups()],
        "delegations": _delegations(data, names),
        "labels": _labels(data),
        "topics": [
            [
                t.topic_id,
                t.label,
                t.outside_framework,
                t.boilerplate,
                t.size,
                t.delegations,
                t.x,
                t.y,
            ]
            for t in data.topics
        ],
        "statements": [
            _statement(s, documents, delegation, footnotes[s.statement_id], at[s.statement_id])
            for s in data.statements
        ],
        "passages": _passages(data, statement, at),
        "commitments": [
            _commitment(c, passage, at[c.statement_id]) for c in commitments_in_order(data)
        ],
        "proposals": [_proposal(p, passage, at[p.statement_id]) for p in proposals_in_order(data)],
        "points": _points(data),
        "needs": [
            [n.need_id, passage[n.passage_id], len(n.commitment_ids)] for n in needs_in_order(data)
        ],
    }


def _delegations(data: ReportData, names: list[str]) -> list[list[Any]]:
    first = data.leading_statement
    return [
        [
            name,
            data.group_by_delegation[name].id,
            first[name].role,
            first[name].regional_group,
            bool(first[name].affected),
            bool(first[name].donor),
        ]
        for name in names
    ]


def _labels(data: ReportData) -> list[list[str]]:
    known = [
        [scheme.scheme, label.id, label.title]
        for scheme in data.run.framework.schemes
        for label in scheme.labels
    ]
    seen = {(scheme, label) for scheme, label, _ in known}
    given = {(tag.scheme, tag.label) for tag in data.tags if tag.assigned}
    return known + [[scheme, label, label] for scheme, label in sorted(given - seen)]


def _stated(value: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not stated: nothing, false and empty lists, but never a zero."""
    return {
        key: entry
        for key, entry in value.items()
        if entry is not None and entry is not False and entry != []
    }


def _statement(
    row: rows.StatementRow,
    documents: dict[str, int],
    delegation: dict[str, int],
    footnotes: list[rows.RegionRow],
    at: Offset,
) -> dict[str, Any]:
    value = {
        "id": row.statement_id,
        "doc": documents[row.document_id],
        "del": delegation[row.delegation],
        "body": [at(row.body_start), at(row.body_end)],
        "page": row.page,
        "speaker": row.speaker,
        "title": row.title,
        "lang": row.language,
        "olang": row.original_language,
        "symbol": row.symbol,
        "date": row.date,
        "behalf": list(row.on_behalf_of),
        "proc": row.procedural,
        "done": row.analysed,
        "notes": [[at(region.start), at(region.end)] for region in footnotes],
    }
    return _stated(value)


def _passages(
    data: ReportData, statement: dict[str, int], at: dict[str, Offset]
) -> dict[str, list[Any]]:
    labels = {(scheme, label): i for i, (scheme, label, _) in enumerate(_labels(data))}
    topics = {assignment.passage_id: assignment.topic_id for assignment in data.topic_assignments}
    tags = [
        [
            number
            for tag in data.assigned_tags.get(p.passage_id, ())
            for number in (labels[tag.scheme, tag.label], thousandths(tag.probability))
        ]
        for p in data.passages
    ]
    return {
        "id": [p.passage_id for p in data.passages],
        "statement": [statement[p.statement_id] for p in data.passages],
        "start": [at[p.statement_id](p.start) for p in data.passages],
        "end": [at[p.statement_id](p.end) for p in data.passages],
        "paragraph": [p.paragraph for p in data.passages],
        "page": [p.page for p in data.passages],
        "topic": [topics.get(p.passage_id) for p in data.passages],
        "tags": tags,
    }


def _commitment(row: rows.CommitmentRow, passage: dict[str, int], at: Offset) -> dict[str, Any]:
    value = {
        "id": row.commitment_id,
        "p": passage[row.passage_id],
        "at": [at(row.start), at(row.end)],
        "status": row.status,
        "amount": row.amount,
        "max": row.amount_max,
        "currency": row.currency,
        "stated": row.amount_text,
        "per": row.amount_per,
        "over": row.amount_over,
        "to": row.beneficiary,
        "when": row.timeframe,
        "from": row.timeframe_from,
        "until": row.timeframe_to,
        "who": row.actor,
        "what": row.action,
        "if": row.condition,
        "conf": thousandths(row.confidence),
        "check": row.to_check,
    }
    return _stated(value)


def _proposal(row: rows.ProposalRow, passage: dict[str, int], at: Offset) -> dict[str, Any]:
    value = {
        "id": row.proposal_id,
        "p": passage[row.passage_id],
        "at": [at(row.start), at(row.end)],
        "to": row.addressee,
        "partnership": row.partnership,
        "partners": list(row.partners),
        "mechanism": row.mechanism,
        "opposed": row.opposed,
        "conf": thousandths(row.confidence),
        "check": row.to_check,
    }
    return _stated(value)


def _points(data: ReportData) -> list[dict[str, Any]]:
    proposal = {p.proposal_id: index for index, p in enumerate(proposals_in_order(data))}
    found = []
    for point in sorted(data.key_points, key=lambda p: (p.rank, p.key_point_id)):
        support = data.support_by_key_point.get(point.key_point_id, ())
        by_stance = {
            stance: [
                proposal[row.proposal_id]
                for row in support
                if row.stance == stance and row.proposal_id in proposal
            ]
            for stance in ("support", "opposition")
        }
        found.append(
            {
                "id": point.key_point_id,
                "rank": point.rank,
                "text": point.text,
                "for": by_stance["support"],
                "against": by_stance["opposition"],
            }
        )
    return found
