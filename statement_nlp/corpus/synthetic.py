"""Which documents say of themselves that they are invented."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from statement_nlp.model import Document

_NAMED = 5
"""Documents named in a note; more are counted."""


def is_synthetic(document: Document) -> bool:
    """Return whether a document's metadata or opening carries the notice of a sample.

    The phrases are those of ``data/synthetic.yaml``.
    """
    opening, phrases = _notices()
    stated = [*(value for _, value in document.metadata), document.text[:opening]]
    return any(phrase in _plain(text) for text in stated for phrase in phrases)


def some_synthetic(paths: Sequence[str], documents: int) -> str | None:
    """Return the note of a run in which some documents are samples and others are not.

    Args:
        paths: Of the documents that are samples.
        documents: How many were read in all.
    """
    if not paths or len(paths) == documents:
        return None
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return (
        f"{len(paths)} of {documents} documents "
        f"{'says' if len(paths) == 1 else 'say'} of "
        f"{'itself' if len(paths) == 1 else 'themselves'} that the delegations are invented "
        f"(synthetic sample): {', '.join(paths[:_NAMED])}{more}"
    )


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


@cache
def _notices() -> tuple[int, tuple[str, ...]]:
    import yaml

    raw = resources.files("statement_nlp.corpus") / "data" / "synthetic.yaml"
    table = yaml.safe_load(raw.read_bytes())
    return int(table["opening_characters"]), tuple(_plain(text) for text in table["phrases"])
