"""Spans of a document's text and quotes that cannot be unfaithful."""

from __future__ import annotations

import hashlib

import attrs


def content_id(prefix: str, *parts: str | int) -> str:
    """Return an identifier made from content only, so two runs and two machines agree.

    ``prefix`` is one letter naming the noun; ``parts`` are joined with U+001F and hashed
    (sha256, first 16 hexadecimal digits: 64 bits, a collision is not to be expected below
    a billion objects).
    """
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
    return f"{prefix}{digest[:16]}"


@attrs.frozen(slots=True, order=True)
class Span:
    """A half-open range of characters ``[start, end)`` of one document's text."""

    start: int = attrs.field(validator=attrs.validators.ge(0))
    end: int = attrs.field()

    @end.validator
    def _end_after_start(self, _: attrs.Attribute[int], value: int) -> None:
        if value <= self.start:
            raise ValueError(f"span ends at {value}, not after its start {self.start}")

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Return whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@attrs.frozen(slots=True)
class Quote:
    """A verbatim piece of a document. Build it with :meth:`of`, which checks it."""

    document_id: str
    span: Span
    text: str

    @classmethod
    def of(cls, document_id: str, source: str, start: int, end: int) -> Quote:
        """Cut ``source[start:end]``.

        Raises:
            ValueError: the span is empty or reaches past the end of ``source``.
        """
        if end > len(source):
            raise ValueError(f"quote ends at {end}, past the end of its document ({len(source)})")
        return cls(document_id, Span(start, end), source[start:end])

    def verify(self, source: str) -> None:
        """Check the quote against its source.

        Raises:
            ValueError: ``source[start:end]`` is not this text.
        """
        if source[self.span.start : self.span.end] != self.text:
            raise ValueError(
                f"quote at {self.span.start}-{self.span.end} of {self.document_id} "
                "is not what the document says there"
            )
