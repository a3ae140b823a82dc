"""A reader's hands and eyes: steps counted, seconds estimated, on the page and in the Word file.

The seconds are those of the keystroke-level model of Card, Moran and Newell for hands and
decisions, and of reading the words that stand in view at 240 a minute.
"""

from __future__ import annotations

from typing import Any

import attrs

_DECIDE, _POINT, _KEY = 1.35, 1.3, 0.28
"""Seconds to make up one's mind, to point and press, to press a key (a middling typist)."""
_WORDS_A_SECOND = 4.0
READ = 120
"""Words of a window or page that are read before the eye has what it looks for, at most."""


@attrs.define
class Walk:
    """Steps and seconds of one task."""

    steps: int = 0
    seconds: float = 0.0

    def press(self) -> None:
        """Count pointing at something and pressing it."""
        self.steps += 1
        self.seconds += _DECIDE + _POINT

    def type(self, text: str) -> None:
        """Count typing into a field that has been chosen."""
        self.steps += 1
        self.seconds += _DECIDE + _KEY * len(text)

    def read(self, text: str, most: int = READ) -> None:
        """Count reading what is in view."""
        self.seconds += min(most, len(text.split())) / _WORDS_A_SECOND


@attrs.frozen
class Page:
    """The page in a browser, used as a reader would: from the summary, by hand."""

    page: Any
    walk: Walk

    def open(self, name: str) -> None:
        """Choose a view in the contents."""
        self.walk.read(self.page.inner_text("#contents-list"))
        self.page.click(f"#contents-list >> text={name}")
        self.walk.press()

    def click(self, selector: str) -> None:
        """Press something in view."""
        self.page.locator(selector).first.click()
        self.walk.press()

    def fill(self, selector: str, text: str) -> None:
        """Type into a field, after pointing at it."""
        self.page.click(selector)
        self.walk.press()
        self.page.keyboard.type(text)
        self.page.wait_for_timeout(500)
        self.walk.type(text)

    def read(self, selector: str) -> str:
        """Read what matches; the answer must be there."""
        self.page.wait_for_selector(f"{selector} >> visible=true")
        parts = self.page.locator(f"{selector} >> visible=true").all_inner_texts()
        text = "\n".join(parts)
        assert text.strip(), f"nothing to read at {selector}"
        self.walk.read(text)
        return text


@attrs.frozen
class Word:
    """The Word file, used as a reader would: from the cover, by search and links."""

    paragraphs: list[Any]
    walk: Walk

    def follow(self, words: str, where: list[Any] | None = None) -> int:
        """Follow the first link with these words; return the place of the paragraph it leads to."""
        for paragraph in where or self.paragraphs:
            for link in paragraph.hyperlinks:
                if words in link.text:
                    self.walk.press()
                    return self._place(link.fragment)
        raise AssertionError(f"no link holds '{words}'")

    def cover(self, words: str) -> int:
        """Read the ways in on the cover and follow one."""
        ways = next(p for p in self.paragraphs if p.text.startswith("Ways in"))
        self.walk.read(ways.text)
        return self.follow(words, [ways])

    def find(self, words: str, after: int) -> int:
        """Search from a place on; return the place of the first hit."""
        self.walk.type("\u2303F" + words + "\n")
        return next(n for n in range(after, len(self.paragraphs)) if words in self.text(n))

    def text(self, place: int) -> str:
        """Return the words of a paragraph."""
        return str(self.paragraphs[place].text)

    def read(self, *places: int) -> str:
        """Read paragraphs."""
        text = "\n".join(self.text(n) for n in places)
        self.walk.read(text)
        return text

    def _place(self, bookmark: str) -> int:
        path = f".//w:bookmarkStart[@w:name='{bookmark}']"
        for number, paragraph in enumerate(self.paragraphs):
            element = paragraph._p  # the public API knows no bookmarks
            if element.xpath(path):
                return number
        raise AssertionError(f"no bookmark '{bookmark}'")


@attrs.frozen
class Only:
    """Some links of a paragraph."""

    hyperlinks: list[Any]


def last_link(paragraph: Any) -> Only:  # noqa: ANN401 - python-docx
    """Return the last link of a paragraph."""
    return Only([paragraph.hyperlinks[-1]])
