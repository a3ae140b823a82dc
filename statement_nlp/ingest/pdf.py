"""Read PDF."""

from __future__ import annotations

from statement_nlp.ingest.errors import IngestError
from statement_nlp.ingest.hyphens import Dehyphenator
from statement_nlp.ingest.normalize import normalize
from statement_nlp.ingest.pieces import assemble
from statement_nlp.ingest.text import paragraphs, split_lines
from statement_nlp.model import Document


def read_pdf(data: bytes, *, sha256: str, path: str, ocr: bool = False) -> Document:
    """Return the document in the bytes of a PDF."""
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = "encrypted-pdf" if "password" in str(error).lower() else "truncated-pdf"
        raise IngestError(code, f"{error}; give a whole copy without a password") from error
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    if ocr:
        raise IngestError("ocr-unavailable", "Tesseract is not installed; leave --ocr out")
    if not any(page.strip() for page in pages):
        raise IngestError("scan", "no page has text; run OCR first or pass --ocr")
    notes = [
        f"page {number} has no text; run OCR first or pass --ocr"
        for number, page in enumerate(pages, start=1)
        if not page.strip()
    ]
    lines = split_lines(normalize("\f".join(page.replace("\ufffe", "-") for page in pages)))
    joiner = Dehyphenator([line.text for line in lines])
    return assemble(
        sha256=sha256,
        path=path,
        kind="pdf",
        pieces=paragraphs(lines, joiner),
        page_count=len(pages),
        notes=notes,
    )
