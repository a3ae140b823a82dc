from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from statement_nlp.embed import EmbedError
from statement_nlp.embed.graph import BertShape
from statement_nlp.embed.models import ModelFolder, find_model, is_multilingual, known_hash


def make_folder(path: Path, **config: object) -> ModelFolder:
    path.mkdir()
    (path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (path / "model.safetensors").write_bytes(b"weights")
    return ModelFolder(path.name, path)


@pytest.mark.parametrize(
    ("name", "config", "expected"),
    [
        ("small-english", {"vocab_size": 30522, "model_type": "bert"}, False),
        ("small-multilingual", {"vocab_size": 30522, "model_type": "bert"}, True),
        ("renamed", {"vocab_size": 250002, "model_type": "bert"}, True),
        ("plain", {"model_type": "xlm-roberta"}, True),
        ("bare", {}, False),
    ],
)
def test_languages_are_seen_from_the_model(
    tmp_path: Path, name: str, config: dict[str, object], expected: bool
) -> None:
    assert is_multilingual(make_folder(tmp_path / name, **config)) is expected


def test_hash_is_kept_until_the_file_changes(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "model")
    store = tmp_path / "store"
    store.mkdir()
    first = known_hash(folder, store)
    assert list(store.glob("weights-*.json"))
    assert known_hash(folder, store) == first
    weights = folder.path / "model.safetensors"
    weights.write_bytes(b"changed")
    os.utime(weights, ns=(1, 1))
    assert known_hash(folder, store) != first
    next(store.glob("weights-*.json")).write_text("{", encoding="utf-8")
    assert known_hash(folder, store) == known_hash(folder, None)


def test_weights_that_are_not_the_published_ones_are_refused(tmp_path: Path) -> None:
    made = make_folder(tmp_path / "model")
    with pytest.raises(EmbedError, match="not the published"):
        known_hash(ModelFolder("model", made.path, "0" * 64), tmp_path)


def test_shipped_model_is_a_plain_bert_and_others_are_not(tmp_path: Path) -> None:
    shape = BertShape.of(find_model("all-MiniLM-L6-v2"))
    assert shape is not None
    assert (shape.layers, shape.heads, shape.width, shape.max_tokens) == (6, 12, 384, 256)
    assert BertShape.of(make_folder(tmp_path / "other", model_type="bert")) is None


def test_folder_that_holds_no_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(EmbedError, match=r"no config\.json"):
        find_model(str(tmp_path))


def test_model_by_path_is_named_by_its_folder_only() -> None:
    shipped = find_model("all-MiniLM-L6-v2")
    assert find_model(str(shipped.path)).name == "model"
