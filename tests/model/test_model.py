"""The nouns refuse what would break the promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statement_nlp.model import (
    Block,
    BlockKind,
    Document,
    PageMark,
    Quote,
    Region,
    RegionKind,
    Segmentation,
    Span,
    content_id,
)


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_quote_is_what_the_source_says(source, data):
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, len(source)))
    quote = Quote.of("d", source, start, end)
    quote.verify(source)
    assert quote.text == source[start:end]
    with pytest.raises(ValueError, match="not what the document says"):
        Quote("d", Span(start, end), quote.text + "x").verify(source)


def test_a_quote_past_the_end_is_refused():
    with pytest.raises(ValueError, match="past the end"):
        Quote.of("d", "short", 2, 9)


@given(st.integers(-5, 20), st.integers(-5, 20))
def test_spans_are_not_empty_and_not_negative(start, end):
    if 0 <= start < end:
        assert len(Span(start, end)) == end - start
    else:
        with pytest.raises(ValueError):  # noqa: PT011 (attrs words differ by cause)
            Span(start, end)


def block(start, end, kind=BlockKind.PARAGRAPH):
    return Block(kind, Span(start, end))


def test_a_document_covers_every_printed_character():
    with pytest.raises(ValueError, match="uncovered"):
        Document("0", "a.txt", "text", "one two", (block(4, 7),))
    with pytest.raises(ValueError, match="belongs to no block"):
        Document("0", "a.txt", "text", "one two", (block(0, 3),))


def test_pages_are_found_by_offset():
    document = Document(
        "0", "a.pdf", "pdf", "one\n\ntwo", (block(0, 3), block(5, 8)),
        pages=2, page_marks=(PageMark(0, 1), PageMark(5, 2)),
    )  # fmt: skip
    assert [document.page_at(offset) for offset in (0, 4, 5, 7)] == [1, 1, 2, 2]
    assert document.body_end == 8


def test_regions_tile():
    tiles = (Region(RegionKind.FRONT_MATTER, Span(0, 3)), Region(RegionKind.STATEMENT, Span(4, 8)))
    with pytest.raises(ValueError, match="gap or overlap at 3"):
        Segmentation("d", "long", (), tiles)


def test_ids_depend_on_content_and_its_borders():
    assert content_id("p", "ab", "c") != content_id("p", "a", "bc")
    assert content_id("p", "ab", 1) == content_id("p", "ab", 1)
