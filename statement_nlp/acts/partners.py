"""Who a proposal brings together, and the instrument it names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from statement_nlp.acts.lexicon import word_pattern
from statement_nlp.acts.phrases import Part, Range, actor_table, can_act, normal_addressee, within

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def partners_of(doc: Doc, inside: Range, addressee: Part | None) -> list[Part]:
    """Return who should work together: those asked to act, and the objects of with, between."""
    found: list[Token] = []
    for token in doc:
        if not within(token, inside):
            continue
        asked = addressee is not None and addressee.start <= token.idx < addressee.end
        head_of_asked = asked and not (
            addressee is not None and addressee.start <= token.head.idx < addressee.end
        )
        beside = token.dep_ == "pobj" and token.head.lower_ in set(actor_table()["together"])
        if (head_of_asked or beside) and (_is_body(token) or head_of_asked):
            found += [t for t in (token, *token.conjuncts) if _is_body(t) and t not in found]
    parts = []
    for token in sorted(found, key=lambda t: t.i):
        start, end = _member(token, doc)
        parts.append(Part(start, end, normal_addressee(doc.text[start:end])))
    return parts


def _is_body(token: Token) -> bool:
    """Whether a noun names a body or people that could be a partner."""
    if token.lower_ == "us":
        return True
    if token.pos_ not in {"NOUN", "PROPN"} or not can_act(token):
        return False
    return token.pos_ == "PROPN" or token.lower_ in set(actor_table()["partner_heads"])


def _member(token: Token, doc: Doc) -> Range:
    """Return one member of a list: its phrase without what it is joined to."""
    kept = [token]
    for child in token.children:
        name = child.dep_ == "prep" and child.lower_ in {"of", "for", "on"}
        if child.dep_ in {"compound", "amod", "det", "poss", "nummod", "nmod", "predet"} or name:
            kept += [t for t in child.subtree if t.dep_ not in {"relcl", "advcl"}]
    last = token.i
    for item in sorted(kept, key=lambda t: t.i):
        if item.i == last + 1:
            last = item.i
    return min(t.idx for t in kept), doc[last].idx + len(doc[last])


@cache
def _mechanisms() -> re.Pattern[str]:
    return word_pattern(actor_table()["mechanisms"])


def mechanism_of(text: str, inside: Range) -> Part | None:
    """Return the instrument a proposal names: a fund, a mandate, a resolution."""
    match = _mechanisms().search(text, *inside)
    return Part(match.start(), match.end()) if match else None
