"""What the trained head sees of a sentence: vectors, semantic fields and words, in context."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.tag.context import neighbour

if TYPE_CHECKING:
    from scipy import sparse

_CONTEXT_VECTORS = ((-1, 0.5), (1, 0.3), (-2, 0.25))
"""Neighbours whose vectors are seen, with their weight beside the sentence's own (1)."""
_CONTEXT_FIELDS = ((-1, 0.5), (1, 0.35))
_WINDOW = 3
"""Sentences to each side over which fields are averaged: about a paragraph."""
_VECTOR_SCALE = 1.5
_FIELD_SCALE = 0.6
_PAIR_SCALE = 0.25
_OPENING = 3
_WORD = re.compile(r"\w+")
_MOST_HITS = 3
"""Hits of one field in one sentence beyond which more say nothing new."""


@cache
def fields() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the semantic fields by name, each as one pattern; see ``data/fields.yaml``."""
    return tuple(
        (name, re.compile(r"(?<!\w)(?:" + "|".join(stems) + ")", re.IGNORECASE))
        for name, stems in _stems().items()
    )


@cache
def _stems() -> dict[str, list[str]]:
    import yaml

    data = resources.files("statement_nlp.tag") / "data" / "fields.yaml"
    found: dict[str, list[str]] = yaml.safe_load(data.read_text(encoding="utf-8"))["fields"]
    return found


@cache
def _fields_by_opening() -> tuple[dict[str, tuple[int, ...]], tuple[int, ...]]:
    """Return which fields a word that begins so may belong to, and which fields to try anywhere.

    Openings have up to three letters. Most words begin as no stem does: one look at the table
    spares trying every field. Fields with a stem that begins with another sign are tried always.
    """
    found: dict[str, set[int]] = {}
    anywhere = set()
    for number, stems in enumerate(_stems().values()):
        for stem in stems:
            literal = re.match(r"[A-Za-z]+(?![?*{])", stem)
            if literal is None:
                anywhere.add(number)
            else:
                found.setdefault(literal[0][:_OPENING].lower(), set()).add(number)
    table = {opening: tuple(sorted(numbers - anywhere)) for opening, numbers in found.items()}
    return table, tuple(sorted(anywhere))


@attrs.frozen(eq=False)
class Sentences:
    """Sentences in order, with where each statement begins and their unit vectors."""

    texts: Sequence[str]
    vectors: NDArray[np.float32]
    """Shape (n, dimensions)."""
    statement: NDArray[np.int64]
    """Statement number of each sentence, not decreasing; context never crosses it."""
    tuned: NDArray[np.float32]
    """Unit vectors of the tuned encoder, shape (n, dimensions)."""

    def __len__(self) -> int:
        return len(self.texts)

    def part(self, start: int, end: int) -> Sentences:
        """Return the sentences ``start`` to ``end`` alone."""
        return Sentences(
            self.texts[start:end],
            self.vectors[start:end],
            self.statement[start:end],
            self.tuned[start:end],
        )

    def neighbour(self, offset: int) -> NDArray[np.int64]:
        """Return the index of the sentence ``offset`` places away, or -1 across a statement."""
        return neighbour(self.statement, offset)

    def shifted(self, rows: NDArray[np.float32], offset: int) -> NDArray[np.float32]:
        """Return each sentence's neighbour's row, zeros where there is no neighbour."""
        index = self.neighbour(offset)
        moved: NDArray[np.float32] = rows[index] * (index >= 0)[:, None]
        return moved


def field_hits(texts: Sequence[str]) -> NDArray[np.float32]:
    """Count hits of every semantic field, at most ``_MOST_HITS``; shape (texts, fields)."""
    patterns = [pattern for _, pattern in fields()]
    by_opening, anywhere = _fields_by_opening()
    hits = np.zeros((len(texts), len(patterns)), dtype=np.float32)
    for row, text in enumerate(texts):
        for field in anywhere:
            hits[row, field] = sum(1 for _ in patterns[field].finditer(text))
        ends: dict[int, int] = {}
        for word in _WORD.finditer(text):
            start, opening = word.start(), word[0][:_OPENING].lower()
            for length in range(1, len(opening) + 1):
                for field in by_opening.get(opening[:length], ()):
                    found = patterns[field].match(text, start)
                    if found and start >= ends.get(field, 0):
                        hits[row, field] += 1
                        ends[field] = found.end()
    return np.minimum(hits, _MOST_HITS)


def dense_features(
    sentences: Sentences, pairs: NDArray[np.int64], prototypes: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return vectors in context, fields in context, field pairs and framework similarity.

    ``pairs`` has shape (p, 2): field numbers that are seen together; ``prototypes`` shape
    (labels, dimensions): the framework's own texts.
    """
    hits = field_hits(sentences.texts)
    found = (hits > 0).astype(np.float32)
    parts = [sentences.vectors * _VECTOR_SCALE]
    parts += [
        sentences.shifted(sentences.vectors, offset) * (weight * _VECTOR_SCALE)
        for offset, weight in _CONTEXT_VECTORS
    ]
    parts.append(np.sqrt(hits) * _FIELD_SCALE)
    parts += [
        sentences.shifted(found, offset) * (weight * _FIELD_SCALE)
        for offset, weight in _CONTEXT_FIELDS
    ]
    parts.append(_window_mean(sentences, found) * _FIELD_SCALE)
    parts.append(found[:, pairs[:, 0]] * found[:, pairs[:, 1]] * _PAIR_SCALE)
    parts.append(sentences.vectors @ prototypes.T)
    return np.concatenate(parts, axis=1).astype(np.float32)


