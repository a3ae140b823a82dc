"""What a sentence's grammar says of its acts: who is the subject of which verb, in what mood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from statement_nlp.acts.lexicon import subject_classes, verb_classes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
_FINITE = {"VBD", "VBP", "VBZ", "MD"}


@attrs.frozen(slots=True)
class Clause:
    """One verb with its subject, as seen from the speaker."""

    head: Any
    """The verb's token."""
    subject: Any | None
    """Head token of the subject, its own or the one it shares with the verb it is joined to."""
    who: str
    """Class of the subject: ``self``, ``i``, ``we``, ``own``, ``council``, ``un``, ``all``, …"""
    modal: str
    tense: str
    negated: bool
    passive: bool
    kind: str
    """Dependency of the verb: ``ROOT``, ``ccomp``, ``relcl`` …"""


def clauses_of(doc: Doc, own: Iterable[tuple[int, int]]) -> list[Clause]:
    """Return the clauses of a parsed sentence; ``own`` are ranges that name the speaker."""
    own = list(own)
    return [_clause(token, own) for token in doc if _heads_clause(token)]


def _heads_clause(token: Token) -> bool:
    if token.dep_ == "ROOT":
        return True
    if token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"aux", "auxpass", "amod"}:
        return False
    return token.dep_ in {"ccomp", "advcl", "relcl", "conj", "xcomp", "acl", "parataxis", "pcomp"}


def _clause(token: Token, own: list[tuple[int, int]]) -> Clause:
    aux = [child for child in token.children if child.dep_ in {"aux", "auxpass"}]
    subject = subject_of(token)
    modal = next((a.lower_ for a in aux if a.tag_ == "MD"), "")
    return Clause(
        head=token,
        subject=subject,
        who=who_is(subject, own) if subject is not None else _no_subject(token, aux),
        modal={"'ll": "will", "\u2019ll": "will", "'d": "would", "\u2019d": "would"}.get(
            modal, modal
        ),
        tense=_tense(token, aux),
        negated=any(child.dep_ == "neg" for child in token.children),
        passive=any(child.dep_ in {"auxpass", "nsubjpass"} for child in token.children),
        kind=token.dep_,
    )


def subject_of(token: Token) -> Token | None:
    """Return the head of the verb's subject; a joined verb borrows it from the first one."""
    for _ in range(4):
        for child in token.children:
            if child.dep_ in _SUBJECTS:
                return child
        if token.dep_ not in {"conj", "xcomp"} or token.head is token:
            return None
        token = token.head
    return None


def _no_subject(token: Token, aux: list[Token]) -> str:
    if token.pos_ not in {"VERB", "AUX"}:
        return "noverb"
    if token.tag_ == "VB" and not aux:
        return "letus" if token.lower_ == "let" else "imperative"
    return "none"


def who_is(subject: Token, own: list[tuple[int, int]]) -> str:
    """Return the class of a subject."""
    word = subject.lower_
    subtree = [subject, *(c for c in subject.children if c.dep_ in {"poss", "compound", "det"})]
    if any(start <= token.idx < end for token in subtree for start, end in own):
        return "self"
    known = subject_classes().get(word)
    ours = any(token.lower_ in {"my", "our"} for token in subtree)
    if known in {"i", "we"}:
        return known
    if ours:
        return "self" if known == "own" else "ours"
    if subject.pos_ == "PRON":
        return f"pron:{word}"
    plain = "name" if subject.pos_ == "PROPN" else "noun"
    return plain if known in {"own", None} else str(known)


def _tense(token: Token, aux: list[Token]) -> str:
    tags = {a.lower_: a.tag_ for a in aux}
    perfect = any(word in {"has", "have", "\u2019ve", "'ve", "had"} for word in tags)
    if perfect:
        return "perfect" + ("ing" if token.tag_ == "VBG" else "")
    if token.tag_ == "VBG":
        return "progressive" if aux else "ing"
    if any(tag == "VBD" for tag in tags.values()) or token.tag_ == "VBD":
        return "past"
    if token.tag_ in {"VBP", "VBZ"} or aux:
        return "present"
    return token.tag_


def grammar_features(doc: Doc, own: Iterable[tuple[int, int]]) -> set[str]:
    """Return the grammatical features of a parsed sentence."""
    found: set[str] = set()
    for clause in clauses_of(doc, own):
        place = "R" if clause.kind == "ROOT" else "D"
        found.update(f"g:{place}|{name}" for name in _clause_features(clause))
        found.update(f"g:A|{name}" for name in _clause_features(clause))
    return found


def _clause_features(clause: Clause) -> Iterator[str]:
    lemma = clause.head.lemma_.lower() or clause.head.lower_
    classes = verb_classes().get(lemma, ("other",))
    negated = "not" if clause.negated else ""
    yield f"{clause.who}|{clause.modal}|{clause.tense}|{negated}"
    yield f"who={clause.who}"
    yield f"modal={clause.modal}"
    yield f"{clause.who}|{lemma}"
    yield f"lemma={lemma}|{clause.tense}"
    yield f"kind={clause.kind}|{clause.who}|{clause.modal}"
    if clause.passive:
        yield f"passive|{clause.modal}"
    for name in classes:
        yield f"{clause.who}|{name}"
        yield f"{clause.who}|{name}|{clause.modal or clause.tense}|{negated}"
        yield f"{name}|{clause.modal or clause.tense}"
    for child in clause.head.children:
        if child.dep_ in {"acomp", "attr", "xcomp", "prep", "dobj", "prt"}:
            yield f"{clause.who}|{child.dep_}|{child.lemma_.lower() or child.lower_}"
