"""``statement-nlp evaluate``: score tags, acts and key points on annotated sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    gold: Annotated[
        Path | None,
        typer.Argument(help="Annotated file (JSON lines); the gold corpus when left out."),
    ] = None,
    root: Annotated[Path, typer.Option(help="Checkout that holds corpora/.")] = Path(),
    data: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Folder of the public sets; without it their real sentences are left out.",
        ),
    ] = None,
    split: Annotated[str | None, typer.Option(help="train, validation or test.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for evaluation.json and evaluation.html.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Score tags (with intervals and calibration), acts with their slots, and key points."""
    from statement_nlp.cli.console import echo_json, showing_progress
    from statement_nlp.evaluate.corpus import load_corpus
    from statement_nlp.evaluate.gold import GoldError
    from statement_nlp.evaluate.measure import measure
    from statement_nlp.evaluate.present import acts_table, as_table, write_evaluation
    from statement_nlp.evaluate.texts import PUBLIC_SETS

    corpus = load_corpus(root, data, gold)
    chosen = split if gold is not None or split is not None else "test"
    sentences = corpus.part(chosen) if chosen else list(corpus.sentences)
    if not sentences:
        raise GoldError(f"no annotated sentence is in part '{chosen}'; use another --split")
    with showing_progress() as progress:
        found = measure(corpus, sentences, root, progress, own_file=gold is not None)
    if corpus.missing:
        archives = " and ".join(PUBLIC_SETS.values())
        typer.echo(
            f"statement-nlp: {len(corpus.missing)} sentences left out, their documents are not "
            f"here; real ones come with --data FOLDER that holds {archives} "
            "(corpora/gold/README.md)",
            err=True,
        )
    if out is not None:
        write_evaluation(out, found)
    if as_json:
        echo_json(found.plain())
        return
    for name, scores in found.tags.items():
        typer.echo(as_table(name, scores))
    for name, acts in found.acts.items():
        typer.echo(acts_table(name, acts))
    for part, score in found.key_points.items():
        typer.echo(
            f"key points, {part}: B-cubed F1 {score.f1:.3f} (precision {score.precision:.3f}, "
            f"recall {score.recall:.3f}) on {score.items} proposals"
        )
