"""The package's data files, read once, with their expressions compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the data file ``name`` (without its suffix) as plain data."""
    import yaml

    raw = (resources.files("statement_nlp.synthesis") / "data" / f"{name}.yaml").read_bytes()
    parsed: dict[str, Any] = yaml.safe_load(raw)
    return parsed


def compile_any(expressions: Iterable[str], *, from_word: bool = False) -> re.Pattern[str]:
    """Return one case-insensitive pattern for all ``expressions``.

    ``from_word`` makes each of them match from the start of a word only.
    """
    start = r"\b" if from_word else ""
    return re.compile("|".join(f"{start}(?:{one})" for one in expressions), re.IGNORECASE)


@cache
def concepts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the concepts of the field with the words that stand for each."""
    found = table("concepts")["concepts"]
    return tuple((name, compile_any(words, from_word=True)) for name, words in found.items())


@cache
def addressee_kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the kinds of actor that are called upon, with the words for each."""
    found = table("addressees")["kinds"]
    return tuple((name, compile_any(words, from_word=True)) for name, words in found.items())


@cache
def leaning() -> re.Pattern[str]:
    """Return how a clause opens that leans on what was said before and reads badly on its own."""
    openers = "|".join(table("leaning_words")["openers"])
    return re.compile(rf"^\W*(?:{openers})\b", re.IGNORECASE)


@cache
def refusal_frames() -> re.Pattern[str]:
    """Return the words with which an idea is refused, without the idea."""
    return compile_any(table("refusals")["frames"])
