"""All that is measured of the shipped models on annotated sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from statement_nlp import acts
from statement_nlp.embed import EncoderOptions, load_encoder, load_tuned
from statement_nlp.engine.progress import Progress
from statement_nlp.evaluate.acts import score_acts
from statement_nlp.evaluate.corpus import SENTENCES, WRITTEN, GoldCorpus, written_speakers
from statement_nlp.evaluate.found import find_acts
from statement_nlp.evaluate.gold import GoldSentence
from statement_nlp.evaluate.keypoints import BCubed, score_shipped
from statement_nlp.evaluate.scores import Scores
from statement_nlp.evaluate.tags import TagEvaluation, evaluate_tags
from statement_nlp.framework import load_framework
from statement_nlp.tag import load_tagger

_STAGES = 3


@attrs.frozen(eq=False)
class Measured:
    """Scores of tags and acts by kind of sentence (``all``, ``real``, ``written``)."""

    tagged: TagEvaluation
    tags: Mapping[str, Scores]
    acts: Mapping[str, Mapping[str, Any]]
    key_points: Mapping[str, BCubed]
    """By part; empty for a file of a user's own."""

    def plain(self) -> dict[str, Any]:
        """Return the scores as plain values."""
        return {
            "tags": {name: found.plain() for name, found in self.tags.items()},
            "acts": dict(self.acts),
            "key_points": {name: attrs.asdict(found) for name, found in self.key_points.items()},
        }


def measure(
    corpus: GoldCorpus,
    sentences: Sequence[GoldSentence],
    root: Path,
    progress: Progress,
    *,
    own_file: bool = False,
) -> Measured:
    """Score the shipped models on ``sentences`` of ``corpus``.

    ``root`` is the checkout; with ``own_file`` its slot registers and key points, which belong to
    the gold corpus, are left out.

    Raises:
        GoldError: an annotated file breaks a rule.
    """
    encoder, tuned = load_encoder(EncoderOptions()), load_tuned()
    kinds = ["all", *sorted({s.kind for s in sentences})]
    progress("Measuring", 0, _STAGES)
    tagger = load_tagger(load_framework(), encoder, tuned)
    tagged = evaluate_tags(sentences, corpus.texts, tagger, encoder.encode)
    progress("Measuring", 1, _STAGES)
    written = [root / source for source in WRITTEN if (root / source).is_file()]
    finder = acts.load_finder(encoder, tuned)
    names = written_speakers(*written)
    found = find_acts(sentences, corpus.texts, finder, encoder, names)
    slots = [] if own_file else _slots(root)
    scored = {}
    for kind in kinds:
        chosen = [s for s in sentences if kind in ("all", s.kind)]
        ids = {s.id for s in chosen}
        scored[kind] = score_acts(found, chosen, [row for row in slots if row["id"] in ids])
    progress("Measuring", 2, _STAGES)
    key_points = {} if own_file else score_shipped(root, encoder)
    progress("Measuring", _STAGES, _STAGES)
    return Measured(
        tagged,
        {kind: tagged.scores(None if kind == "all" else kind) for kind in kinds},
        scored,
        key_points,
    )


def _slots(root: Path) -> list[dict[str, Any]]:
    path = (root / SENTENCES).with_name("acts.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
