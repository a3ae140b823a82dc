"""Read a PDF as a document, or say in one line why it cannot be read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from statement_nlp.ingest.errors import IngestError, load_data
from statement_nlp.ingest.hyphens import Dehyphenator
from statement_nlp.ingest.normalize import normalize
from statement_nlp.ingest.pdf.columns import in_reading_order
from statement_nlp.ingest.pdf.footnotes import Note, split_footnotes, take_marks
from statement_nlp.ingest.pdf.furniture import split_furniture
from statement_nlp.ingest.pdf.glyphs import page_runs
from statement_nlp.ingest.pdf.lines import TextLine, page_lines
from statement_nlp.ingest.pdf.paragraphs import paragraphs, usual_style
from statement_nlp.ingest.pieces import Piece, assemble
from statement_nlp.model import BlockKind, Document

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_ARABIC = re.compile("[\u0600-\u06ff]")
_TRIPLE = re.compile("([\u0621-\u063f\u0641-\u064a])\\1\\1")
_UNREADABLE = "that is not readable characters"


def read_pdf(data: bytes, *, sha256: str, path: str, ocr: bool = False) -> Document:
    """Return the document in the bytes of a PDF.

    Args:
        data: the file's bytes.
        sha256: their digest, in hexadecimal digits.
        path: what users see.
        ocr: read pages without a usable text layer with Tesseract.

    Raises:
        IngestError: ``encrypted-pdf``, ``truncated-pdf``, ``scan``, ``ocr-unavailable`` or
            ``empty-file``.
    """
    pdf = _open(data)
    try:
        pages = [page_lines(page_runs(page), number) for number, page in enumerate(pdf, start=1)]
        pages, notes = _without_bad_layers(pages)
        metadata = _metadata(pdf)
        missing = [number for number in range(1, len(pages) + 1) if not _has_text(pages, number)]
        if ocr and missing:
            from statement_nlp.ingest.ocr import recognize

            for number in missing:
                pages[number - 1] = recognize(pdf[number - 1], number)
                notes.append(f"page {number} was read by OCR; check it against the file")
            missing = []
    finally:
        pdf.close()
    bad = {int(note.split(" ", 2)[1]) for note in notes if note.endswith(_UNREADABLE)}
    if len(missing) == len(pages):
        reason = f"the text layer is one {_UNREADABLE}" if bad else "no page has text"
        raise IngestError("scan", f"{reason}; run OCR first or pass --ocr")
    if not ocr:
        notes = [f"{note}; run OCR first or pass --ocr" for note in notes]
        notes += [
            f"page {number} has no text; run OCR first or pass --ocr"
            for number in missing
            if number not in bad
        ]
    pieces, undone = _pieces(pages)
    if undone:
        notes.append(f"hyphens undone at line ends: {undone}")
    return assemble(
        sha256=sha256,
        path=path,
        kind="pdf",
        pieces=pieces,
        page_count=len(pages),
        metadata=metadata,
        notes=notes,
    )


def _open(data: bytes) -> PdfDocument:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
        if len(pdf) == 0:
            raise IngestError("truncated-pdf", "the PDF has no pages; get a whole copy")
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or b"/Encrypt" in data[-4096:]:
            raise IngestError(
                "encrypted-pdf", "the PDF needs a password; save a copy without one"
            ) from error
        raise IngestError(
            "truncated-pdf", "the PDF is cut short or damaged; get a whole copy"
        ) from error
    return pdf


def _pieces(pages: Sequence[Sequence[TextLine]]) -> tuple[list[Piece], int]:
    """Return all pieces of the document and the number of hyphens undone."""
    body, furniture = split_furniture(pages)
    sizes: Counter[float] = Counter()
    for page in body:
        for line in page:
            sizes[round(line.size * 2) / 2] += len(line.text)
    body_size = min((-count, size) for size, count in sizes.items())[1] if sizes else 12.0
    running: list[TextLine] = []
    notes: list[Note] = []
    for number, page in enumerate(body, start=1):
        lines, found = split_footnotes(page, body_size, number)
        take_marks(lines, found)
        running += [line for line in in_reading_order(lines) if line.text]
        notes += found
    joiner = Dehyphenator([line.text for line in running])
    pieces: list[Piece] = []
    if running:
        pieces += paragraphs(running, joiner, usual_style(running))
    for note in notes:
        text = note.lines[0].text
        for line in note.lines[1:]:
            text = joiner.join(text, line.text)
        pages_of = [(0, note.lines[0].page)]
        pieces.append(Piece(BlockKind.FOOTNOTE, text, pages_of, label=note.label, key=note.key))
    pieces += [
        Piece(BlockKind.FURNITURE, line.text, [(0, line.page)])
        for page in furniture
        for line in page
    ]
    return pieces, joiner.removed


def _has_text(pages: Sequence[Sequence[TextLine]], number: int) -> bool:
    """Return whether a page has text beyond a stamp or a page number."""
    least = load_data("pdf_layout.yaml")["text_layer"]["letters"]
    page = pages[number - 1]
    if sum(sum(char.isalpha() for char in line.text) for line in page) >= least:
        return True
    # The last page of a statement may hold two words; a scan has as little on every page.
    full = sum(sum(char.isalpha() for line in one for char in line.text) >= least for one in pages)
    return bool(page) and full * 2 > len(pages)


def _without_bad_layers(
    pages: Sequence[Sequence[TextLine]],
) -> tuple[list[list[TextLine]], list[str]]:
    """Empty the pages whose text layer is no text: fonts without a map to characters."""
    settings = load_data("pdf_layout.yaml")["text_layer"]
    texts = [" ".join(line.text for line in page) for page in pages]
    shares = [readable_share(text) for text in texts]
    # In a file that is mostly unreadable only a page that is nearly all words can be trusted.
    letters = sum(map(len, texts))
    whole = sum(share * len(text) for share, text in zip(shares, texts, strict=True))
    least = settings["readable" if whole >= settings["whole"] * letters else "trusted"]
    kept: list[list[TextLine]] = []
    notes: list[str] = []
    for number, (page, text, share) in enumerate(zip(pages, texts, shares, strict=True), start=1):
        bad = len(text) > 40 and share < least
        kept.append([] if bad else list(page))
        if bad:
            notes.append(f"page {number} has a text layer {_UNREADABLE}")
    return kept, notes


def readable_share(text: str) -> float:
    """Return the share of the characters of ``text`` that stand in words as languages write them.

    Marks and capitals inside a word count against it: a font without a character map shows as
    words such as ``?C%DHV``.
    """
    good = total = 0
    for word in text.split():
        core = _EDGES.sub("", word)
        if not core and len(word) < 4:
            continue  # a dash, a bullet
        total += len(word)
        plain = sum(char.isalnum() or unicodedata.combining(char) > 0 for char in core)
        mixed = core[1:] != core[1:].lower() and core != core.upper() and "-" not in core
        # Arabic words have two letters at least and no letter three times in a row.
        broken = bool(_ARABIC.match(core)) and (len(core) == 1 or bool(_TRIPLE.search(core)))
        if plain * 2 > len(core) and len(core) - plain <= 3 and not mixed and not broken:
            good += len(word)
    return good / total if total else 1.0


def _metadata(pdf: PdfDocument) -> dict[str, str]:
    found = pdf.get_metadata_dict(skip_empty=True)
    return {
        key.lower(): " ".join(normalize(value).split())
        for key, value in found.items()
        if key in {"Title", "Author", "Subject", "Keywords"} and value.strip()
    }
