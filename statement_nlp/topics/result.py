"""What the topics stage found, as rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus.tables import SCHEMAS

NO_TOPIC = -1


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

    def _assignments(self) -> Any:  # noqa: ANN401 - Arrow gives no types
        import pyarrow as pa

        rows = np.flatnonzero(self.topic_of != NO_TOPIC)
        ids = [self.passage_ids[row] for row in rows.tolist()]
        columns = [
            pa.array(ids, pa.string()),
            pa.array(self.topic_of[rows], pa.int64()),
            pa.array(np.round(self.probability[rows], 4), pa.float64()),
        ]
        return pa.Table.from_arrays(columns, schema=SCHEMAS["topic_assignments"])
