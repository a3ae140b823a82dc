"""Terms and central sentences of topics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statement_nlp.topics.settings import settings
from statement_nlp.topics.space import Matrix, unit
from statement_nlp.topics.words import class_tfidf, count_words, one_form, words


def terms(texts: Sequence[str], topic_of: NDArray[np.int64], topics: int) -> list[tuple[str, ...]]:
    """Return the words that tell each topic from the others, strongest first.

    Candidates are those of highest class-based TF-IDF over the sentences of each topic. Of these
    one is added at a time, by its weight and by how much it stands in sentences together with the
    words taken already (mean normalized pointwise mutual information, Bouma 2009), so that the
    list reads as one subject. Of a noun's singular and plural only one is listed.
    """
    from scipy import sparse

    rule = settings("describe")
    counts, vocabulary = count_words(texts, rule["term_support"])
    if len(vocabulary) < 2 or not topics:  # one word marks no topic off from another
        return [tuple(vocabulary)] * topics
    rows = np.arange(len(texts))
    member = sparse.csr_matrix((np.ones(len(texts)), (topic_of, rows)), (topics, len(texts)))
    weights = class_tfidf().fit_transform(sparse.csr_matrix(member @ counts)).toarray()
    holds = (counts > 0).astype(np.float64).tocsc()
    found = []
    for row in np.round(weights, 12):
        # The vocabulary is in alphabetical order, and the sort is stable.
        pool = np.argsort(-row, kind="stable")[: rule["term_pool"]]
        pool = pool[row[pool] > 0]
        names = [vocabulary[column] for column in pool.tolist()]
        together = mutual_information(holds[:, pool])
        found.append(_together(names, row[pool], together, rule["terms"]))
    return found


def mutual_information(holds: Any) -> NDArray[np.float64]:  # noqa: ANN401 - sparse matrix
    """Return normalized pointwise mutual information of each two words, shape (words, words).

    Bouma (2009): 1 where they only stand together, 0 where by chance, -1 where never.

    Args:
        holds: Sparse matrix of ones, shape (sentences, words).
    """
    both = np.asarray((holds.T @ holds).todense(), dtype=np.float64) / holds.shape[0]
    alone = np.diagonal(both)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log(both / np.outer(alone, alone)) / -np.log(both)
    # Words of every sentence have no information to share: 0 / 0.
    found = np.where(both > 0, np.nan_to_num(found, nan=0.0), -1.0)
    np.fill_diagonal(found, 0.0)
    return np.asarray(np.round(found, 12), dtype=np.float64)


def _together(
    names: list[str], weights: NDArray[np.float64], together: NDArray[np.float64], count: int
) -> tuple[str, ...]:
    taken: dict[str, int] = {}
    free = np.ones(len(names), dtype=np.bool_)
    while len(taken) < count and free.any():
        rows = list(taken.values())
        score = weights / weights.max() + (together[:, rows].mean(axis=1) if rows else 0.0)
        best = int(np.where(free, score, -np.inf).argmax())
        free[best] = False
        taken.setdefault(one_form(names[best]), best)
    return tuple(names[place] for place in taken.values())


def central(
    texts: Sequence[str],
    points: Matrix,
    topic_of: NDArray[np.int64],
    centres: Matrix,
    speaker_of: NDArray[np.int32],
    terms_of: Sequence[tuple[str, ...]],
) -> list[list[int]]:
    """Return the rows of each topic's central sentences, most central first.

    Sentences of readable length that hold several of the topic's terms, from different speakers,
    where there are enough: the sentence nearest to the centre is often one that says little.
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
        marks = set(terms_of[topic])
        telling = {
            row for row in readable if len(marks & set(words(texts[row]))) >= rule["quote_terms"]
        }
        readable.sort(key=lambda row: row not in telling)
        first_of: dict[int, int] = {}
        for row in readable:
            first_of.setdefault(int(speaker_of[row]), row)
        ordered = dict.fromkeys([*first_of.values(), *readable, *ranked])
        found.append(list(ordered)[: rule["quotes"]])
    return found
