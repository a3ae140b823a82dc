"""Word lists of the acts stage, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

_SPACE = re.compile(r"\s*\n\s*")


@cache
def load_data(name: str) -> Mapping[str, Any]:
    """Return the parsed YAML file ``name`` of this package's ``data`` folder."""
    import yaml

    text = (resources.files("statement_nlp.acts") / "data" / name).read_text(encoding="utf-8")
    parsed: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return parsed


def word_pattern(alternatives: str) -> re.Pattern[str]:
    """Compile ``a|b|c`` to a pattern that matches whole words, whatever their case."""
    joined = _SPACE.sub("", alternatives.strip()).replace("| ", "|")
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)


def any_of(words: Iterable[str]) -> str:
    """Return ``words``, each plain or an expression, as the alternatives ``a|b|c`` of a pattern."""
    return "|".join(words)


@cache
def cue_patterns() -> Mapping[str, re.Pattern[str]]:
    """Return the named cue patterns of ``lexicon.yaml``."""
    table = load_data("lexicon.yaml")
    named = {f"cue:{name}": text for name, text in table["cues"].items()}
    named |= {f"status:{name}": text for name, text in table["status"].items()}
    named |= {"partnership": table["partnership"], "refusal": table["refusal"]}
    return {name: word_pattern(text) for name, text in named.items()}


@cache
def verb_classes() -> Mapping[str, tuple[str, ...]]:
    """Return lemma to the classes it belongs to."""
    found: dict[str, tuple[str, ...]] = {}
    for name, lemmas in load_data("lexicon.yaml")["verbs"].items():
        for lemma in lemmas:
            found[lemma] = (*found.get(lemma, ()), name)
    return found


@cache
def subject_classes() -> Mapping[str, str]:
    """Return a subject's head word in lower case to its class; the first class listed wins."""
    found: dict[str, str] = {}
    for name, words in load_data("lexicon.yaml")["subjects"].items():
        for word in words:
            found.setdefault(word, name)
    return found
