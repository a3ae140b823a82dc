"""The trained head of the shipped framework: two linear stages and calibrated probabilities.

Stage one scores every label from the features of ``features.py`` (linear support vector machines,
one against the rest). Stage two is a logistic regression on the stage-one scores of all labels, for
the sentence and its two neighbours: labels lean on each other and on the paragraph. Its
probabilities are calibrated because it is fitted, without class weights, on scores of documents
that stage one had not seen (Platt 1999, by cross-fitting).
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
from statement_nlp.tag.features import Sentences, dense_features, gram_features
from statement_nlp.tag.table import SchemeTags

FILE = "mine-action-2021.npz"
NEIGHBOURS = (-1, 1)


class HeadError(UserError):
    """The head's file is not the one this version was made with."""

    exit_code = 27


@attrs.frozen(eq=False)
class Head:
    """Weights of both stages. ``scored`` are the labels of stage one, ``labels`` of stage two."""

    scored: tuple[str, ...]
    labels: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: NDArray[np.float32]
    pairs: NDArray[np.int64]
    dense: NDArray[np.float32]
    """Shape (dense features, scored)."""
    sparse: NDArray[np.float32]
    """Shape (terms, scored)."""
    intercept: NDArray[np.float32]
    second: NDArray[np.float32]
    """Shape (scored x 3, labels)."""
    second_intercept: NDArray[np.float32]
    thresholds: NDArray[np.float32]
    card: Mapping[str, Any]
    """Where it comes from and how it was measured."""

    def scores(self, sentences: Sentences, prototypes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return stage-one scores; shape (sentences, scored)."""
        dense = dense_features(sentences, self.pairs, prototypes)
        terms = gram_features(sentences.texts, self.vocabulary, self.idf)
        total: NDArray[np.float32] = dense @ self.dense + terms @ self.sparse + self.intercept
        return total

    def probabilities(
        self, sentences: Sentences, prototypes: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return calibrated probabilities; shape (sentences, labels)."""
        stacked = stack(sentences, self.scores(sentences, prototypes))
        logits = stacked @ self.second + self.second_intercept
        probabilities: NDArray[np.float32] = 1.0 / (1.0 + np.exp(-logits))
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


def stack(sentences: Sentences, scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the sentence's and its neighbours' scores side by side."""
    squashed = np.tanh(scores)
    return np.concatenate(
        [squashed, *(sentences.shifted(squashed, offset) for offset in NEIGHBOURS)], axis=1
    ).astype(np.float32)


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

    try:
        with np.load(io.BytesIO(raw), allow_pickle=False) as held:
            card = json.loads(str(held["card"]))
            vocabulary = str(held["vocabulary"]).split("\n")
            arrays = {name: held[name] for name in held.files}
    except (ValueError, KeyError, OSError) as error:
        raise HeadError(f"{FILE}: is not a trained head; install the package again") from error

    def real(name: str) -> NDArray[np.float32]:
        array: NDArray[np.float32] = arrays[name].astype(np.float32)
        return array

    return Head(
        scored=tuple(card["scored"]),
        labels=tuple(card["labels"]),
        vocabulary={gram: column for column, gram in enumerate(vocabulary)},
        idf=real("idf"),
        pairs=arrays["pairs"].astype(np.int64),
        dense=real("dense"),
        sparse=real("sparse"),
        intercept=real("intercept"),
        second=real("second"),
        second_intercept=real("second_intercept"),
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
        "second": head.second,
        "second_intercept": head.second_intercept,
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
