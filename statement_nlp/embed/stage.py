"""The embedding stage: the sentences of a batch, with progress."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from statement_nlp.embed.options import Encoder
from statement_nlp.engine.progress import Progress

_STEP = 2048
"""Sentences between two reports of progress; large enough for length-sorted batches."""


def encode_texts(encoder: Encoder, texts: Sequence[str], progress: Progress) -> NDArray[np.float32]:
    """Return unit vectors of ``texts``, shape (n, dimensions), and let go of the model."""
    parts = []
    for done in range(0, len(texts), _STEP):
        progress("Embedding", done, len(texts))
        parts.append(encoder.encode(texts[done : done + _STEP]))
    progress("Embedding", len(texts), len(texts))
    encoder.release()
    if not parts:
        return np.zeros((0, encoder.dimensions), dtype=np.float32)
    return np.concatenate(parts)
