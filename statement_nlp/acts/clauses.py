"""The clause of a sentence that carries an act."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from statement_nlp.acts.grammar import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEADING = re.compile(r"^(?:[\s,;:\u2013\u2014-]|(?:and|but|or|while|so)\b)+", re.IGNORECASE)
_TRAILING = re.compile(r"(?:[\s,;:\u2013\u2014-]|\b(?:and|but|or)\b)+$", re.IGNORECASE)
_SHORTEST = 3
_CLAUSES = "clauses"
"""Name under which a parse keeps its clauses: several steps ask for them."""


def split_clauses(doc: Doc) -> list[tuple[int, int]]:
    """Return the main clauses of a parsed sentence as character ranges, in order.

    A sentence is cut before a verb joined to a main verb (with "and", "but", a semicolon) when
    that verb has a subject of its own or is a call or promise of its own, and the pieces have at
    least three words each. Without such a verb the one range is the whole sentence.
    """
    known: list[tuple[int, int]] | None = doc.user_data.get(_CLAUSES)
    if known is None:
        known = doc.user_data[_CLAUSES] = _split(doc, doc.text)
    return known


def _split(doc: Doc, text: str) -> list[tuple[int, int]]:
    cuts = sorted({cut for token in doc if (cut := _cut_before(token, doc)) is not None})
    bounds = [0, *cuts, len(doc)]
    pieces = []
    for first, last in itertools.pairwise(bounds):
        if last > first:
            start = doc[first].idx
            end = doc[last - 1].idx + len(doc[last - 1])
            pieces.append(trim(text, start, end))
    if any(len(text[a:b].split()) < _SHORTEST for a, b in pieces):
        return [trim(text, 0, len(text))]
    return pieces


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take joining words and marks off both ends, and a full stop only with white space."""
    lead = _LEADING.match(text[start:end])
    start += lead.end() if lead and lead.end() < end - start else 0
    tail = _TRAILING.search(text[start:end])
    if tail and tail.start() > 0:
        end = start + tail.start()
    return start, end


def _cut_before(token: Token, doc: Doc) -> int | None:
    """Return the token index where the clause of a joined main verb begins."""
    joined = token.dep_ in {"conj", "parataxis", "ccomp"} and token.pos_ in {"VERB", "AUX"}
    head = token.head
    if not joined or not _is_main(head):
        return None
    subject = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass", "expl"}), None)
    first = min(t.i for t in token.subtree)
    if first <= head.i and token.dep_ != "ccomp":
        return None
    if token.dep_ == "ccomp":
        # "X; Y" is often parsed as a complement: only a semicolon or dash makes it a main clause.
        after = max(t.i for t in token.subtree) + 1
        if token.i < head.i and after < len(doc) and doc[after].text in {";", ":", "\u2014"}:
            return after
        return None
    if subject is None and not _own_modal(token):
        return None
    while first > 0 and doc[first - 1].dep_ in {"punct", "cc"}:
        first -= 1
    return first if first > 0 else None


def _is_main(token: Token) -> bool:
    for _ in range(6):
        if token.dep_ == "ROOT":
            return True
        if token.dep_ not in {"conj", "parataxis"}:
            return False
        token = token.head
    return False


def _own_modal(token: Token) -> bool:
    """Whether a joined verb without a subject has a mood of its own ("and urge all others")."""
    from statement_nlp.acts.lexicon import verb_classes

    classes = verb_classes().get(token.lemma_.lower(), ())
    shared = subject_of(token)
    return shared is not None and ("call" in classes or "pledge" in classes)
