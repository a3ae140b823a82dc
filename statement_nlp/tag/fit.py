"""Train the shipped head on the gold corpus, measure it, and write it with its card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import numpy as np

from statement_nlp.corpus import write_atomically
from statement_nlp.embed import DEFAULT_MODEL, EncoderOptions, load_encoder, load_tuned
from statement_nlp.embed.models import find_model
from statement_nlp.embed.tuned import pack, tuned_bytes
from statement_nlp.engine.progress import Progress
from statement_nlp.evaluate.corpus import (
    SENTENCES,
    WRITTEN,
    GoldCorpus,
    load_corpus,
    written_speakers,
)
from statement_nlp.evaluate.gold import GoldError
from statement_nlp.evaluate.tags import TagEvaluation, evaluate_tags
from statement_nlp.evaluate.windows import windows
from statement_nlp.framework import load_framework
from statement_nlp.tag.context import ContextHead
from statement_nlp.tag.features import Sentences
from statement_nlp.tag.head import head_bytes, load_head, save_head
from statement_nlp.tag.prepare import tune_examples
from statement_nlp.tag.similarity import SimilarityVoice
from statement_nlp.tag.tagger import Tagger, prototype_texts
from statement_nlp.tag.train import LABELS, Settings, examples, train_head
from statement_nlp.tag.tune import TuneOptions, tune

HEAD_FILE = Path("statement_nlp/tag/data/mine-action-2021.npz")
TUNED_FILE = Path("statement_nlp/embed/data/tuned.npz")


def fit_and_measure(root: Path, data: Path, progress: Progress, *, tune_anew: bool = True) -> str:
    """Tune the encoder and fit the head on the gold corpus; measure on the test part.

    Writes both under ``root``. With ``tune_anew`` false the encoder's shipped changes are kept and
    only what is behind them is fitted. Returns a short summary.

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
    raw, context_head = _tuned(root, corpus, progress) if tune_anew else _shipped()
    tuned = load_tuned(raw=raw)

    seen = corpus.part("train", "validation")
    context = windows(seen, corpus.texts)
    sentences = Sentences(
        context.texts,
        encoder.encode(context.texts),
        context.statement,
        tuned.encode(context.texts),
    )
    held = np.array([sentence.split == "validation" for sentence in seen])
    settings = Settings()
    card: dict[str, Any] = {
        "framework": framework.id,
        "encoder": encoder.name,
        "encoder_sha256": encoder.sha256,
        "tuned_sha256": tuned.sha256,
        "gold_sha256": _sha256(root / SENTENCES),
        "settings": attrs.asdict(settings) | {"tune": attrs.asdict(TuneOptions())},
        "trained_on": int((~held).sum()),
        "joined_on": int(held.sum()),
    }
    prepared = examples(seen, sentences, context.row_of)
    head = train_head(prepared, held, context_head, prototypes, settings, card)
    head = load_head(save_head(head))  # what is measured is what is shipped, rounding included
    voice = SimilarityVoice(framework, encoder.encode)
    tagger = Tagger(framework, voice, head, prototypes, tuned, {})
    test = evaluate_tags(corpus.part("test"), corpus.texts, tagger, encoder.encode)
    head = attrs.evolve(head, card={**head.card, "measured": measured(test)})
    write_atomically(root / TUNED_FILE, raw)
    write_atomically(root / HEAD_FILE, save_head(head))
    scores = test.scores()
    return (
        f"{root / HEAD_FILE}: of {len(seen)} sentences; macro-F1 on {scores.sentences} others "
        + ", ".join(f"{name} {value:.3f}" for name, value in scores.macro.items())
        + f"; calibration error {scores.calibration_error:.3f}"
    )


def _tuned(root: Path, corpus: GoldCorpus, progress: Progress) -> tuple[bytes, ContextHead]:
    train = corpus.part("train")
    context = windows(train, corpus.texts)
    names = written_speakers(*(root / source for source in WRITTEN))
    prepared = tune_examples(train, context, corpus.texts, names)
    options = TuneOptions()
    folder = find_model(DEFAULT_MODEL).path
    changes, head = tune(
        folder, prepared, options, note=lambda done: progress("Tuning", done, options.epochs)
    )
    shown = len(LABELS)  # the acts that the encoder was tuned to as well have heads of their own
    return pack(changes), ContextHead(head.weights[:, :shown], head.bias[:shown])


def _shipped() -> tuple[bytes, ContextHead]:
    raw = head_bytes()
    if raw is None:
        raise GoldError("there is no shipped head whose tuned encoder could be kept; tune anew")
    return tuned_bytes(), load_head(raw).tuned


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
