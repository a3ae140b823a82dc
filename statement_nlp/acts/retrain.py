"""Train the acts heads from a checkout: gold corpus, practice sentences, public texts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from statement_nlp.acts.scores import PICKED
from statement_nlp.acts.train import train_acts
from statement_nlp.embed import Encoder
from statement_nlp.evaluate.corpus import REAL_ACTS, SENTENCES, written_speakers
from statement_nlp.evaluate.gold import join_texts, load_gold
from statement_nlp.evaluate.texts import public_texts, written_texts


def train_from_checkout(
    root: Path, data: Path, encoder: Encoder, tuned: Encoder, out: Path
) -> dict[str, Any]:
    """Train on ``corpora/gold`` and ``corpora/acts-training`` under ``root``; see ``train_acts``.

    Of the real sentences in ``acts-training`` the part ``test`` is measured apart from gold, since
    they were picked where an earlier version was unsure.

    ``data`` is the folder of the public sets. Sentences whose text is not there are left out.

    Raises:
        GoldError: an annotated file cannot be used.
    """
    corpora = root / "corpora"
    sources = (corpora / "gold" / "written.yaml", corpora / "sample-debate" / "debate.yaml")
    practice = load_gold(corpora / "acts-training" / "sentences.jsonl")
    real = [
        attrs.evolve(s, split=PICKED) if s.split == "test" else s
        for s in load_gold(root / REAL_ACTS)
    ]
    gold = [*load_gold(root / SENTENCES), *practice, *real]
    wanted = {s.document for s in gold if s.document and not s.document.startswith("written/")}
    texts = written_texts(*sources) | public_texts(data, wanted)
    joined, _ = join_texts([s for s in gold if s.split != "duplicate"], texts)
    names = written_speakers(*sources)
    names["written/acts-training"] = _practice_speakers(corpora / "acts-training" / "speakers.yaml")
    return train_acts(joined, texts, encoder, tuned, out, names=names)


def _practice_speakers(path: Path) -> tuple[str, ...]:
    return tuple(_yaml(path)["speakers"])


def _yaml(path: Path) -> Mapping[str, Any]:
    import yaml

    parsed: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return parsed
