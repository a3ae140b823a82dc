"""Train the shipped head on the gold corpus, measure it, and write it with its card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs

from statement_nlp.corpus import write_atomically
from statement_nlp.embed import EncoderOptions, load_encoder
from statement_nlp.engine.progress import Progress
from statement_nlp.evaluate.corpus import SENTENCES, load_corpus
from statement_nlp.evaluate.gold import GoldError, GoldSentence
from statement_nlp.evaluate.tags import TagEvaluation, evaluate_tags
from statement_nlp.evaluate.windows import windows
from statement_nlp.framework import load_framework
from statement_nlp.tag.features import Sentences
from statement_nlp.tag.head import load_head, save_head
from statement_nlp.tag.similarity import SimilarityVoice
from statement_nlp.tag.tagger import Tagger, prototype_texts
from statement_nlp.tag.train import Examples, Settings, examples, train_head


def fit_and_measure(root: Path, data: Path, out: Path, progress: Progress) -> str:
    """Train on the train and validation parts, measure on the test part, write the head.

    Returns a short summary.

    Raises:
        GoldError: the gold corpus or the public sets are not here.
    """
    corpus = load_corpus(root, data)
    if corpus.missing:
        raise GoldError(
            f"{data}: holds no text for {len(corpus.missing)} annotated sentences; give the folder "
            "of the public sets with --data"
        )
    framework = load_framework()
    encoder = load_encoder(EncoderOptions())
    prototypes = encoder.encode(prototype_texts(framework))

    def prepared(part: list[GoldSentence]) -> Examples:
        context = windows(part, corpus.texts)
        vectors = encoder.encode(context.texts)
        return examples(part, Sentences(context.texts, vectors, context.statement), context.row_of)

    seen = corpus.part("train", "validation")
    settings = Settings()
    card: dict[str, Any] = {
        "framework": framework.id,
        "encoder": encoder.name,
        "encoder_sha256": encoder.sha256,
        "gold_sha256": _sha256(root / SENTENCES),
        "settings": attrs.asdict(settings),
        "trained_on": len(seen),
    }
    head, _ = train_head(prepared(seen), prototypes, settings, card, progress)
    head = load_head(save_head(head))  # what is measured is what is shipped, rounding included
    tagger = Tagger(framework, SimilarityVoice(framework, encoder.encode), head, prototypes, {})
    test = evaluate_tags(corpus.part("test"), corpus.texts, tagger, encoder.encode)
    head = attrs.evolve(head, card={**head.card, "measured": measured(test)})
    write_atomically(out, save_head(head))
    scores = test.scores()
    return (
        f"{out}: trained on {len(seen)} sentences; on {scores.sentences} test sentences macro-F1 "
        + ", ".join(f"{name} {value:.3f}" for name, value in scores.macro.items())
        + f"; calibration error {scores.calibration_error:.3f}"
    )


def measured(test: TagEvaluation) -> dict[str, dict[str, dict[str, float]]]:
    """Return test figures as scheme, label, metric for reports: all test sentences together."""
    schemes = {"Q": "questions", "F": "factors"}
    table: dict[str, dict[str, dict[str, float]]] = {}
    for result in test.scores().labels:
        scheme = "aspects" if len(result.label) > 2 else schemes[result.label[0]]
        table.setdefault(scheme, {})[result.label] = {
            "precision": round(result.precision, 3),
            "recall": round(result.recall, 3),
            "f1": round(result.f1, 3),
            "f1_low": round(result.low, 3),
            "f1_high": round(result.high, 3),
            "support": result.support,
        }
    return table


def _sha256(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()
