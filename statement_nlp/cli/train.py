"""``statement-nlp train``: fit the shipped models anew from the gold corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train(
    root: Annotated[Path, typer.Argument(help="Checkout that holds corpora/gold.")] = Path(),
    data: Annotated[
        Path, typer.Option(help="Folder of the public sets; see corpora/gold/README.md.")
    ] = Path("../shared/data"),
    keep_encoder: Annotated[
        bool,
        typer.Option("--keep-encoder", help="Fit the heads only; the encoder stays as tuned."),
    ] = False,
) -> None:
    """Tune the encoder, fit the heads of tags, acts and key points; takes about half an hour.

    Needs the public sets. Files of the checkout are replaced: the same corpus, versions and machine
    give the same bytes.
    """
    from statement_nlp.cli.console import showing_progress
    from statement_nlp.evaluate.training import train_all

    with showing_progress() as progress:
        for line in train_all(root, data, progress, tune_anew=not keep_encoder):
            typer.echo(line)
