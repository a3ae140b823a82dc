"""All analysed passages of a run, as the global stages (topics, synthesis) see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.model import Scheme, Statement


@attrs.frozen(eq=False)
class Spoken:
    """Passages in order, their vectors, who said them and how they were tagged.

    Arrays have one row per passage. ``vectors`` may be a memory map of half precision.
    """

    passage_ids: Sequence[str]
    texts: Sequence[str]
    vectors: NDArray[np.floating]
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
    def row_of(self) -> Mapping[str, int]:
        """Row of each passage id."""
        return {passage_id: row for row, passage_id in enumerate(self.passage_ids)}
