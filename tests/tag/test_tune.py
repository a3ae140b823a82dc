"""Tuning learns; small, because it needs PyTorch and minutes otherwise."""

from __future__ import annotations

import numpy as np

from statement_nlp.embed import DEFAULT_MODEL, EncoderOptions, load_tuned
from statement_nlp.embed.models import find_model
from statement_nlp.embed.tuned import pack
from statement_nlp.tag.tune import TuneExamples, TuneOptions, tune

ABOUT = ["mines", "shells", "cluster bombs", "booby traps"]
ELSE = ["bread prices", "elections", "trade talks", "school fees"]


def _examples() -> TuneExamples:
    texts = [f"We speak of {thing}." for pair in zip(ABOUT, ELSE, strict=True) for thing in pair]
    targets = np.array([[1.0], [0.0]] * 4, np.float32)
    targets[-1] = np.nan
    return TuneExamples(texts, texts, np.repeat([0, 1], 4), targets)


def test_tuning_learns_to_tell_apart_and_gives_the_same_bytes_again():
    examples = _examples()
    folder = find_model(DEFAULT_MODEL).path
    options = TuneOptions(epochs=12, batch=4, rank=4)
    seen: list[int] = []
    changes, head = tune(folder, examples, options, note=seen.append)
    assert seen == list(range(1, 13))
    encoder = load_tuned(EncoderOptions(cache=None), pack(changes))
    logits = head.logits(encoder.encode(examples.plain), examples.statement)[:, 0]
    assert logits[0::2].min() > logits[1::2].max()
    again, _ = tune(folder, examples, options)
    assert pack(again) == pack(changes)
