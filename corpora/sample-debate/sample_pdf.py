"""Lays a synthetic document out as a PDF in the manner of a United Nations document.

Platypus knows no footnotes, so pages are composed here: paragraphs are placed from the top, the
notes of the marks that fall on a page are kept free at its foot, and every page is drawn once the
number of pages is known.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph
from sample_source import Block, Document

WIDTH, HEIGHT = A4
LEFT, RIGHT = 3.2 * cm, WIDTH - 3.2 * cm
TOP, FIRST_TOP, BOTTOM = HEIGHT - 2.9 * cm, HEIGHT - 6.4 * cm, 2.7 * cm
MEASURE = RIGHT - LEFT
NOTE_GAP = 14.0  # points between the text and the first note, with the short rule in it
LANGUAGES = {"en": "en_GB", "fr": "fr"}


def _style(kind: str, size: float, **options: object) -> ParagraphStyle:
    settings = {"fontName": "Times-Roman", "leading": size * 1.2, "spaceAfter": 6} | options
    return ParagraphStyle(kind, fontSize=size, allowWidows=0, allowOrphans=0, **settings)


STYLES = {
    "notice": _style("notice", 10.5, fontName="Times-Bold", alignment=TA_CENTER, spaceAfter=14),
    "title": _style("title", 14, fontName="Times-Bold", spaceAfter=12),
    "annex": _style("annex", 14, fontName="Times-Bold", spaceAfter=8),
    "heading": _style("heading", 12, fontName="Times-Bold", spaceAfter=10),
    "language": _style("language", 10.5, alignment=TA_RIGHT, spaceAfter=10),
    "signature": _style("signature", 10.5, alignment=TA_RIGHT, spaceAfter=2),
    "contents-heading": _style("contents-heading", 11, fontName="Times-Bold", spaceBefore=14),
    "contents": _style("contents", 10.5, leftIndent=3 * cm, bulletFontName="Times-Roman",
                       bulletFontSize=10.5, spaceAfter=1),
    "note": _style("note", 8.5, spaceAfter=2),
}  # fmt: skip
BODY = {
    language: _style(
        f"body-{language}",
        10.5,
        alignment=TA_JUSTIFY,
        leading=13,
        spaceAfter=7,
        firstLineIndent=0.8 * cm,
        hyphenationLang=dictionary,
        hyphenationMinWordLength=7,
    )
    for language, dictionary in LANGUAGES.items()
}


@dataclass
class Page:
    """One composed page: paragraphs with the height of their lower edge, and its footnotes."""

    placed: list[tuple[Paragraph, float]] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    cursor: float = TOP

    def foot(self, extra: list[Paragraph]) -> float:
        """Lower limit of the running text when ``extra`` notes join those of the page."""
        notes = self.notes + extra
        limit: float = BOTTOM
        return limit + (NOTE_GAP + sum(_height(note) for note in notes) if notes else 0.0)


def write(document: Document) -> bytes:
    """Bytes of the PDF; the same document always gives the same bytes."""
    pages = compose(document.blocks)
    buffer = io.BytesIO()
    # Uncompressed, so that no byte depends on zlib; invariant, so that none depends on the clock.
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=0, lang="en-GB")
    canvas.setTitle(document.title)
    canvas.setSubject(f"{document.subject}. {document.notice}")
    canvas.setKeywords(document.keywords)
    canvas.setAuthor("Sample Secretariat (invented)")
    canvas.setCreator("corpora/sample-debate/build.py")
    for number, page in enumerate(pages, start=1):
        if number == 1:
            _draw_masthead(canvas, document.masthead)
        _draw_page(canvas, page)
        _draw_furniture(canvas, document.masthead, number, len(pages))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def compose(blocks: tuple[Block, ...]) -> list[Page]:
    """Place every block; an annex begins a page."""
    pages = [Page(cursor=FIRST_TOP)]
    for block in blocks:
        if block.kind == "annex":
            pages.append(Page())
        paragraph, notes = _paragraph(block)
        if pages[-1].placed:
            pages[-1].cursor -= paragraph.style.spaceBefore
        while paragraph is not None:
            paragraph, notes = _place(pages[-1], paragraph, notes)
            if paragraph is not None:
                pages.append(Page())
    return pages


def _paragraph(block: Block) -> tuple[Paragraph, list[Paragraph]]:
    """The block as a paragraph, and its footnotes in the order of their marks."""
    markup, notes = "", []
    for text, note in block.runs():
        if note is None:
            markup += escape(text)
        else:
            markup += f"<super>{text}</super>"
            notes.append(Paragraph(f"<super>{text}</super> {escape(note)}", STYLES["note"]))
    style = BODY[block.language] if block.kind == "body" else STYLES[block.kind]
    return Paragraph(markup, style, bulletText=block.label or None), notes


def _place(
    page: Page, paragraph: Paragraph, notes: list[Paragraph]
) -> tuple[Paragraph | None, list[Paragraph]]:
    """Put as much of a paragraph on the page as fits with its notes; return what is left over."""
    height = _height(paragraph, spaced=False)
    if page.cursor - height >= page.foot(notes):
        page.cursor -= height
        page.placed.append((paragraph, page.cursor))
        page.cursor -= paragraph.style.spaceAfter
        page.notes += notes
        return None, []
    # Split first as if no mark fell on this page; where one does, split again above its note.
    for taken in range(len(notes) + 1):
        parts = paragraph.split(MEASURE, page.cursor - page.foot(notes[:taken]))
        if len(parts) == 2 and _marks(parts[0]) <= taken:
            head, tail = parts
            page.cursor -= _height(head, spaced=False)
            page.placed.append((head, page.cursor))
            page.notes += notes[:taken]
            return tail, notes[taken:]
    if not page.placed:
        raise ValueError("a paragraph and its footnotes do not fit on an empty page")
    return paragraph, notes


def _height(paragraph: Paragraph, *, spaced: bool = True) -> float:
    height: float = paragraph.wrap(MEASURE, HEIGHT)[1]
    after: float = paragraph.style.spaceAfter if spaced else 0.0
    return height + after


def _marks(paragraph: Paragraph) -> int:
    """How many footnote marks a part holds: its pieces that are raised above the line."""
    return sum(1 for piece in paragraph.frags if getattr(piece, "rise", 0) > 0)


def _draw_page(canvas: Canvas, page: Page) -> None:
    for paragraph, lower_edge in page.placed:
        paragraph.wrap(MEASURE, HEIGHT)
        paragraph.drawOn(canvas, LEFT, lower_edge)
    if not page.notes:
        return
    y = page.foot([]) - NOTE_GAP / 2
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, y, LEFT + 3 * cm, y)
    y = page.foot([]) - NOTE_GAP
    for note in page.notes:
        y -= _height(note, spaced=False)
        note.drawOn(canvas, LEFT, y)
        y -= note.style.spaceAfter


def _draw_masthead(canvas: Canvas, fields: dict[str, str]) -> None:
    """The head of page 1: symbol in large type between two rules, organ, distribution, date."""
    top = HEIGHT - 2.2 * cm
    canvas.setFont("Times-Roman", 12)
    canvas.drawString(LEFT, top, "Synthetic sample")
    canvas.setFont("Times-Bold", 22)
    canvas.drawRightString(RIGHT, top, fields["symbol"])
    canvas.setLineWidth(0.6)
    canvas.line(LEFT, top - 6, RIGHT, top - 6)
    canvas.setFont("Times-Bold", 18)
    canvas.drawString(LEFT, top - 30, fields["organ"])
    canvas.setFont("Times-Roman", 10)
    column = RIGHT - 4.2 * cm
    canvas.drawString(column, top - 22, f"Distr.: {fields['distribution']}")
    canvas.drawString(column, top - 35, fields["date"])
    canvas.drawString(column, top - 60, f"Original: {fields['original_language']}")
    canvas.setLineWidth(1.8)
    canvas.line(LEFT, top - 82, RIGHT, top - 82)


def _draw_furniture(canvas: Canvas, fields: dict[str, str], number: int, total: int) -> None:
    """Running head and foot: symbol and page number on the outer edge, job number inside."""
    foot, head = 1.6 * cm, HEIGHT - 1.7 * cm
    job = fields["job_number"]
    if number == 1:
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(LEFT, foot + 10, f"{job} (E)")
        canvas.drawString(LEFT, foot - 2, f"*{job.replace('-', '')}*")
        return
    odd = bool(number % 2)
    outer, inner = (
        (canvas.drawRightString, canvas.drawString)
        if odd
        else (canvas.drawString, canvas.drawRightString)
    )
    outer_x, inner_x = (RIGHT, LEFT) if odd else (LEFT, RIGHT)
    canvas.setFont("Times-Bold", 9)
    outer(outer_x, head, fields["symbol"])
    canvas.setLineWidth(0.6)
    canvas.line(LEFT, head - 5, RIGHT, head - 5)
    outer(outer_x, foot, f"{number}/{total}")
    canvas.setFont("Times-Roman", 9)
    inner(inner_x, foot, job)
