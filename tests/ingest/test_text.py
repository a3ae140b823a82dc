"""Text files: encodings, paragraphs, and nothing lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statement_nlp.ingest import Source, find, read
from statement_nlp.ingest.normalize import normalize
from statement_nlp.ingest.text import decode, read_text
from statement_nlp.model import BlockKind


def document(text, **options):
    data = text if isinstance(text, bytes) else text.encode()
    return read_text(data, sha256="0" * 64, path="a.txt", **options)


def blocks(text, **options):
    result = document(text, **options)
    return [result.text[block.span.start : block.span.end] for block in result.blocks]


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8 with byte order mark"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "windows-1252"),
    ],
)
def test_encodings_are_told_apart(codec, name):
    text = "L\u2019\u00e9t\u00e9 \u2014 \u201cpeace\u201d"
    found, encoding, _ = decode(text.encode(codec))
    assert (found, encoding) == (text, name)


def test_hard_wrapped_lines_become_paragraphs():
    text = (
        "The delegation of Norland thanks the presidency for\n"
        "convening this debate and wishes to recall that the\n"
        "clearance of mines remains a matter of humanity and\n"
        "of law.\n"
        "It therefore supports the draft and asks for a vote\n"
        "before the end of the month.\n"
    )
    assert blocks(text) == [
        "The delegation of Norland thanks the presidency for convening this debate and wishes to "
        "recall that the clearance of mines remains a matter of humanity and of law.",
        "It therefore supports the draft and asks for a vote before the end of the month.",
    ]


def test_one_paragraph_a_line_stays():
    text = "Mr. President,\n" + "\n".join(
        f"{number}. This whole paragraph stands on one line, as it should, and ends here."
        for number in range(1, 6)
    )
    assert len(blocks(text)) == 6


def test_form_feeds_are_pages_and_do_not_cut_sentences():
    text = "We support the plan that was put\f\nforward by the coordinator last year.\fThird page."
    result = document(text)
    assert result.pages == 3
    assert "put forward" in result.text
    assert [result.page_at(result.text.index(word)) for word in ("put", "forward", "Third")] == [
        1,
        2,
        3,
    ]


def test_hyphens_follow_the_documents_own_words():
    text = (
        "Our long-term commitment to reconstruction is well known, and this long-\n"
        "term view guides us in every decision that we take here about the recon-\n"
        "struction of the region and in what we ask of others who share the aim of\n"
        "a region at peace, in which the cooperation of all is sure and our coop-\n"
        "eration with the secretariat continues, as all of us here would expect it.\n"
    )
    text = document(text).text
    assert "long-term view" in text
    assert "the reconstruction of the region" in text
    assert "our cooperation with" in text


def test_markdown_headings():
    result = document("# Annex 1\n\nText of it.\n", markdown=True)
    assert result.text == "Annex 1\n\nText of it."
    assert result.blocks[0].kind is BlockKind.HEADING


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")), min_size=1
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(words, st.sampled_from([" ", "\n", "\n\n", "\r\n", "\f", "\t"]))))
def test_no_character_is_lost(parts):
    text = "".join(word + gap for word, gap in parts) + " end"
    result = document(text)
    want, got = squeezed(normalize(text)), squeezed(result.text)
    undone = sum(int(note.rsplit(" ", 1)[1]) for note in result.notes if "undone" in note)
    assert len(want) - len(got) == undone
    if not undone:
        assert got == want


@pytest.mark.shared
def test_real_speeches_lose_nothing(shared_data):
    count = 0
    for source in find([shared_data / "unsc2020.tar.xz"]):
        if not isinstance(source, Source) or not source.name.endswith(".txt"):
            continue
        raw, _, _ = decode(source.read_bytes())
        result = read(source)
        undone = sum(int(note.rsplit(" ", 1)[1]) for note in result.notes if "undone" in note)
        assert len(squeezed(normalize(raw))) - len(squeezed(result.text)) == undone
        count += 1
    assert count > 1300
