"""Pieces of a document as a reader finds them, and how they become one text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from statement_nlp.ingest.errors import IngestError
from statement_nlp.model import BODY_KINDS, Block, BlockKind, Document, PageMark, Span

SEPARATOR = "\n\n"


@attrs.define
class Piece:
    """One block to be: its text is stripped and not empty."""

    kind: BlockKind
    text: str
    pages: list[tuple[int, int]] = attrs.field(factory=list)
    """(offset in ``text``, page) from where on the text stands on that page, first one at 0."""
    label: str | None = None
    key: str | None = None
    """For a footnote: the name its references use."""
    references: list[tuple[int, str]] = attrs.field(factory=list)
    """For a body block: (offset in ``text``, key of the footnote marked there)."""


def assemble(
    *,
    sha256: str,
    path: str,
    kind: str,
    pieces: Iterable[Piece],
    page_count: int | None = None,
    encoding: str | None = None,
    metadata: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
) -> Document:
    """Return the document made of ``pieces``: running text, then footnotes, then furniture.

    Raises:
        IngestError: ``empty-file``, there is no text at all.
    """
    kept = [piece for piece in pieces if piece.text]
    body = [piece for piece in kept if piece.kind in BODY_KINDS]
    footnotes = [piece for piece in kept if piece.kind is BlockKind.FOOTNOTE]
    furniture = [piece for piece in kept if piece.kind is BlockKind.FURNITURE]
    if not kept:
        raise IngestError("empty-file", "the file holds no text; nothing to read")
    blocks: list[Block] = []
    marks: list[PageMark] = []
    anchors: dict[str, int] = {}
    position = 0
    texts: list[str] = []
    for piece in (*body, *footnotes, *furniture):
        end = position + len(piece.text)
        for offset, page in piece.pages:
            if not marks or marks[-1].page != page:
                marks.append(PageMark(position + offset if marks else 0, page))
        for offset, key in piece.references:
            anchors.setdefault(key, position + offset)
        blocks.append(
            Block(
                kind=piece.kind,
                span=Span(position, end),
                page=piece.pages[0][1] if piece.pages else None,
                anchor=anchors.get(piece.key) if piece.key is not None else None,
                label=piece.label,
            )
        )
        texts.append(piece.text)
        position = end + len(SEPARATOR)
    return Document(
        sha256=sha256,
        path=path,
        kind=kind,
        text=SEPARATOR.join(texts),
        blocks=tuple(blocks),
        pages=page_count,
        page_marks=tuple(marks),
        encoding=encoding,
        metadata=tuple(sorted((metadata or {}).items())),
        notes=tuple(notes),
    )
