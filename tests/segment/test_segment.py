from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statement_nlp.model import BlockKind, Document, RegionKind, Role, Segmentation
from statement_nlp.segment import Registry, passages, segment
from tests.segment.conftest import build_document, paragraphs

BODY = (
    "Velmoria thanks the presidency. It will clear the Hastun road by 2023, and it asks for help."
)
P, H = BlockKind.PARAGRAPH, BlockKind.HEADING


def assert_tiles(document: Document, found: Segmentation) -> None:
    assert "".join(document.text[r.span.start : r.span.end] for r in found.regions) == document.text
    spans = [statement.span for statement in found.statements]
    assert all(left.end <= right.start for left, right in pairwise(spans))
    for statement in found.statements:
        for passage in passages(document, statement):
            assert document.text[passage.span.start : passage.span.end] == passage.text
            assert statement.body.contains(passage.span)


def compilation(*headings: list[str]) -> Document:
    pieces = [
        (P, "Letter dated 15 April 2021 from the Permanent Representative of Velmoria"),
        (P, "The Council met on 8 April 2021. I enclose the statements listed below."),
        (P, "List of annexes"),
    ]
    pieces += [(P, " ".join(lines)) for lines in headings]
    pieces += [
        (P, "(Signed) A. Tolm, President of the Council for the month of April, 2021, with thanks")
    ]
    for lines in headings:
        pieces += [(H, line) for line in lines]
        pieces += [(P, BODY), (P, "2. Nothing more is said here. Thank you.")]
    return build_document(pieces, "compilation.docx")


def test_compilation_of_every_style(own_delegations: str) -> None:
    document = compilation(
        [
            "Annex 1",
            "Statement by the Permanent Representative of Velmoria to the United Nations, Ada Tolm",
        ],
        [
            "Annex II",
            "Statement by Mr. Ben Oru, Minister for Foreign Affairs of Sandrel",
            "[Original: Spanish]",
        ],
        [
            "ANNEX 3",
            "Statement submitted by the Permanent Mission of Ostrava Minor to the United Nations",
        ],
        [
            "Annex 4",
            "Statement delivered by Ms. Ada Tolm on behalf of the Friends of Still Water "
            "(Velmoria, Sandrel and Ostrava Minor)",
        ],
        ["Annex 5", "Briefing by the Executive Director of the Meadow Trust, Ina Vol"],
        ["Annex 6", "Statement by the Under-Secretary-General for Quiet Affairs, Ina Vol"],
    )
    found = segment(document, registry=Registry.load(Path(own_delegations)))
    assert_tiles(document, found)
    assert found.shape == "compilation"
    names = [(s.delegation.name, s.delegation.role) for s in found.statements]
    assert names == [
        ("Velmoria", Role.ELECTED_MEMBER),
        ("Republic of Sandrel", Role.MEMBER_STATE),
        ("Ostrava Minor", Role.UNRESOLVED),
        ("Friends of Still Water", Role.GROUP),
        ("Meadow Trust", Role.CIVIL_SOCIETY),
        ("Under-Secretary-General for Quiet Affairs", Role.UN_SYSTEM),
    ]
    assert [s.speaker for s in found.statements] == [
        "Ada Tolm", "Mr. Ben Oru", None, "Ms. Ada Tolm", "Ina Vol", "Ina Vol",
    ]  # fmt: skip
    assert found.statements[0].title == "Permanent Representative to the United Nations"
    assert found.statements[1].original_language == "Spanish"
    assert found.statements[3].on_behalf_of == ("Velmoria", "Republic of Sandrel", "Ostrava Minor")
    assert {s.date for s in found.statements} == {"2021-04-08"}
    assert "unresolved delegation: Ostrava Minor" in found.notes
    assert found.regions[0].kind is RegionKind.FRONT_MATTER
    texts = [p.text for p in passages(document, found.statements[1])]
    assert texts[-2:] == ["Nothing more is said here.", "Thank you."]


def test_an_annex_that_is_no_statement_is_kept_and_listed() -> None:
    document = build_document(
        [(P, "A letter to the Council."), (H, "Annex 1"), (H, "Programme of work"),
         (P, "Ten o'clock: opening. Eleven o'clock: closing of the meeting."),
         (H, "Annex 2"), (H, "Statement by Mr. Oru, Minister of Velmoria"), (P, BODY)],
    )  # fmt: skip
    found = segment(document, kind="compilation")
    assert_tiles(document, found)
    assert [s.delegation.name for s in found.statements] == ["Velmoria"]
    assert RegionKind.UNATTRIBUTED in {region.kind for region in found.regions}
    assert any("Programme of work" in note for note in found.notes)


