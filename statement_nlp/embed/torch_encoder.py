"""Any sentence-transformers model, on the processor or a GPU, through PyTorch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from statement_nlp.embed.batches import equal_length_batches
from statement_nlp.embed.models import ModelFolder, go_offline, hash_weights
from statement_nlp.embed.options import EmbedError, EncoderOptions
from statement_nlp.embed.processor import fingerprint

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_GPU_BATCH = 16  # a GPU needs this many times the processor's batch to be busy


class TorchEncoder:
    """Computes vectors with sentence-transformers; slower to start, takes any model."""

    backend = "torch"

    def __init__(self, folder: ModelFolder, options: EncoderOptions) -> None:
        if options.precision == "int8":
            raise EmbedError(
                f"precision int8 is not offered for model {folder.name} on backend torch; "
                "choose f32 or bf16"
            )
        self._folder = folder
        self._options = options
        self.precision = "bf16" if options.precision == "bf16" else "f32"
        self.device = find_device(options.device)
        self.dimensions = int(self._model.get_embedding_dimension() or 0)
        self.max_tokens = int(self._model.max_seq_length or 512)

    @property
    def recipe(self) -> str:
        """All that the bytes of a vector depend on besides weights and text."""
        versions = " ".join(metadata.version(p) for p in ("torch", "sentence-transformers"))
        machine = fingerprint() if self.device == "cpu" else self.device
        return f"torch {versions} {self.precision} {self.max_tokens} {machine}"

    def count_tokens(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """Return the number of tokens of each text before truncation."""
        if not texts:
            return np.empty(0, np.int32)
        ids = self._model.tokenizer(list(texts), truncation=False, padding=False)["input_ids"]
        return np.array([len(item) for item in ids], np.int32)

    def compute(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of ``texts``, shape (n, d)."""
        lengths = np.minimum(self.count_tokens(texts), self.max_tokens)
        budget = self._options.batch_tokens * (1 if self.device == "cpu" else _GPU_BATCH)
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for rows in equal_length_batches([int(n) for n in lengths], budget):
            part = self._model.encode(
                [texts[row] for row in rows],
                batch_size=len(rows),
                show_progress_bar=False,
                convert_to_tensor=True,
            )
            vectors[rows] = part.float().cpu().numpy()
        return vectors

    def release(self) -> None:
        """Keep the model: loading it again would cost seconds."""

    @cached_property
    def _model(self) -> SentenceTransformer:
        go_offline()
        import torch
        from sentence_transformers import SentenceTransformer

        hash_weights(self._folder)
        if self._options.threads is not None and self.device == "cpu":
            torch.set_num_threads(self._options.threads)
        dtype = torch.bfloat16 if self.precision == "bf16" else torch.float32
        try:
            return SentenceTransformer(
                str(self._folder.path),
                device=self.device,
                local_files_only=True,
                model_kwargs={"torch_dtype": dtype},
            )
        except (OSError, ValueError, RuntimeError, KeyError, ImportError) as error:
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise EmbedError(
                f"model {self._folder.name}: cannot be loaded from {self._folder.path}: {reason}"
            ) from error


def find_device(device: str) -> str:
    """Return the device that PyTorch is to use for ``device``.

    Raises:
        EmbedError: that device is not there, or PyTorch cannot be loaded to look for it.
    """
    if device == "cpu":
        return "cpu"
    kind, _, number = device.partition(":")
    try:
        import torch
    except (ImportError, OSError) as error:  # a CUDA build without its libraries
        if kind == "auto":
            return "cpu"
        raise EmbedError(
            f"device {device}: PyTorch cannot be loaded ({error}); choose cpu, or install a build "
            "for this machine"
        ) from error
    mps = torch.backends.mps.is_available()
    if kind == "auto":
        if torch.cuda.is_available():
            return "cuda"
        return "mps" if mps else "cpu"
    count = {"cuda": torch.cuda.device_count(), "mps": int(mps)}.get(kind, 0)
    index = int(number) if number.isdecimal() else 0
    if index >= count or (number and not number.isdecimal()):
        raise EmbedError(f"device {device}: PyTorch sees no such device; choose auto or cpu")
    return device
