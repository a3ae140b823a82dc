"""What a framework is: label sets with descriptions, examples and cues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import attrs

from statement_nlp.model import Scheme


@attrs.frozen(slots=True)
class Label:
    """One label of a scheme, described well enough to be recognized without training."""

    id: str
    title: str
    description: str
    source: str = ""
    official: str | None = None
    """Official wording, read from the user's concept note at run time; never shipped."""
    aspects: tuple[str, ...] = ()
    """For a question: the labels of scheme ``aspects`` whose union it is."""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    """Regular expressions (case-insensitive) that speak for the label."""

    def texts(self) -> tuple[str, ...]:
        """Return the texts that stand for the label in a similarity search, best first."""
        return (self.official or self.description, f"{self.title}. {self.description}")


@attrs.frozen(slots=True)
class LabelSet:
    """The labels of one scheme."""

    scheme: Scheme
    title: str
    labels: tuple[Label, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Label ids in the framework's order."""
        return tuple(label.id for label in self.labels)


@attrs.frozen
class Framework:
    """A debate's framework: what was asked, and what is known to help."""

    id: str
    version: str
    title: str
    source: str
    label_sets: tuple[LabelSet, ...]
    sha256: str
    """Of the file it was read from."""
    theme_words: tuple[str, ...] = ()
    letter_date: str | None = None
    debate_date: str | None = None
    """ISO date of the debate it was written for, where it was for one."""

    @cached_property
    def _by_id(self) -> dict[tuple[Scheme, str], Label]:
        return {(ls.scheme, label.id): label for ls in self.label_sets for label in ls.labels}

    def label(self, scheme: Scheme, label_id: str) -> Label:
        """Return one label.

        Raises:
            KeyError: the framework has no such label.
        """
        return self._by_id[scheme, label_id]

    def label_set(self, scheme: Scheme) -> LabelSet | None:
        """Return the labels of a scheme, or ``None`` where the framework has none."""
        return next((ls for ls in self.label_sets if ls.scheme is scheme), None)

    def __iter__(self) -> Iterator[tuple[Scheme, Label]]:
        for label_set in self.label_sets:
            for label in label_set.labels:
                yield label_set.scheme, label


def compile_cues(label: Label) -> re.Pattern[str] | None:
    """Return one pattern for all cues of a label, or ``None`` where it has none.

    Raises:
        re.error: a cue is not a regular expression; the loader reports it by name.
    """
    if not label.cues:
        return None
    return re.compile("|".join(f"(?:{cue})" for cue in label.cues), re.IGNORECASE)
