"""Tag passages with every scheme of the framework, by the best voice each scheme has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statement_nlp.embed import Encoder
from statement_nlp.engine.blas import one_thread
from statement_nlp.framework import Framework, Label
from statement_nlp.model import Passage, Scheme, Voice
from statement_nlp.tag.features import Sentences
from statement_nlp.tag.head import (
    FILE,
    Head,
    HeadError,
    head_bytes,
    load_head,
    sha256,
    union_probability,
)
from statement_nlp.tag.similarity import SimilarityVoice
from statement_nlp.tag.table import SchemeTags, TagTable

_HEAD_SCHEMES = (Scheme.ASPECTS, Scheme.FACTORS)


def prototype_texts(framework: Framework) -> list[str]:
    """Return one text a label of the trained schemes, for the head's similarity features."""
    return [f"{label.title}. {label.description}" for label in _head_labels(framework)]


def _head_labels(framework: Framework) -> list[Label]:
    return [label for scheme, label in framework if scheme in _HEAD_SCHEMES]


class Tagger:
    """Knows a framework's labels and tags passages with them."""

    def __init__(
        self,
        framework: Framework,
        voice: SimilarityVoice,
        head: Head | None,
        prototypes: NDArray[np.float32] | None,
        tuned: Encoder | None,
        models: Mapping[str, str],
        notes: tuple[str, ...] = (),
    ) -> None:
        self._framework = framework
        self._voice = voice
        self._head = head
        self._prototypes = prototypes
        self._tuned = tuned
        self.models = models
        """Name and sha256 of each trained head in use."""
        self.notes = notes
        """What went otherwise than the framework's name lets one expect; for the run record."""

    @property
    def measured(self) -> Mapping[str, Any]:
        """Measured quality: scheme, label and metric to number, from the head's card."""
        return dict(self._head.card.get("measured", {})) if self._head else {}

    def tag(self, passages: Sequence[Passage], vectors: NDArray[np.float32]) -> TagTable:
        """Tag passages in their statements.

        ``passages`` are in text order, statement after statement; ``vectors`` has shape
        (passages, dimensions) with unit rows.
        """
        numbers = {s: n for n, s in enumerate(dict.fromkeys(p.statement_id for p in passages))}
        statement = np.array([numbers[p.statement_id] for p in passages], dtype=np.int64)
        texts = [" ".join(passage.text.split()) for passage in passages]
        return self.tag_sentences(texts, vectors, statement)

    def tag_sentences(
        self,
        texts: Sequence[str],
        vectors: NDArray[np.float32],
        statement: NDArray[np.int64],
    ) -> TagTable:
        """Tag sentences in their context; ``statement`` numbers the statement of each.

        Statement by statement: what is said of one does not depend on the others.
        """
        tuned = self._tuned.encode(texts) if self._tuned is not None else vectors
        sentences = Sentences(texts, vectors, statement, tuned)
        ends = [*(np.flatnonzero(np.diff(statement)) + 1).tolist(), len(texts)]
        starts = [0, *ends[:-1]]
        with one_thread():
            parts = [self._of_one(sentences.part(a, b)) for a, b in zip(starts, ends, strict=True)]
        return TagTable.concatenate(parts)

    def _of_one(self, sentences: Sentences) -> TagTable:
        trained = self._by_head(sentences) if self._head else {}
        return TagTable(
            tuple(
                trained.get(label_set.scheme)
                or self._voice.tag(label_set.scheme, sentences.texts, sentences.vectors)
                for label_set in self._framework.label_sets
            )
        )

    def _by_head(self, sentences: Sentences) -> dict[Scheme, SchemeTags]:
        head, prototypes = self._head, self._prototypes
        assert head is not None
        assert prototypes is not None
        probabilities = head.probabilities(sentences, prototypes)
        tags = {}
        for scheme in _HEAD_SCHEMES:
            label_set = self._framework.label_set(scheme)
            if label_set is not None:
                tags[scheme] = head.tags(scheme, label_set.ids, probabilities)
        questions = self._framework.label_set(Scheme.QUESTIONS)
        # A question of the user's own without aspects is no union of anything the head knows.
        if questions is not None and all(label.aspects for label in questions.labels):
            tags[Scheme.QUESTIONS] = _questions(questions.labels, tags[Scheme.ASPECTS])
        return tags


def _questions(labels: Sequence[Any], aspects: SchemeTags) -> SchemeTags:
    """A question is assigned when one of its aspects is."""
    columns = [[aspects.labels.index(a) for a in label.aspects] for label in labels]
    return SchemeTags(
        scheme=Scheme.QUESTIONS,
        labels=tuple(label.id for label in labels),
        probabilities=np.stack(
            [union_probability(aspects.probabilities[:, c]) for c in columns], axis=1
        ),
        assigned=np.stack([aspects.assigned[:, c].any(axis=1) for c in columns], axis=1),
        voice=Voice.HEAD,
    )


def load_tagger(framework: Framework, encoder: Encoder, tuned: Encoder) -> Tagger:
    """Return the tagger for a framework, with the trained head where one was made for it.

    The head knows the framework's labels in their order and the vectors of one encoder, told by
    the hash of its weights. Where either differs similarity speaks, and a note says why.
    ``tuned`` is the encoder tuned to the head's labels.

    Raises:
        HeadError: the head was fitted on another tuned encoder.
    """
    voice = SimilarityVoice(framework, encoder.encode)
    raw = head_bytes()
    if raw is None:
        return Tagger(framework, voice, None, None, None, {})
    head = load_head(raw)
    if head.card.get("framework") != framework.id:
        return Tagger(framework, voice, None, None, None, {})
    unfit = _unfit(head, framework, encoder)
    if unfit is not None:
        return Tagger(framework, voice, None, None, None, {}, (unfit,))
    if head.card.get("tuned_sha256") != tuned.sha256:
        raise HeadError(
            f"{FILE}: was fitted on another tuned encoder than the one in the package; install the "
            "package again, or run 'statement-nlp train'"
        )
    prototypes = encoder.encode(prototype_texts(framework))
    models = {FILE: sha256(raw), tuned.name: tuned.sha256}
    return Tagger(framework, voice, head, prototypes, tuned, models)


def _unfit(head: Head, framework: Framework, encoder: Encoder) -> str | None:
    """Say why the head made for a framework of this name cannot be used, or ``None``."""
    if tuple(label.id for label in _head_labels(framework)) != head.labels:
        return (
            f"the trained head was not used: the aspects and factors of framework '{framework.id}' "
            "are not those, in their order, that the head of this name was fitted on; all labels "
            "are tagged by similarity"
        )
    if head.card.get("encoder_sha256") != encoder.sha256:
        return (
            f"the trained head was not used: encoder {encoder.name} has other weights than the one "
            "it was fitted on; all labels are tagged by similarity"
        )
    return None
