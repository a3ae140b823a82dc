"""PDF: layout of synthetic pages, and the real ones."""

import io
import unicodedata
from collections import Counter

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from statement_nlp.ingest import IngestError, Source, find, read
from statement_nlp.ingest.normalize import normalize
from statement_nlp.model import BlockKind

SENTENCES = [
    "The delegation of Norland thanks the presidency for this debate.",
    "It has followed the work of the coordinator with close attention.",
    "Clearance of roads and fields remains the first of its concerns.",
    "It asks that survivors be heard in every decision that is taken.",
    "It will report on the results of its programme within two years.",
    "It recalls that agreements hold only where they are carried out.",
]


class Page:
    """Writes synthetic pages line by line."""

    def __init__(self):
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=A4)
        self.canvas.setTitle("A synthetic paper")

    def write(self, x, y, text, size=11, font="Times-Roman"):
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def end_page(self):
        self.canvas.showPage()

    def read(self, tmp_path):
        self.canvas.save()
        path = tmp_path / "a.pdf"
        path.write_bytes(self.buffer.getvalue())
        return read(Source.of(path))


def texts(document, kind):
    return [
        document.text[block.span.start : block.span.end]
        for block in document.blocks
        if block.kind is kind
    ]


def test_furniture_is_kept_apart_and_a_sentence_crosses_the_page(tmp_path):
    page = Page()
    verbs = ["clears", "marks", "maps", "guards"]
    for number in range(1, 5):
        page.write(72, 800, "S/2031/17")
        if number > 1:
            page.write(72, 714, f"{verbs[number - 2]} each field along the old road of the north.")
        for line in range(5):
            page.write(72, 690 - 13 * line, SENTENCES[(number + line) % 6])
        page.write(72, 600, f"Here the office {number * 7} of them, with the help of others, then")
        page.write(280, 40, f"{number}/4")
        page.end_page()
    document = page.read(tmp_path)
    assert Counter(texts(document, BlockKind.FURNITURE)) == Counter(
        ["S/2031/17"] * 4 + [f"{number}/4" for number in range(1, 5)]
    )
    body = document.text[: document.body_end]
    assert "of others, then clears each field" in body
    assert document.page_at(body.index("clears each field")) == 2
    assert document.pages == 4
    assert dict(document.metadata)["title"] == "A synthetic paper"


def test_annex_headings_on_every_page_are_text(tmp_path):
    page = Page()
    for number in range(1, 6):
        page.write(72, 800, "S/2031/17")
        page.write(72, 760, f"Annex {number}", font="Times-Bold")
        page.write(72, 740, "[Original: English]")
        for line in range(5):
            page.write(72, 700 - 13 * line, SENTENCES[(number + line) % 6])
        page.end_page()
    document = page.read(tmp_path)
    body = document.text[: document.body_end]
    assert all(f"Annex {number}" in body for number in range(1, 6))
    assert body.count("[Original: English]") == 5
    assert texts(document, BlockKind.FURNITURE) == ["S/2031/17"] * 5


def test_alternating_headers_are_furniture(tmp_path):
    page = Page()
    for number in range(1, 9):
        page.write(72 if number % 2 else 400, 800, "S/2031/17" if number % 2 else "Mine action")
        for line in range(5):
            page.write(72, 700 - 14 * line, SENTENCES[(number + line) % 6])
        page.end_page()
    furniture = Counter(texts(page.read(tmp_path), BlockKind.FURNITURE))
    assert furniture == {"S/2031/17": 4, "Mine action": 4}


def test_two_columns_are_read_one_after_the_other(tmp_path):
    page = Page()
    page.write(150, 780, "A title across both of the columns", size=11)
    for line in range(12):
        page.write(60, 740 - 14 * line, f"left column line {line} of the statement")
        page.write(320, 740 - 14 * line, f"right column line {line} of the statement")
    text = page.read(tmp_path).text
    assert text.index("title") < text.index("left column line 0")
    assert text.index("left column line 11") < text.index("right column line 0")


def test_footnote_is_linked_and_its_mark_taken_out(tmp_path):
    page = Page()
    page.write(72, 700, "The delegation recalls the treaty")
    width = page.canvas.stringWidth("The delegation recalls the treaty", "Times-Roman", 11)
    page.write(72 + width, 704, "1", size=6.5)
    page.write(72 + width + 4, 700, " and asks for its ratification.")
    for line in range(4):
        page.write(72, 680 - 13 * line, SENTENCES[line])
    page.write(72, 82, "1", size=5)
    page.write(76, 80, "Opened for signature in the synthetic city.", size=8)
    document = page.read(tmp_path)
    (note,) = [block for block in document.blocks if block.kind is BlockKind.FOOTNOTE]
    assert note.label == "1"
    assert document.text[: note.anchor].endswith("recalls the treaty")
    assert "treaty and asks" in document.text
    assert texts(document, BlockKind.FOOTNOTE)[0].endswith("synthetic city.")


def test_paragraphs_and_headings(tmp_path):
    page = Page()
    page.write(72, 760, "Statement by Norland", size=16, font="Times-Bold")
    for paragraph in range(3):
        for line in range(3):
            page.write(72, 720 - 60 * paragraph - 13 * line, SENTENCES[paragraph + line])
    document = page.read(tmp_path)
    assert texts(document, BlockKind.HEADING) == ["Statement by Norland"]
    assert texts(document, BlockKind.PARAGRAPH) == [
        " ".join(SENTENCES[paragraph : paragraph + 3]) for paragraph in range(3)
    ]


def test_page_without_text_is_named(tmp_path):
    page = Page()
    for line in range(5):
        page.write(72, 700 - 13 * line, SENTENCES[line])
    page.end_page()
    page.canvas.rect(100, 100, 200, 200)
    page.end_page()
    for line in range(5):
        page.write(72, 700 - 13 * line, SENTENCES[-line])
    notes = page.read(tmp_path).notes
    assert notes == ("page 2 has no text; run OCR first or pass --ocr",)


@pytest.mark.shared
@pytest.mark.slow
def test_real_files_are_read_or_named(shared_data):
    outcome = Counter()
    for source in find([shared_data / "unga79-pdf"]):
        assert isinstance(source, Source)
        try:
            outcome["text"] += len(read(source).text) > 5000
        except IngestError as error:
            outcome[error.code] += 1
    assert set(outcome) == {"text", "scan"}
    assert outcome["text"] >= 84
    assert outcome["scan"] >= 9


@pytest.mark.shared
def test_real_files_lose_no_character(shared_data):
    import pypdfium2
    from pypdfium2 import raw

    compared = 0
    for path in sorted((shared_data / "unga79-pdf").glob("*.pdf"))[::6]:
        try:
            document = read(Source.of(path))
        except IngestError:
            continue
        if any("not readable" in note for note in document.notes):
            continue
        found = []
        for page in pypdfium2.PdfDocument(path):
            layer = page.get_textpage()
            codes = [raw.FPDFText_GetUnicode(layer, at) for at in range(layer.count_chars())]
            # PDFium's marks for a hyphen at a line's end.
            found += ["-" if code in (0xFFFE, 2) else chr(code) for code in codes]
        layer_text = normalize(unicodedata.normalize("NFC", "".join(found)))
        lost = Counter("".join(layer_text.split())) - Counter("".join(document.text.split()))
        undone = [note for note in document.notes if "undone" in note]
        lost["-"] -= sum(int(note.rsplit(" ", 1)[1]) for note in undone)
        # Brackets of right-to-left lines are turned round.
        assert not +Counter({char: lost[char] for char in lost if char not in "()"}), path.name
        compared += 1
    assert compared > 10
