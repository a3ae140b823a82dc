"""``statement-nlp cache``: show or empty the cache of vectors and findings."""

from __future__ import annotations

from typing import Annotated

import typer


def cache(
    purge: Annotated[bool, typer.Option("--purge", help="Empty the cache.")] = False,
) -> None:
    """Show where vectors and findings are cached and how much they take, or empty the cache."""
    from statement_nlp import embed

    folder = embed.default_cache()
    if purge:
        typer.echo(f"{folder}: freed {embed.purge() / 1e6:.1f} MB")
        return
    size = sum(path.stat().st_size for path in folder.glob("*") if path.is_file())
    typer.echo(f"{folder}: {size / 1e6:.1f} MB")
