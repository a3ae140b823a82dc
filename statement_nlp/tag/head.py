"""The trained head of the shipped framework: two readings of a sentence, joined and calibrated.

Every label is scored twice: by linear support vector machines, one against the rest, from the
features of ``features.py``; and from the tuned encoder's vectors (``context.py``). A logistic
regression for each label joins the two scores. Its probabilities are calibrated because it is
fitted, without class weights, on documents that neither reading was fitted on (Platt 1999).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.errors import UserError
from statement_nlp.model import Scheme, Voice
from statement_nlp.tag.context import ContextHead
from statement_nlp.tag.features import Sentences, dense_features, gram_features
from statement_nlp.tag.table import SchemeTags

FILE = "mine-action-2021.npz"


class HeadError(UserError):
    """The head's file is not the one this version was made with."""

    exit_code = 27


@attrs.frozen(eq=False)
class Head:
    """Weights of both readings and of their joining."""

    labels: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: NDArray[np.float32]
    pairs: NDArray[np.int64]
    dense: NDArray[np.float32]
    """Shape (dense features, labels)."""
    sparse: NDArray[np.float32]
    """Shape (terms, labels)."""
    intercept: NDArray[np.float32]
    tuned: ContextHead
    """Logits of the same labels from the tuned encoder's vectors."""
    joining: NDArray[np.float32]
    """What the score and the tuned logit weigh, and the intercept; shape (3, labels)."""
    thresholds: NDArray[np.float32]
    card: Mapping[str, Any]
    """Where it comes from and how it was measured."""

    def scores(
        self, sentences: Sentences, prototypes: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the machines' scores and the tuned logits, each of shape (sentences, labels)."""
        dense = dense_features(sentences, self.pairs, prototypes)
        terms = gram_features(sentences.texts, self.vocabulary, self.idf)
        total: NDArray[np.float32] = dense @ self.dense + terms @ self.sparse + self.intercept
        return total, self.tuned.logits(sentences.tuned, sentences.statement)

    def probabilities(
        self, sentences: Sentences, prototypes: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return calibrated probabilities; shape (sentences, labels)."""
        scores, logits = self.scores(sentences, prototypes)
        joined = scores * self.joining[0] + logits * self.joining[1] + self.joining[2]
        probabilities: NDArray[np.float32] = 1.0 / (1.0 + np.exp(-joined))
        return probabilities

    def tags(
        self,
        scheme: Scheme,
        labels: tuple[str, ...],
        probabilities: NDArray[np.float32],
    ) -> SchemeTags:
        """Pick one scheme's labels out of all probabilities."""
        columns = [self.labels.index(label) for label in labels]
        chosen = probabilities[:, columns]
        return SchemeTags(
            scheme=scheme,
            labels=labels,
            probabilities=chosen,
            assigned=chosen >= self.thresholds[columns],
            voice=Voice.HEAD,
        )


def union_probability(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the probability that at least one of a question's aspects holds; shape (n,).

    Aspects are not independent: between the largest one (full overlap) and the complement of all
    being absent (independence), the mean of the two bounds is given.
    """
    largest = probabilities.max(axis=1)
    independent = 1.0 - np.prod(1.0 - probabilities, axis=1)
    mean: NDArray[np.float32] = ((largest + independent) / 2).astype(np.float32)
    return mean


def head_bytes() -> bytes | None:
    """Return the shipped head's file, or ``None`` where there is none."""
    path = resources.files("statement_nlp.tag") / "data" / FILE
    return path.read_bytes() if path.is_file() else None


def load_head(raw: bytes) -> Head:
    """Read a head. Arrays only: nothing in the file is run.

    Raises:
        HeadError: the file is not a head of this version.
    """
    import io
    import zipfile

    try:
        with np.load(io.BytesIO(raw), allow_pickle=False) as held:
            card = json.loads(str(held["card"]))
            vocabulary = str(held["vocabulary"]).split("\n")
            arrays = {name: held[name] for name in held.files}
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise HeadError(f"{FILE}: is not a trained head; install the package again") from error

    def real(name: str) -> NDArray[np.float32]:
        array: NDArray[np.float32] = arrays[name].astype(np.float32)
        return array

    return Head(
        labels=tuple(card["labels"]),
        vocabulary={gram: column for column, gram in enumerate(vocabulary)},
        idf=real("idf"),
        pairs=arrays["pairs"].astype(np.int64),
        dense=real("dense"),
        sparse=real("sparse"),
        intercept=real("intercept"),
        tuned=ContextHead(real("tuned"), real("tuned_bias")),
        joining=real("joining"),
        thresholds=real("thresholds"),
        card=card,
    )


def save_head(head: Head) -> bytes:
    """Return a head as bytes, the same for the same weights: half precision, no time stamps."""
    import io
    import zipfile

    half = np.float16
    arrays: dict[str, NDArray[Any]] = {
        "card": np.array(json.dumps(head.card, sort_keys=True, ensure_ascii=False)),
        "vocabulary": np.array("\n".join(head.vocabulary)),
        "idf": head.idf.astype(half),
        "pairs": head.pairs.astype(np.uint8),
        "dense": head.dense.astype(half),
        "sparse": head.sparse.astype(half),
        "intercept": head.intercept,
        "tuned": head.tuned.weights.astype(half),
        "tuned_bias": head.tuned.bias,
        "joining": head.joining,
        "thresholds": head.thresholds,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            part = io.BytesIO()
            np.lib.format.write_array(part, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part.getvalue())
    return buffer.getvalue()


def sha256(raw: bytes) -> str:
    """Return the hash that the run record names the head by."""
    return hashlib.sha256(raw).hexdigest()
