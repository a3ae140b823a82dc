"""Statement: what one delegation said, and the regions that tile a document."""

from __future__ import annotations

from enum import StrEnum

import attrs

from statement_nlp.model.spans import Span, content_id


class Role(StrEnum):
    """In what capacity a delegation speaks."""

    PRESIDENCY = "presidency"
    PERMANENT_MEMBER = "permanent member"
    ELECTED_MEMBER = "elected member"
    MEMBER_STATE = "member state"
    OBSERVER = "observer"
    GROUP = "group of states"
    REGIONAL_ORGANIZATION = "regional organization"
    UN_SYSTEM = "un system"
    CIVIL_SOCIETY = "civil society"
    UNRESOLVED = "unresolved"


@attrs.frozen(slots=True)
class Delegation:
    """Who a statement belongs to.

    ``name`` is the official short name where resolved, else the name as printed. ``iso3`` and
    ``m49`` are ``None`` for everything that is not a State or territory of the ISO 3166 list.
    """

    name: str
    as_printed: str
    iso3: str | None = None
    m49: str | None = None
    role: Role = Role.UNRESOLVED
    regional_group: str | None = None
    """UN regional group ("Asia-Pacific") for States, where known."""
    affected: bool | None = None
    donor: bool | None = None

    @property
    def resolved(self) -> bool:
        """Whether the name was found in the country, organization or user-given tables."""
        return self.role is not Role.UNRESOLVED


@attrs.frozen(slots=True)
class Statement:
    """One statement: a span of a document and who speaks in it."""

    document_id: str
    order: int = attrs.field(validator=attrs.validators.ge(1))
    span: Span
    """The whole statement, its heading included."""
    body: Span
    """What was said: ``span`` without the heading lines."""
    heading: str
    delegation: Delegation
    speaker: str | None = None
    title: str | None = None
    on_behalf_of: tuple[str, ...] = ()
    language: str = "en"
    """ISO 639-1 code of the language the text is in."""
    original_language: str | None = None
    """Language as the heading states it ("Original: French")."""
    symbol: str | None = None
    date: str | None = None
    """ISO 8601 date of the meeting or document, where stated."""
    procedural: bool = False
    """Chairing and giving the floor; kept and attributed, but not analysed."""

    def __attrs_post_init__(self) -> None:
        if not self.span.contains(self.body):
            raise ValueError(f"body {self.body} lies outside its statement {self.span}")

    @property
    def statement_id(self) -> str:
        """Identifier derived from the document and the span."""
        return content_id("s", self.document_id, self.span.start, self.span.end)


class RegionKind(StrEnum):
    """What a stretch of a document was found to be."""

    STATEMENT = "statement"
    FRONT_MATTER = "front matter"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"
    UNATTRIBUTED = "unattributed"


@attrs.frozen(slots=True)
class Region:
    """One tile of a document; ``statement_id`` where it belongs to a statement."""

    kind: RegionKind
    span: Span
    statement_id: str | None = None


@attrs.frozen(slots=True)
class Segmentation:
    """Statements of one document, and regions that tile its text from 0 to its end."""

    document_id: str
    shape: str
    """``compilation``, ``record``, ``single`` or ``long``."""
    statements: tuple[Statement, ...]
    regions: tuple[Region, ...]
    notes: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        position = 0
        for region in self.regions:
            if region.span.start != position:
                raise ValueError(f"{self.document_id}: gap or overlap at {position}")
            position = region.span.end


@attrs.frozen(slots=True)
class Passage:
    """One sentence of a statement, with its place in the document's text."""

    document_id: str
    statement_id: str
    paragraph: int
    """0-based index of the paragraph in its statement."""
    sentence: int
    """0-based index of the sentence in its statement."""
    span: Span
    text: str

    @property
    def passage_id(self) -> str:
        """Identifier derived from the document and the span."""
        return content_id("p", self.document_id, self.span.start, self.span.end)
