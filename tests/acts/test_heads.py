"""Trained heads as a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from statement_nlp.acts.heads import Head, HeadFile


def heads(gate: float) -> HeadFile:
    head = Head(("act",), {"base": 2.0}, {"base": np.ones((3, 1), np.float32)}, np.zeros(1), {})
    return HeadFile({"first": head}, {}, gate, {"sentences": 4})


def test_saved_heads_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "heads.npz"
    heads(0.25).save(path)
    found = HeadFile.parse(path.read_bytes())
    assert found.gate == 0.25
    assert found.notes == {"sentences": 4}
    assert found.heads["first"].weights["base"].tolist() == [[1.0], [1.0], [1.0]]


def test_an_interrupted_save_leaves_the_old_heads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "heads.npz"
    heads(0.25).save(path)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        heads(0.75).save(path)
    assert HeadFile.parse(path.read_bytes()).gate == 0.25
    assert list(tmp_path.iterdir()) == [path]
