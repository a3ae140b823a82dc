"""Characters of a PDF page with their places, as runs in the order the file holds them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_BOLD_WEIGHT = 600


class Glyph(NamedTuple):
    """One character; places in points from the lower left corner of the page as it is shown."""

    char: str
    x0: float
    x1: float
    y0: float
    y1: float


@attrs.frozen
class Run:
    """Characters that the file holds one after the other on one base line."""

    glyphs: list[Glyph]
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    """Height of the commonest character, from the descent of its type to its ascent."""
    bold: bool

    @classmethod
    def of(cls, glyphs: list[Glyph], *, bold: bool) -> Run:
        """Return the run of ``glyphs``, which hold at least one that is not white space."""
        inked = [glyph for glyph in glyphs if glyph.char != " "]
        heights = sorted(glyph.y1 - glyph.y0 for glyph in inked)
        bottoms = sorted(glyph.y0 for glyph in inked)
        size = heights[len(heights) // 2]
        bottom = bottoms[len(bottoms) // 2]
        return cls(
            glyphs,
            min(glyph.x0 for glyph in inked),
            max(glyph.x1 for glyph in inked),
            bottom,
            bottom + size,
            size,
            bold,
        )


def page_runs(page: PdfPage) -> list[Run]:
    """Return the runs of ``page``; a new one starts at a new line, base line or size."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    handle = text_page.raw
    place = _placer(page)
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    get_unicode, get_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    runs: list[Run] = []
    current: list[Glyph] = []
    first = high = 0
    last: Glyph | None = None  # of the run, and not white space
    for index in range(text_page.count_chars()):
        code = get_unicode(handle, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        # PDFium writes U+FFFE or U+0002 for a hyphen that it takes for one of a line's end.
        char = "-" if code in (0xFFFE, 2) else chr(code)
        ends = code in (10, 13)
        glyph = None
        if not ends and get_box(handle, index, pointer):
            glyph = place(char, box.left, box.right, box.bottom, box.top)
        inked = not char.isspace()
        if ends or (glyph and inked and last and _moves(last, glyph)):
            _close(runs, current, handle, first)
            last = None
        if glyph is None:
            continue
        if not inked:
            if current:
                current.append(glyph._replace(char=" "))
        elif glyph.y1 > glyph.y0:
            first = first if current else index
            current.append(glyph)
            last = glyph
    _close(runs, current, handle, first)
    return runs


def _close(runs: list[Run], current: list[Glyph], handle: Any, first: int) -> None:  # noqa: ANN401
    while current and current[-1].char == " ":
        current.pop()
    if current:
        runs.append(Run.of(current.copy(), bold=_is_bold(handle, first)))
        current.clear()


def _moves(last: Glyph, glyph: Glyph) -> bool:
    """Return whether ``glyph`` leaves the base line, the size or the neighbourhood of ``last``."""
    size = max(last.y1 - last.y0, 0.1)
    new = glyph.y1 - glyph.y0
    return (
        abs(glyph.y0 - last.y0) > 0.5 * size
        or new < 0.8 * size
        or new > 1.25 * size
        or glyph.x0 - last.x1 > 1.5 * size
        or last.x0 - glyph.x1 > 1.5 * size
    )


def _placer(page: PdfPage) -> Callable[[str, float, float, float, float], Glyph]:
    """Return what turns a box in the page's own space into a glyph of the page as shown."""
    rotation = page.get_rotation()
    left, bottom, right, top = page.get_mediabox()
    width, height = right - left, top - bottom
    if rotation == 90:
        return lambda c, x0, x1, y0, y1: Glyph(c, y0, y1, width - x1, width - x0)
    if rotation == 180:
        return lambda c, x0, x1, y0, y1: Glyph(c, width - x1, width - x0, height - y1, height - y0)
    if rotation == 270:
        return lambda c, x0, x1, y0, y1: Glyph(c, height - y1, height - y0, x0, x1)
    return Glyph


def _is_bold(handle: Any, index: int) -> bool:  # noqa: ANN401 - a pointer that ctypes made
    import pypdfium2.raw as pdfium

    if pdfium.FPDFText_GetFontWeight(handle, index) >= _BOLD_WEIGHT:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(handle, index, name, 128, ctypes.byref(flags))
    return bool(flags.value & _FORCE_BOLD or _BOLD.search(name.value.decode("utf-8", "replace")))
