"""Tag passages with every scheme of the framework, by the best voice each scheme has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statement_nlp.embed import Encoder
from statement_nlp.framework import Framework
from statement_nlp.model import Passage
from statement_nlp.tag.similarity import SimilarityVoice
from statement_nlp.tag.table import TagTable


class Tagger:
    """Knows a framework's labels and tags passages with them."""

    def __init__(self, framework: Framework, voice: SimilarityVoice) -> None:
        self._framework = framework
        self._voice = voice

    @property
    def models(self) -> Mapping[str, str]:
        """Name and sha256 of each trained head in use."""
        return {}

    @property
    def measured(self) -> Mapping[str, Any]:
        """Measured quality of the voices in use, for the report's method section."""
        return {}

    def tag(self, passages: Sequence[Passage], vectors: NDArray[np.float32]) -> TagTable:
        """Tag passages in their statements.

        ``passages`` are in text order, statement after statement; ``vectors`` has shape
        (passages, dimensions) with unit rows.
        """
        texts = [passage.text for passage in passages]
        return TagTable(
            tuple(
                self._voice.tag(label_set.scheme, texts, vectors)
                for label_set in self._framework.label_sets
            )
        )


def load_tagger(framework: Framework, encoder: Encoder) -> Tagger:
    """Return the tagger for a framework, with the trained head where one was made for it."""
    return Tagger(framework, SimilarityVoice(framework, encoder.encode))
