"""Read and segment inputs in batches of bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import attrs

from statement_nlp import ingest, segment
from statement_nlp.engine.progress import Progress
from statement_nlp.model import (
    Document,
    Failure,
    InputFile,
    Passage,
    Segmentation,
    Statement,
)
from statement_nlp.segment import Registry

ENGLISH = "en"


@attrs.frozen
class Batch:
    """Documents that go through the per-document stages together.

    ``passages`` are those of analysed statements, ``other_passages`` those of statements that are
    kept but not analysed: procedural turns, and languages the encoder does not know.
    """

    documents: tuple[Document, ...]
    segmentations: tuple[Segmentation, ...]
    passages: tuple[Passage, ...]
    other_passages: tuple[Passage, ...]
    inputs: tuple[InputFile, ...]
    failures: tuple[Failure, ...]

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """Statements by id, in order."""
        return {s.statement_id: s for found in self.segmentations for s in found.statements}

    @cached_property
    def documents_by_id(self) -> Mapping[str, Document]:
        """Documents by id, in order."""
        return {document.document_id: document for document in self.documents}

    def of(self, passages: Sequence[Passage]) -> Batch:
        """Return the batch with only these of its analysed passages."""
        return attrs.evolve(self, passages=tuple(passages), other_passages=())

    def by_statement(self) -> dict[str, tuple[Passage, ...]]:
        """Return the analysed passages of each statement, by its id, in order."""
        found: dict[str, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.statement_id, []).append(passage)
        return {statement_id: tuple(own) for statement_id, own in found.items()}

    @property
    def texts(self) -> list[str]:
        """Texts of the analysed passages."""
        return [passage.text for passage in self.passages]

    @cached_property
    def analysed(self) -> frozenset[str]:
        """Ids of the statements that are analysed."""
        return frozenset(passage.statement_id for passage in self.passages)


def batches(
    inputs: Sequence[str | Path],
    *,
    kind: str | None,
    registry: Registry,
    ocr: bool,
    multilingual: bool,
    batch_passages: int,
    progress: Progress,
) -> Iterator[Batch]:
    """Yield batches of about ``batch_passages`` passages, in the order of the inputs.

    A file that cannot be read becomes a failure of its batch; the others go on.
    """
    sources = list(ingest.find(inputs))
    pending = _Pending()
    for done, source in enumerate(sources):
        progress("Reading", done, len(sources))
        if isinstance(source, Failure):
            pending.failures.append(source)
            continue
        try:
            document = ingest.read(source, ocr=ocr)
        except ingest.IngestError as error:
            pending.failures.append(error.failure(source.path))
            continue
        pending.add(
            document,
            segment.segment(document, kind=kind, registry=registry),
            InputFile(source.path, document.sha256, source.size),
            multilingual=multilingual,
        )
        if len(pending.passages) >= batch_passages:
            yield pending.batch()
            pending = _Pending()
    progress("Reading", len(sources), len(sources))
    if pending.documents or pending.failures:
        yield pending.batch()


@attrs.define
class _Pending:
    """A batch being filled."""

    documents: list[Document] = attrs.field(factory=list)
    segmentations: list[Segmentation] = attrs.field(factory=list)
    passages: list[Passage] = attrs.field(factory=list)
    other_passages: list[Passage] = attrs.field(factory=list)
    inputs: list[InputFile] = attrs.field(factory=list)
    failures: list[Failure] = attrs.field(factory=list)

    def add(
        self,
        document: Document,
        segmentation: Segmentation,
        source: InputFile,
        *,
        multilingual: bool,
    ) -> None:
        """Take in a document with its statements and the file it was read from.

        Args:
            document: the document.
            segmentation: its statements.
            source: the file.
            multilingual: whether the encoder knows other languages than English; without it
                statements in those are kept, and not analysed.
        """
        self.documents.append(document)
        self.segmentations.append(segmentation)
        self.inputs.append(source)
        for statement in segmentation.statements:
            known = multilingual or statement.language == ENGLISH
            analysed = known and not statement.procedural
            kept = self.passages if analysed else self.other_passages
            kept.extend(segment.passages(document, statement))

    def batch(self) -> Batch:
        """Return all that was taken in, in that order."""
        return Batch(
            tuple(self.documents),
            tuple(self.segmentations),
            tuple(self.passages),
            tuple(self.other_passages),
            tuple(self.inputs),
            tuple(self.failures),
        )
