"""What a delegation spoke more about than the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statement_nlp.topics.settings import settings
from statement_nlp.topics.words import one_form, words


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

    The texts are run through twice, for the vocabulary and, delegation by delegation, for the
    counts: what is held is one number for each term.

    Args:
        texts: All passages.
        delegation_of: Delegation of each.
        rows: Passages that count (courtesies do not).
    """
    rule = settings("profiles")
    terms, everywhere = _vocabulary(texts, rows, rule["vocabulary"])
    speakers = {name: place for place, name in enumerate(_in_order(delegation_of, rows))}
    if len(speakers) < 2 or len(terms) < 2:
        return ()
    column = {term: index for index, term in enumerate(terms)}
    code = np.fromiter((speakers[delegation_of[row]] for row in rows.tolist()), np.int64, len(rows))
    order = rows[np.argsort(code, kind="stable")]
    ends = np.cumsum(np.bincount(code, minlength=len(speakers)))
    found: list[dict[str, Any]] = []
    for delegation, own_rows in zip(speakers, np.split(order, ends[:-1]), strict=True):
        own = np.zeros(len(terms), dtype=np.int64)
        for row in own_rows.tolist():
            for word in words(texts[row]):
                if word in column:
                    own[column[word]] += 1
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
    for row in rows.tolist():
        total.update(words(texts[row]))
    terms = sorted(total, key=lambda term: (-total[term], term))[:most]
    return terms, np.array([total[term] for term in terms], dtype=np.int64)


def _in_order(delegation_of: Sequence[str], rows: NDArray[np.int64]) -> Iterator[str]:
    """Return the delegations of the rows, each once, in order of appearance."""
    return iter(dict.fromkeys(delegation_of[row] for row in rows.tolist()))


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
