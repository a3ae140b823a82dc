"""Commitments and proposals: who binds itself to what, and who asks whom for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from statement_nlp.acts.finder import ActFinder, Acts
    from statement_nlp.embed import Encoder, EncoderOptions

__all__ = ["ActFinder", "Acts", "load_finder"]


def load_finder(
    encoder: Encoder, tuned: Encoder, options: EncoderOptions | None = None
) -> ActFinder:
    """Return the finder with the shipped heads, and the tuned encoder that they read.

    They were trained on vectors of the default encoder; where ``encoder`` is another one, the
    finder computes those vectors itself, with ``options``.
    """
    from statement_nlp.acts.finder import load

    return load(encoder, tuned, options)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module has attributes of any type
    if name in {"ActFinder", "Acts"}:
        from statement_nlp.acts import finder

        return getattr(finder, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
