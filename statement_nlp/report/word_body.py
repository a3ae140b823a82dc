"""Body: the running text of the Word report as it is put together, with its counts.

A text is put together several times until it keeps within its length, so blocks are kept as
functions and become XML only once, when the text is final.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from statement_nlp.report import word_xml as xml
from statement_nlp.report.word_charts import Chart, inline_chart
from statement_nlp.report.word_xml import Element, Inline

TEXT_WIDTH = 9360
"""Width of the text in twentieths of a point (6.5 inches)."""


@attrs.define
class Heading:
    """One entry of the contents: its number is worked out as Word does."""

    level: int
    number: str
    title: str
    anchor: str
    first: int | None = None
    """Number of the first paragraph under it."""
    last: int | None = None

    @property
    def paragraphs(self) -> str:
        """Range of paragraph numbers, "" where there are none."""
        if self.first is None or self.last is None:
            return ""
        return str(self.first) if self.first == self.last else f"{self.first}\u2013{self.last}"


@attrs.define
class Body:
    """Collects paragraphs, tables and figures; keeps numbers, bookmarks and the word count."""

    blocks: list[Callable[[], Element]] = attrs.field(factory=list)
    headings: list[Heading] = attrs.field(factory=list)
    charts: list[tuple[Element, Chart]] = attrs.field(factory=list)
    """Charts and the element that must name their relationship."""
    words: int = 0
    paragraph: int = 0
    tables: int = 0
    figures: int = 0
    _bookmarks: int = 0
    _levels: list[int] = attrs.field(factory=lambda: [0, 0, 0])
    _annexes: int = 0

    def elements(self) -> list[Element]:
        """Return the text as XML; each call makes it anew."""
        self.charts.clear()
        return [block() for block in self.blocks]

    def heading(
        self, level: int, title: str, anchor: str | None = None, new_page: bool = False
    ) -> None:
        """Add a heading of level 1 to 3, numbered I., A., 1. by its style."""
        self._levels[level - 1] += 1
        self._levels[level:] = [0] * (3 - level)
        count = self._levels[level - 1]
        number = (roman(count), _letter(count), str(count))[level - 1] + "."
        self._headed(
            f"Heading{level}", Heading(level, number, title, anchor or self._anchor()), new_page
        )

    def annex(self, title: str, anchor: str) -> None:
        """Add the heading of an annex, on a new page."""
        self._annexes += 1
        number = f"Annex {roman(self._annexes)}."
        self._headed("AnnexHeading", Heading(1, number, title, anchor))

    def subheading(self, title: str) -> None:
        """Add a heading inside an annex; it is not in the contents."""
        self.plain("AnnexSubheading", title)

    def para(self, *parts: Inline, anchor: str | None = None) -> None:
        """Add a numbered paragraph."""
        self.paragraph += 1
        for level in (1, 2, 3):
            last = next((h for h in reversed(self.headings) if h.level <= level), None)
            if last is not None:
                last.first = last.first or self.paragraph
                last.last = self.paragraph
        self.plain("NumberedParagraph", *parts, anchor=anchor)

    def plain(self, style: str, *parts: Inline, anchor: str | None = None) -> None:
        """Add a paragraph of a style that has no number."""
        self._count(parts)
        bookmark = self._next_bookmark() if anchor else 0

        def block() -> Element:
            content = xml.inlines(parts)
            if anchor:
                content = xml.bookmarked(content, anchor, bookmark)
            return xml.paragraph(style, content)

        self.blocks.append(block)

    def table(
        self,
        title: str,
        header: tuple[str, ...],
        rows: Sequence[tuple[tuple[Inline, ...], ...]],
        *,
        shares: tuple[int, ...],
        numeric: tuple[int, ...] = (),
        description: str | None = None,
    ) -> None:
        """Add a captioned table; ``shares`` are the columns' parts of the width."""
        self.tables += 1
        self._caption("Table", self.tables, title)
        whole = sum(shares)
        widths = tuple(TEXT_WIDTH * share // whole for share in shares)
        for row in rows:
            for cell in row:
                self._count(cell)
        self._count(header)
        self.blocks.append(
            lambda: xml.table(header, rows, widths, frozenset(numeric), description or title)
        )
        # Word joins tables that touch, and a gap keeps text off the table's rule.
        self.blocks.append(lambda: xml.paragraph("Gap", []))

    def chart(self, title: str, chart: Chart, note: str) -> None:
        """Add a captioned chart that Word can edit, with alternative text."""
        self.figures += 1
        self._caption("Figure", self.figures, title)
        number = self.figures

        def block() -> Element:
            drawing, holder = inline_chart(chart, number, title)
            self.charts.append((holder, chart))
            return xml.paragraph("Figure", [xml.el("r", drawing)])

        self.blocks.append(block)
        self.plain("Note", note)

    def _headed(self, style: str, heading: Heading, new_page: bool = False) -> None:
        self.headings.append(heading)
        self._count((heading.title,))
        bookmark = self._next_bookmark()

        def block() -> Element:
            content = xml.bookmarked(xml.inlines((heading.title,)), heading.anchor, bookmark)
            found = xml.paragraph(style, content)
            if new_page:
                found[0].append(xml.el("pageBreakBefore"))
            return found

        self.blocks.append(block)

    def _caption(self, kind: str, number: int, title: str) -> None:
        self._count((kind, " 1 ", title))

        def block() -> Element:
            content = [
                xml.run(f"{kind} "),
                *xml.field(f"SEQ {kind} \\* ARABIC", str(number)),
                xml.run(f". {title}"),
            ]
            return xml.paragraph("Caption", content)

        self.blocks.append(block)

    def _count(self, parts: tuple[Inline, ...]) -> None:
        self.words += len(xml.text_of(parts).split())

    def _next_bookmark(self) -> int:
        self._bookmarks += 1
        return self._bookmarks

    def _anchor(self) -> str:
        return f"_Toc{len(self.headings) + 1:08d}"


def contents(headings: list[Heading]) -> list[Element]:
    """Return the table of contents: a field, with entries that stand until it is updated.

    Pages are known only once a word processor has laid the document out, so the entries name the
    numbers of the paragraphs under each heading instead; updating the field puts pages there.
    """
    shown = [heading for heading in headings if heading.level <= 2]
    blocks: list[Element] = []
    for index, heading in enumerate(shown):
        between: Inline = " " if heading.number.startswith("Annex") else xml.Tab()
        parts: list[Inline] = [heading.number, between, heading.title]
        if heading.paragraphs:
            word = "para." if heading.first == heading.last else "paras."
            parts += [xml.Tab(), f"{word} {heading.paragraphs}"]
        entry = xml.el("hyperlink", *xml.inlines(tuple(parts)), anchor=heading.anchor, history=1)
        content = [entry]
        if index == 0:
            content = [*xml.field_start('TOC \\o "1-2" \\h \\z \\u'), entry]
        if index == len(shown) - 1:
            content.append(xml.field_end())
        blocks.append(xml.paragraph(f"TOC{heading.level}", content))
    return blocks


def roman(number: int) -> str:
    """Return a number from 1 to 39 in Roman numerals."""
    tens, units = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[units]


def _letter(number: int) -> str:
    """Return A, B … Z, AA, BB … as Word counts."""
    turns, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * (turns + 1)
