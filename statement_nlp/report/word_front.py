"""Cover and coverage of the Word report."""

from __future__ import annotations

from itertools import takewhile
from pathlib import PurePosixPath

from statement_nlp.report import records as rows
from statement_nlp.report.title import debate
from statement_nlp.report.word_body import Body
from statement_nlp.report.word_limits import shortened
from statement_nlp.report.word_writing import Parts, Writing, joined, statement_anchor
from statement_nlp.report.word_xml import Inline, Link, Said, Tab

ANALYSIS = "Computer-assisted analysis: every figure links to its source"
SYNTHETIC = "Synthetic sample: delegations and statements are invented"

_READING = (
    "Coloured numbers lead to what is behind them: C to commitments, P to proposals, N to needs "
    "and E to other sentences, each in full with its place in an annex. Quotations in the body are "
    "short; page and paragraph are those of the statement's document."
)
_WAYS_IN = (
    ("who backs a point", "annex_points"),
    ("what each State pledged", "annex_commitments"),
    ("what each proposed", "annex_proposals"),
    ("what no commitment answers", "needs"),
    ("what nobody asked", "topics"),
    ("what to check", "annex_places"),
)
"""What readers come for, and the bookmark that holds it."""
_COVER_INPUTS = 5
_FILES = 12
_LISTED = 40
"""Names or stretches listed in the body; the rest is counted and stands in the tables."""


def cover(writing: Writing, title: str) -> Body:
    """Return the cover as a text of its own, ahead of the contents."""
    data, page = writing.data, Body()
    coverage = writing.coverage
    page.plain("CoverLabel", ANALYSIS)
    page.plain("Title", title)
    when = debate(writing.data, writing.wording)
    if when != title:
        page.plain("Subtitle", when)
    if data.run.synthetic:
        page.plain("CoverLabel", SYNTHETIC)
    inputs = [_with_pages(writing, document) for document in data.documents[:_COVER_INPUTS]]
    more = len(data.documents) - len(inputs)
    if more > 0:
        inputs.append(f"{writing.count(more, 'more file')}, listed in the workbook")
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
    facts.append(("Ways in", [*joined([Link(*way) for way in _WAYS_IN], "; "), "."]))
    facts.append(("Numbers", [_READING]))
    for name, parts in facts:
        page.plain("CoverText", name, Tab(), *parts)
    return page


def _with_pages(writing: Writing, document: rows.DocumentRow) -> str:
    pages = f" ({writing.count(document.pages, 'page')})" if document.pages else ""
    return f"{_file(writing, document)}{pages}"


def _file(writing: Writing, document: rows.DocumentRow) -> str:
    """Return a file's path without the folders that all inputs share."""
    folders = [PurePosixPath(d.path).parent.parts for d in writing.data.documents]
    # What the first and the last in order share, all of them share.
    pairs = zip(min(folders), max(folders), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return "/".join(PurePosixPath(document.path).parts[shared:])


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
    shown = writing.data.documents[:_FILES]
    number = writing.wording.number
    title = "Files read"
    if len(shown) < len(writing.data.documents):
        title += f" (the first {len(shown)}; all stand in the workbook)"
    writing.body.table(
        title,
        ("File", "Shape", "Notes", "Pages", "Characters"),
        [
            (
                (_file(writing, d),),
                (d.shape or "",),
                (shortened("; ".join(d.notes), 20),),
                (number(d.pages) if d.pages is not None else "\u2013",),
                (number(d.chars),),
            )
            for d in shown
        ],
        shares=(5, 3, 5, 2, 2),
        numeric=(3, 4),
    )
