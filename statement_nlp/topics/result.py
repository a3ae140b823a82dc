"""What the topics stage found, as rows of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus.tables import SCHEMAS
from statement_nlp.topics.space import chunks

if TYPE_CHECKING:
    import pyarrow as pa

NO_TOPIC = -1
_ROWS = 65536
"""Rows of one piece of the table of assignments."""


@attrs.frozen
class MappedTopic:
    """A topic with its place on the map."""

    topic_id: int
    label: str
    terms: tuple[str, ...]
    size: int
    delegations: int
    quotes: tuple[str, ...]
    """Passage ids of its central sentences, most central first."""
    outside_framework: bool
    boilerplate: bool
    x: float
    y: float


@attrs.frozen(eq=False)
class TopicResult:
    """Topics, which passage belongs to which, and what follows from that."""

    topics: tuple[MappedTopic, ...]
    passage_ids: Sequence[str]
    topic_of: NDArray[np.int64]
    """Topic of each passage, ``NO_TOPIC`` where it has none."""
    probability: NDArray[np.float64]
    profiles: tuple[dict[str, Any], ...]
    over_time: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]
    record: dict[str, Any]
    """For the run record: how many topics, how well the runs agree, how the user steered."""

    def rows(self) -> Mapping[str, Any]:
        """Return rows by table: topics, assignments, profiles, topics over time."""
        return {
            "topics": [
                attrs.asdict(topic) | {"terms": list(topic.terms), "quotes": list(topic.quotes)}
                for topic in self.topics
            ],
            "topic_assignments": self._assignments(),
            "profiles": list(self.profiles),
            "topics_over_time": list(self.over_time),
        }

    def _assignments(self) -> Iterator[pa.Table]:
        import pyarrow as pa

        for rows in chunks(np.flatnonzero(self.topic_of != NO_TOPIC), _ROWS):
            columns = [
                pa.array([self.passage_ids[row] for row in rows.tolist()], pa.string()),
                pa.array(self.topic_of[rows], pa.int64()),
                pa.array(np.round(self.probability[rows], 4), pa.float64()),
            ]
            yield pa.Table.from_arrays(columns, schema=SCHEMAS["topic_assignments"])
