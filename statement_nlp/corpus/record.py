"""Record a run as it goes: tables batch by batch, then what the global stages need."""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from typing import Any, Protocol

import attrs
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from statement_nlp.corpus import rows
from statement_nlp.corpus.on_disk import DiskList, DiskVectors
from statement_nlp.corpus.publishing import WORKING
from statement_nlp.corpus.spoken import Spoken
from statement_nlp.corpus.store import Results
from statement_nlp.corpus.synthetic import is_synthetic, some_synthetic
from statement_nlp.corpus.tables import SCHEMAS
from statement_nlp.engine import Batch
from statement_nlp.framework import Framework
from statement_nlp.libraries import versions
from statement_nlp.model import (
    Commitment,
    Failure,
    InputFile,
    Proposal,
    Run,
    Scheme,
    Statement,
)
from statement_nlp.tag.table import LISTED_FROM, TagTable


class Acts(Protocol):
    """What the acts stage found in one batch."""

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """Commitments, in text order."""

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """Proposals and opposing voices, in text order."""


class Stage(Protocol):
    """What a global stage found, as rows of its tables."""

    def rows(self) -> Mapping[str, Sequence[Mapping[str, Any]] | pa.Table | Iterator[pa.Table]]:
        """Return rows, an Arrow table, or several, by table name."""


class Recorder:
    """Collects one run.

    Texts, ids, vectors and acts go to disk as they come. What stays in memory is a number or a
    flag for each passage and label, some eighty bytes a passage, and what is known of each
    statement.
    """

    def __init__(self, results: Results) -> None:
        self._results = results
        self._working = results.staging / WORKING
        self._working.mkdir()
        self._statements: list[Statement] = []
        self._index: dict[str, int] = {}
        self._passage_ids = DiskList.of_texts(self._working / "ids")
        self._texts = DiskList.of_texts(self._working / "texts")
        self._vectors = DiskVectors(self._working / "vectors")
        self._starts = array("q")
        self._statement_of = array("i")
        self._assigned: dict[Scheme, list[NDArray[np.bool_]]] = {}
        self._labels: dict[Scheme, tuple[str, ...]] = {}
        self.commitments: DiskList[Commitment] = DiskList(self._working / "commitments")
        self.proposals: DiskList[Proposal] = DiskList(self._working / "proposals")
        self._files = (
            *(self._passage_ids, self._texts, self._vectors),
            *(self.commitments, self.proposals),
        )
        for file in self._files:
            results.will_close(file)
        self.inputs: list[InputFile] = []
        self.failures: list[Failure] = []
        self._documents = 0
        self._synthetic: list[str] = []
        self.notes: list[str] = []

    def add(self, batch: Batch, vectors: NDArray[np.float32], tags: TagTable, acts: Acts) -> None:
        """Write one batch's tables and keep what the global stages need."""
        self.inputs.extend(batch.inputs)
        self.failures.extend(batch.failures)
        self._add_documents(batch)
        results = self._results
        results.add("passages", rows.passage_rows(batch.passages, batch.documents_by_id))
        results.add("passages", rows.passage_rows(batch.other_passages, batch.documents_by_id))
        passage_ids = [passage.passage_id for passage in batch.passages]
        results.add_arrow("tags", tag_rows(tags, passage_ids))
        results.add("commitments", rows.commitment_rows(acts.commitments))
        results.add("proposals", rows.proposal_rows(acts.proposals))
        self.commitments.extend(acts.commitments)
        self.proposals.extend(acts.proposals)

        self._passage_ids.extend(passage_ids)
        self._texts.extend(passage.text for passage in batch.passages)
        self._starts.extend(passage.span.start for passage in batch.passages)
        for passage in batch.passages:
            if passage.statement_id not in self._index:
                self._index[passage.statement_id] = len(self._statements)
                self._statements.append(batch.statements[passage.statement_id])
            self._statement_of.append(self._index[passage.statement_id])
        self._vectors.extend(vectors)
        for found in tags.schemes:
            self._labels[found.scheme] = found.labels
            self._assigned.setdefault(found.scheme, []).append(found.assigned)

    def _add_documents(self, batch: Batch) -> None:
        results = self._results
        shapes = {found.document_id: found for found in batch.segmentations}
        results.add(
            "documents",
            [rows.document_row(d, shapes[d.document_id].shape) for d in batch.documents],
        )
        for document in batch.documents:
            results.add_text(document.document_id, document.text)
            self._documents += 1
            if is_synthetic(document):
                self._synthetic.append(document.path)
        for found in batch.segmentations:
            results.add("regions", rows.region_rows(found))
            self.notes.extend(found.notes)
        results.add(
            "statements",
            [
                rows.statement_row(
                    statement,
                    batch.documents_by_id[statement.document_id],
                    analysed=statement.statement_id in batch.analysed,
                )
                for statement in batch.statements.values()
            ],
        )

    def spoken(self) -> Spoken:
        """Return all analysed passages."""
        assigned = {scheme: np.concatenate(parts) for scheme, parts in self._assigned.items()}
        self._assigned = {scheme: [found] for scheme, found in assigned.items()}
        return Spoken(
            passage_ids=self._passage_ids,
            texts=self._texts,
            vectors=self._vectors,
            statement_of=np.array(self._statement_of, dtype=np.int32),
            statements=tuple(self._statements),
            assigned=assigned,
            labels=self._labels,
            starts=np.array(self._starts, dtype=np.int64),
        )

    def add_stage(self, stage: Stage) -> None:
        """Write the tables of a global stage."""
        for table, found in stage.rows().items():
            if isinstance(found, Sequence):
                self._results.add(table, found)
                continue
            for part in [found] if isinstance(found, pa.Table) else found:
                if part.num_rows:  # no row group for nothing
                    self._results.add_arrow(table, part)

    def add_texts(self, texts: Mapping[str, str]) -> None:
        """Keep the texts of documents that are quoted but not analysed, such as agreed ones."""
        for document_id, text in texts.items():
            self._results.add_text(document_id, text)

    def close(self, configuration: Mapping[str, Any], models: Mapping[str, str], seed: int) -> Run:
        """Finish the tables and write the run record."""
        self._results.close_tables()
        for file in self._files:
            file.close()
        shutil.rmtree(self._working, ignore_errors=True)
        mixed = some_synthetic(self._synthetic, self._documents)
        run = Run(
            version=metadata.version("statement-nlp"),
            inputs=tuple(self.inputs),
            failures=tuple(self.failures),
            configuration=dict(configuration),
            models=dict(models),
            packages=versions(),
            seed=seed,
            synthetic=0 < self._documents == len(self._synthetic),
            notes=tuple(dict.fromkeys([*self.notes, *([mixed] if mixed else [])])),
        )
        self._results.write_run(run)
        return run