def _window_mean(sentences: Sentences, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    total = rows.copy()
    count = np.ones((len(sentences), 1), dtype=np.float32)
    for offset in range(-_WINDOW, _WINDOW + 1):
        if offset:
            total += sentences.shifted(rows, offset)
            count += (sentences.neighbour(offset) >= 0)[:, None]
    mean: NDArray[np.float32] = total / count
    return mean


_TOKEN = re.compile(r"[^\W\d_]+|\d+")


def grams(text: str) -> list[str]:
    """Return a sentence's words and word pairs, and its words' inner 4- and 5-letter pieces.

    Digits are folded to one sign, so that amounts are alike.
    """
    words = ["0" if word[0].isdigit() else word for word in _TOKEN.findall(text.lower())]
    found = [*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))]
    for word in words:
        found += _pieces(word)
    return found


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[str, ...]:
    if len(word) <= 4:
        return ()
    padded = f"<{word}>"
    return tuple(
        "#" + padded[i : i + size] for size in (4, 5) for i in range(len(padded) - size + 1)
    )


def gram_features(
    texts: Sequence[str], vocabulary: dict[str, int], idf: NDArray[np.float32]
) -> sparse.csr_matrix:
    """Return sublinear tf-idf rows of length 1 over a fixed vocabulary; shape (texts, terms)."""
    from scipy import sparse

    columns: list[int] = []
    counts: list[int] = []
    starts = [0]
    for text in texts:
        found = Counter(column for gram in grams(text) if (column := vocabulary.get(gram, -1)) >= 0)
        columns += found.keys()
        counts += found.values()
        starts.append(len(columns))
    places, bounds = np.array(columns, dtype=np.int64), np.array(starts, dtype=np.int64)
    weights = (1.0 + np.log(np.array(counts, dtype=np.float64))) * idf[places]
    found_rows = sparse.csr_matrix((weights, places, bounds), shape=(len(texts), len(vocabulary)))
    norms = np.sqrt(found_rows.multiply(found_rows).sum(axis=1)).A1
    scaled = weights / np.repeat(np.maximum(norms, 1e-12), np.diff(bounds))
    return sparse.csr_matrix(
        (scaled.astype(np.float32), places, bounds), shape=(len(texts), len(vocabulary))
    )
