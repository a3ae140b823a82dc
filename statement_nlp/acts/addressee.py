"""Who a proposal asks to act."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

import attrs

from statement_nlp.acts.grammar import Clause, clauses_of
from statement_nlp.acts.lexicon import any_of, verb_classes
from statement_nlp.acts.phrases import (
    Part,
    Range,
    actor_table,
    can_act,
    is_thing,
    normal_addressee,
    own_subject,
    phrase,
    within,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

# "must be lifted": what should be done to somebody says nothing of who should act.
_PASSIVE = r"\s+(?:\w+ly\s+)?be\s+\w+(?:ed|en|wn)\b"


@attrs.frozen
class _Words:
    pronouns: frozenset[str]
    nobody: re.Pattern[str]
    turned_to: re.Pattern[str]
    opening: re.Pattern[str]
    opening_end: re.Pattern[str]
    before_modal: re.Pattern[str]
    before_modal_end: re.Pattern[str]
    article: re.Pattern[str]
    relative: re.Pattern[str]


@cache
def _words() -> _Words:
    table = actor_table()
    turned, opening, before = table["turned_to"], table["opening"], table["before_modal"]
    return _Words(
        pronouns=frozenset(table["pronouns"]),
        nobody=re.compile(rf"(?:{any_of(table['no_addressees'])})", re.IGNORECASE),
        turned_to=re.compile(
            rf"(?:(?:{any_of(turned['links'])}) )?(?:{any_of(turned['openers'])})\s+"
            rf"([^,:]{{3,70}}?)(?:,|:|\s(?:we|I)\s(?:{any_of(turned['verbs'])}))"
        ),
        opening=re.compile(
            rf"(?:(?:{any_of(opening['links'])})(?:ly)?,?\s+)?"
            r"(?P<who>[\w\u2019'-]+(?:\s[\w\u2019'-]+){0,9}?)\s+(?:themselves\s+)?"
            rf"(?:{_spaced(opening['modals'])})\b(?!{_PASSIVE})"
        ),
        opening_end=re.compile(rf"\s(?:{any_of(opening['phrase_ends'])})\s"),
        before_modal=re.compile(
            rf"\b(?P<who>(?:{any_of(before['first_words'])})\s[\w\u2019' -]{{3,70}}?)\s+"
            rf"(?:{_spaced(before['modals'])})\b(?!{_PASSIVE})",
            re.IGNORECASE,
        ),
        before_modal_end=re.compile(rf"\s(?:{any_of(before['phrase_ends'])})\s"),
        article=re.compile(rf"\b(?:{any_of(before['articles'])})\s"),
        relative=re.compile(rf"\b(?:{any_of(before['relatives'])})\b"),
    )


def _spaced(words: Iterable[str]) -> str:
    """Return ``words`` as alternatives; what stands between their parts may be any space."""
    return any_of(words).replace(" ", r"\s+")


def addressee_of(doc: Doc, inside: Range, own: Iterable[Range]) -> Part | None:
    """Return who should act: object of a call, else subject of a duty, else who is turned to."""
    clauses = [c for c in clauses_of(doc, list(own)) if within(c.head, inside)]
    found = (
        _turned_to(doc, inside)
        or _opening(doc, inside)
        or _obliged(doc, [c for c in clauses if c.kind == "ROOT"], joint=False)
        or _called(doc, clauses)
        or _wished(doc, clauses)
        or _obliged(doc, clauses, joint=True)
        or _before_modal(doc, inside)
        or _first_actor(doc, clauses)
    )
    if found is not None and doc.text[slice(*found)].lower() in _words().pronouns:
        found = _antecedent(doc, found, list(own)) or found
    if found is None:
        return None
    words = doc.text[slice(*found)]
    if _words().nobody.fullmatch(words):
        return None
    return Part(*found, normal_addressee(words))


def _antecedent(doc: Doc, pronoun: Range, own: list[Range]) -> Range | None:
    """Return the last subject before a pronoun: "The parties hold maps; they should …".

    The speaker is not asked by itself, and several are not called "it", nor one "they".
    """
    found = None
    several = doc.text[slice(*pronoun)].lower() != "it"
    for token in doc:
        if token.idx >= pronoun[0]:
            break
        subject = token.dep_ in {"nsubj", "nsubjpass"} and token.head.dep_ not in {"relcl", "acl"}
        many = "Number=Plur" in token.morph or any(c.dep_ == "conj" for c in token.children)
        speaker = any(start <= token.idx < end for start, end in own)
        if subject and not speaker and many == several and token.pos_ != "PRON" and can_act(token):
            found = phrase(token, doc)
    return found


def _turned_to(doc: Doc, inside: Range) -> Range | None:
    """Find who is turned to: "To other donors we say", "As to the Council, it might …"."""
    match = _words().turned_to.match(doc.text[slice(*inside)])
    if not match or re.match(actor_table()["not_turned_to"], match[1], re.IGNORECASE):
        return None
    if not any(
        can_act(t) for t in doc if inside[0] + match.start(1) <= t.idx < inside[0] + match.end(1)
    ):
        return None
    return inside[0] + match.start(1), inside[0] + match.end(1)


def _opening(doc: Doc, inside: Range) -> Range | None:
    """Find the subject that a sentence opens with: "Health ministries should …"."""
    match = _words().opening.match(doc.text, *inside)
    if not match:
        return None
    first, *_ = match["who"].split()
    nouns = _words().opening_end.split(match["who"])[0].split()
    head = nouns[-1].lower()
    if first.lower() in actor_table()["not_opening"] or len(nouns) > 6:
        return None
    if is_thing(head) or any(is_thing(word.lower()) for word in nouns[:1]):
        return None
    return match.span("who")


def _before_modal(doc: Doc, inside: Range) -> Range | None:
    """Find a noun phrase right before "should" or "must" where the parse shows no subject."""
    for match in _words().before_modal.finditer(doc.text, *inside):
        starts = [m.start() for m in _words().article.finditer(match["who"])]
        relative = _words().relative.search(match["who"])
        # Of "at last the parties to a conflict" the phrase is what begins at its own article.
        own = [s for s in starts if relative is None or s < relative.start()]
        begin = match.start("who") + (own[-1] if own else 0)
        head = _words().before_modal_end.split(doc.text[begin : match.end("who")])
        if not is_thing(head[0].split()[-1].lower()):
            return begin, match.end("who")
    return None


def _called(doc: Doc, clauses: list[Clause]) -> Range | None:
    usual = actor_table()["other_call_prepositions"]
    for clause in clauses:
        head = clause.head
        lemma = head.lemma_.lower()
        if "call" not in verb_classes().get(lemma, ()):
            continue
        if not clause.passive and clause.who not in {
            "i",
            "we",
            "self",
            "ours",
            "imperative",
            "none",
        }:
            continue  # "the Council should ask …": the Council is asked, not whom it asks
        if clause.passive:
            if clause.subject is not None and can_act(clause.subject):
                return phrase(clause.subject, doc)
            continue
        prepositions = set(actor_table()["call_prepositions"].get(lemma, usual))
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in prepositions:
                for obj in child.children:
                    if obj.dep_ == "pobj" and can_act(obj):
                        return phrase(obj, doc)
            if child.dep_ in {"dobj", "dative"} and child.i > head.i and can_act(child):
                return phrase(child, doc)
            if child.dep_ in {"ccomp", "xcomp", "advcl"}:
                subject = own_subject(child)
                if subject is not None and subject.lower_ not in {"we", "i"} and can_act(subject):
                    return phrase(subject, doc)
    return None


def _wished(doc: Doc, clauses: list[Clause]) -> Range | None:
    """Find the subject of "we hope that …", "for operators to …", "we would like … to …"."""
    for clause in clauses:
        subject = own_subject(clause.head)
        if (
            clause.passive
            or subject is None
            or subject.lower_ in {"we", "i", "us"}
            or not can_act(subject)
        ):
            continue
        infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.head.children)
        governor = clause.head.head.lemma_.lower()
        kinds = {"ccomp", "advcl", "acl"} if governor == "be" else {"ccomp", "xcomp"}
        wished = clause.kind in kinds and governor in actor_table()["wishes"]
        if clause.kind != "ROOT" and (infinitive or wished):
            return phrase(subject, doc)
    return None


def _obliged(doc: Doc, clauses: list[Clause], *, joint: bool) -> Range | None:
    """Find the subject of a duty; "we must" counts only with ``joint``, and after all others."""
    table = actor_table()
    duties = set(table["duties"])
    sharing = {*table["shared_duties"], ""}
    shared: Range | None = None
    for clause in clauses:
        subject = clause.subject
        modal = clause.modal in duties or clause.head.lemma_ in table["duty_verbs"]
        if subject is None or not modal or clause.kind in {"relcl", "advcl", "acl"}:
            continue
        if subject.lower_ == "it" and clause.head.lemma_ in table["impersonal"]:
            continue  # "it would be useful"
        if clause.passive:
            agent = next((c for c in clause.head.children if c.dep_ == "agent"), None)
            obj = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent else None
            if obj is not None and can_act(obj):
                return phrase(obj, doc)
            continue
        if clause.who == "we" and clause.modal in sharing:
            shared = shared or phrase(subject, doc)
        elif clause.who not in {"we", "i", "self", "ours"} and can_act(subject):
            return phrase(subject, doc)
    return shared if joint else None


def _first_actor(doc: Doc, clauses: list[Clause]) -> Range | None:
    """Fall back on the first subject that is a known body ("might the Council …")."""
    for clause in clauses:
        if clause.subject is None or clause.kind in {"relcl", "acl", "advcl"} or clause.passive:
            continue
        if clause.who in {"council", "all", "un"} and can_act(clause.subject):
            return phrase(clause.subject, doc)
    return None
