"""Tell whole noun phrases from other stretches of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from statement_nlp.engine.english import english

_BATCH = 64
"""Sentences read at a time; a thousand take 140 MB and no less time."""
_NOUN = {"NOUN", "PROPN"}
_FIRST = {"NOUN", "PROPN", "ADJ", "NUM"}
_INSIDE = {"NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "DET", "PART", "PUNCT", "NUM"}


def noun_phrases(
    texts: Sequence[str], places: Sequence[tuple[str, Sequence[int]]], *, whole: bool = True
) -> list[bool]:
    """Return for each phrase whether it is a noun phrase in most of the sentences given with it.

    Args:
        texts: Sentences.
        places: Each phrase as written, and the sentences of ``texts`` to look at.
        whole: Nothing of the noun phrase may be left over after it.
    """
    asking: dict[int, list[int]] = {}
    for place, (_, held) in enumerate(places):
        for row in held:
            asking.setdefault(row, []).append(place)
    rows = sorted(asking)
    tagger = english().pipe(
        (texts[row] for row in rows), disable=["parser", "lemmatizer"], batch_size=_BATCH
    )
    votes = [0] * len(places)
    # Each sentence is let go of once its phrases are looked at.
    for row, doc in zip(rows, tagger, strict=True):
        for place in asking[row]:
            votes[place] += _is_noun_phrase(doc, places[place][0], whole=whole)
    return [2 * count > len(held) for count, (_, held) in zip(votes, places, strict=True)]


def _is_noun_phrase(doc: Any, phrase: str, *, whole: bool) -> bool:  # noqa: ANN401
    start = doc.text.lower().find(phrase.lower())
    span = (
        doc.char_span(start, start + len(phrase), alignment_mode="expand") if start >= 0 else None
    )
    if span is None or not len(span):
        return False
    classes = [token.pos_ for token in span]
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
        and (not whole or _ends(doc, span.end, classes))
    )


def _ends(doc: Any, end: int, classes: list[str]) -> bool:  # noqa: ANN401
    """Return whether the noun phrase ends where the span does."""
    if end == len(doc):
        return True
    after = doc[end].pos_
    return (
        # "climate" of "climate change" is no whole phrase, nor "purposes" of "purposes of …".
        (after not in _NOUN or len(classes) > 1)
        and doc[end].lower_ != "of"
        # "Charter of the United" is a name cut short.
        and not (classes[-1] == after == "PROPN")
    )
