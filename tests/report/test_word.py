from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from statement_nlp.report.data import ReportData, ReportError
from statement_nlp.report.word import build_word, write_body
from statement_nlp.report.word_body import roman
from statement_nlp.report.word_limits import shortened, tiers
from statement_nlp.report.word_xml import WML, clean
from statement_nlp.report.wording import Wording
from tests.report.fixture import write_output
from tests.report.volume import debate_of_size, sample_debate

W = f"{{{WML}}}"
CHAPTERS = [
    "Summary",
    "Coverage",
    "By guiding question",
    "By enabling factor",
    "Key points with their supporters",
    "Commitments register",
    "Proposals register",
    "Elements for a presidential statement",
    "Topics beyond the framework",
    "Delegation profiles",
    "Method and limits",
]
# ECMA-376, CT_PPrBase: the properties this report uses, in the schema's order.
PARAGRAPH_ORDER = (
    "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs "
    "suppressAutoHyphens bidi spacing ind contextualSpacing jc outlineLvl"
).split()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> ReportData:
    return ReportData.load(write_output(tmp_path_factory.mktemp("output")))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, root: Path) -> ReportData:
    debate = debate_of_size(sample_debate(root / "corpora" / "sample-debate"), 70)
    return ReportData.load(write_output(tmp_path_factory.mktemp("large"), debate))


@pytest.fixture(scope="module")
def package(data: ReportData) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(build_word(data)))


@pytest.fixture(scope="module")
def document(package: zipfile.ZipFile) -> etree._Element:
    return etree.fromstring(package.read("word/document.xml"))


def _styled(document: etree._Element, style: str) -> list[str]:
    return [
        "".join(text.text or "" for text in p.iter(W + "t"))
        for p in document.iter(W + "p")
        if p.find(f"{W}pPr/{W}pStyle") is not None
        and p.find(f"{W}pPr/{W}pStyle").get(W + "val") == style
    ]


def test_chapters_stand_in_the_agreed_order_and_annexes_follow(document: etree._Element) -> None:
    assert _styled(document, "Heading1") == CHAPTERS
    assert "Commitments in full" in _styled(document, "AnnexHeading")
    styles = [s.get(W + "val") for s in document.iter(W + "pStyle")]
    assert styles.index("AnnexHeading") > max(
        n for n, style in enumerate(styles) if style == "Heading1"
    )


def test_the_same_data_gives_the_same_bytes(data: ReportData) -> None:
    assert build_word(data) == build_word(data)


def test_it_opens_with_the_properties_set(data: ReportData) -> None:
    opened = docx.Document(io.BytesIO(build_word(data, title="A debate")))
    assert opened.core_properties.title == "A debate"
    assert opened.core_properties.created.date().isoformat() == "2021-04-08"
    assert opened.styles.element.find(f".//{W}rPrDefault/{W}rPr/{W}lang").get(W + "val") == "en-GB"


def test_body_paragraphs_and_headings_are_numbered_by_word(package: zipfile.ZipFile) -> None:
    styles = etree.fromstring(package.read("word/styles.xml"))
    numbered = {
        s.get(W + "styleId")
        for s in styles.iter(W + "style")
        if s.find(f"{W}pPr/{W}numPr") is not None
    }
    assert numbered == {"Heading1", "Heading2", "Heading3", "AnnexHeading", "NumberedParagraph"}
    formats = {
        level.find(W + "pStyle").get(W + "val"): level.find(W + "numFmt").get(W + "val")
        for level in etree.fromstring(package.read("word/numbering.xml")).iter(W + "lvl")
    }
    assert formats["Heading1"] == "upperRoman"
    assert formats["Heading2"] == "upperLetter"
    assert formats["NumberedParagraph"] == "decimal"


def test_nothing_in_the_text_is_bold_or_italic(document: etree._Element) -> None:
    assert not list(document.iter(W + "b", W + "i", W + "u"))


def test_every_style_used_is_defined(package: zipfile.ZipFile) -> None:
    defined = {
        s.get(W + "styleId")
        for s in etree.fromstring(package.read("word/styles.xml")).iter(W + "style")
    }
    for name in package.namelist():
        if re.fullmatch(r"word/(document|header\d|footer\d)\.xml", name):
            used = etree.fromstring(package.read(name)).iter(
                W + "pStyle", W + "rStyle", W + "tblStyle"
            )
            assert {s.get(W + "val") for s in used} <= defined


def test_paragraph_properties_keep_the_order_of_the_schema(package: zipfile.ZipFile) -> None:
    for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
        for properties in etree.fromstring(package.read(name)).iter(W + "pPr"):
            found = [PARAGRAPH_ORDER.index(etree.QName(child).localname) for child in properties]
            assert found == sorted(found)


