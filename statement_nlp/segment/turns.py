"""Speaker headings of verbatim records: "Mr. A (Country) (spoke in French):"."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from statement_nlp.model import BODY_KINDS, Document


def _spoke(group: str) -> str:
    """Return the pattern of "(spoke in French)"; scanned columns may have run into it."""
    return (
        r"\(\s*(?:spoke|continued|interpretation|delivered)\b[^():]{0,160}?\b(?:in|from)\s+"
        rf"(?P<{group}>[A-Z][a-z]+)[^():]{{0,60}}\)"
    )


_NAME = r"[A-Z\u00c0-\u017d][\w\u2019'.\u00c0-\u024f-]*"
_JOIN = r"(?:de|da|do|dos|del|della|der|den|di|du|van|von|bin|bint|ibn|al|el|la|le|ten|ter|of|y|e)"
_HEADING = re.compile(
    r"(?P<label>"
    r"(?:The|the)\s+(?P<chair>(?:Acting\s+|Temporary\s+)?(?:President|Chairman|Chairperson|Chair))"
    r"|The\s+(?P<office>(?:Deputy\s+)?Secretary[- ]General)"
    r"|(?P<person>(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Sheikha?|Prince|Princess|King|Queen"
    rf"|Archbishop|Monsignor|Judge|General|Dato|H\.E)\b\.?(?:\s+(?:{_NAME}|{_JOIN})){{1,7}})"
    r")"
    r"(?:\s*" + _spoke("early") + r")?"
    r"(?:\s*\((?P<country>[A-Z\u00c0-\u017d][^():]{2,60}(?:\([^()]{2,40}\))?)\))?"
    r"(?:\s*" + _spoke("late") + r")?"
    r"\s*:(?=\s|$)\s*"
)
_BARE_NAME = re.compile(
    rf"(?P<person>{_NAME}(?:\s+{_NAME}){{0,3}})\s*" + _spoke("late") + r"\s*:(?=\s|$)\s*"
)
_AFTER_SENTENCE = re.compile(r"(?<=[.!?\u201d\"\u2019)])\s+(?=(?:The President|M(?:r|rs|s)\.)\s)")
_LINE = re.compile(r"\n[ \t]*(?=\S)")
_NOT_A_NAME = re.compile(r"\b(?:President|Secretary|Chair|Minister|Speaker|Excellenc)")


@attrs.frozen(slots=True)
class Turn:
    """A heading of a record: where it stands and what it says."""

    start: int
    body: int
    """Offset of the first word spoken."""
    label: str
    """Name or office as printed: "Mr. Abarry", "The President"."""
    office: str | None
    """"President" or "Secretary-General" where the speaker is named by office."""
    country: str | None
    language: str | None

    @property
    def presides(self) -> bool:
        """Whether the chair speaks."""
        return self.office is not None and "General" not in self.office


def turn_at(text: str, offset: int, limit: int) -> Turn | None:
    """Return the heading that starts exactly at ``offset``, if there is one."""
    found = _HEADING.match(text, offset, limit)
    if found is None:
        bare = _BARE_NAME.match(text, offset, limit)
        if bare is None or _NOT_A_NAME.search(bare["person"]):
            return None
        return Turn(offset, bare.end(), bare["person"], None, None, bare["late"])
    if found["person"] and (_NOT_A_NAME.search(found["person"]) or "\n\n" in found[0].strip()):
        return None
    return Turn(
        start=offset,
        body=found.end(),
        label=" ".join(found["label"].split()),
        office=found["chair"] or found["office"],
        country=" ".join(found["country"].split()) if found["country"] else None,
        language=found["late"] or found["early"],
    )


def turns(document: Document) -> Iterator[Turn]:
    """Yield the headings of a record in order.

    A heading starts a paragraph or a line; inside a line, after the end of a sentence, only the
    chair or a speaker with a country in parentheses is taken for one.
    """
    text = document.text
    for block in document.blocks:
        if block.kind not in BODY_KINDS:
            continue
        start, end = block.span.start, block.span.end
        places = {start: True}
        for match in _LINE.finditer(text, start, end):
            places[match.end()] = True
        for match in _AFTER_SENTENCE.finditer(text, start, end):
            places.setdefault(match.end(), False)
        for offset, opens_line in sorted(places.items()):
            turn = turn_at(text, offset, end)
            if turn and (opens_line or turn.country or turn.presides):
                yield turn
