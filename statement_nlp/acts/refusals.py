"""Refusals: a speaker that will have nothing of an idea of others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

import attrs

from statement_nlp.acts.grammar import Clause, clauses_of
from statement_nlp.acts.lexicon import load_data, word_pattern

if TYPE_CHECKING:
    import re

    from spacy.tokens import Doc


@attrs.frozen
class _Words:
    opinions: frozenset[str]
    outright: frozenset[str]
    against: frozenset[str]
    negations: frozenset[str]
    opposed: frozenset[str]
    vain: re.Pattern[str]
    ideas: re.Pattern[str]


@cache
def _words() -> _Words:
    table = load_data("lexicon.yaml")["refusals"]
    return _Words(
        frozenset(table["opinions"]),
        frozenset(table["outright"]),
        frozenset(table["against"]),
        frozenset(table["negations"]),
        frozenset(table["opposed"]),
        word_pattern(table["vain"]),
        word_pattern(table["ideas"]),
    )


def is_refusal(doc: Doc, own: Iterable[tuple[int, int]]) -> bool:
    """Return whether the speaker refuses an idea: "we see no merit in …", "we oppose …".

    Its own abstentions ("we do not intend to accede") and rejections of deeds ("we reject
    violence") are none: what is refused must be something proposed.
    """
    if not _words().ideas.search(doc.text):
        return False
    speaking = (c for c in clauses_of(doc, list(own)) if c.who in {"self", "i", "we", "ours"})
    return any(_refuses(clause) for clause in speaking)


def _refuses(clause: Clause) -> bool:
    words = _words()
    lemma = clause.head.lemma_.lower()
    tokens = [token.lower_ for token in clause.head.subtree]
    said = " ".join(tokens)
    negated = clause.negated or not words.negations.isdisjoint(tokens)
    if lemma in words.against:
        return not clause.negated and _is_idea(clause)
    if lemma == "be":
        in_vain = negated and bool(words.vain.search(said))
        return in_vain or not words.opposed.isdisjoint(tokens)
    outright = lemma in words.outright and clause.negated
    return outright or (negated and lemma in words.opinions and bool(words.vain.search(said)))


def _is_idea(clause: Clause) -> bool:
    """Whether what is rejected is an idea ("the creation of a fund"), not a deed ("violence")."""
    objects = [t for t in clause.head.children if t.dep_ == "dobj"]
    objects += [
        t for p in clause.head.children if p.dep_ == "prep" for t in p.children if t.dep_ == "pobj"
    ]
    near = [t for o in objects for t in (o, *(c for c in o.children if c.dep_ in {"amod", "det"}))]
    return any(_words().ideas.fullmatch(token.lower_) for token in near)
