"""How strongly a clause is worded: from "must" to "might consider"."""

from __future__ import annotations

import re
from functools import cache

from statement_nlp.synthesis.lexicon import compile_any, table


def strength(clause: str) -> float:
    """Return how strongly a clause asks: about 0 (most cautious) to about 8 (strongest).

    The highest rank of ``data/strength.yaml`` whose words the clause holds, less a step for each
    hedge, plus a step for each intensifier.
    """
    text = clause.strip(" \u201c\"'(")
    levels, hedges, intensifiers = _patterns()
    data = table("strength")
    rank = next((rank for rank, words in levels if words.search(text)), float(data["default"]))
    hedged = len({match[0].casefold() for match in hedges.finditer(text)})
    stressed = len({match[0].casefold() for match in intensifiers.finditer(text)})
    return rank - hedged * float(data["hedge_step"]) + stressed * float(data["intensifier_step"])


@cache
def _patterns() -> tuple[
    tuple[tuple[float, re.Pattern[str]], ...], re.Pattern[str], re.Pattern[str]
]:
    data = table("strength")
    levels = sorted(data["levels"], key=lambda level: -level["rank"])
    return (
        tuple((float(level["rank"]), compile_any(level["words"])) for level in levels),
        compile_any(data["hedges"]),
        compile_any(data["intensifiers"]),
    )
