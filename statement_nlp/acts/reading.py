"""Sentences read by the trained heads: from texts and vectors to probabilities of acts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.acts.clauses import split_clauses
from statement_nlp.acts.features import word_features
from statement_nlp.acts.grammar import grammar_features
from statement_nlp.acts.heads import HeadFile
from statement_nlp.acts.lexicon import cue_patterns
from statement_nlp.acts.parse import parse
from statement_nlp.embed import Encoder
from statement_nlp.model import Status
from statement_nlp.segment.speakers import masked, own_spans

if TYPE_CHECKING:
    from spacy.tokens import Doc

STATUSES = (Status.NEW, Status.ONGOING, Status.REAFFIRMED, Status.DELIVERED)
TUNED_OUTPUTS = ("commitment", "proposal", "partnership", *(s.value for s in STATUSES))


@attrs.frozen(eq=False)
class Sentences:
    """Sentences in text order with what they are read with.

    ``before`` and ``after`` are rows of the neighbours in the same paragraph, -1 for none.
    """

    texts: Sequence[str]
    names: Sequence[tuple[str, ...]]
    vectors: NDArray[np.float32]
    before: NDArray[np.int64]
    after: NDArray[np.int64]

    def words(self) -> list[set[str]]:
        """Return the lexical features of every sentence."""
        return [word_features(t, n) for t, n in zip(self.texts, self.names, strict=True)]

    def context(self) -> NDArray[np.float32]:
        """Return the sum of the neighbours' vectors, shape (n, d)."""
        padded = np.concatenate([self.vectors, np.zeros_like(self.vectors[:1])])
        return np.asarray(padded[self.before] + padded[self.after], np.float32)


@attrs.frozen(eq=False)
class Looked:
    """Sentences of one statement after the gates: those that were parsed, by their numbers."""

    sentences: Sentences
    words: list[set[str]]
    first: NDArray[np.float32]
    """First look's logits of all sentences, shape (n, 2)."""
    rows: NDArray[np.int64]
    """Numbers of the sentences that were parsed."""
    second: NDArray[np.float32]
    """Tuned logits of ``rows``."""
    docs: Mapping[int, Doc]
    clauses: list[list[str]]
    """Main clauses of ``rows`` as the tuned encoder reads them."""


@attrs.frozen(eq=False)
class Reading:
    """What the heads say of the sentences that were parsed; ``rows`` are their numbers."""

    rows: NDArray[np.int64]
    docs: Mapping[int, Doc]
    commitment: NDArray[np.float32]
    proposal: NDArray[np.float32]
    partnership: NDArray[np.float32]
    status: NDArray[np.int64]


def first_look(heads: HeadFile, sentences: Sentences, words: list[set[str]]) -> NDArray[np.float32]:
    """Return logits of commitment and proposal without a parse; shape (n, 2)."""
    return heads.heads["first"].logits({"base": sentences.vectors}, {"words": words})


def neighbour_logits(
    first: NDArray[np.float32], sentences: Sentences, rows: NDArray[np.int64]
) -> dict[str, NDArray[np.float32]]:
    """Return the first look's logits of the sentences beside ``rows``; -4 where there is none."""
    padded = np.concatenate([first, np.full((1, first.shape[1]), -4.0, np.float32)])
    found = {}
    for side, index in (("before", sentences.before), ("after", sentences.after)):
        for column, act in enumerate(("commitment", "proposal")):
            found[f"{side}.{act}"] = np.clip(padded[index[rows], column], -4, 4)
    return found


def look(heads: HeadFile, sentences: Sentences, tuned: Encoder) -> Looked:
    """Find the candidates of one statement and parse them.

    Sentences pass two gates before the parse, each cheaper than what follows: the first look at
    words and vectors, then the tuned encoder. Refusals are parsed whatever the gates say. A
    statement is looked at alone, so that its findings do not depend on its company.
    """
    words = sentences.words()
    first = first_look(heads, sentences, words)
    refusal = cue_patterns()["refusal"]
    refused = np.array([bool(refusal.search(text)) for text in sentences.texts], dtype=np.bool_)
    chance = 1 / (1 + np.exp(-first.max(axis=1)))
    rows = np.nonzero((chance >= heads.gate) | refused)[0].astype(np.int64)
    second = tuned_logits(heads, sentences, rows, tuned)
    gate = heads.fusions["gate"]
    kept = gate.probabilities(early_logits(first[rows], second)) >= gate.threshold
    kept |= refused[rows]
    rows, second = rows[kept], second[kept]
    numbers = rows.tolist()
    docs = dict(zip(numbers, parse([sentences.texts[n] for n in numbers]), strict=True))
    clauses = [clause_texts(doc, sentences.names[row]) for row, doc in docs.items()]
    return Looked(sentences, words, first, rows, second, docs, clauses)


