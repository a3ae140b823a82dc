"""Undo hyphenation at line ends without harming real compounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from statement_nlp.ingest.errors import load_data

HYPHENS = "-\u2010\u2011"
_ENDS_LINE = frozenset(HYPHENS)
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_LAST = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*$")
_FIRST = re.compile(r"[^\W\d_]+")


@attrs.define
class Dehyphenator:
    """Joins two lines; remembers which words its document attests.

    A hyphen at the end of a line is taken out only where the next line starts with a small letter
    and the evidence is for one word. The document is the dictionary, so this works in any alphabet
    that has small letters: the hyphenated form found elsewhere keeps the hyphen, the joined one
    takes it out, and so does a second half that is a mere ending ("-tions"). Where neither form is
    found, the hyphen goes only in documents that do hyphenate (more line ends where the
    joined form is found than where the hyphenated one is) and only before a second half that is no
    word of the document: text processors do not hyphenate unless told to, and then nearly every
    hyphen at a line's end belongs to a compound.
    """

    lines: Sequence[str]
    removed: int = 0
    """Hyphens taken out so far."""
    _words: frozenset[str] | None = None
    _hyphenates: bool | None = None

    def words(self) -> frozenset[str]:
        """Return the document's words in small letters, without words cut at a line's end."""
        if self._words is None:
            self._words = frozenset(_attested(self.lines))
        return self._words

    def join(self, left: str, right: str) -> str:
        """Return ``left`` and ``right``, two lines of one paragraph, as one."""
        if left.endswith("\u00ad"):
            return left[:-1] + right
        if not left or left[-1] not in HYPHENS:
            return f"{left} {right}"
        if len(left) < 2 or not left[-2].isalnum() or not right[:1].isalnum():
            return f"{left} {right}"
        if not right[0].islower() or not left[-2].isalpha():
            return left + right
        if self._is_one_word(left[:-1], right):
            self.removed += 1
            return left[:-1] + right
        return left + right

    def _is_one_word(self, left: str, right: str) -> bool:
        halves = _halves(left, right)
        if halves is None:
            return False
        part, tail = halves
        evidence = self._evidence(*halves)
        if evidence is not None:
            return evidence
        data = load_data("hyphens.yaml")
        if tail in data["endings"]:
            return True
        if part in data["prefixes"] and part not in data["joined_prefixes"]:
            return False
        return self.hyphenates() and not (tail in self.words() and len(tail) > 3)

    def _evidence(self, part: str, tail: str) -> bool | None:
        """Return what the document says: one word, a compound, or ``None`` for neither."""
        words = self.words()
        if f"{part}-{tail}" in words:
            return False
        return True if part + tail in words else None

    def hyphenates(self) -> bool:
        """Return whether the document breaks words at line ends."""
        if self._hyphenates is None:
            one = compound = 0
            for left, right in pairwise(self.lines):
                if left[-1:] in _ENDS_LINE and right[:1].islower():
                    halves = _halves(left[:-1], right)
                    evidence = self._evidence(*halves) if halves else None
                    one += evidence is True
                    compound += evidence is False
            self._hyphenates = one > 1 and one > compound
        return self._hyphenates


def _halves(left: str, right: str) -> tuple[str, str] | None:
    """Return the last part of the word ``left`` ends in and the first of ``right``'s."""
    last, first = _LAST.search(left[-80:]), _FIRST.match(right)
    if last is None or first is None:
        return None
    return re.split(r"[-\u2010\u2011]", last.group().lower())[-1], first.group().lower()


def _attested(lines: Iterable[str]) -> Iterable[str]:
    cut = False
    for line in lines:
        found = [match.group().lower() for match in _WORD.finditer(line)]
        if cut and found:
            found = found[1:]
        cut = bool(line) and line[-1] in HYPHENS
        if cut and found:
            found = found[:-1]
        for word in found:
            yield word
            yield from word.split("-") if "-" in word else ()
