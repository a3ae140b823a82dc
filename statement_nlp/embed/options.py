"""What a user may choose about embedding, and what an encoder promises."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import attrs

from statement_nlp.errors import UserError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEFAULT_MODEL = "all-MiniLM-L6-v2"

Backend = Literal["auto", "openvino", "torch"]
Precision = Literal["auto", "f32", "bf16", "int8"]


class EmbedError(UserError):
    """Embedding cannot be done as asked; the message says what, where and what to do."""

    exit_code = 21


def default_cache() -> Path:
    """Return the folder where vectors are kept unless the user says otherwise."""
    from platformdirs import user_cache_path

    return user_cache_path("statement-nlp", appauthor=False) / "embed"


@attrs.frozen
class EncoderOptions:
    """How sentences are turned into vectors.

    Every choice but ``model``, ``precision``, ``backend`` and ``device`` changes only time and
    memory, never the vectors. The run record holds these four as used.
    """

    model: str = DEFAULT_MODEL
    """Name of the shipped model, folder of a model, or hub id of a model already downloaded."""
    device: str = "auto"
    """``auto``, ``cpu``, ``cuda``, ``cuda:1`` or ``mps``."""
    threads: int | None = attrs.field(
        default=None, validator=attrs.validators.optional(attrs.validators.ge(1))
    )
    """Processor threads; ``None`` means all that this process may use."""
    batch_tokens: int = attrs.field(default=512, validator=attrs.validators.ge(1))
    """Tokens computed at once by one thread."""
    backend: Backend = attrs.field(
        default="auto", validator=attrs.validators.in_(("auto", "openvino", "torch"))
    )
    precision: Precision = attrs.field(
        default="auto", validator=attrs.validators.in_(("auto", "f32", "bf16", "int8"))
    )
    """``auto`` is the fastest that the processor computes in itself: int8, else bf16, else f32."""
    multilingual: bool | None = None
    """Whether the model reads several languages; ``None`` means: found out from the model."""
    cache: Path | None = attrs.field(factory=default_cache)
    """Folder of the vector cache; ``None`` means no cache."""
    cache_bytes: int = attrs.field(default=1 << 30, validator=attrs.validators.ge(1 << 20))
    """Size on disk, in bytes, above which the cache drops what was used longest ago."""


class Encoder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """Name of the model, without any path."""

    @property
    def sha256(self) -> str:
        """Hash of the model's weights."""

    @property
    def dimensions(self) -> int:
        """Length d of a vector."""

    @property
    def multilingual(self) -> bool:
        """Whether the model reads languages other than English."""

    @property
    def backend(self) -> str:
        """What computes: ``openvino`` or ``torch``."""

    @property
    def precision(self) -> str:
        """``f32``, ``bf16`` or ``int8``."""

    @property
    def recipe(self) -> str:
        """All that the bytes of a vector depend on besides the text."""

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that are read; what follows is left out of its vector."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What went otherwise than asked, such as a cache that could not be used."""

    def count_tokens(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """Return the number of tokens of each text, before any truncation; shape (n,)."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (n, d), in the order given."""

    def release(self) -> None:
        """Give back the memory of the model; it is loaded again when a text needs it."""
