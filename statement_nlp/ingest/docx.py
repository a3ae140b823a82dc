"""Read DOCX in document order: body, tables, text boxes, footnotes, headers and footers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from statement_nlp.ingest.errors import IngestError
from statement_nlp.ingest.normalize import normalize
from statement_nlp.ingest.numbering import Numbering
from statement_nlp.ingest.pieces import Piece, assemble
from statement_nlp.model import BlockKind, Document

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING = re.compile(r"(?:heading|titre|título|überschrift|заголовок)\s*(\d)$", re.IGNORECASE)
# Deleted text of tracked changes and field codes are not what the page shows.
_SILENT = frozenset(
    {W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "pPr", W + "rPr"}
)
_SPACES = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "ptab": " "}
_ONE_SPACE = re.compile(r"\s+")


@attrs.define
class _Reader:
    document: DocxDocument
    numbering: Numbering
    page: int = 1
    paged: bool = False
    notes: dict[str, list[str]] = attrs.field(factory=dict)
    """Footnote key to its paragraphs' texts."""

    def pieces(self, container: Element) -> Iterator[Piece]:
        """Yield the pieces of a body, cell or text box element, in order."""
        for element in container:
            if element.tag == W + "p":
                yield from self.paragraph(element)
            elif element.tag == W + "tbl":
                yield from self.table(element)
            elif element.tag in {W + "sdt", W + "sdtContent", W + "ins", W + "customXml"}:
                yield from self.pieces(element)

    def paragraph(self, element: Element) -> Iterator[Piece]:
        """Yield the paragraph, then the text boxes anchored in it."""
        buffer: list[str] = []
        references: list[tuple[int, str]] = []
        pages: list[tuple[int, int]] = []
        boxes: list[Element] = []
        self._collect(element, buffer, references, pages, boxes)
        start = self.page if not pages else pages[0][1] - 1
        kind, label, prefix = self._kind(element)
        raw = "".join(buffer)
        text, moved = _squeeze(raw, [offset for offset, _ in references] + [o for o, _ in pages])
        if text:
            shift = len(prefix)
            text = prefix + text
            keys = [key for _, key in references]
            numbers = [page for _, page in pages]
            places = [
                (min(moved[len(keys) + i] + shift, len(text) - 1), n) for i, n in enumerate(numbers)
            ]
            marks = [(0, start), *(pair for pair in places if pair[0] > 0)]
            if places and places[0][0] - shift <= 0:
                marks[0] = (0, places[0][1])
            yield Piece(
                kind,
                text,
                marks,
                label=label,
                references=[(moved[i] + shift, key) for i, key in enumerate(keys)],
            )
        for box in boxes:
            yield from self.pieces(box)

    def _collect(
        self,
        element: Element,
        buffer: list[str],
        references: list[tuple[int, str]],
        pages: list[tuple[int, int]],
        boxes: list[Element],
    ) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "t":
                buffer.append(child.text or "")
            elif tag == W + "noBreakHyphen":
                buffer.append("-")
            elif tag == W + "txbxContent":
                boxes.append(child)
            elif tag in {W + "footnoteReference", W + "endnoteReference"}:
                key = f"{tag[len(W) : len(W) + 4]}{child.get(W + 'id')}"
                references.append((sum(map(len, buffer)), key))
            elif tag == W + "lastRenderedPageBreak" or (
                tag == W + "br" and child.get(W + "type") == "page"
            ):
                self._break(tag, buffer, pages)
            elif tag in _SPACES:
                buffer.append(_SPACES[tag])
            elif tag in _SILENT or tag == _MC + "Fallback" or not isinstance(tag, str):
                continue
            else:
                self._collect(child, buffer, references, pages, boxes)

    def _break(self, tag: str, buffer: list[str], pages: list[tuple[int, int]]) -> None:
        buffer.append("\n")
        # Word writes both marks for one explicit break; the rendered one follows at once.
        if tag == W + "lastRenderedPageBreak" and self.after_explicit:
            self.after_explicit = False
            return
        self.after_explicit = tag == W + "br"
        self.page += 1
        self.paged = True
        pages.append((sum(map(len, buffer)), self.page))

    after_explicit: bool = False

    def _kind(self, element: Element) -> tuple[BlockKind, str | None, str]:
        style = self._style(element)
        number = self.numbering.next_label(element)
        prefix = f"{number} " if number else ""
        heading = _HEADING.match(style)
        if heading:
            return BlockKind.HEADING, heading.group(1), prefix
        if style.lower() in {"title", "subtitle", "titre", "título"}:
            return BlockKind.HEADING, "0" if style.lower() != "subtitle" else "1", prefix
        if number is not None:
            return BlockKind.LIST_ITEM, None, prefix
        return BlockKind.PARAGRAPH, None, prefix

    def _style(self, element: Element) -> str:
        found = element.find(f"{W}pPr/{W}pStyle")
        if found is None:
            return ""
        return self.numbering.style_names.get(found.get(W + "val"), found.get(W + "val") or "")

    def table(self, element: Element) -> Iterator[Piece]:
        """Yield one piece a row, cells separated by " | "; a layout table of one cell is text."""
        rows = element.findall(f".//{W}tr")
        cells = element.findall(f".//{W}tc")
        if len(cells) == 1:
            yield from self.pieces(cells[0])
            return
        nested = set(element.findall(f".//{W}tbl//{W}tr"))
        for row in rows:
            if row not in nested:
                yield from self._row(row)

    def _row(self, row: Element) -> Iterator[Piece]:
        texts: list[str] = []
        references: list[tuple[int, str]] = []
        offset = 0
        page = self.page
        for cell in row.iter(W + "tc"):
            if any(above.tag == W + "tc" for above in cell.iterancestors() if above is not row):
                continue
            inner = list(self.pieces(cell))
            text = " ".join(piece.text for piece in inner)
            at = offset
            for piece in inner:
                references += [(at + place, key) for place, key in piece.references]
                at += len(piece.text) + 1
            if text:
                texts.append(text)
                offset += len(text) + 3
        joined = " | ".join(texts)
        if joined:
            yield Piece(BlockKind.TABLE_ROW, joined, [(0, page)], references=references)


