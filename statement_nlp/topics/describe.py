"""Terms and central sentences of topics."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from statement_nlp.topics.settings import settings
from statement_nlp.topics.space import Matrix, unit
from statement_nlp.topics.words import class_tfidf, count_words, one_form


def terms(texts: Sequence[str], topic_of: NDArray[np.int64], topics: int) -> list[tuple[str, ...]]:
    """Return the words that tell each topic from the others, strongest first.

    Class-based TF-IDF over the sentences of each topic; of a noun's singular and plural only
    the stronger form is listed.
    """
    from scipy import sparse

    rule = settings("describe")
    counts, vocabulary = count_words(texts, rule["term_support"])
    if not vocabulary or not topics:
        return [()] * topics
    rows = np.arange(len(texts))
    member = sparse.csr_matrix((np.ones(len(texts)), (topic_of, rows)), (topics, len(texts)))
    weights = class_tfidf().fit_transform(sparse.csr_matrix(member @ counts)).toarray()
    return [_strongest(row, vocabulary, rule["terms"]) for row in np.round(weights, 12)]


def _strongest(weights: NDArray[np.float64], vocabulary: list[str], count: int) -> tuple[str, ...]:
    found: dict[str, str] = {}
    # The vocabulary is in alphabetical order, and the sort is stable.
    for column in np.argsort(-weights, kind="stable").tolist():
        if len(found) == count or weights[column] <= 0:
            break
        found.setdefault(one_form(vocabulary[column]), vocabulary[column])
    return tuple(found.values())


def central(
    texts: Sequence[str],
    points: Matrix,
    topic_of: NDArray[np.int64],
    centres: Matrix,
    speaker_of: NDArray[np.int32],
) -> list[list[int]]:
    """Return the rows of each topic's central sentences, most central first.

    Sentences of readable length, from different speakers where there are enough.
    """
    rule = settings("describe")
    fewest, most = rule["quote_words"]
    directions = unit(centres)
    found = []
    for topic in range(len(centres)):
        rows = np.flatnonzero(topic_of == topic)
        likeness = np.round(points[rows] @ directions[topic], 9)
        ranked = rows[np.argsort(-likeness, kind="stable")].tolist()
        readable = [row for row in ranked if fewest <= len(texts[row].split()) <= most]
        first_of: dict[int, int] = {}
        for row in readable:
            first_of.setdefault(int(speaker_of[row]), row)
        ordered = dict.fromkeys([*first_of.values(), *readable, *ranked])
        found.append(list(ordered)[: rule["quotes"]])
    return found
