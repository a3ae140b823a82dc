"""What the run record says of the options: enough to do the run again, and no paths."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from statement_nlp.embed import EncoderOptions, load_encoder, load_tuned
from statement_nlp.ingest import read_path
from statement_nlp.options import AnalysisOptions


def test_the_record_names_files_by_name_and_hash(tmp_path: Path) -> None:
    texts = {"delegations.yaml": "delegations: []", "note.txt": "a note", "text.txt": "Decides"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    options = AnalysisOptions(concept_note=tmp_path / "note.txt", topics=tmp_path / "absent.yaml")
    agreed = read_path(tmp_path / "text.txt")
    record = options.record(delegations=tmp_path / "delegations.yaml", agreed=[agreed])

    def file(name: str) -> dict[str, str]:
        return {"name": name, "sha256": hashlib.sha256(texts[name].encode()).hexdigest()}

    assert record["files"] == {
        "framework": None,
        "concept_note": file("note.txt"),
        "delegations": file("delegations.yaml"),
        "topics": {"name": "absent.yaml", "sha256": None},
        "logo": None,
        "agreed": [file("text.txt")],
    }
    assert str(tmp_path) not in json.dumps(record)


def test_the_delegations_asked_for_are_named(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("delegations: []", encoding="utf-8")
    record = AnalysisOptions(delegations=path).record()
    assert record["files"]["delegations"]["name"] == "own.yaml"


def test_the_record_tells_how_vectors_were_computed() -> None:
    asked = EncoderOptions(cache=None, precision="f32", device="cpu", multilingual=True)
    encoders = load_encoder(asked), load_tuned(asked)
    record = AnalysisOptions(encoder=asked).record(encoders=encoders)
    as_used = {"backend": "openvino", "precision": "f32", "device": "cpu"}
    assert record["encoders"] == {
        "all-MiniLM-L6-v2": as_used | {"multilingual": True},
        "all-MiniLM-L6-v2, tuned": as_used | {"multilingual": False},
    }
    chosen = load_tuned(EncoderOptions(cache=None))
    (found,) = AnalysisOptions().record(encoders=[chosen])["encoders"].values()
    assert found["precision"] in {"f32", "bf16", "int8"}


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="seed"):
        AnalysisOptions(seed=-1)
