"""Runs of one page put together to lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import attrs

from statement_nlp.ingest.errors import load_data
from statement_nlp.ingest.normalize import normalize
from statement_nlp.ingest.pdf.direction import is_right_to_left, logical_text
from statement_nlp.ingest.pdf.glyphs import Glyph, Run


@attrs.define
class TextLine:
    """One printed line; places in points, from the lower left corner of the page."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    bold: bool
    page: int
    raised: list[tuple[int, str]] = attrs.field(factory=list)
    """(offset in ``text``, the mark) of figures and asterisks in superscript."""
    rtl: bool = False
    references: list[tuple[int, str]] = attrs.field(factory=list)
    """(offset in ``text``, key of the footnote whose mark stood there)."""

    @property
    def middle(self) -> float:
        """Horizontal middle."""
        return (self.x0 + self.x1) / 2


def page_lines(runs: Sequence[Run], page: int) -> list[TextLine]:
    """Return the lines that ``runs`` make, from the top of the page down."""
    groups: list[list[Run]] = []
    # Big type first, so that a raised figure finds the line it belongs to.
    for run in sorted(runs, key=lambda run: (-run.size, -run.y0, run.x0)):
        home = _home(groups, run)
        if home is None:
            groups.append([run])
        else:
            home.append(run)
    lines = [_line(group, page) for group in _touching(groups)]
    return sorted((line for line in lines if line.text), key=lambda line: (-line.y0, line.x0))


def _home(groups: list[list[Run]], run: Run) -> list[Run] | None:
    """Return the group whose line ``run`` stands on."""
    for group in reversed(groups):
        lead = group[0]
        shared = min(lead.y1, run.y1) - max(lead.y0, run.y0)
        if shared < 0.55 * run.size:
            continue
        gap = min(max(run.x0 - one.x1, one.x0 - run.x1) for one in group)
        if gap > 3 * lead.size:
            continue
        # On another base line it must stand beside the rest: a raised mark, an apostrophe of
        # another type, not a line set close.
        if abs(lead.y0 - run.y0) <= 0.2 * lead.size or not _collides(group, run):
            return group
    return None


def _touching(groups: Sequence[list[Run]]) -> list[list[Run]]:
    """Put together groups that meet on one base line, as capitals and small capitals do."""
    result: list[list[Run]] = []
    for group in sorted(groups, key=lambda group: min(run.x0 for run in group)):
        left = min(run.x0 for run in group)
        for other in result:
            size = max(other[0].size, group[0].size)
            right = max(run.x1 for run in other)
            level = abs(other[0].y0 - group[0].y0) <= 0.2 * size
            if level and -0.5 * size <= left - right <= 0.35 * size:
                other.extend(group)
                break
        else:
            result.append(list(group))
    return result


def _collides(group: Sequence[Run], run: Run) -> bool:
    """Return whether characters of ``run`` lie over characters of ``group``."""
    inked = [glyph for glyph in run.glyphs if glyph.char != " "]
    for one in group:
        if one.x1 <= run.x0 or run.x1 <= one.x0:
            continue
        for glyph in one.glyphs:
            for other in inked:
                shared = min(glyph.x1, other.x1) - max(glyph.x0, other.x0)
                if glyph.char != " " and shared > 0.4 * max(other.x1 - other.x0, 0.1):
                    return True
    return False


def _line(group: list[Run], page: int) -> TextLine:
    lead = max(group, key=lambda run: sum(glyph.x1 - glyph.x0 for glyph in run.glyphs))
    glyphs = [glyph for run in group for glyph in run.glyphs]
    raised: list[tuple[int, str]] = []
    rtl = is_right_to_left(glyphs)
    if rtl:
        text = logical_text(glyphs, lead.size)
    else:
        text, raised = _left_to_right(sorted(group, key=lambda run: run.x0), lead)
    wide = sum(run.x1 - run.x0 for run in group)
    bold = sum(run.x1 - run.x0 for run in group if run.bold) > 0.6 * wide
    return TextLine(
        text,
        min(run.x0 for run in group),
        max(run.x1 for run in group),
        lead.y0,
        lead.y1,
        lead.size,
        bold,
        page,
        raised,
        rtl,
    )


