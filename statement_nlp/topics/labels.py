"""Name topics in the texts' own words: one short noun phrase each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from statement_nlp.topics import courtesy
from statement_nlp.topics.candidates import Candidate, candidates
from statement_nlp.topics.nouns import noun_phrases
from statement_nlp.topics.settings import settings
from statement_nlp.topics.space import Matrix
from statement_nlp.topics.words import one_form


def name_topics(
    texts: Sequence[str],
    points: Matrix,
    topic_of: NDArray[np.int64],
    centres: Matrix,
    speakers: Sequence[str] = (),
) -> list[str]:
    """Return one label a topic, all different; of no words of its own, "General remarks".

    Of the candidates that a tagger takes for whole noun phrases, phrases of several words come
    before single words, unless the best of them is much worse. Of these the best is taken that
    shares no word form with a label given before, unless it is much worse than the best. A
    speaker's name is a label only where much of the topic speaks of it: most topics hold some
    speaker's name more often than others do.

    Args:
        texts: Sentences the topics were learned from.
        points: Their coordinates, shape (sentences, components).
        topic_of: Their topics, shape (sentences,).
        centres: Shape (topics, components).
        speakers: Names of those who speak.
    """
    rule = settings("describe")
    sizes = np.bincount(topic_of, minlength=len(centres))
    named = [_forms(name.lower()) for name in dict.fromkeys(speakers)]
    found = [
        [c for c in each if c.sentences >= rule["label_name"] * size or not _is_name(c, named)]
        for each, size in zip(
            candidates(texts, points, topic_of, centres), sizes.tolist(), strict=True
        )
    ]
    ranked: list[list[Candidate]] = [[] for _ in found]
    singles = ranked
    for support in rule["label_support"]:
        # Only topics that no phrase names yet are looked at again.
        tried = [
            [] if done else [c for c in each if c.sentences >= support][: rule["label_tried"]]
            for each, done in zip(found, ranked, strict=True)
        ]
        kept = _noun_phrases(texts, tried)
        several = [_several(each, rule["label_phrase"]) for each in kept]
        singles = [old or new for old, new in zip(singles, kept, strict=True)]
        ranked = [old or new for old, new in zip(ranked, several, strict=True)]
    labels: list[str] = []
    taken: set[str] = set()
    for topic, (phrases, words) in enumerate(zip(ranked, singles, strict=True)):
        best = _best(phrases or words, labels, taken, rule["label_fresh"])
        labels.append(
            _capital(best.written) if best else _unnamed(topic, int(sizes[topic]), labels)
        )
        taken |= _forms(best.key) if best else set()
    return labels


def _unnamed(topic: int, size: int, labels: list[str]) -> str:
    """Return a name for a topic that no noun phrase stands for.

    Where it is large, that says what it is: remarks and turns of phrase on no one subject.
    """
    if size < settings("describe")["remarks_least"]:
        return f"Topic {topic + 1}"
    name = courtesy.remarks()
    before = sum(courtesy.is_remarks(label) for label in labels)
    return f"{name} ({before + 1})" if before else name


def _several(ranked: list[Candidate], share: float) -> list[Candidate]:
    """Return the phrases of several words, or nothing where single words are far better."""
    found = [candidate for candidate in ranked if candidate.words > 1]
    least = share * max((c.score for c in ranked), default=0.0)
    return found if found and found[0].score >= least else []


def _best(
    ranked: list[Candidate], labels: list[str], taken: set[str], share: float
) -> Candidate | None:
    unused = [c for c in ranked if _capital(c.written) not in labels]
    if not unused:
        return None
    least = share * unused[0].score
    fresh = (c for c in unused if c.score >= least and not _forms(c.key) & taken)
    return next(fresh, unused[0])


def _is_name(candidate: Candidate, named: Sequence[set[str]]) -> bool:
    forms = _forms(candidate.key)
    return bool(forms) and any(forms <= name for name in named)


def _forms(key: str) -> set[str]:
    return {one_form(word) for word in key.split() if len(word) > 3}


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _noun_phrases(texts: Sequence[str], found: list[list[Candidate]]) -> list[list[Candidate]]:
    """Keep the candidates that are whole noun phrases in most of the sentences looked at."""
    flags = iter(noun_phrases(texts, [(c.written, c.rows) for ranked in found for c in ranked]))
    return [[candidate for candidate in ranked if next(flags)] for ranked in found]
