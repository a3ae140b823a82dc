"""Tags and acts of a batch: statements seen before come from the cache, the others are read.

What is found in a statement depends on that statement alone, to the last bit. So it can be kept,
and statements can be read in portions: while one portion is tagged and parsed, the tuned encoder
reads the next.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import chain

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.acts import ActFinder, Acts, load_finder
from statement_nlp.embed import Encoder, EncoderOptions, load_encoder, load_tuned
from statement_nlp.engine import Batch, Progress
from statement_nlp.findings.kept import KeptFindings
from statement_nlp.findings.records import StatementFindings
from statement_nlp.framework import Framework
from statement_nlp.tag import Tagger, TagTable, load_tagger
from statement_nlp.tag.table import SchemeTags

_PORTION = 512
"""Sentences read at a time, about: enough for the encoder's batches, few enough to overlap."""
_AHEAD = 2
"""Portions that the tuned encoder may be ahead by."""
_STEP = 2048
"""Sentences embedded between two reports of progress."""


@attrs.frozen(eq=False)
class Readers:
    """All that reads statements."""

    encoder: Encoder
    tuned: Encoder
    tagger: Tagger
    finder: ActFinder


def load_readers(options: EncoderOptions, framework: Framework) -> Readers:
    """Load all that reads statements; weights are read when a text first needs them.

    Raises:
        EmbedError: the encoder cannot be loaded.
        HeadError: the tagging head belongs to another version.
    """
    encoder, tuned = load_encoder(options), load_tuned(options)
    tagger = load_tagger(framework, encoder, tuned)
    return Readers(encoder, tuned, tagger, load_finder(encoder, tuned, options))


@attrs.frozen(eq=False)
class Findings:
    """What was found in a batch; one row of ``vectors`` and ``tags`` for each passage."""

    vectors: NDArray[np.float32]
    tags: TagTable
    acts: Acts


def find_all(
    batch: Batch, readers: Readers, kept: KeptFindings | None, progress: Progress
) -> Findings:
    """Return the findings of ``batch.passages``; ``kept`` is asked first and told what is new."""
    total = len(batch.passages)
    if not total:
        none = np.zeros((0, readers.encoder.dimensions), dtype=np.float32)
        return Findings(none, TagTable(()), Acts((), ()))
    found = kept.get(batch) if kept is not None else {}
    vectors = _vectors(batch, readers, progress, all_known=len(found) == len(batch.by_statement()))
    done = 0
    progress("Tagging and finding acts", 0, total)
    with closing(_read_ahead(batch, found, readers)) as portions:
        for unknown, rows in portions:
            new = _find(unknown, vectors[rows], readers)
            found |= new
            if kept is not None:
                kept.put(unknown, new)
            done += len(rows)
            progress("Tagging and finding acts", done, total)
    progress("Tagging and finding acts", total, total)
    readers.tuned.release()
    readers.finder.release()
    ordered = [found[statement_id] for statement_id in batch.by_statement()]
    return Findings(
        vectors,
        TagTable.concatenate([own.tags for own in ordered]),
        Acts(
            tuple(chain.from_iterable(own.acts.commitments for own in ordered)),
            tuple(chain.from_iterable(own.acts.proposals for own in ordered)),
        ),
    )


def _vectors(
    batch: Batch, readers: Readers, progress: Progress, *, all_known: bool
) -> NDArray[np.float32]:
    """Return the passages' vectors and let go of the model; load the parser meanwhile."""
    texts = batch.texts
    starts = range(0, len(texts), _STEP)
    with _reader() as reader:
        parts = [reader.submit(readers.encoder.encode, texts[i : i + _STEP]) for i in starts]
        if not all_known:
            readers.finder.prepare()
        for start, part in zip(starts, parts, strict=True):
            progress("Embedding", start, len(texts))
            part.result()
    progress("Embedding", len(texts), len(texts))
    readers.encoder.release()
    return np.concatenate([part.result() for part in parts])


@contextmanager
def _reader() -> Iterator[ThreadPoolExecutor]:
    """Return a thread to read on; when it is left early, what has not begun is not begun."""
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _portions(batch: Batch, known: Collection[str]) -> Iterator[tuple[Batch, NDArray[np.int64]]]:
    """Yield statements that are not known, some at a time, and where their passages stand."""
    rows: list[int] = []
    for row, passage in enumerate(batch.passages):
        new = row == 0 or passage.statement_id != batch.passages[row - 1].statement_id
        if new and len(rows) >= _PORTION:
            yield batch.of([batch.passages[r] for r in rows]), np.array(rows)
            rows = []
        if passage.statement_id not in known:
            rows.append(row)
    if rows:
        yield batch.of([batch.passages[r] for r in rows]), np.array(rows)


def _read_ahead(
    batch: Batch, known: Collection[str], readers: Readers
) -> Generator[tuple[Batch, NDArray[np.int64]], None, None]:
    """Yield the portions that are not known, each when the tuned encoder has read it.

    It reads on a thread of its own, ahead of what the caller does with the portions.
    """

    def encode(portion: Batch) -> None:
        # The tagger and the finder will ask for these one statement at a time.
        readers.tuned.encode([*portion.texts, *readers.finder.texts(portion)])

    waiting: deque[tuple[Batch, NDArray[np.int64], Future[None]]] = deque()
    with _reader() as reader:
        for portion, rows in _portions(batch, frozenset(known)):
            waiting.append((portion, rows, reader.submit(encode, portion)))
            if len(waiting) > _AHEAD:
                first, places, promise = waiting.popleft()
                promise.result()
                yield first, places
        while waiting:
            first, places, promise = waiting.popleft()
            promise.result()
            yield first, places


def _find(
    portion: Batch, vectors: NDArray[np.float32], readers: Readers
) -> dict[str, StatementFindings]:
    """Return the findings of each statement of a portion."""
    tags = readers.tagger.tag(portion.passages, vectors)
    acts = readers.finder.find(portion, vectors)
    found = {}
    start = 0
    for statement_id, passages in portion.by_statement().items():
        end = start + len(passages)
        found[statement_id] = StatementFindings(
            TagTable(tuple(_rows(scheme, start, end) for scheme in tags.schemes)),
            Acts(
                tuple(a for a in acts.commitments if a.statement_id == statement_id),
                tuple(a for a in acts.proposals if a.statement_id == statement_id),
            ),
        )
        start = end
    return found


def _rows(tags: SchemeTags, start: int, end: int) -> SchemeTags:
    return attrs.evolve(
        tags, probabilities=tags.probabilities[start:end], assigned=tags.assigned[start:end]
    )