def _squeeze(raw: str, offsets: list[int]) -> tuple[str, list[int]]:
    """Return ``raw`` with plain single spaces, and where ``offsets`` into it have moved to."""
    places = []
    for offset in offsets:
        before = _ONE_SPACE.sub(" ", normalize(raw[:offset])).lstrip()
        places.append(len(before))
    text = _ONE_SPACE.sub(" ", normalize(raw)).strip()
    return text, [min(place, len(text)) for place in places]


def read_docx(data: bytes, *, sha256: str, path: str) -> Document:
    """Return the document in the bytes of a DOCX file.

    Numbers that Word gives to paragraphs are written as text, footnotes carry the offset of their
    mark, headers and footers become furniture. Page marks come from page breaks where the file
    states them.

    Raises:
        IngestError: ``not-a-docx`` or ``empty-file``.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(io.BytesIO(data))
        reader = _Reader(document, Numbering.of(document))
        pieces = list(reader.pieces(document.element.body))
        pieces += _notes(document, reader)
        pieces += _furniture(document, reader)
    except (
        PackageNotFoundError,
        XMLSyntaxError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
    ) as error:
        raise IngestError(
            "not-a-docx", "the DOCX is damaged inside; open it in Word and save it again"
        ) from error
    if not reader.paged:
        for piece in pieces:
            piece.pages = []
    properties = document.core_properties
    metadata = {
        key: normalize(value).strip()
        for key in ("title", "author", "subject", "keywords")
        if (value := str(getattr(properties, key) or "")).strip()
    }
    return assemble(
        sha256=sha256,
        path=path,
        kind="docx",
        pieces=pieces,
        page_count=reader.page if reader.paged else None,
        metadata=metadata,
    )


def _notes(document: DocxDocument, reader: _Reader) -> Iterator[Piece]:
    """Yield footnotes and endnotes in the order of their parts."""
    from lxml import etree

    for relation in document.part.rels.values():
        short = relation.reltype.rsplit("/", 1)[-1]
        if relation.is_external or short not in {"footnotes", "endnotes"}:
            continue
        root = etree.fromstring(relation.target_part.blob)
        label = 0
        for note in root:
            if note.get(W + "type") in {"separator", "continuationSeparator", "continuationNotice"}:
                continue
            inner = list(reader.pieces(note))
            text = " ".join(piece.text for piece in inner)
            label += 1
            yield Piece(
                BlockKind.FOOTNOTE,
                text,
                [],
                label=str(label),
                key=f"{short[:4]}{note.get(W + 'id')}",
            )


def _furniture(document: DocxDocument, reader: _Reader) -> Iterator[Piece]:
    """Yield each distinct header and footer paragraph once."""
    seen: set[str] = set()
    for section in document.sections:
        for part in (
            section.header,
            section.first_page_header,
            section.even_page_header,
            section.footer,
            section.first_page_footer,
            section.even_page_footer,
        ):
            if part.is_linked_to_previous:
                continue
            for piece in reader.pieces(part._element):
                if piece.text not in seen:
                    seen.add(piece.text)
                    yield Piece(BlockKind.FURNITURE, piece.text)
