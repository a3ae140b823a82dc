"""What a sentence's words say of its acts: n-grams and cues, with no parse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from statement_nlp.acts.lexicon import cue_patterns
from statement_nlp.segment.speakers import own_spans

_TOKEN = re.compile(r"_\w+_|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|#|[^\w\s]")
_NUMBER = re.compile(r"\d[\d,.\u00a0 ]*\d|\d")
_CURRENCY = re.compile(
    r"[$€£¥]|\b(?:USD|EUR|CHF|GBP|NOK|SEK|DKK|JPY|AUD|NZD|CAD|US\$|NZ\$|A\$|C\$)(?=\W|\d)"
    r"|\b(?:dollars?|euros?|francs?|kroner|kronor|krone|pounds? sterling|yen|pounds?)\b"
)
_MAX_TOKENS = 90


def words_of(text: str, names: tuple[str, ...]) -> list[str]:
    """Return lower-case tokens with the speaker's name, currencies and numbers made one each."""
    masked, position = [], 0
    for start, end in own_spans(text, names):
        if start >= position:
            masked += [text[position:start], " _self_ "]
            position = end
    joined = "".join([*masked, text[position:]]).replace("\u2019", "'")
    joined = _NUMBER.sub(" # ", _CURRENCY.sub(" _cur_ ", joined))
    return [token.lower() for token in _TOKEN.findall(joined)][:_MAX_TOKENS]


def word_features(text: str, names: tuple[str, ...]) -> set[str]:
    """Return the lexical features of a sentence: n-grams to length 3, its opening, cues, shape."""
    words = words_of(text, names)
    found = set(_ngrams(["^", *words]))
    for name, pattern in cue_patterns().items():
        if pattern.search(text):
            found.add(f"c:{name}")
    if words:
        found.add("o:" + " ".join(words[:1]))
        found.add("o:" + " ".join(words[:2]))
        found.add(f"s:length{min(len(words) // 8, 5)}")
        found.add(f"s:ends{words[-1]}" if not words[-1].isalpha() else "s:endsopen")
    return found


def _ngrams(words: list[str]) -> Iterator[str]:
    for index, word in enumerate(words):
        yield f"w:{word}"
        if index + 1 < len(words):
            yield f"w:{word} {words[index + 1]}"
        if index + 2 < len(words):
            yield f"w:{word} {words[index + 1]} {words[index + 2]}"
            # One word left open: "we _ call", "will _ provide".
            yield f"k:{word} {words[index + 2]}"


def count_features(rows: list[set[str]]) -> Mapping[str, int]:
    """Return in how many rows each feature stands."""
    counts: dict[str, int] = {}
    for row in rows:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    return counts
