"""The encoder that users get: each distinct text once, from the cache where it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Protocol

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.embed.cache import VectorCache, entry_key

_WINDOW = 4096  # texts computed and kept at a time: bounds memory, and a stopped run loses little
_REMEMBERED = 8192  # vectors also kept in memory, about 7 MB


class Computer(Protocol):
    """A backend: texts to raw vectors."""

    backend: str
    precision: str
    dimensions: int
    max_tokens: int

    @property
    def recipe(self) -> str:
        """All that the bytes of a vector depend on besides weights and text."""

    def count_tokens(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """Return the number of tokens of each text before truncation."""

    def compute(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return vectors of any length, shape (n, d)."""

    def release(self) -> None:
        """Give back memory that can be had again when needed."""


@attrs.frozen(eq=False)
class CachedEncoder:
    """Implements ``Encoder`` over a backend and a cache.

    Vectors are rounded to float16 as soon as they are computed, so that those from the cache and
    those just computed are the same to the last bit.
    """

    name: str
    sha256: str
    multilingual: bool
    computer: Computer
    cache: VectorCache | None
    _recent: _Recent = attrs.field(factory=lambda: _Recent(_REMEMBERED), init=False, repr=False)

    @property
    def dimensions(self) -> int:
        """Length d of a vector."""
        return self.computer.dimensions

    @property
    def backend(self) -> str:
        """What computes: ``openvino`` or ``torch``."""
        return self.computer.backend

    @property
    def precision(self) -> str:
        """``f32``, ``bf16`` or ``int8``."""
        return self.computer.precision

    @property
    def recipe(self) -> str:
        """All that the bytes of a vector depend on besides the text."""
        return f"{self.sha256} {self.computer.recipe}"

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that are read."""
        return self.computer.max_tokens

    @property
    def notes(self) -> tuple[str, ...]:
        """What went otherwise than asked."""
        return tuple(self.cache.notes) if self.cache is not None else ()

    def count_tokens(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """Return the number of tokens of each text, before any truncation; shape (n,)."""
        return self.computer.count_tokens([_clean(text) for text in texts])

    def release(self) -> None:
        """Give back the memory of the model; it is loaded again when a text needs it."""
        self.computer.release()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (n, d), in the order given."""
        first: dict[str, int] = {}
        rows = np.fromiter((first.setdefault(_clean(text), len(first)) for text in texts), np.int64)
        distinct = list(first)
        vectors = np.empty((len(distinct), self.dimensions), np.float32)
        for start in range(0, len(distinct), _WINDOW):
            part = distinct[start : start + _WINDOW]
            vectors[start : start + len(part)] = _unit(self._window(part).astype(np.float64))
        # Where no text occurs twice, rows is 0, 1, 2, … and a copy would only cost memory.
        return vectors if len(distinct) == len(rows) else vectors[rows]

    def _window(self, texts: list[str]) -> NDArray[np.float16]:
        vectors = np.empty((len(texts), self.dimensions), np.float16)
        recipe = self.computer.recipe
        keys = [entry_key(self.sha256, recipe, text) for text in texts]
        known = self._recent.get(keys)
        if self.cache is not None:
            known |= self.cache.get([key for key in keys if key not in known])
        missing: list[int] = []
        for row, key in enumerate(keys):
            kept = known.get(key)
            if kept is None or len(kept) != 2 * self.dimensions:
                missing.append(row)
            else:
                vectors[row] = np.frombuffer(kept, "<f2")
        if missing:
            raw = self.computer.compute([texts[row] for row in missing])
            vectors[missing] = _unit(raw.astype(np.float64)).astype(np.float16)
            computed = {keys[row]: vectors[row].astype("<f2").tobytes() for row in missing}
            known |= computed
            if self.cache is not None:
                self.cache.put(computed)
        self._recent.put(known)
        return vectors


class _Recent:
    """Vectors in memory, those put in last; may be used from several threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: dict[bytes, bytes] = {}
        self._lock = Lock()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the vectors that are there, by key."""
        with self._lock:
            return {key: self._kept[key] for key in keys if key in self._kept}

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep vectors by key and forget those put in longest ago."""
        with self._lock:
            for key, vector in entries.items():
                self._kept.pop(key, None)
                self._kept[key] = vector
            while len(self._kept) > self._limit:
                del self._kept[next(iter(self._kept))]


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float32]:
    """Scale each row to length 1, in float64, so that rounding hides the order of summing."""
    lengths = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    unit: NDArray[np.float32] = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return unit


def _clean(text: str) -> str:
    """Return the text on one line, so that a sentence is the same however its lines were broken.

    Lone surrogates, which no tokenizer takes, are replaced.
    """
    return " ".join(text.split()).encode("utf-8", "replace").decode("utf-8")
