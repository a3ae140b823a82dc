"""What a delegation spoke more about than the others."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statement_nlp.topics.settings import settings
from statement_nlp.topics.speakers import read
from statement_nlp.topics.words import one_form, words

_AT_ONCE = 1_000_000
"""Words counted at a time."""


def keyness(
    own: NDArray[np.int64], everywhere: NDArray[np.int64], prior: float
) -> NDArray[np.float64]:
    """Return z scores of weighted log-odds with an informative Dirichlet prior.

    Monroe, Colaresi and Quinn (2008), equations 15, 16 and 22: the prior of a term is its share
    in the whole corpus, worth ``prior`` occurrences in all; the rest of the corpus is the other
    side. Positive: the delegation uses the term more than the others do.

    Args:
        own: Occurrences of each term in the delegation's statements, shape (terms,).
        everywhere: Occurrences in all statements, shape (terms,); at least 1 each.
        prior: Pseudo-occurrences.
    """
    weight = prior * everywhere / everywhere.sum()
    rest = everywhere - own
    own_sum, rest_sum, weight_sum = own.sum(), rest.sum(), weight.sum()
    own_odds = np.log((own + weight) / (own_sum + weight_sum - own - weight))
    rest_odds = np.log((rest + weight) / (rest_sum + weight_sum - rest - weight))
    variance = 1.0 / (own + weight) + 1.0 / (rest + weight)
    scores: NDArray[np.float64] = (own_odds - rest_odds) / np.sqrt(variance)
    return scores


def profiles(
    texts: Sequence[str], delegation_of: Sequence[str], rows: NDArray[np.int64]
) -> tuple[dict[str, Any], ...]:
    """Return rows of table ``profiles``, delegations in order of appearance.

    The texts are run through twice, for the vocabulary and for the counts: what is held is one
    number for each delegation and term that it uses.

    Args:
        texts: All passages.
        delegation_of: Delegation of each.
        rows: Passages that count (courtesies do not), in order.
    """
    rule = settings("profiles")
    terms, everywhere = _vocabulary(texts, rows, rule["vocabulary"])
    places: dict[str, int] = {}
    named = (delegation_of[row] for row in map(int, rows))
    speaker_of = np.fromiter(
        (places.setdefault(name, len(places)) for name in named), np.int32, len(rows)
    )
    if len(places) < 2 or len(terms) < 2:
        return ()
    counts = _counts(read(texts, rows), speaker_of, terms, len(places))
    found: list[dict[str, Any]] = []
    for delegation, place in places.items():
        own = counts[[place]].toarray()[0].astype(np.int64)
        scores = np.round(keyness(own, everywhere, rule["prior"]), 4)
        found.extend(_strongest(delegation, terms, own, scores, rule))
    return tuple(found)


def _vocabulary(
    texts: Sequence[str], rows: NDArray[np.int64], most: int
) -> tuple[list[str], NDArray[np.int64]]:
    """Return the most frequent terms of the rows and how often each occurs.

    Equally frequent ones stand in alphabetical order, for the same vocabulary in every run.
    """
    total: Counter[str] = Counter()
    for text in read(texts, rows):
        total.update(words(text))
    terms = sorted(total, key=lambda term: (-total[term], term))[:most]
    return terms, np.array([total[term] for term in terms], dtype=np.int64)


def _counts(
    texts: Iterable[str], speaker_of: NDArray[np.int32], terms: list[str], speakers: int
) -> Any:  # noqa: ANN401 - sparse matrix
    """Return how often each speaker uses each term, sparse (speakers, terms).

    There may be thousands of speakers, most of whom use few of the terms.
    """
    from scipy import sparse

    column = {term: index for index, term in enumerate(terms)}
    shape = (speakers, len(terms))
    total = sparse.csr_matrix(shape, dtype=np.int32)
    uses, columns = array("i"), array("i")
    last = len(speaker_of) - 1
    for place, text in enumerate(texts):
        own = [column[word] for word in words(text) if word in column]
        columns.extend(own)
        uses.extend([int(speaker_of[place])] * len(own))
        if len(columns) >= _AT_ONCE or place == last:
            ones = np.ones(len(columns), dtype=np.int32)
            total = total + sparse.csr_matrix((ones, (np.array(uses), np.array(columns))), shape)
            uses, columns = array("i"), array("i")
    return total


def _strongest(
    delegation: str,
    terms: list[str],
    own: NDArray[np.int64],
    scores: NDArray[np.float64],
    rule: dict[str, Any],
) -> list[dict[str, Any]]:
    named = {one_form(word) for word in words(delegation)}
    found: dict[str, dict[str, Any]] = {}
    eligible = np.flatnonzero((own >= rule["fewest"]) & (scores >= rule["least_keyness"]))
    for index in eligible[np.argsort(-scores[eligible], kind="stable")].tolist():
        form = one_form(terms[index])
        if form in named or form in found:
            continue
        found[form] = {
            "delegation": delegation,
            "term": terms[index],
            "count": int(own[index]),
            "keyness": float(scores[index]),
            "rank": len(found) + 1,
        }
        if len(found) == rule["terms"]:
            break
    return list(found.values())
