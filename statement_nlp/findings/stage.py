"""Tags and acts of a batch: statements seen before come from the cache, the others are read.

What is found in a statement depends on that statement alone, to the last bit. So it can be kept,
and statements can be read in portions: while one portion is tagged and parsed on one core, the
encoders read the next on the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
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
from statement_nlp.model import Passage
from statement_nlp.tag import Tagger, TagTable, load_tagger
from statement_nlp.tag.table import SchemeTags

_PORTION = 512
"""Sentences read at a time, about: enough for the encoder's batches, few enough to overlap."""
_AHEAD = 2
"""Portions that the encoders may be ahead by."""


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
    return Readers(
        encoder, tuned, load_tagger(framework, encoder, tuned), load_finder(encoder, tuned)
    )


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
    vectors = []
    progress("Tagging and finding acts", 0, total)
    for portion, unknown, rows in _read_ahead(_portions(batch), found, readers):
        vectors.append(rows)
        if unknown.passages:
            new = _find(unknown, rows[_positions(unknown, portion)], readers)
            found |= new
            if kept is not None:
                kept.put(unknown, new)
        progress("Tagging and finding acts", sum(map(len, vectors)), total)
    readers.encoder.release()
    readers.tuned.release()
    ordered = [found[statement_id] for statement_id in batch.by_statement()]
    return Findings(
        np.concatenate(vectors),
        TagTable.concatenate([own.tags for own in ordered]),
        Acts(
            tuple(chain.from_iterable(own.acts.commitments for own in ordered)),
            tuple(chain.from_iterable(own.acts.proposals for own in ordered)),
        ),
    )


def _portions(batch: Batch) -> Iterator[Batch]:
    """Cut a batch into parts of whole statements with about ``_PORTION`` passages."""
    held: list[Passage] = []
    for passages in batch.by_statement().values():
        held.extend(passages)
        if len(held) >= _PORTION:
            yield batch.of(held)
            held = []
    if held:
        yield batch.of(held)


def _read_ahead(
    portions: Iterable[Batch], known: Mapping[str, StatementFindings], readers: Readers
) -> Iterator[tuple[Batch, Batch, NDArray[np.float32]]]:
    """Yield each portion, the part of it whose findings are not known, and its vectors.

    The vectors are computed on a thread of their own, ahead of what the caller does with them.
    """

    def encode(portion: Batch, unknown: Batch) -> NDArray[np.float32]:
        rows = readers.encoder.encode(portion.texts)
        # The tagger and the finder will ask for these one statement at a time.
        readers.tuned.encode([*unknown.texts, *readers.finder.texts(unknown)])
        return rows

    waiting: deque[tuple[Batch, Batch, Future[NDArray[np.float32]]]] = deque()
    with ThreadPoolExecutor(max_workers=1) as reader:
        for portion in portions:
            unknown = portion.of([p for p in portion.passages if p.statement_id not in known])
            waiting.append((portion, unknown, reader.submit(encode, portion, unknown)))
            if unknown.passages:
                readers.finder.prepare()  # while the encoders load
            if len(waiting) > _AHEAD:
                first, rest, promise = waiting.popleft()
                yield first, rest, promise.result()
        while waiting:
            first, rest, promise = waiting.popleft()
            yield first, rest, promise.result()


def _positions(part: Batch, whole: Batch) -> NDArray[np.int64]:
    rows = {passage.passage_id: row for row, passage in enumerate(whole.passages)}
    return np.array([rows[passage.passage_id] for passage in part.passages], dtype=np.int64)


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