def settle(heads: HeadFile, looked: Looked, tuned: Encoder) -> Reading:
    """Give the probability of each act in the sentences that were parsed."""
    rows, docs, sentences = looked.rows, looked.docs, looked.sentences
    if not len(rows):
        none = np.zeros(0, np.float32)
        return Reading(rows, {}, none, none, none, np.zeros(0, np.int64))
    grammar = [
        grammar_features(doc, own_spans(sentences.texts[row], sentences.names[row]))
        for row, doc in docs.items()
    ]
    features, status = logits_of(
        heads,
        sentences,
        rows=rows,
        words=looked.words,
        grammar=grammar,
        first=looked.first,
        second=looked.second,
    )
    features |= clause_logits(heads, looked.clauses, looked.second, tuned)
    return Reading(
        rows=rows,
        docs=docs,
        commitment=heads.fusions["commitment"].probabilities(features),
        proposal=heads.fusions["proposal"].probabilities(features),
        partnership=heads.fusions["partnership"].probabilities(features),
        status=status,
    )


def tuned_logits(
    heads: HeadFile, sentences: Sentences, rows: NDArray[np.int64], tuned: Encoder
) -> NDArray[np.float32]:
    """Return the tuned encoder's logits of ``rows`` in the order of ``TUNED_OUTPUTS``."""
    texts = [masked(sentences.texts[row], sentences.names[row]) for row in rows.tolist()]
    return heads.heads["tuned"].logits({"tuned": tuned.encode(texts)}, {})


def clause_logits(
    heads: HeadFile,
    clauses: Sequence[Sequence[str]],
    second: NDArray[np.float32] | None,
    tuned: Encoder,
) -> dict[str, NDArray[np.float32]]:
    """Return the highest logit of each act among the clauses of each row.

    "We urge all to join, and we shall join ourselves" reads as a proposal as a whole; its second
    clause alone reads as a commitment. A row with one clause keeps its own logits.
    """
    if second is None:
        return {}
    found = second[:, :2].copy()
    owners = [row for row, texts in enumerate(clauses) if len(texts) > 1 for _ in texts]
    texts = [text for pieces in clauses if len(pieces) > 1 for text in pieces]
    if texts:
        logits = heads.heads["tuned"].logits({"tuned": tuned.encode(texts)}, {})[:, :2]
        np.maximum.at(found, np.array(owners), logits)
    return {"clause.commitment": found[:, 0], "clause.proposal": found[:, 1]}


def clause_texts(doc: Doc, names: tuple[str, ...]) -> list[str]:
    """Return the main clauses of a parsed sentence as the tuned encoder reads them."""
    text = doc.text
    return [masked(text[start:end], names) for start, end in split_clauses(doc)]


def early_logits(
    first: NDArray[np.float32], second: NDArray[np.float32] | None
) -> dict[str, NDArray[np.float32]]:
    """Return what is known of sentences before they are parsed, by name."""
    found = {"first.commitment": first[:, 0], "first.proposal": first[:, 1]}
    if second is not None:
        found |= {f"tuned.{o}": v for o, v in zip(TUNED_OUTPUTS, second.T, strict=True)}
    return found


def logits_of(
    heads: HeadFile,
    sentences: Sentences,
    *,
    rows: NDArray[np.int64],
    words: list[set[str]],
    grammar: Sequence[Collection[str]],
    first: NDArray[np.float32],
    second: NDArray[np.float32] | None,
) -> tuple[dict[str, NDArray[np.float32]], NDArray[np.int64]]:
    """Return the logits that the fusions join, by name, and the status class of each row."""
    dense = {"base": sentences.vectors[rows], "context": sentences.context()[rows]}
    named = {"words": [words[row] for row in rows.tolist()], "grammar": grammar}
    features = neighbour_logits(first, sentences, rows) | early_logits(first[rows], second)
    for name in ("main", "partnership", "status"):
        head = heads.heads[name]
        for output, values in zip(head.outputs, head.logits(dense, named).T, strict=True):
            features[f"{name}.{output}"] = values
    return features, status_of(heads, features)


def status_of(heads: HeadFile, features: Mapping[str, NDArray[np.float32]]) -> NDArray[np.int64]:
    """Return the number in ``STATUSES`` of the likeliest status of each row."""
    plain, tuned = heads.notes.get("status_mix", [1.0, 0.0])
    scores = np.stack([features[f"status.{s.value}"] for s in STATUSES], 1) * plain
    if tuned:
        scores = scores + np.stack([features[f"tuned.{s.value}"] for s in STATUSES], 1) * tuned
    return np.asarray(scores.argmax(axis=1) if len(scores) else np.zeros(0), np.int64)
