"""Read one source, whatever its format, as a document."""

from __future__ import annotations

from statement_nlp.ingest.errors import IngestError
from statement_nlp.ingest.sniff import Format, sniff
from statement_nlp.ingest.sources import Source
from statement_nlp.model import Document


def read(source: Source, *, ocr: bool = False) -> Document:
    """Return the document in ``source``; the format is told from the bytes.

    Args:
        source: a file found by :func:`statement_nlp.ingest.find`.
        ocr: read pages of a PDF that have no text with Tesseract.

    Raises:
        IngestError: the file cannot be read; its ``code`` is one of docs/errors.md.
    """
    try:
        data = source.read_bytes()
    except OSError as error:
        raise IngestError(
            "missing-file", f"cannot be opened ({error.strerror}); check the path"
        ) from error
    kind = sniff(data, source.name)
    if kind is Format.PDF:
        from statement_nlp.ingest.pdf import read_pdf

        return read_pdf(data, sha256=source.sha256, path=source.path, ocr=ocr)
    if kind is Format.DOCX:
        from statement_nlp.ingest.docx import read_docx

        return read_docx(data, sha256=source.sha256, path=source.path)
    if kind is Format.HTML:
        from statement_nlp.ingest.html import read_html

        return read_html(data, sha256=source.sha256, path=source.path)
    if kind is Format.ARCHIVE:
        raise IngestError("unknown-format", "an archive; give it as an input of its own")
    from statement_nlp.ingest.text import read_text

    markdown = source.name.lower().endswith((".md", ".markdown"))
    return read_text(data, sha256=source.sha256, path=source.path, markdown=markdown)
