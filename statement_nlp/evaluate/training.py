"""Fit every shipped model anew from a checkout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from statement_nlp.acts.retrain import train_from_checkout
from statement_nlp.embed import load_encoder, load_tuned
from statement_nlp.engine.progress import Progress
from statement_nlp.synthesis.train import train as train_synthesis
from statement_nlp.tag.fit import TUNED_FILE, fit_and_measure

ACTS = Path("statement_nlp/acts/data")
SYNTHESIS = Path("statement_nlp/synthesis/data")


def train_all(
    root: Path, data: Path, progress: Progress, *, tune_anew: bool = True
) -> Iterator[str]:
    """Train tags (encoder and head), acts and key points; yield a line on each.

    ``data`` is the folder of the public sets. Files under ``root`` are replaced.

    Raises:
        GoldError: the gold corpus or the public sets are not here.
    """
    yield fit_and_measure(root, data, progress, tune_anew=tune_anew)
    encoder, tuned = load_encoder(), load_tuned(raw=(root / TUNED_FILE).read_bytes())
    progress("Training acts", 0, 2)
    found = train_from_checkout(root, data, encoder, tuned, root / ACTS)["test all"]
    yield f"{root / ACTS}: on the test part F1 " + ", ".join(
        f"{act} {found[act]['f1']:.3f}" for act in ("commitment", "proposal", "partnership")
    )
    progress("Training key points", 1, 2)
    measured = train_synthesis(root, encoder, root / SYNTHESIS)
    score = measured["cross-fitted, with known asks, deal 0"]["f1"]
    yield f"{root / SYNTHESIS}: cross-fitted B-cubed F1 {score:.3f}"
    progress("Training key points", 2, 2)
