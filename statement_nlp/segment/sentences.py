"""Sentences as character ranges: syntok, with corrections kept as data."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from statement_nlp.segment.data import load_table

if TYPE_CHECKING:
    from syntok.tokenizer import Tokenizer

# "12." or "(a)" or a bullet that numbers a paragraph; not part of any sentence.
_NUMBERING = re.compile(
    r"\s*(?:\d{1,3}[.)]|\([a-z]{1,4}\)|\([0-9]{1,3}\)|[\u2022\u25aa\u25e6\u25cf\u2013\u2014*-])\s+(?=\S)"
)
# Marks that stand for a footnote: "[1]", "[^1]", superscripts, and "word.1 Next".
_NOTE_MARK = re.compile(
    r"\[\^?\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079]+"
    r"|(?<=[a-z)\]\u201d\"][.!?])\d{1,3}(?=\s+[A-Z\u201c\"(])"
)
_SUPERSCRIPT_UNIT = re.compile(r"(?<=m)[\u00b2\u00b3]")
_SPOKEN_IN = re.compile(
    r"\(\s*(?:spoke|continued|interpretation|original|delivered)\s+(?:in|from)\s+[A-Z][^()]{2,80}\)"
    r"|\[\s*Original\s*:[^\]]{2,40}\]"
)
_HAS_WORD = re.compile(r"\w")
_NUMBER_ONLY = re.compile(r"\W*(?:\d{1,3}|[a-z]|[ivxlc]{1,5}|[IVXLC]{1,5})\W*")
_INITIAL_END = re.compile(r"(?:^|[\s(\u201c\"])[A-Z]\.$")
_ENDS_IN_CLOSER = re.compile(r"[.!?\u2026][)\]\u201d\u2019\"'\u00bb]*$")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the half-open character ranges of the sentences of ``text``.

    ``text`` is one paragraph or several divided by blank lines; single line breaks inside a
    sentence are kept. Ranges are in order, do not overlap, start and end on characters that
    are not white space, and leave out numbering at the start of a paragraph ("12. "), footnote
    marks after a full stop and notes such as "(spoke in Arabic)". Segmentation is syntok's
    (https://github.com/fnl/syntok), corrected by ``data/sentences.yaml``.
    """
    from syntok.tokenizer import Tokenizer

    numbering = _NUMBERING.match(text)
    start = numbering.end() if numbering else 0
    masked = _mask(text)
    tokenizer = Tokenizer(replace_not_contraction=False)
    spans: list[tuple[int, int]] = []
    for offset, paragraph in _paragraphs(masked, start):
        spans.extend(_correct(masked, _segment(tokenizer, paragraph, offset)))
    return [span for span in spans if _HAS_WORD.search(masked, *span)]


def _mask(text: str) -> str:
    """Blank out marks that are not speech, keeping every offset."""
    masked = text
    if "(" in text or "[" in text:
        masked = _SPOKEN_IN.sub(lambda match: " " * len(match[0]), masked)
    units = {match.start() for match in _SUPERSCRIPT_UNIT.finditer(masked)}
    return _NOTE_MARK.sub(
        lambda match: match[0] if match.start() in units else " " * len(match[0]), masked
    )


def _paragraphs(text: str, start: int) -> list[tuple[int, str]]:
    from syntok.segmenter import preprocess_with_offsets

    pairs: list[tuple[int, str]] = preprocess_with_offsets(text[start:])
    return [(start + offset, paragraph) for offset, paragraph in pairs]


def _segment(tokenizer: Tokenizer, paragraph: str, offset: int) -> list[tuple[int, int]]:
    from syntok.segmenter import segment

    found = []
    for tokens in segment(tokenizer.tokenize(paragraph, offset)):
        first, last = tokens[0], tokens[-1]
        start, end = first.offset, last.offset + len(last.value)
        piece = paragraph[start - offset : end - offset]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if end > start:
            found.append((start, end))
    return found


@lru_cache(maxsize=1)
def _rules() -> dict[str, re.Pattern[str]]:
    table = load_table("sentences.yaml")

    def ends(words: list[str]) -> re.Pattern[str]:
        return re.compile(r"(?:^|[^\w.])(?:" + "|".join(map(re.escape, words)) + r")\.$")

    following = "|".join(map(re.escape, table["after_dotted"]))
    return {
        "always": ends(table["abbreviations"]),
        "digit": ends(table["before_digit"]),
        "dotted": ends(table["dotted"]),
        "following": re.compile(rf"(?:{following})\b"),
    }


def _joins(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Return whether syntok cut one sentence in two between ``left`` and ``right``."""
    rules = _rules()
    before = text[max(left[0], left[1] - 20) : left[1]]
    after = text[right[0] : right[0] + 30]
    if "\n\n" in text[left[1] : right[0]]:
        return False
    if rules["always"].search(before):
        return True
    if rules["digit"].search(before) and after[:1].isdigit():
        return True
    if rules["dotted"].search(before) and rules["following"].match(after):
        return True
    if _INITIAL_END.search(before) and after[:1].isupper():
        # "J. Smith": an initial, unless it ends a sentence ("Protocol V." has no full stop
        # pattern of its own, so a lone numeral I, V or X is left as syntok cut it).
        return before.rstrip(".")[-1:] not in "IVX"
    return after[:1].islower() and not _ENDS_IN_CLOSER.search(before)


def _correct(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what was cut after an abbreviation; drop pieces that are a number only."""
    kept: list[tuple[int, int]] = []
    for span in spans:
        piece = text[span[0] : span[1]]
        if kept and _joins(text, kept[-1], span):
            kept[-1] = (kept[-1][0], span[1])
        elif not kept and _NUMBER_ONLY.fullmatch(piece):
            continue
        elif kept and not _HAS_WORD.search(piece):
            # A closing quotation mark or bracket that syntok left alone belongs to the sentence.
            if piece.strip("\u201d\u2019\"')]\u00bb.!?\u2026") == "" and span[0] == kept[-1][1]:
                kept[-1] = (kept[-1][0], span[1])
            continue
        else:
            kept.append(span)
    return kept
