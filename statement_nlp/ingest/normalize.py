"""Characters made plain: ligatures, invisible marks, odd spaces, line ends."""

from __future__ import annotations

import re

_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200d\u2060\ufeff\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069\u200e\u200f\ufb00-\ufb06]"
)
_SPACES = re.compile("[\t\x0b\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")
_RUNS = re.compile("  +")
# Zero-width joiners carry meaning inside Arabic-script words, so they are kept there.
_ARABIC = re.compile("[\u0600-\u06ff]")


def normalize(text: str) -> str:
    """Return ``text`` with plain spaces, plain line ends and no invisible characters.

    Ligatures are written out; soft hyphens, byte order marks, direction marks and control
    characters go; no other visible character changes. Form feeds stay: they are page breaks.
    """
    if text.isascii():
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    else:
        text = _LINE_ENDS.sub("\n", text)
    text = _ODD.sub(_plain, text)
    return _RUNS.sub(" ", _SPACES.sub(" ", text))


def _plain(match: re.Match[str]) -> str:
    char = match.group()
    if char in "\u200c\u200d":
        around = match.string[max(match.start() - 1, 0) : match.end() + 1]
        return char if _ARABIC.search(around) else ""
    return _LIGATURES.get(char, "")
