"""Who speaks in each passage, and texts read in order, without an object for each passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus.spoken import Spoken

_ALL_FROM = 8
"""All texts are run through where at least one in so many is wanted: that is quicker."""


@attrs.frozen(eq=False)
class Speakers(Sequence[str]):
    """Name of the delegation of each passage, kept as one small number a passage."""

    names: tuple[str, ...]
    """All different, in order of appearance."""
    number_of: NDArray[np.int32]
    """Index into ``names``, one a passage."""

    @classmethod
    def of(cls, spoken: Spoken) -> Speakers:
        """Return the speakers of all passages."""
        told = [statement.delegation.name for statement in spoken.statements]
        statements, first = np.unique(spoken.statement_of, return_index=True)
        numbers: dict[str, int] = {}
        for statement in statements[np.argsort(first)].tolist():
            numbers.setdefault(told[statement], len(numbers))
        # A statement without passages is never asked for.
        number_of_statement = np.array([numbers.get(name, -1) for name in told], dtype=np.int32)
        return cls(tuple(numbers), number_of_statement[spoken.statement_of])

    def __len__(self) -> int:
        return len(self.number_of)

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> list[str]: ...

    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self.names[number] for number in self.number_of[row].tolist()]
        return self.names[int(self.number_of[row])]


def read(texts: Sequence[str], rows: NDArray[np.int64]) -> Iterator[str]:
    """Yield the texts of ``rows``, which ascend, and hold one at a time.

    Texts may stand on disk, where running through all is quicker than looking many up.
    """
    if len(rows) * _ALL_FROM < len(texts):
        for row in map(int, rows):
            yield texts[row]
        return
    wanted = np.zeros(len(texts), dtype=np.bool_)
    wanted[rows] = True
    for text, due in zip(texts, wanted, strict=True):
        if due:
            yield text
