"""Score the tagger on annotated sentences read in their context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.evaluate.gold import GoldSentence
from statement_nlp.evaluate.scores import GROUPS, Scores, score
from statement_nlp.evaluate.windows import windows
from statement_nlp.model import Scheme
from statement_nlp.tag import Tagger

LABELS = tuple(label for labels in GROUPS.values() for label in labels)
_SCHEMES = (Scheme.QUESTIONS, Scheme.ASPECTS, Scheme.FACTORS)


@attrs.frozen(eq=False)
class TagEvaluation:
    """Predictions beside annotations; arrays have shape (sentences, labels)."""

    sentences: tuple[GoldSentence, ...]
    labels: tuple[str, ...]
    probabilities: NDArray[np.float32]
    assigned: NDArray[np.bool_]
    truth: NDArray[np.bool_]

    def scores(self, kind: str | None = None) -> Scores:
        """Score all sentences, or only the ``real`` or ``written`` ones."""
        chosen = np.array([kind is None or s.kind == kind for s in self.sentences])
        return score(
            self.labels,
            self.assigned[chosen],
            self.probabilities[chosen],
            self.truth[chosen],
            [s.document or s.id for s, keep in zip(self.sentences, chosen, strict=True) if keep],
        )


def evaluate_tags(
    gold: Sequence[GoldSentence],
    texts: Mapping[str, str],
    tagger: Tagger,
    vectors_of: object,
) -> TagEvaluation:
    """Tag annotated sentences in their context.

    ``vectors_of`` is the encoder's ``encode``.
    """
    assert callable(vectors_of)
    context = windows(gold, texts)
    vectors = vectors_of(list(context.texts))
    table = tagger.tag_sentences(context.texts, vectors, context.statement)
    parts = [table.of(scheme) for scheme in _SCHEMES]
    names = [label for part in parts if part for label in part.labels]
    probabilities = np.concatenate([p.probabilities for p in parts if p], axis=1)
    assigned = np.concatenate([p.assigned for p in parts if p], axis=1)
    columns = [names.index(label) for label in LABELS]
    truth = np.array(
        [[label in (s.q | s.f | s.questions) for label in LABELS] for s in gold], dtype=np.bool_
    )
    return TagEvaluation(
        sentences=tuple(gold),
        labels=LABELS,
        probabilities=probabilities[context.row_of][:, columns],
        assigned=assigned[context.row_of][:, columns],
        truth=truth,
    )
