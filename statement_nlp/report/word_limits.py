"""How much the body of the Word report holds, and how quotations are shortened."""

from __future__ import annotations

from functools import cache
from importlib import resources

import attrs


@attrs.frozen(slots=True, kw_only=True)
class Limits:
    """One tier of ``data/word.yaml``."""

    name: str
    key_points: int
    commitments: int
    needs: int
    proposals: int
    elements: int
    topics: int
    label_quotes: int
    label_words: int
    register_words: int
    point_words: int
    profile_words: int
    profiles: bool
    """Whether the profiles stand in the body; otherwise in an annex."""


@cache
def tiers() -> tuple[int, tuple[Limits, ...]]:
    """Return the body's word limit and the tiers, most ample first."""
    import yaml

    raw = resources.files("statement_nlp.report") / "data" / "word.yaml"
    table = yaml.safe_load(raw.read_bytes())
    return int(table["body_words"]), tuple(Limits(**tier) for tier in table["tiers"])


def shortened(text: str, words: int) -> str:
    """Return the beginning of ``text``, at most ``words`` words, cut at a clause where one is near.

    Runs of white space become one space. A text within the limit comes back whole; a cut one ends
    in an ellipsis, so that nobody takes it for the whole.
    """
    parts = text.split()
    if len(parts) <= words:
        return " ".join(parts)
    kept = parts[:words]
    least = max(3, (words * 3) // 5)
    clause = next((n for n in range(words, least, -1) if kept[n - 1][-1] in ",;:"), words)
    return " ".join(kept[:clause]).rstrip(" ,;:") + " …"
