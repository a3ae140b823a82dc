"""``statement-nlp train``: fit the shipped heads anew from the gold corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train(
    root: Annotated[Path, typer.Argument(help="Checkout that holds corpora/gold.")] = Path(),
    data: Annotated[
        Path, typer.Option(help="Folder of the public sets; see corpora/gold/README.md.")
    ] = Path("../shared/data"),
    out: Annotated[Path, typer.Option(help="File to write the head to.")] = Path(
        "statement_nlp/tag/data/mine-action-2021.npz"
    ),
) -> None:
    """Train the tagging head; needs the public sets, takes minutes."""
    from statement_nlp.cli.console import showing_progress
    from statement_nlp.tag.fit import fit_and_measure

    with showing_progress() as progress:
        summary = fit_and_measure(root, data, out, progress)
    typer.echo(summary)
