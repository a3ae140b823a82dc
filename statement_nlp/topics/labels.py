"""Name topics in the texts' own words: one short noun phrase each."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.engine.english import english
from statement_nlp.topics.settings import settings
from statement_nlp.topics.space import Matrix, unit
from statement_nlp.topics.words import one_form, phrases

_TRIED = 12
"""Candidates of a topic whose word classes are looked up."""


@attrs.define
class _Candidate:
    key: str
    written: str
    row: int
    """A sentence it stands in."""
    score: float


def name_topics(
    texts: Sequence[str], points: Matrix, topic_of: NDArray[np.int64], centres: Matrix
) -> list[str]:
    """Return one label a topic, all different.

    A candidate is a phrase that stands in several sentences of the topic. Its score is the more,
    the more of the topic's sentences hold it, the fewer others do, and the nearer the mean of the
    sentences that hold it is to the topic's centre (KeyBERT's measure, Grootendorst 2020, with
    sentences standing for the phrase's own vector). Of those that a tagger takes for noun
    phrases the best one is taken that shares no word form with a label given before.

    Args:
        texts: Sentences the topics were learned from.
        points: Their coordinates, shape (sentences, components).
        topic_of: Their topics, shape (sentences,).
        centres: Shape (topics, components).
    """
    found = _candidates(texts, points, topic_of, centres)
    scarce = [number for number, ranked in enumerate(found) if not ranked]
    if scarce:
        rare = _candidates(
            texts, points, topic_of, centres, share=settings("describe")["label_least_share"]
        )
        found = [ranked or rare[number] for number, ranked in enumerate(found)]
    nouns = _noun_phrases([(texts[c.row], c.written) for ranked in found for c in ranked])
    labels: list[str] = []
    taken: set[str] = set()
    position = 0
    kept = []
    for ranked in found:
        flags = nouns[position : position + len(ranked)]
        kept.append([c for c, noun in zip(ranked, flags, strict=True) if noun] or ranked)
        position += len(ranked)
    for topic, ranked in enumerate(kept):
        fresh = [c for c in ranked if not _forms(c.key) & taken]
        unused = [c for c in ranked if _capital(c.written) not in labels]
        best = next(iter(fresh or unused), None)
        labels.append(_capital(best.written) if best else f"Topic {topic + 1}")
        taken |= _forms(best.key) if best else set()
    return labels


def _forms(key: str) -> set[str]:
    return {one_form(word) for word in key.split() if len(word) > 3}


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _candidates(
    texts: Sequence[str],
    points: Matrix,
    topic_of: NDArray[np.int64],
    centres: Matrix,
    share: float | None = None,
) -> list[list[_Candidate]]:
    """Return the best candidates of each topic; ``share`` stands for the setting's."""
    rule = settings("describe")
    share = rule["label_share"] if share is None else share
    rows_of: dict[str, list[int]] = defaultdict(list)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for row, text in enumerate(texts):
        for phrase in dict.fromkeys(phrases(text, rule["label_words"][1])):
            written = " ".join(phrase)
            key = written.lower()
            if not rows_of[key] or rows_of[key][-1] != row:
                rows_of[key].append(row)
            forms[key][written] += 1
    common = {k: np.array(r) for k, r in rows_of.items() if len(r) >= rule["label_support"]}
    directions = unit(centres)
    found: list[list[_Candidate]] = [[] for _ in range(len(centres))]
    sizes = np.bincount(topic_of, minlength=len(centres))
    least = np.maximum(rule["label_support"], share * sizes)
    for key, rows in common.items():
        counts = np.bincount(topic_of[rows], minlength=len(centres))
        held = np.flatnonzero(counts >= least)
        if not len(held):
            continue
        middle = unit(points[rows].mean(axis=0)[None])[0]
        for topic in held.tolist():
            score = _score(
                key, int(counts[topic]), len(rows), int(sizes[topic]), middle @ directions[topic]
            )
            row = int(rows[topic_of[rows] == topic][0])
            found[topic].append(_Candidate(key, _written(forms[key]), row, round(score, 9)))
    ranked = [sorted(each, key=lambda c: (-c.score, c.key))[:_TRIED] for each in found]
    holding: dict[str, list[str]] = defaultdict(list)
    for key in common:
        for word in set(key.split()):
            holding[word].append(key)
    return [_whole(each, common, holding, forms, rule["label_longer"]) for each in ranked]


def _whole(
    ranked: list[_Candidate],
    common: dict[str, NDArray[np.int64]],
    holding: dict[str, list[str]],
    forms: dict[str, Counter[str]],
    share: float,
) -> list[_Candidate]:
    """Put the longer phrase for one that mostly stands inside it ("Court of Justice")."""
    found: dict[str, _Candidate] = {}
    for candidate in ranked:
        needed = share * len(common[candidate.key])
        longer = [
            key
            for key in holding[candidate.key.split()[0]]
            if len(common[key]) >= needed and f" {candidate.key} " in f" {key} "
        ]
        key = max(longer, key=lambda k: (len(k), k))
        kept = attrs.evolve(candidate, key=key, written=_written(forms[key]))
        if key != candidate.key:
            kept.row = int(common[key][0])
        found.setdefault(key, kept)
    return list(found.values())


def _score(key: str, inside: int, everywhere: int, size: int, likeness: float) -> float:
    own = inside / everywhere
    length = settings("describe")["length_weight"][min(key.count(" "), 4)]
    return float(math.sqrt(inside / size) * own * max(likeness, 0.0) * length)


def _written(forms: Counter[str]) -> str:
    """Return the commonest spelling; of equally common ones the one with fewer capitals."""
    return min(forms, key=lambda form: (-forms[form], sum(map(str.isupper, form)), form))


_NOUN = {"NOUN", "PROPN"}
_FIRST = {"NOUN", "PROPN", "ADJ", "NUM"}
_INSIDE = {"NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "DET", "PART", "PUNCT", "NUM"}


def _noun_phrases(places: Sequence[tuple[str, str]]) -> list[bool]:
    """Return for each (sentence, phrase in it) whether the phrase is a whole noun phrase."""
    if not places:
        return []
    distinct = list(dict.fromkeys(text for text, _ in places))
    docs = dict(
        zip(distinct, english().pipe(distinct, disable=["parser", "lemmatizer"]), strict=True)
    )
    return [_is_noun_phrase(docs[text], phrase) for text, phrase in places]


def _is_noun_phrase(doc: Any, phrase: str) -> bool:  # noqa: ANN401
    start = doc.text.lower().find(phrase.lower())
    span = (
        doc.char_span(start, start + len(phrase), alignment_mode="expand") if start >= 0 else None
    )
    if span is None or not len(span):
        return False
    classes = [token.pos_ for token in span]
    after = doc[span.end].pos_ if span.end < len(doc) else ""
    return (
        classes[0] in _FIRST
        and classes[-1] in _NOUN
        and set(classes) <= _INSIDE
        # "Council the responsibility" is two phrases, "Trinidad and the islands" is one.
        and all(
            classes[place - 1] in {"ADP", "CCONJ"}
            for place, kind in enumerate(classes)
            if kind == "DET"
        )
        # "climate" of "climate change" is no whole phrase.
        and (after not in _NOUN or len(classes) > 1)
    )
