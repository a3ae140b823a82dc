"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from statement_nlp.segment.data import load_table

if TYPE_CHECKING:
    from lingua import LanguageDetector

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 3000
_ENGLISH_SHARE = 0.2
_ENOUGH_WORDS = 20


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language most of ``text`` is in.

    English in plain letters is told by the share of its commonest words; everything else by
    lingua (https://github.com/pemistahl/lingua-py) restricted to the official languages and some
    more. Text with no letters is reported as ``und``.
    """
    middle = max(0, (len(text) - _SAMPLE) // 2)
    sample = text[middle : middle + _SAMPLE]
    words = _WORD.findall(sample.lower())
    if not words:
        return "und"
    common = _english_words()
    share = sum(word in common for word in words) / len(words)
    if len(words) >= _ENOUGH_WORDS and share >= _ENGLISH_SHARE:
        return "en"
    found = _detector().detect_language_of(sample)
    return "und" if found is None else str(found.iso_code_639_1.name).lower()


def language_code(name: str | None) -> str | None:
    """Return the code of a language by its English name as headings print it, else ``None``."""
    codes: dict[str, str] = load_table("headings.yaml")["languages"]
    return codes.get(name.strip().capitalize()) if name else None


@cache
def _english_words() -> frozenset[str]:
    return frozenset(load_table("headings.yaml")["english_words"])


@cache
def _detector() -> LanguageDetector:
    from lingua import Language, LanguageDetectorBuilder

    languages = (
        Language.ARABIC,
        Language.CHINESE,
        Language.ENGLISH,
        Language.FRENCH,
        Language.RUSSIAN,
        Language.SPANISH,
        Language.ITALIAN,
        Language.PORTUGUESE,
        Language.GERMAN,
        Language.DUTCH,
        Language.JAPANESE,
        Language.PERSIAN,
        Language.TURKISH,
        Language.UKRAINIAN,
    )
    builder = LanguageDetectorBuilder.from_languages(*languages)
    return builder.with_low_accuracy_mode().build()
