"""How a speaker names itself: the words that stand for "we" in its statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from statement_nlp.model import Statement
from statement_nlp.segment.data import load_table

if TYPE_CHECKING:
    from statement_nlp.segment import Registry


def names_of(statement: Statement) -> tuple[str, ...]:
    """Return the names under which the speaker of ``statement`` may speak of itself."""
    delegation = statement.delegation
    return own_names((delegation.name, delegation.as_printed, *statement.on_behalf_of))


def own_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return ``names`` and the short forms "the Group", "the Union" that they allow."""
    bodies: list[str] = load_table("speakers.yaml")["bodies"]
    found: list[str] = []
    for name in names:
        bare = re.sub(r"^[Tt]he\s+|\s*\(.*?\)", "", name).strip()
        if len(bare) < 3:
            continue
        found.append(bare)
        words = bare.split()
        found += [f"the {body}" for body in bodies if body in words]
        if "of" in words[1:-1] and words[0] in bodies:
            found.append(" ".join(words[words.index("of") + 1 :]))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=512)
def own_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for every mention of the speaker by name or as "my Government"."""
    parts = [_mention(name) for name in sorted(names, key=len, reverse=True)]
    own = "|".join(load_table("speakers.yaml")["own"])
    ours = rf"\b(?:[Mm]y|[Oo]ur)\s+(?:own\s+)?(?:{own})\b"
    return re.compile("|".join([*parts, ours, r"\b[Mm]y delegation\b"]))


def own_spans(text: str, names: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where ``text`` names the speaker, as half-open character ranges."""
    return [match.span() for match in own_pattern(names).finditer(text)]


def _mention(name: str) -> str:
    body = re.escape(name.removeprefix("the ")).replace("\\ ", "\\s+")
    # "the Union" is the speaker; "the Union of ..." is somebody else.
    if name.startswith("the "):
        return rf"\b[Tt]he\s+{body}\b(?!\s+of\s)"
    return rf"\b(?:[Tt]he\s+)?{body}\b"


def names_in_source(document: str, text: str, registry: Registry) -> tuple[str, ...]:
    """Return a speaker's names from where an annotated sentence comes: used in training only.

    Synthetic statements are named by the words of their id, general debate files by the country
    code in their name, meeting records by the heading "Name (Delegation):".
    """
    if document.startswith("written/"):
        slug = re.split(r"-", document.split("/", 1)[1])
        found = re.search(
            r"(?:[A-Z]\w+\s+of\s+)?" + r"\s+(?:\w+\s+)?".join(map(re.escape, slug)), text, re.I
        )
        return own_names((" ".join(found[0].split()),)) if found else own_names((slug[-1],))
    code = re.search(r"/([A-Z]{2,3})_\d+_\d{4}", document)
    heading = re.match(r"[^:(]{0,60}\(([^)]+)\)", text)
    entry = registry.by_code(code[1]) if code else registry.find(heading[1]) if heading else None
    return own_names((entry.name, *entry.aliases)) if entry else ()


def masked(text: str, names: tuple[str, ...]) -> str:
    """Return ``text`` on one line with the speaker's name made "our delegation"."""
    parts, position = [], 0
    for start, end in own_spans(text, names):
        if start >= position:
            parts += [text[position:start], "our delegation"]
            position = end
    return " ".join("".join([*parts, text[position:]]).split())
