"""Noun phrases of a parsed sentence, and which of them name somebody who can act."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

from statement_nlp.acts.lexicon import load_data

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Range = tuple[int, int]
_AGENT_STOP = {"relcl", "acl", "advcl", "appos", "parataxis"}


@attrs.frozen(slots=True)
class Part:
    """A stretch of the sentence, and its normal form where it has one."""

    start: int
    end: int
    value: str | None = None


def phrase(token: Token, doc: Doc) -> Range:
    """Return the noun phrase headed by ``token`` without clauses that hang on it."""
    kept = [token]
    for child in token.children:
        if child.dep_ == "relcl" and token.lower_ in {"those", "all", "whoever", "anyone"}:
            kept.extend(child.subtree)
        if child.dep_ in _AGENT_STOP or child.dep_ == "punct":
            continue
        if child.dep_ in {
            "cc",
            "conj",
            "prep",
            "compound",
            "amod",
            "det",
            "poss",
            "nummod",
            "nmod",
            "predet",
            "quantmod",
            "case",
        }:
            kept.extend(t for t in child.subtree if t.dep_ not in {"relcl", "advcl"})
    ordered = sorted(kept, key=lambda t: t.i)
    last = token.i
    for item in ordered:
        if item.i > last and item.i - last > 2:
            break
        last = max(last, item.i)
    return ordered[0].idx, doc[last].idx + len(doc[last])


def own_subject(token: Token) -> Token | None:
    """Return the subject that stands at the verb itself."""
    return next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)


def can_act(token: Token) -> bool:
    """Whether a noun or pronoun can act: any but the things of the list."""
    if token.pos_ == "PRON":
        return token.lower_ in set(actor_table()["acting_pronouns"])
    if token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "DET"}:
        return False
    return not is_thing(token.lower_)


def is_thing(word: str) -> bool:
    """Return whether a noun, in lower case, is one of the things that do not act."""
    forms = {word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)}
    return not forms.isdisjoint(actor_table()["things"])


@cache
def actor_table() -> Mapping[str, Any]:
    """Return the table ``actors.yaml``; callers must not change it."""
    return load_data("actors.yaml")


def within(token: Token, inside: Range) -> bool:
    """Return whether a token begins inside a range of characters."""
    return bool(inside[0] <= token.idx < inside[1])


@cache
def _addressees() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = load_data("actors.yaml")["addressees"]
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in table.items())


def normal_addressee(words: str) -> str:
    """Return the usual name of who is meant by ``words``, or ``words`` themselves."""
    bare = " ".join(words.split())
    for name, pattern in _addressees():
        if pattern.fullmatch(bare):
            return name
    return re.sub(r"^(?:the|this)\s+", "", bare, flags=re.IGNORECASE)
