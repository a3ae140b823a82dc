"""Asks that debates on explosive ordnance return to, and how near a clause is to each of them."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus import write_atomically
from statement_nlp.synthesis.features import concept_flags, concept_rows
from statement_nlp.synthesis.lexicon import addressee_kinds, table

if TYPE_CHECKING:
    from statement_nlp.embed import Encoder

KNOWN_FILE = "known_asks.npz"


@cache
def examples() -> tuple[tuple[str, ...], NDArray[np.int64], int]:
    """Return the examples of the usual asks, each one's ask by number, and how many asks."""
    asks = table("usual_asks")["asks"]
    texts = tuple(text for ask in asks.values() for text in ask)
    ask_of = np.repeat(np.arange(len(asks)), [len(ask) for ask in asks.values()])
    return texts, ask_of, len(asks)


@cache
def concept_rarity() -> NDArray[np.float32]:
    """Return the weight of each concept: the rarer among the examples, the heavier."""
    flags = concept_flags(examples()[0])
    rarity: NDArray[np.float32] = np.log((len(flags) + 1) / (flags.sum(axis=0) + 1)) + 1
    return rarity.astype(np.float32)


@attrs.frozen(eq=False)
class KnownAsks:
    """Multinomial logistic regression over the asks of the annotated key points."""

    weights: NDArray[np.float32]
    """Shape (classes, features); the columns are those of :func:`columns`."""
    intercept: NDArray[np.float32]
    listed: NDArray[np.bool_]
    """Which classes are asks; the others stand for asks that no one else makes."""
    encoder: str
    """sha256 of the encoder's weights whose vectors it reads."""

    def probabilities(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the probability of each ask; shape (n, asks), rows sum to 1 at most."""
        logits = columns @ self.weights.T + self.intercept
        logits -= logits.max(axis=1, keepdims=True)
        shares = np.exp(logits)
        shares /= shares.sum(axis=1, keepdims=True)
        listed: NDArray[np.float32] = shares[:, self.listed]
        return listed

    def save(self, path: Path) -> None:
        """Write the model as arrays (no pickle), whole or not at all.

        Raises:
            OSError: the file cannot be written.
        """
        stream = io.BytesIO()
        np.savez(stream, allow_pickle=False, **attrs.asdict(self, recurse=False))
        write_atomically(path, stream.getvalue())

    @classmethod
    def shipped(cls, encoder_sha256: str) -> KnownAsks | None:
        """Return the shipped model, or ``None`` where it was trained with another encoder."""
        path = resources.files("statement_nlp.synthesis") / "data" / KNOWN_FILE
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            if str(arrays["encoder"]) != encoder_sha256:
                return None
            return cls(
                arrays["weights"], arrays["intercept"], arrays["listed"], str(arrays["encoder"])
            )


def model_hashes() -> dict[str, str]:
    """Return name and sha256 of each shipped model file of this package."""
    data = resources.files("statement_nlp.synthesis") / "data"
    return {
        name: hashlib.sha256((data / name).read_bytes()).hexdigest()
        for name in (KNOWN_FILE, "pair_model.yaml", "usual_asks.yaml")
    }


@attrs.frozen(eq=False)
class Recognizer:
    """Tells how near clauses are to the usual asks and, with the shipped encoder, to known ones."""

    vectors: NDArray[np.float32]
    """Vectors of the examples, shape (examples, d)."""
    model: KnownAsks | None

    @classmethod
    def load(cls, encoder: Encoder) -> Recognizer:
        """Encode the examples and load the model that belongs to ``encoder``."""
        return cls(encoder.encode(list(examples()[0])), KnownAsks.shipped(encoder.sha256))

    def usual(
        self, vectors: NDArray[np.float32], concepts: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the probability of each usual ask; shape (n, asks), rows sum to 1.

        Likeness to an ask is a soft maximum over its examples of the cosine of the vectors and,
        with a weight, of the concepts.
        """
        settings: dict[str, Any] = table("limits")["usual_asks"]
        texts, ask_of, count = examples()
        sharpness = float(settings["sharpness"])
        likeness = vectors @ self.vectors.T
        likeness = likeness + float(settings["concept_weight"]) * (concepts @ concept_rows(texts).T)
        scores = np.exp(sharpness * likeness)
        sums = np.stack([scores[:, ask_of == ask].mean(axis=1) for ask in range(count)], axis=1)
        shares: NDArray[np.float32] = sums / sums.sum(axis=1, keepdims=True)
        return shares.astype(np.float32)

    def known(
        self,
        vectors: NDArray[np.float32],
        concepts: NDArray[np.float32],
        addressee: NDArray[np.int16],
        usual: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """Return the probability of each known ask; shape (n, asks), or (n, 0) without a model."""
        if self.model is None:
            return np.zeros((len(vectors), 0), dtype=np.float32)
        return self.model.probabilities(columns(vectors, concepts, addressee, usual))


def columns(
    vectors: NDArray[np.float32],
    concepts: NDArray[np.float32],
    addressee: NDArray[np.int16],
    usual: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return what the model of known asks reads; shape (n, features)."""
    scale: dict[str, float] = table("limits")["known_asks"]
    kinds = len(addressee_kinds())
    # The last column stands for no kind.
    called = np.eye(kinds + 1, dtype=np.float32)[addressee]
    return np.hstack(
        [
            vectors * np.float32(scale["vector"]),
            concepts * np.float32(scale["concepts"]),
            called * np.float32(scale["addressee"]),
            np.sqrt(usual) * np.float32(scale["usual"]),
        ]
    )
