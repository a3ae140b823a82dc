"""Tell a file's format from its first bytes; the suffix only breaks ties."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from statement_nlp.ingest.errors import IngestError


class Format(StrEnum):
    """Formats that are told apart."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    TEXT = "text"
    ARCHIVE = "archive"


_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Office file or a password-protected one; save it as plain DOCX"),
    (b"{\\rtf", "an RTF file; save it as DOCX"),
    (b"\x89PNG", "an image; run OCR and give the text or a searchable PDF"),
    (b"\xff\xd8\xff", "an image; run OCR and give the text or a searchable PDF"),
    (b"GIF8", "an image; run OCR and give the text or a searchable PDF"),
    (b"II*\x00", "an image; run OCR and give the text or a searchable PDF"),
    (b"MM\x00*", "an image; run OCR and give the text or a searchable PDF"),
    (b"7z\xbc\xaf", "a 7z archive; give a ZIP or TAR"),
    (b"Rar!", "a RAR archive; give a ZIP or TAR"),
)
_TAR_COMPRESSED = (b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HTML_TAG = re.compile(rb"<(?:p|div|h[1-6]|table|ul|ol|br|title|meta)\b", re.IGNORECASE)


def sniff(data: bytes, name: str) -> Format:
    """Return the format of ``data``, the bytes of the file called ``name``.

    Raises:
        IngestError: ``empty-file``, ``not-a-docx`` or ``unknown-format``.
    """
    if not data:
        raise IngestError("empty-file", "the file is empty; nothing to read")
    suffix = name.lower().rsplit(".", 1)[-1] if "." in name else ""
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _sniff_zip(data, suffix)
    if data.startswith(_TAR_COMPRESSED) or data[257:262] == b"ustar":
        return Format.ARCHIVE
    for magic, hint in _FOREIGN:
        if data.startswith(magic):
            raise IngestError("unknown-format", f"the file is {hint}")
    if suffix == "docx":
        raise IngestError("not-a-docx", "named .docx but not a Word file; save it again as DOCX")
    head = data[:4096].replace(b"\x00", b"")
    if _HTML.search(head) or (suffix in {"html", "htm", "xhtml"} and _HTML_TAG.search(head)):
        return Format.HTML
    if looks_binary(data):
        raise IngestError(
            "unknown-format", "the bytes are no PDF, DOCX, HTML or text; convert the file first"
        )
    return Format.TEXT


def _sniff_zip(data: bytes, suffix: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        if suffix == "docx":
            raise IngestError(
                "not-a-docx", "the DOCX is cut short or damaged; get a whole copy"
            ) from None
        raise IngestError(
            "unknown-format", "the ZIP is cut short or damaged; get a whole copy"
        ) from None
    if "word/document.xml" in names and "[Content_Types].xml" in names:
        return Format.DOCX
    if suffix == "docx":
        raise IngestError("not-a-docx", "a ZIP renamed to .docx; rename it to .zip or give a DOCX")
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise IngestError(
            "unknown-format", "an office file that is not a Word document; save the text as DOCX"
        )
    return Format.ARCHIVE


def utf16_name(data: bytes) -> str | None:
    """Return ``utf-16-le`` or ``utf-16-be`` where zero bytes stand in every other place.

    Text in a European language has a zero high byte in nearly every character; ten per cent
    of the places in one half and at most a tenth of that in the other half are asked for.
    """
    head = data[:8192]
    if len(head) < 2 or b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if odd > 0.1 * half and even * 10 <= odd:
        return "utf-16-le"
    if even > 0.1 * half and odd * 10 <= even:
        return "utf-16-be"
    return None


_CONTROLS = bytes(i for i in range(32) if i not in b"\t\n\x0b\x0c\r\x1a") + b"\x7f"


def looks_binary(data: bytes) -> bool:
    """Return whether more than one byte in a hundred of the head is a control character."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_name(data):
        return False
    head = data[:65536]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 100 > len(head)
