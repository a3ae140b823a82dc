"""The shipped tagger with the shipped encoder, for measuring."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from statement_nlp.embed import EncoderOptions, load_encoder
from statement_nlp.framework import load_framework
from statement_nlp.tag.tagger import Tagger, load_tagger


def shipped_tagger() -> tuple[Tagger, Callable[[Sequence[str]], NDArray[np.float32]]]:
    """Return the tagger of the shipped framework and the encoder's ``encode``."""
    encoder = load_encoder(EncoderOptions())
    return load_tagger(load_framework(), encoder), encoder.encode
