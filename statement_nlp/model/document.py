"""Document: one input file as text, with what every stretch of that text is."""

from __future__ import annotations

import bisect
from enum import StrEnum

import attrs

from statement_nlp.model.spans import Quote, Span, content_id


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"


BODY_KINDS = frozenset(
    {BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}
)


@attrs.frozen(slots=True)
class Block:
    """A paragraph-like unit. ``span`` excludes the separator that follows it."""

    kind: BlockKind
    span: Span
    page: int | None = None
    anchor: int | None = None
    """For a footnote: the offset in the running text that it belongs to."""
    label: str | None = None
    """For a footnote: its mark ("1", "*"); for a heading: its level."""


@attrs.frozen(slots=True)
class PageMark:
    """From ``offset`` on the text comes from page ``page`` (1-based) of the file."""

    offset: int
    page: int


@attrs.frozen(slots=True)
class Document:
    """One input file as text.

    ``text`` is the running text first (body blocks in reading order), then the footnotes, then
    the furniture (running headers, page numbers, repeated symbols). Body text is therefore never
    cut by a page break, and nothing is dropped. Blocks are in text order, never overlap, and the
    only characters outside all blocks are the white space between them.
    """

    sha256: str
    path: str
    kind: str
    """How the file was read: ``pdf``, ``docx``, ``html``, ``text``."""
    text: str = attrs.field(repr=False)
    blocks: tuple[Block, ...] = attrs.field(repr=False)
    pages: int | None = None
    page_marks: tuple[PageMark, ...] = attrs.field(default=(), repr=False)
    encoding: str | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    """Title, author, subject, keywords of the file where it states them, sorted by key."""
    notes: tuple[str, ...] = ()
    """What a reader should know of how it was read ("page 3 has no text; …")."""

    def __attrs_post_init__(self) -> None:
        position = 0
        for block in self.blocks:
            gap = self.text[position : block.span.start]
            if block.span.start < position or gap.strip():
                raise ValueError(f"{self.path}: block at {block.span.start} leaves text uncovered")
            position = block.span.end
        if position > len(self.text) or self.text[position:].strip():
            raise ValueError(f"{self.path}: text after {position} belongs to no block")

    @property
    def document_id(self) -> str:
        """Identifier derived from the file's bytes."""
        return content_id("d", self.sha256)

    @property
    def body_end(self) -> int:
        """Offset at which the running text ends and footnotes and furniture begin."""
        ends = [block.span.end for block in self.blocks if block.kind in BODY_KINDS]
        return max(ends, default=0)

    def page_at(self, offset: int) -> int | None:
        """Return the 1-based page that the character at ``offset`` was printed on."""
        if not self.page_marks:
            return None
        index = bisect.bisect_right(self.page_marks, offset, key=lambda mark: mark.offset)
        return self.page_marks[max(index - 1, 0)].page

    def quote(self, start: int, end: int) -> Quote:
        """Return the verbatim quote of ``text[start:end]``."""
        return Quote.of(self.document_id, self.text, start, end)
