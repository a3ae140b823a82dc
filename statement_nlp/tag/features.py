"""What the trained head sees of a sentence: vectors, semantic fields and words, in context."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache
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
_MOST_HITS = 3
"""Hits of one field in one sentence beyond which more say nothing new."""


@cache
def fields() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the semantic fields by name, each as one pattern; see ``data/fields.yaml``."""
    import yaml

    data = resources.files("statement_nlp.tag") / "data" / "fields.yaml"
    parsed = yaml.safe_load(data.read_text(encoding="utf-8"))
    return tuple(
        (name, re.compile(r"(?<!\w)(?:" + "|".join(stems) + ")", re.IGNORECASE))
        for name, stems in parsed["fields"].items()
    )


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
    hits = [
        [min(_MOST_HITS, sum(1 for _ in pattern.finditer(text))) for pattern in patterns]
        for text in texts
    ]
    return np.array(hits, dtype=np.float32).reshape(len(texts), len(patterns))


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
        if len(word) > 4:
            padded = f"<{word}>"
            for size in (4, 5):
                found += ["#" + padded[i : i + size] for i in range(len(padded) - size + 1)]
    return found


def gram_features(
    texts: Sequence[str], vocabulary: dict[str, int], idf: NDArray[np.float32]
) -> sparse.csr_matrix:
    """Return sublinear tf-idf rows of length 1 over a fixed vocabulary; shape (texts, terms)."""
    from scipy import sparse

    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, text in enumerate(texts):
        counts: dict[int, int] = {}
        for gram in grams(text):
            column = vocabulary.get(gram)
            if column is not None:
                counts[column] = counts.get(column, 0) + 1
        if not counts:
            continue
        weights = [(1.0 + np.log(n)) * float(idf[c]) for c, n in counts.items()]
        norm = float(np.sqrt(sum(w * w for w in weights)))
        rows += [row] * len(counts)
        columns += counts.keys()
        values += [w / norm for w in weights]
    return sparse.csr_matrix(
        (np.array(values, dtype=np.float32), (rows, columns)), shape=(len(texts), len(vocabulary))
    )