def test_every_link_leads_to_one_bookmark(large: ReportData) -> None:
    package = zipfile.ZipFile(io.BytesIO(build_word(large)))
    document = etree.fromstring(package.read("word/document.xml"))
    names = [b.get(W + "name") for b in document.iter(W + "bookmarkStart")]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in names)
    ids = [b.get(W + "id") for b in document.iter(W + "bookmarkStart")]
    assert len(ids) == len(set(ids))
    links = {h.get(W + "anchor") for h in document.iter(W + "hyperlink")}
    assert links - set(names) == set()


def test_tables_repeat_their_header_and_carry_captions(document: etree._Element) -> None:
    tables = list(document.iter(W + "tbl"))
    assert tables
    for table in tables:
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert table.find(f"{W}tblPr/{W}tblDescription") is not None
        caption = table.getprevious()
        assert caption.find(f"{W}pPr/{W}pStyle").get(W + "val") == "Caption"
        assert any("SEQ Table" in (code.text or "") for code in caption.iter(W + "instrText"))
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        assert all(len(row.findall(W + "tc")) == columns for row in table.iter(W + "tr"))


def test_fields_are_closed_and_the_contents_are_filled(document: etree._Element) -> None:
    kinds = [f.get(W + "fldCharType") for f in document.iter(W + "fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 1
    entries = _styled(document, "TOC1")
    assert re.match(r"I\.Summaryparas\. 1\u2013\d+$", entries[0])
    titles = [re.sub(r"^[IVX]+\.|paras?\. [\d\u2013]*$", "", e) for e in entries]
    assert titles[: len(CHAPTERS)] == CHAPTERS


def test_nothing_asks_to_update_fields(package: zipfile.ZipFile) -> None:
    assert b"updateFields" not in package.read("word/settings.xml")
    assert b"dirty" not in package.read("word/document.xml")


def test_paragraph_ranges_in_the_contents_are_those_of_the_text(data: ReportData) -> None:
    writing, _ = write_body(data, Wording("en"), "A debate")
    chapters = [h for h in writing.body.headings if h.level == 1]
    assert chapters[0].first == 1
    assert chapters[-1].last == writing.body.paragraph
    for before, after in itertools.pairwise(chapters):
        assert before.last is not None
        assert after.first == before.last + 1


def test_charts_have_alternative_text_and_a_workbook_behind_them(
    large: ReportData,
) -> None:
    package = zipfile.ZipFile(io.BytesIO(build_word(large)))
    document = etree.fromstring(package.read("word/document.xml"))
    texts = [e.get("descr") for e in document.iter("{*}docPr")]
    assert len(texts) == 2
    assert all(len(text) > 40 for text in texts)
    assert "key point 1: " in texts[0]
    for number in (1, 2):
        chart = package.read(f"word/charts/chart{number}.xml")
        assert b"externalData" in chart
        assert (
            zipfile.ZipFile(
                io.BytesIO(package.read(f"word/embeddings/chart{number}.xlsx"))
            ).testzip()
            is None
        )


def test_synthetic_data_is_labelled_on_the_cover_and_in_the_header(
    package: zipfile.ZipFile, document: etree._Element
) -> None:
    assert any("Synthetic" in text for text in _styled(document, "CoverLabel"))
    headers = [package.read(n).decode() for n in package.namelist() if "header" in n]
    assert any("Synthetic" in header for header in headers)


def test_hostile_text_stays_text(document: etree._Element) -> None:
    whole = "".join(text.text or "" for text in document.iter(W + "t"))
    assert "=cmd|' /C calc'!A0" in whole


def test_every_act_stands_in_full_in_an_annex(document: etree._Element, data: ReportData) -> None:
    entries = " ".join(_styled(document, "AnnexEntry"))
    for row in (*data.commitments, *data.proposals, *data.needs):
        assert " ".join(row.quote.split()) in entries


def test_body_of_seventy_statements_keeps_within_its_limit(large: ReportData) -> None:
    writing, front = write_body(large, Wording("en"), "A debate")
    assert front.words + writing.body.words <= tiers()[0]
    assert writing.limits.profiles
    profiled = {f.name for f in writing.delegations}
    assert len(profiled) == 70


def test_a_state_is_profiled_once_and_in_alphabetical_order(document: etree._Element) -> None:
    names = [
        re.match(r"(.+?) \([^)]*\): \d+ sentence", text)
        for text in _styled(document, "NumberedParagraph")
    ]
    assert [m.group(1) for m in names if m] == [
        "Clear Fields Trust",
        "Côte d\u2019Azel",
        "Fjellmark",
        "Kambeza",
        "Meridian Union",
        "Veldania",
    ]


def test_a_logo_is_placed_and_a_bad_one_named(data: ReportData, tmp_path: Path) -> None:
    from PIL import Image

    logo = tmp_path / "logo.png"
    Image.new("RGB", (40, 20), "navy").save(logo)
    names = zipfile.ZipFile(io.BytesIO(build_word(data, logo=logo))).namelist()
    assert any(name.startswith("word/media/") for name in names)
    bad = tmp_path / "bad.png"
    bad.write_text("not an image")
    with pytest.raises(ReportError, match=r"bad\.png: is not an image Word can show"):
        build_word(data, logo=bad)
    with pytest.raises(ReportError, match=r"none\.png: cannot be read; give"):
        build_word(data, logo=tmp_path / "none.png")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_cut_short_is_one_clear_line(data: ReportData, tmp_path: Path, kind: str) -> None:
    from PIL import Image

    whole = tmp_path / "whole"
    Image.new("RGB", (40, 20), "navy").save(whole, kind)
    logo = tmp_path / f"logo.{kind.lower()}"
    for kept in (20, 30):
        logo.write_bytes(whole.read_bytes()[:kept])
        with pytest.raises(ReportError, match="is not an image Word can show, or is damaged"):
            build_word(data, logo=logo)


def test_dates_and_numbers_follow_the_locale(data: ReportData) -> None:
    french = zipfile.ZipFile(io.BytesIO(build_word(data, locale="fr")))
    text = french.read("word/document.xml").decode()
    assert "8 avril 2021" in text
    with pytest.raises(ReportError, match="locale 'xx_QQ' is unknown"):
        build_word(data, locale="xx_QQ")


@given(st.text(max_size=300), st.integers(min_value=4, max_value=30))
def test_a_shortened_quotation_is_the_beginning_of_its_text(text: str, words: int) -> None:
    short = shortened(text, words)
    whole = " ".join(text.split())
    assert whole.startswith(short.removesuffix(" …"))
    assert len(short.removesuffix(" …").split()) <= words
    assert short == whole or short.endswith(" …")


@given(st.text())
def test_cleaned_text_can_stand_in_xml(text: str) -> None:
    element = etree.Element("t")
    element.text = clean(text)
    assert etree.fromstring(etree.tostring(element)).text in {element.text, None}


@pytest.mark.parametrize(("number", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV")])
def test_roman_numerals(number: int, numeral: str) -> None:
    assert roman(number) == numeral


def test_an_empty_analysis_still_gives_a_report(tmp_path: Path) -> None:
    import json

    import pyarrow as pa
    import pyarrow.parquet as pq

    from statement_nlp.corpus.tables import SCHEMAS

    (tmp_path / "data" / "documents").mkdir(parents=True)
    for name, schema in SCHEMAS.items():
        pq.write_table(
            pa.Table.from_pylist([], schema=schema), tmp_path / "data" / f"{name}.parquet"
        )
    (tmp_path / "run.json").write_text(json.dumps({"version": "0"}))
    opened = docx.Document(io.BytesIO(build_word(ReportData.load(tmp_path))))
    assert [p.text for p in opened.paragraphs if p.style.name == "Heading 1"] == CHAPTERS


@pytest.mark.office
def test_libreoffice_converts_it_to_pdf_without_loss(
    data: ReportData, document: etree._Element, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    import pypdfium2

    (tmp_path / "report.docx").write_bytes(build_word(data))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "report.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    pages = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    printed = "".join(page.get_textpage().get_text_range() for page in pages)
    squeezed = re.sub(r"[\s\ufffe\u00ad-]", "", printed)
    for text in document.iter(W + "t"):
        assert re.sub(r"[\s\u00ad-]", "", text.text or "") in squeezed
    assert f"{len(pages)}/{len(pages)}" in squeezed


def test_the_cover_leads_to_what_readers_come_for(data: ReportData) -> None:
    opened = docx.Document(io.BytesIO(build_word(data)))
    ways = next(p for p in opened.paragraphs if p.text.startswith("Ways in"))
    assert [link.text for link in ways.hyperlinks] == [
        "who backs a point",
        "what each State pledged",
        "what each proposed",
        "what no commitment answers",
        "what nobody asked",
        "what to check",
    ]


def test_a_proposal_in_the_annex_leads_to_its_key_point(data: ReportData) -> None:
    opened = docx.Document(io.BytesIO(build_word(data)))
    entries = [p for p in opened.paragraphs if p.style.name == "Annex entry"]
    leading = {
        link.fragment for p in entries if re.match(r"P\d+\t", p.text) for link in p.hyperlinks
    }
    assert {point.key_point_id for point in data.key_points} <= leading


def test_places_to_be_checked_are_marked_with_their_page(data: ReportData) -> None:
    opened = docx.Document(io.BytesIO(build_word(data)))
    printed = " ".join(p.text for p in opened.paragraphs if p.style.name == "Annex text")
    doubtful = [tag for tag in data.tags if tag.assigned and tag.probability < 0.6]
    assert doubtful
    assert re.search(r"\d\* \[p\. \d+\]", printed)
