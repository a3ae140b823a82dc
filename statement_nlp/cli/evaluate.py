"""``statement-nlp evaluate``: score the tags on annotated sentences."""

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
        Path, typer.Option(help="Folder of the public sets; sentences without text are left out.")
    ] = Path("../shared/data"),
    split: Annotated[str | None, typer.Option(help="train, validation or test.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for evaluation.json and evaluation.html.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Score questions, aspects and factors: precision, recall, F1, intervals, calibration."""
    from statement_nlp.cli.console import echo_json
    from statement_nlp.evaluate.corpus import load_corpus
    from statement_nlp.evaluate.gold import GoldError
    from statement_nlp.evaluate.present import as_table, write_evaluation
    from statement_nlp.evaluate.tags import evaluate_tags
    from statement_nlp.tag.shipped import shipped_tagger

    corpus = load_corpus(root, data, gold)
    chosen = split if gold is not None or split is not None else "test"
    sentences = corpus.part(chosen) if chosen else list(corpus.sentences)
    if not sentences:
        raise GoldError(f"no annotated sentence is in part '{chosen}'; use another --split")
    tagger, encode = shipped_tagger()
    result = evaluate_tags(sentences, corpus.texts, tagger, encode)
    kinds = [None, *sorted({s.kind for s in sentences})]
    scores = {kind or "all": result.scores(kind) for kind in kinds}
    if out is not None:
        write_evaluation(out, result, scores)
    if as_json:
        echo_json({name: found.plain() for name, found in scores.items()})
        return
    for name, found in scores.items():
        typer.echo(as_table(name, found))
    if corpus.missing:
        typer.echo(f"{len(corpus.missing)} sentences left out: their documents are not here.")
