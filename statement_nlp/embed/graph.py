"""A BERT sentence encoder as an OpenVINO graph, built from its weights without PyTorch.

Method: BERT (Devlin et al. 2019, arXiv:1810.04805) with mean pooling (Reimers and Gurevych 2019,
arXiv:1908.10084). All texts of a batch have the same number of tokens, so there is no padding and
no attention mask: what a text's vector is cannot depend on the texts computed with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.embed.models import ModelFolder

if TYPE_CHECKING:
    from openvino import Model, Node

Weights = Mapping[str, NDArray[np.float32]]


@attrs.frozen
class BertShape:
    """The numbers that fix a BERT encoder's graph."""

    layers: int
    heads: int
    width: int
    epsilon: float
    max_tokens: int

    @classmethod
    def of(cls, folder: ModelFolder) -> BertShape | None:
        """Read the shape of a model; ``None`` where it is not a plain BERT with mean pooling."""
        config = folder.read_json("config.json")
        modules = folder.read_json("modules.json").get("list", [])
        kinds = [str(module.get("type", "")).rsplit(".", 1)[-1] for module in modules]
        pooling = folder.read_json("1_Pooling/config.json")
        other_pooling = [
            key
            for key, value in pooling.items()
            if key.startswith("pooling_mode_") and key != "pooling_mode_mean_tokens" and value
        ]
        plain = (
            config.get("model_type") == "bert"
            and config.get("hidden_act") == "gelu"
            and config.get("position_embedding_type", "absolute") == "absolute"
            and kinds in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
            and bool(pooling.get("pooling_mode_mean_tokens"))
            and not other_pooling
            and not folder.read_json("config_sentence_transformers.json").get("default_prompt_name")
            and (folder.path / "tokenizer.json").is_file()
            and (folder.path / "model.safetensors").is_file()
        )
        if not plain:
            return None
        positions = int(config["max_position_embeddings"])
        wanted = folder.read_json("sentence_bert_config.json").get("max_seq_length") or positions
        return cls(
            layers=int(config["num_hidden_layers"]),
            heads=int(config["num_attention_heads"]),
            width=int(config["hidden_size"]),
            epsilon=float(config["layer_norm_eps"]),
            max_tokens=min(int(wanted), positions),
        )


class BertGraph:
    """Builds the graph; one object for one model."""

    def __init__(self, weights: Weights, shape: BertShape, *, int8: bool) -> None:
        self._weights = weights
        self._shape = shape
        self._int8 = int8
        self._prefix = "bert." if "bert.embeddings.LayerNorm.weight" in weights else ""

    def build(self) -> Model:
        """Return a model of token ids (texts, tokens) int32 to means (texts, width)."""
        import openvino as ov
        from openvino import opset13 as op

        self._op = op
        ids = op.parameter([-1, -1], np.int32, name="input_ids")
        axis = op.constant(np.int32(0))
        table = op.constant(self._weight("embeddings.word_embeddings.weight"), shared_memory=True)
        words = op.gather(table, ids, axis)
        # The type of every token is 0: its vector is added to the positions once and for all.
        places = (
            self._weight("embeddings.position_embeddings.weight")[: self._shape.max_tokens]
            + self._weight("embeddings.token_type_embeddings.weight")[0]
        )
        count = op.gather(op.shape_of(ids, "i32"), op.constant(np.int32(1)), axis)
        index = op.range(axis, count, op.constant(np.int32(1)), output_type="i32")
        node = op.add(words, op.gather(op.constant(places), index, axis))
        node = self._norm(node, "embeddings.LayerNorm")
        for layer in range(self._shape.layers):
            node = self._layer(node, f"encoder.layer.{layer}.")
        mean = op.reduce_mean(node, op.constant(_whole([1])), keep_dims=False)
        return ov.Model([mean], [ids], "sentence_encoder")

    def _weight(self, name: str) -> NDArray[np.float32]:
        return np.asarray(self._weights[self._prefix + name], np.float32)

    def _layer(self, node: Node, prefix: str) -> Node:
        op = self._op
        split = op.constant(_whole([0, 0, self._shape.heads, -1]))
        swap = op.constant(_whole([0, 2, 1, 3]))
        query, key, value = (
            op.transpose(
                op.reshape(self._dense(node, f"{prefix}attention.self.{part}"), split, True), swap
            )
            for part in ("query", "key", "value")
        )
        heads = op.transpose(op.scaled_dot_product_attention(query, key, value), swap)
        joined = op.reshape(heads, op.constant(_whole([0, 0, self._shape.width])), True)
        seen = self._dense(joined, f"{prefix}attention.output.dense")
        node = self._norm(op.add(seen, node), f"{prefix}attention.output.LayerNorm")
        wide = op.gelu(self._dense(node, f"{prefix}intermediate.dense"), "erf")
        narrow = self._dense(wide, f"{prefix}output.dense")
        return self._norm(op.add(narrow, node), f"{prefix}output.LayerNorm")

    def _dense(self, node: Node, name: str) -> Node:
        op = self._op
        weight = self._weight(f"{name}.weight")
        if self._int8:
            # Symmetric, one scale for each output (row); the runtime quantizes activations.
            scale = np.maximum(np.abs(weight).max(axis=1, keepdims=True) / 127, 1e-12)
            whole = np.clip(np.rint(weight / scale), -127, 127).astype(np.int8)
            factor = op.convert(op.constant(whole), np.float32)
            matrix = op.multiply(factor, op.constant(scale.astype(np.float32)))
        else:
            matrix = op.constant(weight)
        bias = op.constant(self._weight(f"{name}.bias"))
        return op.add(op.matmul(node, matrix, False, True), bias)

    def _norm(self, node: Node, name: str) -> Node:
        op = self._op
        last = op.constant(_whole([-1]))
        unit = op.mvn(node, last, True, self._shape.epsilon, "inside_sqrt")
        scaled = op.multiply(unit, op.constant(self._weight(f"{name}.weight")))
        return op.add(scaled, op.constant(self._weight(f"{name}.bias")))


def _whole(numbers: list[int]) -> NDArray[np.int64]:
    return np.array(numbers, np.int64)
