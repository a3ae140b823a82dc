"""Tags of many passages at once, as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.model import Scheme, Tag, Voice

LISTED_FROM = 0.05
"""Probability from which a label is written to the tags table (output contract)."""


@attrs.frozen(eq=False)
class SchemeTags:
    """Tags of one scheme: ``probabilities`` and ``assigned`` have shape (passages, labels)."""

    scheme: Scheme
    labels: tuple[str, ...]
    probabilities: NDArray[np.float32]
    assigned: NDArray[np.bool_]
    voice: Voice

    def column(self, label: str) -> NDArray[np.bool_]:
        """Return which passages carry ``label``; shape (passages,)."""
        column: NDArray[np.bool_] = self.assigned[:, self.labels.index(label)]
        return column


@attrs.frozen(eq=False)
class TagTable:
    """Tags of all schemes for the same passages, in the same order."""

    schemes: tuple[SchemeTags, ...]

    def of(self, scheme: Scheme) -> SchemeTags | None:
        """Return the tags of one scheme, or ``None`` where the framework has none."""
        return next((tags for tags in self.schemes if tags.scheme is scheme), None)

    def __len__(self) -> int:
        return len(self.schemes[0].probabilities) if self.schemes else 0

    def tags(self, passage_ids: Sequence[str]) -> Iterator[Tag]:
        """Yield every tag that the output lists: probability at least ``LISTED_FROM``."""
        for tags in self.schemes:
            rows, columns = np.nonzero(tags.probabilities >= LISTED_FROM)
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
                yield Tag(
                    passage_id=passage_ids[row],
                    scheme=tags.scheme,
                    label=tags.labels[column],
                    probability=float(tags.probabilities[row, column]),
                    assigned=bool(tags.assigned[row, column]),
                    voice=tags.voice,
                )

    @staticmethod
    def concatenate(tables: Sequence[TagTable]) -> TagTable:
        """Join tables of consecutive passages.

        Raises:
            ValueError: the tables do not have the same schemes and labels.
        """
        if not tables:
            return TagTable(())
        first = tables[0]
        for table in tables[1:]:
            if [(t.scheme, t.labels) for t in table.schemes] != [
                (t.scheme, t.labels) for t in first.schemes
            ]:
                raise ValueError("tag tables of different frameworks cannot be joined")
        return TagTable(
            tuple(
                attrs.evolve(
                    tags,
                    probabilities=np.concatenate([t.schemes[i].probabilities for t in tables]),
                    assigned=np.concatenate([t.schemes[i].assigned for t in tables]),
                )
                for i, tags in enumerate(first.schemes)
            )
        )
