"""Topics: what the debate spoke about beyond what was asked, and how stable that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from statement_nlp.topics.steering import Steering, SteeringError, read_steering

if TYPE_CHECKING:
    from statement_nlp.corpus.spoken import Spoken
    from statement_nlp.engine import Progress
    from statement_nlp.topics.result import TopicResult

__all__ = ["Steering", "SteeringError", "find_topics", "read_steering"]


def find_topics(
    spoken: Spoken,
    *,
    seed: int,
    steering: Steering | None = None,
    by: str | None = None,
    names: Sequence[str] = (),
    progress: Progress | None = None,
) -> TopicResult:
    """Find the topics of all passages.

    Args:
        spoken: Passages, vectors, statements and tags.
        seed: The same seed gives the same bytes, on any number of threads.
        steering: Merges, splits, names and seeds of a topics file; see docs/topics.md.
        by: ``year`` for topics over time.
        names: Names of States and bodies besides those who speak; hardly ever a topic's label.
        progress: Told of each step.

    Raises:
        SteeringError: the topics file names a topic that was not found.
        ValueError: ``by`` is not known.
    """
    from statement_nlp.engine.progress import quiet
    from statement_nlp.topics.find import find

    return find(
        spoken,
        seed=seed,
        asked=steering or Steering(),
        by=by,
        names=names,
        progress=progress or quiet,
    )
