"""A run is called synthetic where every document says so of itself, and not for the mere word."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from statement_nlp.corpus import Recorder, Results
from statement_nlp.corpus.synthetic import is_synthetic
from statement_nlp.engine import Batch
from statement_nlp.ingest import read_path
from statement_nlp.ingest.text import read_text
from statement_nlp.model import Document, Region, RegionKind, Run, Segmentation, Span
from statement_nlp.tag.table import TagTable
from tests.pipeline.small import COMPILATION

DRUGS = "Statement by France\n\nSynthetic drugs are made in garages. A synthetic sample was seized."


def document(text: str, path: str) -> Document:
    return read_text(text.encode(), sha256=path.rjust(64, "0"), path=path)


def run_of(folder: Path, *documents: Document) -> Run:
    with Results(folder) as results:
        record = Recorder(results)
        batch = Batch(
            documents=documents,
            segmentations=tuple(
                Segmentation(
                    document_id=d.document_id,
                    shape="single",
                    statements=(),
                    regions=(Region(RegionKind.UNATTRIBUTED, Span(0, len(d.text))),),
                )
                for d in documents
            ),
            passages=(),
            other_passages=(),
            inputs=(),
            failures=(),
        )
        acts: Any = SimpleNamespace(commitments=(), proposals=())
        record.add(batch, np.zeros((0, 4), dtype=np.float32), TagTable(()), acts)
        return record.close(configuration={}, models={}, seed=1)


@pytest.mark.parametrize("name", ["compilation.pdf", "compilation.docx", "earlier-statement.pdf"])
def test_the_samples_say_so(root: Path, name: str) -> None:
    assert is_synthetic(read_path(root / "corpora" / "sample-debate" / name))


def test_a_notice_in_the_text_is_found_over_line_ends() -> None:
    assert is_synthetic(document(COMPILATION, "a.txt"))
    assert is_synthetic(document("Synthetic sample\n— Invented Delegations, for tests.", "b.txt"))
    late = "A word. " * 200 + "SYNTHETIC: invented delegations"
    assert not is_synthetic(document(late, "c.txt"))


def test_a_debate_on_synthetic_drugs_is_real(tmp_path: Path) -> None:
    run = run_of(tmp_path / "out", document(DRUGS, "drugs.txt"))
    assert run.synthetic is False
    assert run.notes == ()


def test_a_run_of_samples_alone_is_synthetic(tmp_path: Path) -> None:
    run = run_of(tmp_path / "out", document(COMPILATION, "a.txt"))
    assert run.synthetic is True
    assert run.notes == ()


def test_one_sample_among_others_is_named_in_a_note(tmp_path: Path) -> None:
    run = run_of(tmp_path / "out", document(DRUGS, "real.txt"), document(COMPILATION, "a.txt"))
    assert run.synthetic is False
    assert run.notes == (
        "1 of 2 documents says of itself that the delegations are invented (synthetic sample): "
        "a.txt",
    )


def test_a_run_without_documents_is_not_synthetic(tmp_path: Path) -> None:
    assert run_of(tmp_path / "out").synthetic is False
