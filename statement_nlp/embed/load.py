"""Choosing the backend for a model and a machine."""

from __future__ import annotations

from importlib.util import find_spec

from statement_nlp.embed.cache import VectorCache
from statement_nlp.embed.cached import CachedEncoder, Computer
from statement_nlp.embed.graph import BertShape
from statement_nlp.embed.models import ModelFolder, find_model, is_multilingual, known_hash
from statement_nlp.embed.options import EmbedError, Encoder, EncoderOptions
from statement_nlp.embed.processor import may_have_gpu


def load(options: EncoderOptions) -> Encoder:
    """Return the encoder for ``options``; see ``statement_nlp.embed.load_encoder``."""
    folder = find_model(options.model)
    cache = None
    if options.cache is not None:
        cache = VectorCache(options.cache, options.cache_bytes)
    multilingual = options.multilingual
    return CachedEncoder(
        name=folder.name,
        sha256=known_hash(folder, options.cache),
        multilingual=is_multilingual(folder) if multilingual is None else multilingual,
        computer=_computer(folder, options),
        cache=cache,
    )


def _computer(folder: ModelFolder, options: EncoderOptions) -> Computer:
    shape = BertShape.of(folder)
    fits = shape is not None and find_spec("openvino") is not None
    if options.backend == "openvino":
        if shape is None or not fits:
            raise EmbedError(
                f"backend openvino: model {folder.name} is not a BERT encoder with mean pooling, "
                "or OpenVINO is not installed; choose backend torch"
            )
        if options.device not in {"auto", "cpu"}:
            raise EmbedError(
                f"backend openvino computes on the processor, not on {options.device}; "
                "choose backend torch"
            )
        return _openvino(folder, shape, options)
    on_processor = options.device == "cpu" or (options.device == "auto" and not _sees_gpu())
    if options.backend == "auto" and shape is not None and fits and on_processor:
        return _openvino(folder, shape, options)
    from statement_nlp.embed.torch_encoder import TorchEncoder

    return TorchEncoder(folder, options)


def _openvino(folder: ModelFolder, shape: BertShape, options: EncoderOptions) -> Computer:
    from statement_nlp.embed.openvino_bert import OpenVinoBert

    return OpenVinoBert(folder, shape, options)


def _sees_gpu() -> bool:
    if not may_have_gpu():
        return False
    from statement_nlp.embed.torch_encoder import find_device

    return find_device("auto") != "cpu"
