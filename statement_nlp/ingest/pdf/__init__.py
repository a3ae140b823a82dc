"""Read PDF: characters with their places, lines, columns, furniture, footnotes, paragraphs."""

from statement_nlp.ingest.pdf.reader import read_pdf

__all__ = ["read_pdf"]
