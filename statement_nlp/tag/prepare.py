"""Annotated sentences made ready to train on (training only)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from statement_nlp.evaluate.gold import ASPECTS, FACTORS, STATUSES, GoldSentence
from statement_nlp.evaluate.windows import Windows
from statement_nlp.segment import Registry
from statement_nlp.segment.speakers import masked, names_in_source
from statement_nlp.tag.tune import TuneExamples

TUNED = (*ASPECTS, *FACTORS, "commitment", "proposal", "partnership", *STATUSES)
"""Labels that the encoder is tuned to."""


def tune_examples(
    gold: Sequence[GoldSentence],
    context: Windows,
    texts: Mapping[str, str],
    names: Mapping[str, tuple[str, ...]],
) -> TuneExamples:
    """Put sentences in context beside their labels; ``names`` are speakers by document."""
    targets = np.full((len(context.texts), len(TUNED)), np.nan, np.float32)
    documents = {}
    for row, sentence in zip(context.row_of.tolist(), gold, strict=True):
        targets[row] = _targets(sentence)
        documents[int(context.statement[row])] = sentence.document or ""
    registry = Registry.load()
    known = dict(names)
    for document in set(documents.values()) - set(known):
        text = texts.get(document, "")
        known[document] = names_in_source(document, text, registry) if text else ()
    return TuneExamples(
        plain=context.texts,
        masked=[
            masked(text, known.get(documents.get(run, ""), ()))
            for text, run in zip(context.texts, context.statement.tolist(), strict=True)
        ],
        statement=context.statement,
        targets=targets,
    )


def _targets(sentence: GoldSentence) -> NDArray[np.float32]:
    """Return 0 and 1 by label; NaN where a label is only asked of commitments or proposals."""
    found = np.zeros(len(TUNED), np.float32)
    for column, label in enumerate(TUNED):
        if label in STATUSES:
            bound = "commitment" in sentence.acts
            found[column] = sentence.status == label if bound else np.nan
        elif label == "partnership":
            found[column] = sentence.partnership if "proposal" in sentence.acts else np.nan
        else:
            found[column] = label in sentence.q or label in sentence.f or label in sentence.acts
    return found
