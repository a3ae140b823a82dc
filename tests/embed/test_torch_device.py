from __future__ import annotations

import sys

import pytest

from statement_nlp.embed import EmbedError
from statement_nlp.embed.torch_encoder import find_device


def test_a_pytorch_that_cannot_be_loaded_means_the_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    assert find_device("auto") == "cpu"
    assert find_device("cpu") == "cpu"
    with pytest.raises(EmbedError, match="choose cpu"):
        find_device("cuda")
