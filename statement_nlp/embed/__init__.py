"""Embedding: sentences to vectors, each distinct sentence once, offline, the same every time."""

from __future__ import annotations

from statement_nlp.embed.options import (
    DEFAULT_MODEL,
    EmbedError,
    Encoder,
    EncoderOptions,
    default_cache,
)

__all__ = [
    "DEFAULT_MODEL",
    "EmbedError",
    "Encoder",
    "EncoderOptions",
    "default_cache",
    "load_encoder",
    "load_tuned",
    "purge",
]


def load_encoder(options: EncoderOptions | None = None) -> Encoder:
    """Return an encoder for ``options``.

    The weights are read only when a text is asked for whose vector is not in the cache.

    Raises:
        EmbedError: the model is not on this machine, is damaged, or cannot be computed as asked.
    """
    from statement_nlp.embed.load import load

    return load(options or EncoderOptions())


def load_tuned(options: EncoderOptions | None = None, raw: bytes | None = None) -> Encoder:
    """Return the default encoder as tuned to the annotation guide's labels; see ``tuned.py``.

    Raises:
        EmbedError: the default model is not on this machine or is not the one that was tuned.
    """
    from statement_nlp.embed.tuned import load_tuned as load

    return load(options, raw)


def purge(cache: object = None) -> int:
    """Delete the vector cache in the folder ``cache`` (default: the user's) and return its bytes.

    Raises:
        EmbedError: another process holds the cache and the system does not let go of it.
    """
    from pathlib import Path

    from statement_nlp.embed.cache import purge_folder

    return purge_folder(Path(str(cache)) if cache is not None else default_cache())
