"""Read HTML: the text of its blocks, without scripts, styles and navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from statement_nlp.ingest.normalize import normalize
from statement_nlp.ingest.pieces import Piece, assemble
from statement_nlp.ingest.text import decode
from statement_nlp.model import BlockKind, Document

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DROPPED = frozenset(
    {"script", "style", "nav", "noscript", "template", "svg", "iframe", "button", "select", "form"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FURNITURE = frozenset({"header", "footer", "aside"})
_BLOCKS = _HEADINGS | frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
        ),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "header", "hr", "li"),
        *("main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "title", "tr", "ul"),
    )
)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_WHITE = re.compile(r"\s+")


@attrs.define
class _Walker:
    pieces: list[Piece] = attrs.field(factory=list)
    buffer: list[str] = attrs.field(factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH
    label: str | None = None
    furniture: bool = False

    def flush(self) -> None:
        text = _WHITE.sub(" ", "".join(self.buffer)).strip()
        self.buffer.clear()
        if text:
            kind = BlockKind.FURNITURE if self.furniture else self.kind
            self.pieces.append(Piece(kind, text, label=self.label))

    def walk(self, element: Element) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _DROPPED or not tag or element.get("hidden") is not None:
            return
        if tag == "br":
            self.buffer.append("\n")
            return
        if tag == "tr":
            self.flush()
            self._row(element)
            return
        block = tag in _BLOCKS
        outer = (self.kind, self.label, self.furniture)
        if block:
            self.flush()
            self._enter(tag, element)
        self.buffer.append(element.text or "")
        for child in element:
            self.walk(child)
            self.buffer.append(child.tail or "")
        if block:
            self.flush()
            self.kind, self.label, self.furniture = outer

    def _enter(self, tag: str, element: Element) -> None:
        if tag in _HEADINGS:
            self.kind, self.label = BlockKind.HEADING, tag[1]
        elif tag == "li":
            self.kind = BlockKind.LIST_ITEM
        # A header inside an article is its title, not the site's.
        if tag in _FURNITURE and not any(
            above.tag in {"article", "main"} for above in element.iterancestors()
        ):
            self.furniture = True

    def _row(self, row: Element) -> None:
        texts: list[str] = []
        for cell in row:
            inner = _Walker()
            inner.walk(cell)
            inner.flush()
            text = " ".join(piece.text for piece in inner.pieces)
            if text:
                texts.append(text)
        if texts:
            kind = BlockKind.FURNITURE if self.furniture else BlockKind.TABLE_ROW
            self.pieces.append(Piece(kind, " | ".join(texts)))


def _decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return text, encoding and notes; a charset the page states is followed where it fits."""
    stated = _CHARSET.search(data[:4096])
    if stated is not None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = stated.group(1).decode("ascii").lower()
        # Browsers read ISO 8859-1 as Windows-1252, and so does the HTML standard.
        name = {"iso-8859-1": "windows-1252", "latin1": "windows-1252"}.get(name, name)
        try:
            return data.decode(name), name, ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def read_html(data: bytes, *, sha256: str, path: str) -> Document:
    """Return the document in the bytes of an HTML page.

    Raises:
        IngestError: ``empty-file``, the page shows no text.
    """
    from lxml import html

    text, encoding, notes = _decode(data)
    text = normalize(text).replace("\f", "\n")
    # lxml refuses a string that declares its encoding.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    root = html.document_fromstring(text or "<html/>", parser=parser)
    walker = _Walker()
    body = root.find("body")
    for element in [body] if body is not None else [root]:
        walker.walk(element)
    walker.flush()
    return assemble(
        sha256=sha256,
        path=path,
        kind="html",
        pieces=list(_clean(walker.pieces)),
        encoding=encoding,
        metadata=_metadata(root),
        notes=notes,
    )


def _clean(pieces: list[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        piece.text = _WHITE.sub(" ", normalize(piece.text)).strip()
        if piece.text:
            yield piece


def _metadata(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    title = root.findtext(".//title")
    if title and title.strip():
        found["title"] = _WHITE.sub(" ", title).strip()
    for meta in root.iter("meta"):
        name = (meta.get("name") or "").lower()
        name = {"description": "subject"}.get(name, name)
        content = (meta.get("content") or "").strip()
        if name in {"author", "keywords", "subject"} and content:
            found[name] = content
    return found
