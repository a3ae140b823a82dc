"""Courtesy and procedure: sentences that belong to the form of a debate, not to its matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.topics.settings import load

CONTENT, COURTESY, PROCEDURE = 0, 1, 2
_KINDS = {"courtesy": COURTESY, "procedure": PROCEDURE}


@attrs.frozen(slots=True)
class _Pattern:
    kind: int
    where: str
    """``anywhere``, ``opening`` or ``closing``."""
    match: re.Pattern[str]
    needs: re.Pattern[str] | None
    """What must follow ``match`` nearby: the object of the courtesy."""

    def hits(self, text: str) -> bool:
        data = load("courtesy")
        if self.needs is None:
            return self.match.search(text) is not None
        verb = self.match.search(text, 0, data["verb_within"])
        return verb is not None and bool(
            self.needs.search(text, verb.end(), verb.end() + data["object_within"])
        )


@cache
def _patterns() -> tuple[_Pattern, ...]:
    data = load("courtesy")
    return tuple(
        _Pattern(
            kind=_KINDS[entry["kind"]],
            where=entry.get("where", "anywhere"),
            match=re.compile(entry["match"], re.IGNORECASE),
            needs=re.compile(entry["needs"], re.IGNORECASE) if "needs" in entry else None,
        )
        for entry in data["patterns"]
    )


def label_of(kind: int) -> str:
    """Return the name under which sentences of a kind are listed."""
    names = {value: key for key, value in _KINDS.items()}
    label: str = load("courtesy")["labels"][names[kind]]
    return label


def remarks() -> str:
    """Return the name of a topic that has no subject of its own."""
    name: str = load("courtesy")["labels"]["remarks"]
    return name


def is_remarks(label: str) -> bool:
    """Return whether a topic is named so; a user's name makes it a topic again."""
    return label.startswith(remarks())


def kind_of(text: str, *, opening: bool, closing: bool) -> int:
    """Return ``CONTENT``, ``COURTESY`` or ``PROCEDURE``.

    ``opening`` and ``closing`` tell whether the sentence is among the first or last of its
    statement; some forms are courtesies only there.
    """
    if text.count(" ") >= load("courtesy")["most_words"]:
        return CONTENT
    for pattern in _patterns():
        due = (opening or pattern.where != "opening") and (closing or pattern.where != "closing")
        if due and pattern.hits(text):
            return pattern.kind
    return CONTENT


@cache
def _topic_words() -> re.Pattern[str]:
    return re.compile(load("courtesy")["topic_words"], re.IGNORECASE)


def is_courtesy(texts: Sequence[str]) -> bool:
    """Return whether a topic of these sentences is one of courtesies that no pattern tells."""
    held = sum(_topic_words().search(text) is not None for text in texts)
    share: float = load("courtesy")["topic_share"]
    return held >= share * len(texts)


def kinds(texts: Sequence[str], statement_of: NDArray[np.int32]) -> NDArray[np.int8]:
    """Return the kind of each sentence, shape (sentences,).

    Sentences of a statement stand together and in order.
    """
    data = load("courtesy")
    count = len(texts)
    found = np.zeros(count, dtype=np.int8)
    if not count:
        return found
    starts = np.flatnonzero(np.r_[True, statement_of[1:] != statement_of[:-1]])
    ends = np.r_[starts[1:], count]
    reading = iter(texts)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        for row in range(start, end):
            found[row] = kind_of(
                next(reading),
                opening=row - start < data["opening"],
                closing=end - row <= data["closing"],
            )
    return found
