"""``statement-nlp train``: fit the shipped models anew from the gold corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train(
    data: Annotated[
        Path,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Folder of the public sets; see corpora/gold/README.md.",
        ),
    ],
    root: Annotated[Path, typer.Argument(help="Checkout that holds corpora/gold.")] = Path(),
    keep_encoder: Annotated[
        bool,
        typer.Option("--keep-encoder", help="Fit the heads only; the encoder stays as tuned."),
    ] = False,
) -> None:
    """Tune the encoder and fit the heads of tags, acts and key points; takes about twenty minutes.

    That is on two cores. Needs the public sets. Files of the checkout are replaced: the same
    corpus, versions and machine give the same bytes.
    """
    from statement_nlp.cli.console import showing_progress
    from statement_nlp.evaluate.training import train_all

    with showing_progress() as progress:
        for line in train_all(root, data, progress, tune_anew=not keep_encoder):
            typer.echo(line)