def tag_rows(tags: TagTable, passage_ids: Sequence[str]) -> pa.Table:
    """Return table ``tags``: every label with probability at least ``LISTED_FROM``."""
    ids = np.array(passage_ids, dtype=object)
    parts = []
    for scheme_tags in tags.schemes:
        if not len(ids):
            continue
        listed = scheme_tags.probabilities >= LISTED_FROM
        row, column = np.nonzero(listed | scheme_tags.assigned)
        labels = np.array(scheme_tags.labels, dtype=object)
        parts.append(
            pa.table(
                {
                    "passage_id": pa.array(ids[row], pa.string()),
                    "scheme": pa.array([scheme_tags.scheme.value] * len(row), pa.string()),
                    "label": pa.array(labels[column], pa.string()),
                    "probability": pa.array(
                        scheme_tags.probabilities[row, column].astype(np.float64).round(4)
                    ),
                    "assigned": pa.array(scheme_tags.assigned[row, column]),
                    "voice": pa.array([scheme_tags.voice.value] * len(row), pa.string()),
                },
                schema=SCHEMAS["tags"],
            )
        )
    return pa.concat_tables(parts) if parts else SCHEMAS["tags"].empty_table()


def framework_record(framework: Framework) -> dict[str, Any]:
    """Return a framework as plain data for the run record and the reports."""
    return {
        "id": framework.id,
        "version": framework.version,
        "title": framework.title,
        "source": framework.source,
        "debate_date": framework.debate_date,
        "sha256": framework.sha256,
        "schemes": {
            label_set.scheme.value: {
                "title": label_set.title,
                "labels": [attrs.asdict(label) for label in label_set.labels],
            }
            for label_set in framework.label_sets
        },
    }
