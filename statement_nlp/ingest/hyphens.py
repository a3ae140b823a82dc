"""Undo hyphenation at line ends without harming real compounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from statement_nlp.ingest.errors import load_data

HYPHENS = "-\u2010\u2011"
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_LAST = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*$")
_FIRST = re.compile(r"[^\W\d_]+")


@attrs.define
class Dehyphenator:
    """Joins two lines; remembers which words its document attests.

    A hyphen at the end of a line is taken out only where the next line starts with a small
    letter and the evidence is for one word: first the document's own words (the joined form, then
    the hyphenated one), then whether the first half is a prefix written with a hyphen or the
    second half is a word of the document by itself. The method is that of most text converters
    with the document as its dictionary, so it works in any alphabet that has small letters.
    """

    lines: Sequence[str]
    removed: int = 0
    """Hyphens taken out so far."""
    _words: frozenset[str] | None = None

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
        last, first = _LAST.search(left[-80:]), _FIRST.match(right)
        if last is None or first is None:
            return False
        head, tail = last.group().lower(), first.group().lower()
        words = self.words()
        part = head.rsplit("-", 1)[-1]
        if part + tail in words or head + tail in words:
            return True
        if f"{head}-{tail}" in words or f"{part}-{tail}" in words:
            return False
        prefixes = load_data("hyphens.yaml")
        if part in prefixes["joined_prefixes"]:
            return True
        return part not in prefixes["prefixes"] and not (tail in words and len(tail) > 3)


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
