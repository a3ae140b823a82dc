"""BERT sentence encoders on the processor, through OpenVINO."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib import metadata
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from statement_nlp.embed.graph import BertGraph, BertShape, Weights
from statement_nlp.embed.models import ModelFolder, facts, hash_weights
from statement_nlp.embed.options import EmbedError, EncoderOptions
from statement_nlp.embed.processor import fingerprint, has_bf16, has_int8, thread_count
from statement_nlp.embed.requests import run_batches
from statement_nlp.embed.stored import StoredWeights
from statement_nlp.embed.tuned import ChangedWeights, Changes

if TYPE_CHECKING:
    from openvino import CompiledModel
    from tokenizers import Encoding, Tokenizer


_KERNELS = 512
"""Prepared kernels kept by a model."""


class OpenVinoBert:
    """Computes vectors; knows nothing of caches.

    A text's vector has the same bytes whatever else is computed with it and with any number of
    threads: batches hold texts of equal length, and the runtime's kernels sum each row alike.
    """

    backend = "openvino"

    def __init__(
        self,
        folder: ModelFolder,
        shape: BertShape,
        options: EncoderOptions,
        changes: Callable[[], Changes] | None = None,
    ) -> None:
        self._folder = folder
        self._changes = changes
        self._shape = shape
        self._options = options
        self._threads = thread_count(options.threads)
        self._lock = Lock()
        self.dimensions = shape.width
        self.max_tokens = shape.max_tokens
        self.precision: str = options.precision
        if options.precision == "auto":
            self.precision = "int8" if has_int8() else "bf16" if has_bf16() else "f32"
        if self.precision == "bf16" and not has_bf16():
            raise EmbedError(
                "precision bf16: this processor does not compute in bf16; choose f32 or int8"
            )

    @property
    def recipe(self) -> str:
        """All that the bytes of a vector depend on besides weights and text."""
        version = metadata.version("openvino")
        return f"openvino {version} {self.precision} {self.max_tokens} {fingerprint()}"

    def count_tokens(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """Return the number of tokens of each text before truncation."""
        with self._lock:
            self._tokenizer.no_truncation()
            return np.array([len(item.ids) for item in self._tokenize(texts)], np.int32)

    def compute(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of ``texts``, shape (n, d), not yet scaled to length 1."""
        with self._lock:  # one tokenizer, and a model built but once, for all threads
            self._tokenizer.enable_truncation(self.max_tokens)
            ids = [item.ids for item in self._tokenize(texts)]
            model = self._compiled
        return run_batches(model, ids, self.dimensions, self._options.batch_tokens, self._threads)

    def release(self) -> None:
        """Let go of the compiled model; it is built again, in a third of a second, when needed."""
        self.__dict__.pop("_compiled", None)

    def _tokenize(self, texts: Sequence[str]) -> list[Encoding]:
        encoded: list[Encoding] = self._tokenizer.encode_batch_fast(list(texts))
        return encoded

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        if self._threads == 1:
            os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder.path / "tokenizer.json"))
        tokenizer.no_padding()  # the shipped file pads every text to 128 tokens
        return tokenizer

    @cached_property
    def _compiled(self) -> CompiledModel:
        import openvino as ov
        from safetensors import SafetensorError

        hash_weights(self._folder)  # of the very bytes computed with, see known_hash
        try:
            weights: Weights = StoredWeights(self._folder.path / "model.safetensors")
            if self._changes is not None:
                weights = ChangedWeights(weights, self._changes())
            model = BertGraph(weights, self._shape, int8=self.precision == "int8").build()
        except (SafetensorError, KeyError) as error:
            raise EmbedError(
                f"model {self._folder.name}: weights in {self._folder.path} are not those of the "
                f"BERT that its config.json describes ({error}); fetch the model again"
            ) from error
        settings = {
            "INFERENCE_PRECISION_HINT": "bf16" if self._inner_bf16 else "f32",
            # One stream a thread: sentences are short, and a matrix cut in two waits on itself.
            "NUM_STREAMS": str(self._threads),
            "INFERENCE_NUM_THREADS": self._threads,
            # Kernels are prepared for each new shape and kept. Texts come in thousands of shapes:
            # all would take a gigabyte, and the commonest few hundred do nearly as well.
            "CPU_RUNTIME_CACHE_CAPACITY": _KERNELS,
            # Two processes of one run must not be tied to the same core.
            "ENABLE_CPU_PINNING": False,
        }
        if self.precision == "int8":
            settings["DYNAMIC_QUANTIZATION_GROUP_SIZE"] = str(facts()["int8_group"])
        return ov.Core().compile_model(model, "CPU", settings)

    @property
    def _inner_bf16(self) -> bool:
        return self.precision == "bf16" or (self.precision == "int8" and has_bf16())
