"""Right-to-left lines: from places on the page to the order in which they are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from statement_nlp.ingest.errors import load_data
from statement_nlp.ingest.normalize import normalize
from statement_nlp.ingest.pdf.glyphs import Glyph

_RTL = frozenset({"R", "AL"})
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
# Stretches that read left to right inside a right-to-left line: words, numbers, symbols.
_LTR = re.compile(
    "[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9]"
    "(?:[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9./,:%@_ -]*"
    "[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9%])?"
)


def is_right_to_left(glyphs: Sequence[Glyph]) -> bool:
    """Return whether more of the letters are of a right-to-left script than not."""
    right = left = 0
    for glyph in glyphs:
        if glyph.char < "\u0590":
            left += glyph.char.isalpha()
        elif unicodedata.bidirectional(glyph.char) in _RTL:
            right += 1
    return right > left


def logical_text(glyphs: Sequence[Glyph], size: float) -> str:
    """Return the characters of a right-to-left line in reading order.

    Letters go from right to left by their right edges. The letters of one ligature share a box and
    PDFium gives them back to front. Vowel marks follow the letter they stand on. Spaces are
    taken from the gaps between letters, since those in the file stand in the wrong places
    where marks were drawn one by one. Numbers and words in other scripts are turned round.
    """
    marks = [glyph for glyph in glyphs if unicodedata.combining(glyph.char)]
    bases = [
        (index, glyph)
        for index, glyph in enumerate(glyphs)
        if glyph.char != " " and not unicodedata.combining(glyph.char)
    ]
    bases.sort(key=lambda pair: (-round(pair[1].x1, 1), -round(pair[1].x0, 1), -pair[0]))
    attached: list[list[str]] = [[] for _ in bases]
    stray: list[str] = []
    for mark in marks:
        middle = (mark.x0 + mark.x1) / 2
        best = min(
            range(len(bases)),
            key=lambda i: (_distance(bases[i][1], middle), -i),
            default=None,
        )
        (attached[best] if best is not None else stray).append(mark.char)
    out: list[str] = []
    edge: float | None = None
    gap = load_data("pdf_layout.yaml")["spaces"]["right_to_left"] * size
    for (_, glyph), own in zip(bases, attached, strict=True):
        if edge is not None and edge - glyph.x1 > gap:
            out.append(" ")
        edge = glyph.x0 if edge is None else min(edge, glyph.x0)
        out.append(glyph.char.translate(_MIRRORED) + "".join(own))
    text = normalize("".join(out) + "".join(stray))
    text = unicodedata.normalize("NFKC", text) if _has_forms(text) else text
    return _LTR.sub(lambda match: match.group()[::-1], text).strip()


def _distance(glyph: Glyph, place: float) -> float:
    return max(glyph.x0 - place, place - glyph.x1, 0.0)


def _has_forms(text: str) -> bool:
    """Return whether presentation forms of Arabic letters stand in ``text``."""
    return any("\ufb50" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufefe" for char in text)
