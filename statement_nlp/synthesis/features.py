"""What two proposals are compared by: vector, words, concepts, addressee, and the usual asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.synthesis.lexicon import addressee_kinds, concepts, table

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from statement_nlp.synthesis.asks import Recognizer


@attrs.frozen
class Asked:
    """One clause that asks for something, as far as the comparison needs it."""

    clause: str
    speaker: str = ""
    addressee: str = ""
    """The words that name who should act, where known."""


@attrs.frozen(eq=False)
class AskedTable:
    """Clauses as arrays: one row a clause."""

    vectors: NDArray[np.float32]
    """Shape (n, d), rows of length 1."""
    words: csr_matrix
    """Shape (n, words): tf-idf of the stems, rows of length 1 or empty."""
    concepts: NDArray[np.float32]
    """Shape (n, concepts): weighted by rarity, rows of length 1 or 0."""
    addressee: NDArray[np.int16]
    """Kind of actor called upon; -1 where none is known."""
    speaker: NDArray[np.int32]
    usual: NDArray[np.float32]
    """Shape (n, usual asks): probabilities, rows sum to 1."""
    known: NDArray[np.float32]
    """Shape (n, known asks): probabilities, rows sum to 1 at most; no column without a model."""

    def __len__(self) -> int:
        return len(self.vectors)


def describe(
    asked: Sequence[Asked], vectors: NDArray[np.float32], recognizer: Recognizer
) -> AskedTable:
    """Return the table of ``asked``; ``vectors`` has shape (n, d)."""
    vectors = np.ascontiguousarray(vectors, dtype=np.float32)
    spoken_of = concept_rows([one.clause for one in asked])
    addressee = np.array([addressee_kind(one) for one in asked], dtype=np.int16)
    usual = recognizer.usual(vectors, spoken_of)
    return AskedTable(
        vectors=vectors,
        words=_weighted([_stems(one.clause) for one in asked]),
        concepts=spoken_of,
        addressee=addressee,
        speaker=_speakers(asked),
        usual=usual,
        known=recognizer.known(vectors, spoken_of, addressee, usual),
    )


def together(
    first: AskedTable,
    first_asked: Sequence[Asked],
    second: AskedTable,
    second_asked: Sequence[Asked],
) -> AskedTable:
    """Return one table of two, in which speakers are told over both and rarity over the first."""
    asked = [*first_asked, *second_asked]
    return AskedTable(
        vectors=np.concatenate([first.vectors, second.vectors]),
        words=_weighted([_stems(one.clause) for one in asked], len(first_asked)),
        concepts=np.concatenate([first.concepts, second.concepts]),
        addressee=np.concatenate([first.addressee, second.addressee]),
        speaker=_speakers(asked),
        usual=np.concatenate([first.usual, second.usual]),
        known=np.concatenate([first.known, second.known]),
    )


def _speakers(asked: Sequence[Asked]) -> NDArray[np.int32]:
    numbers = {name: number for number, name in enumerate(dict.fromkeys(a.speaker for a in asked))}
    return np.array([numbers[one.speaker] for one in asked], dtype=np.int32)


def named_concepts(text: str) -> list[str]:
    """Return the concepts of the field that ``text`` speaks of, in the order of the data file."""
    return [name for name, words in concepts() if words.search(text)]


def concept_rows(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the concepts of each text, weighted by rarity; shape (n, concepts), length 1 or 0.

    Rarity is that in the examples of the usual asks, so that a debate's size changes nothing.
    """
    raw = concept_flags(texts) * _rarity()
    lengths = np.sqrt(np.square(raw).sum(axis=1, keepdims=True))
    return (raw / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)


def concept_flags(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return 1 where a text speaks of a concept, else 0; shape (n, concepts)."""
    flags = [[words.search(text) is not None for _, words in concepts()] for text in texts]
    return np.array(flags, dtype=np.float32).reshape(len(texts), len(concepts()))


def _rarity() -> NDArray[np.float32]:
    from statement_nlp.synthesis.asks import concept_rarity

    return concept_rarity()


def addressee_kind(asked: Asked) -> int:
    """Return the kind of actor called upon, as an index into the data file; -1 for none.

    The stated addressee decides; without one, the kind named first in the clause.
    """
    for text in (asked.addressee, asked.clause):
        first = [
            (match.start(), number)
            for number, (_, words) in enumerate(addressee_kinds())
            if (match := words.search(text))
        ]
        if first:
            return min(first)[1]
    return -1


def _stems(text: str) -> list[str]:
    common = frozenset(table("common_words")["words"])
    words = (match[0].casefold() for match in _word().finditer(text))
    stem = int(table("limits")["words"]["stem"])
    return [word[:stem] for word in words if word not in common]


@cache
def _word() -> re.Pattern[str]:
    """Return what a word that is compared looks like: letters alone, and not too few."""
    return re.compile(rf"[^\W\d_]{{{int(table('limits')['words']['letters_at_least'])},}}")


def _weighted(rows: Sequence[Sequence[str]], known: int | None = None) -> csr_matrix:
    """Return rows of log-scaled inverse document frequency, each of length 1 or empty.

    Where ``known`` is given, rarity is that among the first ``known`` rows.
    """
    from scipy.sparse import csr_matrix

    columns = {name: i for i, name in enumerate(sorted({name for row in rows for name in row}))}
    indices: list[int] = []
    starts = [0]
    for row in rows:
        indices.extend(sorted({columns[name] for name in row}))
        starts.append(len(indices))
    count = len(rows) if known is None else known
    held = np.bincount(np.array(indices[: starts[count]], dtype=np.int64), minlength=len(columns))
    rarity = np.log((count + 1) / (held + 1)) + 1.0
    values = rarity[np.array(indices, dtype=np.int64)] if indices else np.zeros(0)
    matrix = csr_matrix(
        (values.astype(np.float32), np.array(indices, dtype=np.int32), np.array(starts)),
        shape=(len(rows), max(len(columns), 1)),
    )
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return csr_matrix(matrix.multiply(scale[:, None]))
