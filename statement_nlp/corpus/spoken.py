"""All analysed passages of a run, as the global stages (topics, synthesis) see them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.model import Scheme, Statement


class Vectors(Protocol):
    """Rows of numbers, in memory or on disk."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Rows and dimensions."""

    def __getitem__(self, rows: Any, /) -> Any:  # noqa: ANN401 - as an array takes and gives
        """Return the rows, as an array does."""


@attrs.frozen(eq=False)
class Spoken:
    """Passages in order, their vectors, who said them and how they were tagged.

    Arrays have one row per passage. Texts, ids and vectors may stand on disk: they are looked up
    row by row, or run through in order, and never all held at once.
    """

    passage_ids: Sequence[str]
    texts: Sequence[str]
    vectors: Vectors
    """Shape (passages, dimensions), of half precision."""
    statement_of: NDArray[np.int32]
    """Index into ``statements``."""
    statements: tuple[Statement, ...]
    """Analysed statements, in order."""
    assigned: Mapping[Scheme, NDArray[np.bool_]]
    """Per scheme: shape (passages, labels)."""
    labels: Mapping[Scheme, tuple[str, ...]]
    starts: NDArray[np.int64]
    """Offset of each passage in its document's text."""

    def __len__(self) -> int:
        return len(self.texts)

    def carries(self, scheme: Scheme, label: str) -> NDArray[np.bool_]:
        """Return which passages carry a label; all false where the framework lacks it."""
        if label not in self.labels.get(scheme, ()):
            return np.zeros(len(self), dtype=np.bool_)
        column: NDArray[np.bool_] = self.assigned[scheme][:, self.labels[scheme].index(label)]
        return column

    @property
    def delegations(self) -> list[str]:
        """Name of the delegation of each passage."""
        names = [statement.delegation.name for statement in self.statements]
        return [names[index] for index in self.statement_of.tolist()]

    @cached_property
    def row_of(self) -> RowOf:
        """Row of each passage id."""
        return RowOf(self.passage_ids)


class RowOf:
    """Finds the row of an id; sixteen bytes an id, where a dictionary takes two hundred."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids
        keys = np.fromiter(map(_key, ids), dtype=np.uint64, count=len(ids))
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def __getitem__(self, wanted: str) -> int:
        row = self.get(wanted)
        if row is None:
            raise KeyError(wanted)
        return row

    def get(self, wanted: str) -> int | None:
        """Return the last row that has this id, or ``None``."""
        key = np.uint64(_key(wanted))
        found = None
        for place in range(*np.searchsorted(self._keys, [key, key + np.uint64(1)]).tolist()):
            row = int(self._order[place])
            if self._ids[row] == wanted:
                found = row
        return found


def _key(passage_id: str) -> int:
    """Return the id's hash, below the largest number of 64 bits."""
    return int.from_bytes(hashlib.blake2b(passage_id.encode(), digest_size=7).digest(), "big")
