"""The default encoder with the low-rank changes that tune it to speech acts."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from openvino import CompiledModel
    from tokenizers import Tokenizer

CHANGES = "tuned.npz"
_MAX_TOKENS = 96
_BATCH_TOKENS = 2048


def pack(changes: Mapping[str, NDArray[np.float32]]) -> bytes:
    """Return low-rank changes as the bytes of an ``.npz`` archive in half precision."""
    stream = io.BytesIO()
    halves = {name: value.astype(np.float16) for name, value in sorted(changes.items())}
    np.savez_compressed(stream, **halves)  # type: ignore[arg-type]
    return stream.getvalue()


class TunedEncoder:
    """Vectors that a linear head reads acts off; loaded when first used."""

    def __init__(self, raw: bytes | None = None) -> None:
        if raw is None:
            raw = (resources.files("statement_nlp.acts") / "data" / CHANGES).read_bytes()
        self._raw = raw

    @cached_property
    def sha256(self) -> str:
        """Hash of the changes."""
        return hashlib.sha256(self._raw).hexdigest()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the means of the last layer, shape (n, d), not scaled to length 1."""
        from statement_nlp.embed.processor import thread_count
        from statement_nlp.embed.requests import run_batches

        ids = [item.ids for item in self._tokenizer.encode_batch_fast(list(texts))]
        return run_batches(self._compiled, ids, self._width, _BATCH_TOKENS, thread_count(None))

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        from statement_nlp.embed.models import find_model
        from statement_nlp.embed.options import DEFAULT_MODEL

        tokenizer = Tokenizer.from_file(str(find_model(DEFAULT_MODEL).path / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(_MAX_TOKENS)
        return tokenizer

    @property
    def _width(self) -> int:
        return int(self._compiled.output(0).get_partial_shape()[1].get_length())

    @cached_property
    def _compiled(self) -> CompiledModel:
        import openvino as ov
        from safetensors.numpy import load_file

        from statement_nlp.embed.graph import BertGraph, BertShape
        from statement_nlp.embed.models import find_model
        from statement_nlp.embed.options import DEFAULT_MODEL, EmbedError
        from statement_nlp.embed.processor import has_bf16, thread_count

        folder = find_model(DEFAULT_MODEL)
        shape = BertShape.of(folder)
        if shape is None:
            raise EmbedError(
                f"encoder package: the model in {folder.path} is not the one that the acts heads "
                "were trained with; install it again"
            )
        weights = dict(load_file(folder.path / "model.safetensors"))
        with np.load(io.BytesIO(self._raw), allow_pickle=False) as changes:
            for name in {key[:-2] for key in changes.files}:
                change = changes[f"{name}.b"].astype(np.float32) @ changes[f"{name}.a"].astype(
                    np.float32
                )
                key = next(k for k in (f"{name}.weight", f"bert.{name}.weight") if k in weights)
                weights[key] = weights[key] + change
        threads = thread_count(None)
        settings = {
            "INFERENCE_PRECISION_HINT": "bf16" if has_bf16() else "f32",
            "NUM_STREAMS": str(threads),
            "INFERENCE_NUM_THREADS": threads,
            "ENABLE_CPU_PINNING": False,
        }
        model = BertGraph(weights, shape, int8=False).build()
        return ov.Core().compile_model(model, "CPU", settings)
