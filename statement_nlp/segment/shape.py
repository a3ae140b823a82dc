"""Recognize what kind of document it is, and segment it."""

from __future__ import annotations

from functools import cache
from itertools import islice

from statement_nlp.model import Document, RegionKind, Segmentation, Span, Statement
from statement_nlp.segment.compilation import compilation_statements, find_annexes
from statement_nlp.segment.context import Context, context_of
from statement_nlp.segment.record import record_statements
from statement_nlp.segment.registry import Registry
from statement_nlp.segment.single import single_statement
from statement_nlp.segment.tiles import tile
from statement_nlp.segment.turns import turns

SHAPES = ("compilation", "record", "single", "long")
_LONG = 60_000


def segment(
    document: Document, *, kind: str | None = None, registry: Registry | None = None
) -> Segmentation:
    """Divide ``document`` into attributed statements and regions that tile its text.

    ``kind`` is one of :data:`SHAPES`, or ``None`` to have it recognized. Text that cannot be
    attributed is kept as an unattributed region and named in the notes.

    Raises:
        ValueError: ``kind`` is not a shape.
    """
    if kind is not None and kind not in SHAPES:
        raise ValueError(f"kind {kind!r} is not known; use one of: {', '.join(SHAPES)}")
    names = registry if registry is not None else _default()
    context = context_of(document, names)
    shape = kind or recognize(document, context)
    left_over: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    statements: tuple[Statement, ...]
    if shape == "compilation":
        statements, left_over, notes = compilation_statements(document, names, context)
    elif shape == "record":
        statements = record_statements(document, names, context)
    else:
        one, notes = single_statement(document, names, context)
        statements = (one,) if one else ()
    if not statements:
        notes = (*notes, f"no statement was found in {document.path} read as {shape}")
    regions = tile(
        document,
        statements,
        before=RegionKind.FRONT_MATTER if statements else RegionKind.UNATTRIBUTED,
        left_over=left_over,
    )
    return Segmentation(
        document.document_id, shape, statements, regions, notes + _unresolved(statements)
    )


def recognize(document: Document, context: Context | None = None) -> str:
    """Return the shape of ``document``.

    Two annexes or two headings "Statement by …" with text under them make a compilation, two
    speaker headings a record (whichever has more); else it is one statement, or one long text
    where nothing says whose it is.
    """
    annexes = len(find_annexes(document))
    speakers = sum(1 for _ in islice(turns(document), 1000))
    if annexes >= 2 and annexes >= speakers:
        return "compilation"
    if speakers >= 2:
        return "record"
    known = context is not None and context.entry is not None
    return "long" if len(document.text) > _LONG and not known and not speakers else "single"


def _unresolved(statements: tuple[Statement, ...]) -> tuple[str, ...]:
    names = sorted({s.delegation.name for s in statements if not s.delegation.resolved})
    return tuple(f"unresolved delegation: {name}" for name in names)


@cache
def _default() -> Registry:
    return Registry.load()
