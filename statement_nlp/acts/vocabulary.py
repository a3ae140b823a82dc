"""Named features to sparse rows: inverse document frequency, each row of length 1."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@attrs.frozen(eq=False)
class Vocabulary:
    """The features a head knows, with their weights."""

    names: tuple[str, ...]
    weights: NDArray[np.float32]
    index: dict[str, int] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "index", {name: i for i, name in enumerate(self.names)})

    @classmethod
    def learn(cls, rows: Sequence[Collection[str]], at_least: int = 2) -> Vocabulary:
        """Keep the features that stand in ``at_least`` rows; weight ln((1+n)/(1+rows)) + 1."""
        counts: dict[str, int] = {}
        for row in rows:
            for name in row:
                counts[name] = counts.get(name, 0) + 1
        names = tuple(sorted(name for name, count in counts.items() if count >= at_least))
        weights = [np.log((1 + len(rows)) / (1 + counts[name])) + 1 for name in names]
        return cls(names, np.array(weights, np.float32))

    def matrix(self, rows: Sequence[Collection[str]]) -> csr_matrix:
        """Return the rows' features, shape (rows, features)."""
        from scipy.sparse import csr_matrix

        starts, columns, values = [0], [], []
        for row in rows:
            known = np.array(sorted(self.index[n] for n in row if n in self.index), np.int32)
            weights = self.weights[known] if len(known) else np.zeros(0, np.float32)
            length = float(np.sqrt((weights**2).sum())) or 1.0
            columns.append(known)
            values.append(weights / length)
            starts.append(starts[-1] + len(known))
        return csr_matrix(
            (
                np.concatenate(values) if values else np.zeros(0, np.float32),
                np.concatenate(columns) if columns else np.zeros(0, np.int32),
                np.array(starts),
            ),
            shape=(len(rows), len(self.names)),
        )
