"""The voice that needs no training: likeness to a label's own texts, and its cue phrases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.framework import Framework, LabelSet, compile_cues
from statement_nlp.model import Scheme, Voice
from statement_nlp.tag.table import SchemeTags

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@attrs.frozen
class Weights:
    """How cosine and cues become a probability; see ``data/similarity.yaml``."""

    bias: float
    similarity: float
    cue: float
    threshold: float


@cache
def _weights() -> dict[str, Any]:
    import yaml

    data = resources.files("statement_nlp.tag") / "data" / "similarity.yaml"
    parsed: dict[str, Any] = yaml.safe_load(data.read_text(encoding="utf-8"))
    return parsed


def weights_for(scheme: Scheme, label: str) -> Weights:
    """Return the weights of a label: its own, else its scheme's, else the default ones."""
    table = _weights()
    own = table.get("labels", {}).get(scheme.value, {}).get(label)
    return Weights(**(own or table["schemes"].get(scheme.value) or table["default"]))


class SimilarityVoice:
    """Prototypes of every label of a framework, ready to compare with passages."""

    def __init__(self, framework: Framework, encode: Encode) -> None:
        self._label_sets = framework.label_sets
        texts = [
            text
            for label_set in framework.label_sets
            for label in label_set.labels
            for text in (*label.texts(), *label.examples)
        ]
        known = dict(zip(texts, encode(texts), strict=True))
        self._prototypes = {
            label_set.scheme: [
                np.stack([known[text] for text in (*label.texts(), *label.examples)]).T
                for label in label_set.labels
            ]
            for label_set in framework.label_sets
        }

    def cosines(self, scheme: Scheme, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the highest cosine to each label's texts; shape (passages, labels)."""
        columns = [
            (vectors @ prototypes).max(axis=1).astype(np.float32)
            for prototypes in self._prototypes[scheme]
        ]
        return np.stack(columns, axis=1)

    def tag(self, scheme: Scheme, texts: Sequence[str], vectors: NDArray[np.float32]) -> SchemeTags:
        """Tag passages with one scheme's labels.

        ``texts`` has n passages, ``vectors`` shape (n, dimensions) with unit rows.
        """
        label_set = self._label_set(scheme)
        cosines = self.cosines(scheme, vectors)
        cues = cue_matrix(label_set, texts)
        weights = [weights_for(scheme, label) for label in label_set.ids]
        logits = (
            np.array([w.bias for w in weights])
            + np.array([w.similarity for w in weights]) * cosines
            + np.array([w.cue for w in weights]) * cues
        )
        probabilities = (1.0 / (1.0 + np.exp(-logits))).astype(np.float32)
        thresholds = np.array([w.threshold for w in weights], dtype=np.float32)
        return SchemeTags(
            scheme=scheme,
            labels=label_set.ids,
            probabilities=probabilities,
            assigned=probabilities >= thresholds,
            voice=Voice.CUES if any(label.cues for label in label_set.labels) else Voice.SIMILARITY,
        )

    def _label_set(self, scheme: Scheme) -> LabelSet:
        return next(ls for ls in self._label_sets if ls.scheme is scheme)


def cue_matrix(label_set: LabelSet, texts: Sequence[str]) -> NDArray[np.bool_]:
    """Return which texts hold a cue of which label; shape (texts, labels)."""
    patterns = [compile_cues(label) for label in label_set.labels]
    return np.array(
        [[bool(p and p.search(text)) for p in patterns] for text in texts], dtype=np.bool_
    ).reshape(len(texts), len(patterns))