def _left_to_right(group: list[Run], lead: Run) -> tuple[str, list[tuple[int, str]]]:
    text = ""
    raised: list[tuple[int, str]] = []
    previous: Run | None = None
    for run in _interleaved(group):
        words = normalize(run_text(run)).strip()
        if not words:
            continue
        if previous is not None and run.x0 - previous.x1 > 0.12 * lead.size:
            text += " "
        is_mark = all(char.isdigit() or char in "*\u2020\u2021" for char in words)
        if is_mark and run.size < 0.85 * lead.size and run.y0 > lead.y0 + 0.1 * lead.size:
            raised.append((len(text), words))
        text += words
        previous = run
    return text, raised


def _interleaved(group: Sequence[Run]) -> list[Run]:
    """Return the runs from left to right; one that stands inside another becomes part of it."""
    result: list[Run] = []
    for run in group:
        if result and run.x0 < result[-1].x1 - 0.3 * run.size:
            glyphs = sorted([*result[-1].glyphs, *run.glyphs], key=lambda glyph: glyph.x0)
            result[-1] = Run.of(glyphs, bold=result[-1].bold)
        else:
            result.append(run)
    return result


def run_text(run: Run) -> str:
    """Return the characters of ``run`` with spaces where there are gaps.

    A space that PDFium guessed inside a word, where there is no gap, goes; one is put where a
    gap stands between letters that are set close on both sides, so that letter-spaced words
    stay whole.
    """
    settings = load_data("pdf_layout.yaml")["spaces"]
    inked: list[Glyph] = []
    spaced: list[bool] = []
    stated: list[bool] = []
    pending = wide = False
    for glyph in run.glyphs:
        if glyph.char == " ":
            pending = True
            wide = wide or glyph.x1 - glyph.x0 > settings["stated"] * run.size
        else:
            inked.append(glyph)
            spaced.append(pending)
            stated.append(wide)
            pending = wide = False
    gaps = [0.0, *((two.x0 - one.x1) / run.size for one, two in pairwise(inked))]
    inner = sorted(gap for gap, space in zip(gaps[1:], spaced[1:], strict=True) if not space)
    usual = inner[len(inner) // 2] if inner else 0.0
    guesses = sum(space and not own for space, own in zip(spaced[1:], stated[1:], strict=True))
    if any(stated) and guesses > settings["letter_spaced"] * len(inked):
        # The whole line is letter-spaced: only the spaces that the file states are meant.
        spaced = stated
    out: list[str] = []
    for index, glyph in enumerate(inked):
        if index and _is_space(index, inked, gaps, spaced, stated=stated[index], usual=usual):
            out.append(" ")
        out.append(glyph.char)
    return unicodedata.normalize("NFC", "".join(out))


def _is_space(
    index: int,
    inked: Sequence[Glyph],
    gaps: Sequence[float],
    spaced: Sequence[bool],
    *,
    stated: bool,
    usual: float,
) -> bool:
    settings = load_data("pdf_layout.yaml")["spaces"]
    in_word = _in_word(inked[index - 1].char) and _in_word(inked[index].char)
    if spaced[index]:
        if not stated and _is_initial(index, inked, spaced) and gaps[index] < settings["initial"]:
            return False
        return stated or not in_word or not -0.5 < gaps[index] < settings["none"]
    if not in_word or gaps[index] - usual < settings["missing"]:
        return False
    beside = [
        gaps[place]
        for place in (index - 2, index - 1, index + 1, index + 2)
        if 0 < place < len(gaps) and not spaced[place]
    ]
    return len(beside) > 1 and max(beside) - usual < settings["close"]


def _is_initial(index: int, inked: Sequence[Glyph], spaced: Sequence[bool]) -> bool:
    """Return whether a lone capital that is no word stands before a small letter ("N ew")."""
    capital = inked[index - 1].char
    return (
        (index == 1 or spaced[index - 1])
        and capital.isupper()
        and capital not in "AEIOUY\u00c0\u00c9"
        and inked[index].char.islower()
    )


def _in_word(char: str) -> bool:
    return char.isalpha() or char in "'\u2019"
