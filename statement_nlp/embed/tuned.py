"""The default encoder with the low-rank changes that tune it to the annotation guide's labels.

Method: LoRA (Hu et al. 2021, arXiv:2106.09685). The weights stay those of the package; shipped is
a product of two thin matrices for each dense layer, which is added when the weights are read.
``tune.py`` learns them.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from importlib import resources

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.embed.options import DEFAULT_MODEL, EmbedError, Encoder, EncoderOptions
from statement_nlp.engine.blas import one_thread

FILE = "tuned.npz"

Changes = Mapping[str, NDArray[np.float32]]
"""``<layer>.a`` of shape (rank, in) and ``<layer>.b`` (out, rank) by name of the dense layer."""


def tuned_bytes() -> bytes:
    """Return the shipped changes as they lie in the package."""
    return (resources.files("statement_nlp.embed") / "data" / FILE).read_bytes()


def load_tuned(options: EncoderOptions | None = None, raw: bytes | None = None) -> Encoder:
    """Return the tuned encoder; of ``options`` the model is not used.

    ``raw`` are changes made by :func:`pack`; without it the shipped ones are taken. The weights are
    read only when a text is asked for whose vector is not in the cache.

    Raises:
        EmbedError: the default model is not on this machine or is not the one that was tuned.
    """
    from statement_nlp.embed.cache import VectorCache
    from statement_nlp.embed.cached import CachedEncoder
    from statement_nlp.embed.graph import BertShape
    from statement_nlp.embed.models import find_model, known_hash
    from statement_nlp.embed.openvino_bert import OpenVinoBert

    raw = tuned_bytes() if raw is None else raw
    options = attrs.evolve(options or EncoderOptions(), model=DEFAULT_MODEL)
    folder = find_model(DEFAULT_MODEL)
    shape = BertShape.of(folder)
    if shape is None:
        raise EmbedError(
            f"encoder package: the model in {folder.path} is not the one that was tuned; "
            "install it again"
        )
    base = known_hash(folder, options.cache)
    digest = hashlib.sha256(f"{base}\n{hashlib.sha256(raw).hexdigest()}".encode()).hexdigest()
    cache = VectorCache(options.cache, options.cache_bytes) if options.cache is not None else None
    return CachedEncoder(
        name=f"{folder.name}, tuned",
        sha256=digest,
        multilingual=False,
        computer=OpenVinoBert(folder, shape, options, changes=lambda: unpack(raw)),
        cache=cache,
    )


def pack(changes: Changes) -> bytes:
    """Return changes as the bytes of an ``.npz`` archive in half precision, no time stamps."""
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, value in sorted(changes.items()):
            part = io.BytesIO()
            np.lib.format.write_array(part, value.astype(np.float16), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part.getvalue())
    return buffer.getvalue()


def unpack(raw: bytes) -> dict[str, NDArray[np.float32]]:
    """Read what :func:`pack` wrote. Arrays only: nothing in the file is run."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as held:
        return {name: held[name].astype(np.float32) for name in held.files}


class ChangedWeights(Mapping[str, NDArray[np.float32]]):
    """Weights with the changes added, each when it is asked for."""

    def __init__(self, weights: Mapping[str, NDArray[np.float32]], changes: Changes) -> None:
        """Put ``changes`` over ``weights``.

        Raises:
            KeyError: a changed layer is not among the weights.
        """
        self._weights, self._changes = weights, changes
        self._layers: dict[str, str] = {}
        for name in {key[:-2] for key in changes}:
            key = f"{name}.weight" if f"{name}.weight" in weights else f"bert.{name}.weight"
            if key not in weights:
                raise KeyError(key)
            self._layers[key] = name

    def __getitem__(self, key: str) -> NDArray[np.float32]:
        weight = self._weights[key]
        name = self._layers.get(key)
        if name is None:
            return weight
        with one_thread():
            change: NDArray[np.float32] = self._changes[f"{name}.b"] @ self._changes[f"{name}.a"]
        return weight + change

    def __iter__(self) -> Iterator[str]:
        return iter(self._weights)

    def __len__(self) -> int:
        return len(self._weights)
