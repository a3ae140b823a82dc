"""Annotated sentences in their context, as the trained heads see them."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.evaluate.gold import GoldError, GoldSentence
from statement_nlp.segment import split_sentences

_REACH = 4
"""Sentences kept on either side of an annotated one: as far as any feature looks, and one more."""


@attrs.frozen(eq=False)
class Windows:
    """Sentences around the annotated ones.

    ``row_of[i]`` is the row of annotated sentence i in ``texts``; ``statement`` numbers the runs of
    consecutive sentences, so that context never crosses a gap.
    """

    texts: tuple[str, ...]
    statement: NDArray[np.int64]
    row_of: NDArray[np.int64]


def windows(sentences: Sequence[GoldSentence], texts: Mapping[str, str]) -> Windows:
    """Cut the context of annotated sentences from their documents.

    A sentence without a document stands alone.

    Raises:
        GoldError: an annotated sentence lies outside its document.
    """
    found: list[str] = []
    statement: list[int] = []
    row_of = np.full(len(sentences), -1, dtype=np.int64)
    by_document: dict[str, list[int]] = {}
    for number, sentence in enumerate(sentences):
        if sentence.document in texts and sentence.start is not None:
            by_document.setdefault(str(sentence.document), []).append(number)
        else:
            row_of[number] = len(found)
            statement.append(-number - 1)
            found.append(sentence.text or "")
    run = 0
    for document, numbers in by_document.items():
        text = texts[document]
        spans = sentence_spans(text, [sentences[n] for n in numbers])
        starts = [start for start, _ in spans]
        wanted: dict[int, int] = {}
        for number in numbers:
            start = sentences[number].start or 0
            place = bisect.bisect_right(starts, start) - 1
            if place < 0:
                raise GoldError(f"{sentences[number].id}: lies outside {document}")
            wanted[place] = number
        keep = sorted({p + d for p in wanted for d in range(-_REACH, _REACH + 1)})
        previous = None
        for place in keep:
            if not 0 <= place < len(spans):
                continue
            if previous is None or place != previous + 1:
                run += 1
            previous = place
            if place in wanted:
                row_of[wanted[place]] = len(found)
            start, end = spans[place]
            statement.append(run)
            found.append(" ".join(text[start:end].split()))
    # Statement numbers must not decrease: lone sentences were given negative ones, in order.
    order = np.array(statement, dtype=np.int64)
    return Windows(tuple(found), _renumber(order), row_of)


def _renumber(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    changed = np.ones(len(numbers), dtype=np.int64)
    changed[1:] = numbers[1:] != numbers[:-1]
    renumbered: NDArray[np.int64] = np.cumsum(changed)
    return renumbered


def sentence_spans(text: str, annotated: Sequence[GoldSentence]) -> list[tuple[int, int]]:
    """Return sentence spans of a text; annotated spans win over the splitter's."""
    fixed = sorted((s.start or 0, s.end or 0) for s in annotated)
    spans = list(fixed)
    for start, end in split_paragraphs(text):
        place = bisect.bisect_right(fixed, (start, end))
        before = fixed[place - 1] if place else (0, 0)
        after = fixed[place] if place < len(fixed) else (len(text) + 1, len(text) + 1)
        if start >= before[1] and end <= after[0]:
            spans.append((start, end))
    return sorted(spans)


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """Return sentence spans of a text whose paragraphs are separated by line ends."""
    spans: list[tuple[int, int]] = []
    offset = 0
    for paragraph in text.split("\n"):
        spans += [(offset + a, offset + b) for a, b in split_sentences(paragraph)]
        offset += len(paragraph) + 1
    return spans
