"""The sentences of a statement, each with its place in the document."""

from __future__ import annotations

import bisect

from statement_nlp.model import BODY_KINDS, Document, Passage, Span, Statement
from statement_nlp.segment.sentences import split_sentences


def passages(document: Document, statement: Statement) -> tuple[Passage, ...]:
    """Return the sentences of ``statement`` in order, none crossing a paragraph.

    ``document.text[span.start:span.end] == text`` holds for each: a sentence that runs over
    several lines keeps its line breaks.

    Raises:
        ValueError: the statement is not one of this document.
    """
    if statement.document_id != document.document_id:
        raise ValueError(f"statement {statement.statement_id} is not one of {document.path}")
    body = statement.body
    found: list[Passage] = []
    paragraph = 0
    first = bisect.bisect_right(document.blocks, body.start, key=lambda block: block.span.end)
    for block in document.blocks[first:]:
        if block.span.start >= body.end:
            break
        if block.kind not in BODY_KINDS:
            continue
        start, end = max(block.span.start, body.start), min(block.span.end, body.end)
        ranges = split_sentences(document.text[start:end])
        for left, right in ranges:
            found.append(
                Passage(
                    document_id=document.document_id,
                    statement_id=statement.statement_id,
                    paragraph=paragraph,
                    sentence=len(found),
                    span=Span(start + left, start + right),
                    text=document.text[start + left : start + right],
                )
            )
        paragraph += bool(ranges)
    return tuple(found)
