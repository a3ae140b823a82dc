"""How topics fall on the framework, and who raised them."""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus.spoken import Spoken
from statement_nlp.model import Scheme
from statement_nlp.topics.settings import settings


@attrs.frozen
class Crosswalk:
    """Sentences of each topic by label and by role of the delegation."""

    labels: dict[str, dict[str, list[int]]]
    """Scheme, label, then one count a topic."""
    roles: dict[str, list[int]]
    """Role of the delegation, then distinct delegations, one count a topic."""
    outside: tuple[bool, ...]
    """Topics few of whose sentences carry any label of the framework."""


def carried(spoken: Spoken) -> NDArray[np.bool_]:
    """Return which passages carry any label that was asked about."""
    found = np.zeros(len(spoken), dtype=np.bool_)
    for scheme in map(Scheme, settings("outside_framework")["schemes"]):
        for label in spoken.labels.get(scheme, ()):
            found |= spoken.carries(scheme, label)
    return found


def asks(spoken: Spoken) -> bool:
    """Return whether the framework has any question or factor."""
    schemes = settings("outside_framework")["schemes"]
    return any(spoken.labels.get(Scheme(each)) for each in schemes)


def crosswalk(spoken: Spoken, topic_of: NDArray[np.int64], topics: int) -> Crosswalk:
    """Count the labels and roles of each topic's sentences.

    Without any label in the framework nothing can be said to lie outside it.
    """
    rule = settings("outside_framework")
    inside = topic_of >= 0
    sizes = np.bincount(topic_of[inside], minlength=topics)
    counts: dict[str, dict[str, list[int]]] = {}
    for scheme in map(Scheme, rule["schemes"]):
        labels = spoken.labels.get(scheme, ())
        counts[scheme.value] = {}
        for label in labels:
            flags = spoken.carries(scheme, label)
            hits = np.bincount(topic_of[flags & inside], minlength=topics)
            counts[scheme.value][label] = hits.tolist()
    held = np.bincount(topic_of[carried(spoken) & inside], minlength=topics)
    outside = (held <= rule["most_share"] * sizes) & (sizes > 0) & asks(spoken)
    return Crosswalk(counts, _roles(spoken, topic_of, topics), tuple(outside.tolist()))


def _roles(spoken: Spoken, topic_of: NDArray[np.int64], topics: int) -> dict[str, list[int]]:
    found: dict[str, list[set[str]]] = {}
    inside = topic_of >= 0
    pairs = np.unique(spoken.statement_of[inside].astype(np.int64) * topics + topic_of[inside])
    for pair in pairs.tolist():
        statement, topic = divmod(pair, topics)
        delegation = spoken.statements[statement].delegation
        names = found.setdefault(delegation.role.value, [set() for _ in range(topics)])
        names[topic].add(delegation.name)
    return {role: [len(names) for names in found[role]] for role in sorted(found)}