def test_record_turns_and_procedure() -> None:
    document = paragraphs(
        "S/PV.9999 held on Thursday, 8 April 2021",
        "The President (spoke in Spanish): I give the floor to the representative of Velmoria.",
        f"Mr. Ben Oru (Velmoria) (spoke in French): {BODY}",
        "The President: In accordance with rule 39 I invite Ms. Ina Vol, Executive Director of "
        "the Meadow Trust, to participate in this meeting. I give the floor to Ms. Vol.",
        f"Ms. Vol: I have the honour to speak on behalf of the Quiet Group. {BODY}",
        "The President: I speak next in my capacity as the representative of "
        "Viet Nam. Text of the turn.",
        "Mr. de la Tour (Islamic Republic of Iran): Text of the turn. The meeting rose at noon.",
    )
    found = segment(document)
    assert_tiles(document, found)
    assert found.shape == "record"
    assert [s.delegation.name for s in found.statements] == [
        "Viet Nam", "Velmoria", "Viet Nam", "Meadow Trust", "Viet Nam",
        "Iran (Islamic Republic of)",
    ]  # fmt: skip
    assert [s.procedural for s in found.statements] == [True, False, True, False, False, False]
    assert found.statements[1].original_language == "French"
    assert found.statements[3].on_behalf_of == ("Quiet Group",)
    assert found.statements[3].title == "Executive Director of the Meadow Trust"
    assert found.statements[0].delegation.role is Role.PRESIDENCY
    assert found.statements[0].symbol == "S/PV.9999"


@pytest.mark.parametrize(
    ("path", "name", "date", "symbol"),
    [
        ("USA_75_2020.txt", "United States of America", "2020", None),
        ("folder/fr_annex.pdf", "France", None, None),
        ("ad_fr.pdf", "Andorra", None, None),
        ("UNSC_2020_SPV.8699_spch007.txt", "Unknown", "2020", "S/PV.8699"),
        (
            "UNSC_2020_SPV.8699Resumption1_spch007.txt",
            "Unknown",
            "2020",
            "S/PV.8699 (Resumption 1)",
        ),
        ("notes.txt", "Unknown", None, None),
    ],
)
def test_single_by_file_name(path: str, name: str, date: str | None, symbol: str | None) -> None:
    document = paragraphs("Thank you, Mr. President.", "We will clear the road.", path=path)
    found = segment(document)
    assert_tiles(document, found)
    (statement,) = found.statements
    assert (found.shape, statement.delegation.name) == ("single", name)
    assert (statement.date, statement.symbol) == (date, symbol)


def test_single_by_heading() -> None:
    document = paragraphs(
        "Statement by H.E. Ms. Ada Tolm", "Minister for Trade of the Republic of Kenya",
        "New York, 8 April 2021", "Mr. President,", BODY,
    )  # fmt: skip
    (statement,) = segment(document).statements
    assert statement.delegation.iso3 == "KEN"
    assert statement.delegation.role is Role.ELECTED_MEMBER
    assert document.text[statement.body.start :].startswith("Mr. President,")


def test_another_s_statement_is_not_spoken_on_behalf() -> None:
    document = paragraphs(
        "Mr. Oru (Velmoria): We align ourselves with the statement made on behalf of the Quiet "
        "Group. We thank you."
    )
    (statement,) = segment(document).statements
    assert statement.on_behalf_of == ()


def test_footnotes_and_furniture_are_kept_apart() -> None:
    text = f"Ms. Tolm (Kenya): {BODY}\n\nMr. Oru (Fiji): {BODY}\n\nAs counted in May.\n\n2/7"
    document = paragraphs(*text.split("\n\n"))
    first, second, note, page = document.blocks
    import attrs

    document = attrs.evolve(
        document,
        blocks=(
            first,
            second,
            attrs.evolve(note, kind=BlockKind.FOOTNOTE, anchor=first.span.end),
            attrs.evolve(page, kind=BlockKind.FURNITURE),
        ),
    )
    found = segment(document)
    assert_tiles(document, found)
    assert [r.kind for r in found.regions][-2:] == [RegionKind.FOOTNOTE, RegionKind.FURNITURE]
    assert found.regions[-2].statement_id == found.statements[0].statement_id


def test_unknown_kind_is_named() -> None:
    with pytest.raises(ValueError, match="compilation, record, single, long"):
        segment(paragraphs(BODY), kind="letter")


PIECES = st.sampled_from(
    ["Annex 1", "Annex II", "Statement by Mr. Oru, Minister of Velmoria", "[Original: French]",
     "The President:", "The President: I give the floor.", f"Mr. Oru (Kenya): {BODY}", "Mr. Oru:",
     BODY, "1. We act.", "(spoke in Arabic)", "Ms. Tolm (Fiji) (spoke in French): Merci. We act.",
     "Mr. President,", "..."]
)  # fmt: skip
KINDS = st.sampled_from([P, P, P, H, BlockKind.LIST_ITEM])


@given(
    st.lists(st.tuples(KINDS, PIECES), max_size=12),
    st.lists(st.sampled_from(["A note.", "3/9"]), max_size=2),
    st.sampled_from([None, "compilation", "record", "single", "long"]),
)
def test_regions_always_tile(
    body: list[tuple[BlockKind, str]], tail: list[str], kind: str | None
) -> None:
    notes = [(BlockKind.FOOTNOTE if "note" in t else BlockKind.FURNITURE, t) for t in tail]
    document = build_document([*body, *notes])
    assert_tiles(document, segment(document, kind=kind))
