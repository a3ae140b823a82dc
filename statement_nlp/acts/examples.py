"""Annotated sentences with their neighbours, vectors and features, ready to train on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.acts.grammar import grammar_features
from statement_nlp.acts.heads import Head
from statement_nlp.acts.parse import parse
from statement_nlp.acts.reading import STATUSES, Sentences, clause_texts
from statement_nlp.embed import Encoder
from statement_nlp.evaluate.gold import GoldSentence
from statement_nlp.segment.speakers import masked, names_in_source, own_spans

_NEAR = 900
"""Characters on each side in which a neighbouring sentence is looked for."""


@attrs.frozen(eq=False)
class Examples:
    """``sentences`` holds the annotated ones first (``rows``), then their neighbours."""

    sentences: Sentences
    rows: NDArray[np.int64]
    words: list[set[str]]
    grammar: list[set[str]]
    clauses: list[list[str]]
    commitment: NDArray[np.bool_]
    proposal: NDArray[np.bool_]
    partnership: NDArray[np.bool_]
    status: NDArray[np.int64]
    kind: NDArray[np.str_]
    split: NDArray[np.str_]
    groups: NDArray[np.str_]

    def part(self, name: str) -> NDArray[np.bool_]:
        """Return which sentences are in a part: ``train``, ``validation``, ``test``."""
        return np.asarray(self.split == name)

    def blocks(
        self, chosen: NDArray[np.bool_]
    ) -> tuple[dict[str, NDArray[np.float32]], dict[str, Sequence[Collection[str]]]]:
        """Return the feature blocks of the chosen sentences."""
        index = np.nonzero(chosen)[0]
        context = self.sentences.context()
        return (
            {"base": self.sentences.vectors[index], "context": context[index]},
            {
                "words": [self.words[i] for i in index],
                "grammar": [self.grammar[i] for i in index],
            },
        )

    def all_first(self, head: Head) -> NDArray[np.float32]:
        """Return the first look's logits of all sentences, neighbours too."""
        return head.logits({"base": self.sentences.vectors}, {"words": self.words})

    def first_logits(self, head: Head) -> NDArray[np.float32]:
        """Return the first look's logits of the annotated sentences."""
        return self.all_first(head)[self.rows]

    def masked(self) -> list[str]:
        """Return the annotated sentences as the tuned encoder reads them."""
        texts, names = self.sentences.texts, self.sentences.names
        return [masked(texts[row], names[row]) for row in self.rows.tolist()]

    def targets(self) -> NDArray[np.float32]:
        """Return commitment, proposal, partnership, the statuses; NaN where one cannot apply."""
        found = np.full((len(self.rows), 3 + len(STATUSES)), np.nan, np.float32)
        found[:, 0], found[:, 1] = self.commitment, self.proposal
        found[self.proposal, 2] = self.partnership[self.proposal]
        for number in range(len(STATUSES)):
            found[self.commitment, 3 + number] = self.status[self.commitment] == number
        return found


def collect(
    gold: Sequence[GoldSentence],
    texts: Mapping[str, str],
    encoder: Encoder,
    names: Mapping[str, tuple[str, ...]],
) -> Examples:
    """Read, embed and parse the annotated sentences and embed their neighbours."""
    from statement_nlp.segment import Registry

    registry = Registry.load()
    known = dict(names)
    pieces = [s.text or "" for s in gold]
    owners = []
    for sentence in gold:
        document = sentence.document or ""
        if document not in known:
            text = texts.get(document, "")
            known[document] = names_in_source(document, text, registry) if text else ()
        owners.append(known[document])
    before, after = np.full(len(gold), -1), np.full(len(gold), -1)
    for row, sentence in enumerate(gold):
        left, right = _beside(sentence, texts.get(sentence.document or "", ""))
        for found, index in ((left, before), (right, after)):
            if found:
                index[row] = len(pieces)
                pieces.append(found)
                owners.append(owners[row])
    unset = np.full(len(pieces) - len(gold), -1)
    vectors = encoder.encode([" ".join(piece.split()) for piece in pieces])
    sentences = Sentences(
        pieces, owners, vectors, np.concatenate([before, unset]), np.concatenate([after, unset])
    )
    grammar, clauses = [], []
    for doc, piece, owner in zip(parse(pieces[: len(gold)]), pieces, owners, strict=False):
        grammar.append(grammar_features(doc, own_spans(piece, owner)))
        clauses.append(clause_texts(doc, owner))
    order = [s.value for s in STATUSES]
    return Examples(
        sentences=sentences,
        rows=np.arange(len(gold)),
        words=sentences.words(),
        grammar=grammar,
        clauses=clauses,
        commitment=np.array(["commitment" in s.acts for s in gold]),
        proposal=np.array(["proposal" in s.acts for s in gold]),
        partnership=np.array([s.partnership for s in gold]),
        status=np.array([order.index(s.status) if s.status else -1 for s in gold]),
        kind=np.array([s.kind for s in gold]),
        split=np.array([s.split or "train" for s in gold]),
        groups=np.array([s.document or s.id for s in gold]),
    )


def _beside(sentence: GoldSentence, text: str) -> tuple[str, str]:
    """Return the sentences before and after in the same paragraph, empty where there is none."""
    from statement_nlp.segment import split_sentences

    if not text or sentence.start is None or sentence.end is None:
        return "", ""
    low = max(text.rfind("\n\n", 0, sentence.start), sentence.start - _NEAR, 0)
    high = text.find("\n\n", sentence.end)
    high = min(len(text) if high < 0 else high, sentence.end + _NEAR)
    left, right = text[low : sentence.start], text[sentence.end : high]
    earlier, later = split_sentences(left), split_sentences(right)
    return (
        left[slice(*earlier[-1])] if earlier else "",
        right[slice(*later[0])] if later else "",
    )
