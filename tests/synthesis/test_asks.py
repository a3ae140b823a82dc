"""The model of known asks as a file."""

from __future__ import annotations

from pathlib import Path

import attrs
import numpy as np
import pytest

from statement_nlp.synthesis.asks import KnownAsks

MODEL = KnownAsks(
    np.ones((2, 3), np.float32), np.zeros(2, np.float32), np.array([True, False]), "an encoder"
)


def test_a_saved_model_holds_plain_arrays(tmp_path: Path) -> None:
    path = tmp_path / "known.npz"
    MODEL.save(path)
    with np.load(path, allow_pickle=False) as arrays:
        assert arrays["weights"].tolist() == MODEL.weights.tolist()
        assert arrays["listed"].tolist() == [True, False]
        assert str(arrays["encoder"]) == "an encoder"


def test_a_save_that_breaks_off_leaves_the_old_model(tmp_path: Path) -> None:
    path = tmp_path / "known.npz"
    MODEL.save(path)
    before = path.read_bytes()
    # Objects cannot be saved without pickling, which shows only after the first arrays.
    broken = attrs.evolve(MODEL, listed=np.array([object(), object()]))
    with pytest.raises(ValueError, match="Object arrays"):
        broken.save(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
