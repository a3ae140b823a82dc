"""Linear heads over named blocks of features, kept as plain arrays."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.acts.vocabulary import Vocabulary
from statement_nlp.corpus import write_atomically

Dense = Mapping[str, NDArray[np.float32]]
Named = Mapping[str, Sequence[Collection[str]]]


@attrs.frozen(eq=False)
class Head:
    """One or several linear outputs: ``logits = sum of block @ weights + bias``."""

    outputs: tuple[str, ...]
    scales: Mapping[str, float]
    """What each block is multiplied by."""
    weights: Mapping[str, NDArray[np.float32]]
    """Block name to shape (features, outputs)."""
    bias: NDArray[np.float32]
    vocabularies: Mapping[str, Vocabulary]

    def logits(self, dense: Dense, named: Named) -> NDArray[np.float32]:
        """Return logits of shape (rows, outputs)."""
        total: NDArray[np.float32] | None = None
        for block, scale in self.scales.items():
            if block in self.vocabularies:
                part = self.vocabularies[block].matrix(named[block]) @ self.weights[block]
            else:
                part = dense[block] @ self.weights[block]
            total = part * scale if total is None else total + part * scale
        if total is None:
            raise ValueError("a head without blocks has no logits")
        return np.asarray(total + self.bias, np.float32)


@attrs.frozen(eq=False)
class Fusion:
    """Joins a few logits to one calibrated probability, and says from where it counts."""

    names: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: float
    threshold: float
    check: float
    """Probability from which a finding below the threshold is listed for a human to check."""

    def probabilities(self, features: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32]:
        """Return probabilities of shape (rows,)."""
        stacked = np.stack([features[name] for name in self.names], axis=1)
        return np.asarray(1 / (1 + np.exp(-(stacked @ self.weights + self.bias))), np.float32)


@attrs.frozen(eq=False)
class HeadFile:
    """All trained heads of the stage, as shipped."""

    heads: Mapping[str, Head]
    fusions: Mapping[str, Fusion]
    gate: float
    """Probability of any act, from the first look, from which a sentence is parsed."""
    notes: Mapping[str, Any]
    """What they were trained on and what was measured."""
    sha256: str = ""

    def dump(self) -> bytes:
        """Return the heads as the bytes of an ``.npz`` archive (no pickles)."""
        arrays: dict[str, NDArray[Any]] = {}
        meta: dict[str, Any] = {"gate": self.gate, "notes": dict(self.notes), "heads": {}}
        meta["fusions"] = {
            name: {
                "names": list(f.names),
                "bias": f.bias,
                "threshold": f.threshold,
                "check": f.check,
            }
            for name, f in self.fusions.items()
        }
        for name, fusion in self.fusions.items():
            arrays[f"fusion/{name}"] = fusion.weights
        for name, head in self.heads.items():
            meta["heads"][name] = {"outputs": list(head.outputs), "scales": dict(head.scales)}
            arrays[f"{name}/bias"] = head.bias
            for block, weights in head.weights.items():
                arrays[f"{name}/{block}"] = weights.astype(np.float16)
            for block, vocabulary in head.vocabularies.items():
                joined = "\n".join(vocabulary.names).encode()
                arrays[f"{name}/{block}.names"] = np.frombuffer(joined, np.uint8)
                arrays[f"{name}/{block}.idf"] = vocabulary.weights.astype(np.float32)
        arrays["meta"] = np.frombuffer(json.dumps(meta, sort_keys=True).encode(), np.uint8)
        stream = io.BytesIO()
        np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
        return stream.getvalue()

    def save(self, path: Path) -> None:
        """Write what :meth:`dump` returns, whole or not at all.

        Raises:
            OSError: the file cannot be written.
        """
        write_atomically(path, self.dump())

    @classmethod
    def parse(cls, raw: bytes) -> HeadFile:
        """Read what :meth:`dump` wrote."""
        with np.load(io.BytesIO(raw), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        meta = json.loads(arrays["meta"].tobytes())
        heads = {}
        for name, item in meta["heads"].items():
            vocabularies = {
                block: Vocabulary(
                    tuple(arrays[f"{name}/{block}.names"].tobytes().decode().split("\n")),
                    arrays[f"{name}/{block}.idf"],
                )
                for block in item["scales"]
                if f"{name}/{block}.names" in arrays
            }
            heads[name] = Head(
                tuple(item["outputs"]),
                item["scales"],
                {b: arrays[f"{name}/{b}"].astype(np.float32) for b in item["scales"]},
                arrays[f"{name}/bias"],
                vocabularies,
            )
        fusions = {
            name: Fusion(
                weights=arrays[f"fusion/{name}"], **(item | {"names": tuple(item["names"])})
            )
            for name, item in meta["fusions"].items()
        }
        digest = hashlib.sha256(raw).hexdigest()
        return cls(heads, fusions, meta["gate"], meta["notes"], digest)
