"""Lays a synthetic document out as a Word file: styles, sections, headers, fields, footnotes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree
from sample_source import Block, Document

FONT = "Times New Roman"
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
STYLE_OF = {
    "notice": "Synthetic Notice",
    "title": "Title",
    "annex": "Heading 1",
    "heading": "Heading 2",
    "language": "Original Language",
    "body": "Body Text",
    "contents-heading": "Contents Heading",
    "contents": "Contents Entry",
    "signature": "Signature",
}


def write(document: Document) -> bytes:
    """Bytes of the DOCX; the same document always gives the same bytes."""
    word = docx.Document()
    _set_properties(word, document)
    _drop_template_ballast(word)
    _define_styles(word)
    _page_setup(word.sections[0])
    _running_headers(word, document)
    _masthead(word, document.masthead)
    notes: list[str] = []
    for block in document.blocks:
        _add_block(word, block, notes)
    if notes:
        _attach_footnotes(word, notes)
    buffer = io.BytesIO()
    word.save(buffer)
    return _fixed_zip(buffer.getvalue())


def _drop_template_ballast(word: WordDocument) -> None:
    """Leave out what the library's template brings and nothing here uses (most of its bytes)."""
    styles = word.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) is None:
            styles.remove(style)
    unused = ("/stylesWithEffects", "/thumbnail", "/customXml")
    for holder in (word.part, word.part.package):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.endswith(unused):
                del holder.rels[key]


def _set_properties(word: WordDocument, document: Document) -> None:
    core = word.core_properties
    core.title, core.subject, core.keywords = document.title, document.subject, document.keywords
    core.comments = document.notice
    core.author = core.last_modified_by = "Sample Secretariat (invented)"
    core.category = "synthetic"
    core.language = "en-GB"
    core.identifier = document.masthead["symbol"]
    core.created = core.modified = dt.datetime.combine(document.issued, dt.time(9))
    core.last_printed = core.created


def _define_styles(word: WordDocument) -> None:
    styles = word.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    justified, left = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
    centred, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    table = [  # name, size in points, bold, italic, alignment, space before, space after
        ("Title", 14, True, False, left, 14, 12),
        ("Heading 1", 14, True, False, left, 0, 8),
        ("Heading 2", 12, True, False, left, 0, 8),
        ("Body Text", 10.5, False, False, justified, 0, 6),
        ("Signature", 10.5, False, False, right, 0, 2),
        ("Synthetic Notice", 10.5, True, False, centred, 8, 8),
        ("Original Language", 10.5, False, False, right, 0, 8),
        ("Contents Heading", 11, True, False, left, 14, 6),
        ("Contents Entry", 10.5, False, False, left, 0, 1),
        ("Footnote Text", 8.5, False, False, left, 0, 2),
    ]
    known = {style.name for style in styles}
    for name, size, bold, italic, alignment, before, after in table:
        style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if name not in ("Title", "Heading 1", "Heading 2"):
            style.base_style = normal
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.bold, style.font.italic = bold, italic
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        layout = style.paragraph_format
        layout.alignment, layout.space_before, layout.space_after = alignment, Pt(before), Pt(after)
    for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(border)
    styles["Contents Entry"].paragraph_format.tab_stops.add_tab_stop(Cm(3))
    reference = styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True


def _page_setup(section: Section) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(3)
    section.top_margin = section.bottom_margin = Cm(2.5)
    section.different_first_page_header_footer = True


def _running_headers(word: WordDocument, document: Document) -> None:
    """Symbol and page number on the outer edge, job number on the inner one; page 1 job only."""
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    symbol, job = document.masthead["symbol"], document.masthead["job_number"]
    section.header.paragraphs[0].text = symbol
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    section.even_page_header.paragraphs[0].text = symbol
    section.first_page_footer.paragraphs[0].text = f"{job} (E)    *{job.replace('-', '')}*"
    word.styles["Footer"].paragraph_format.tab_stops.clear_all()
    for footer, odd in ((section.footer, True), (section.even_page_footer, False)):
        line = footer.paragraphs[0]
        line.paragraph_format.tab_stops.add_tab_stop(Cm(15), WD_TAB_ALIGNMENT.RIGHT)
        if odd:
            line.add_run(f"{job}\t")
        _add_field(line, "PAGE")
        line.add_run("/")
        _add_field(line, "NUMPAGES")
        if not odd:
            line.add_run(f"\t{job}")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # python-docx offers no fields


def _masthead(word: WordDocument, fields: dict[str, str]) -> None:
    table = word.add_table(rows=2, cols=2, style=None)
    top_left, top_right = table.rows[0].cells
    top_left.text = "Synthetic sample"
    top_right.text = fields["symbol"]
    symbol = top_right.paragraphs[0]
    symbol.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    symbol.runs[0].font.size, symbol.runs[0].bold = Pt(20), True
    left, right = table.rows[1].cells
    left.text = fields["organ"]
    left.paragraphs[0].runs[0].font.size, left.paragraphs[0].runs[0].bold = Pt(16), True
    right.text = f"Distr.: {fields['distribution']}"
    right.add_paragraph(fields["date"])
    right.add_paragraph(f"Original: {fields['original_language']}")
    for line in right.paragraphs:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    borders = parse_xml(
        f"<w:tblBorders {nsdecls('w')}>"
        '<w:bottom w:val="single" w:sz="12" w:space="0" w:color="000000"/>'
        '<w:insideH w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        "</w:tblBorders>"
    )
    table._tbl.tblPr.append(borders)  # python-docx offers no table borders


def _add_block(word: WordDocument, block: Block, notes: list[str]) -> None:
    if block.kind == "annex":
        word.add_section()  # begins a page
        word.sections[-1].different_first_page_header_footer = False
    paragraph = word.add_paragraph(style=STYLE_OF[block.kind])
    if block.label:
        paragraph.add_run(f"{block.label}\t")
    for text, note in block.runs():
        run = paragraph.add_run() if note else paragraph.add_run(text)
        if note:
            run.style = "Footnote Reference"
            notes.append(note)
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(len(notes)))
            run._r.append(reference)  # python-docx offers no footnotes
        if block.language == "fr":
            language = OxmlElement("w:lang")
            language.set(qn("w:val"), "fr-FR")
            run._r.get_or_add_rPr().append(language)  # nor languages


def _attach_footnotes(word: WordDocument, notes: list[str]) -> None:
    """Write the footnotes part: the two separators Word asks for, then the notes from id 1."""
    root = parse_xml(
        f"<w:footnotes {nsdecls('w')}>"
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
        "<w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"
    )
    style_id = word.styles["Footnote Text"].style_id
    for number, note in enumerate(notes, start=1):
        footnote = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p>'
            f'<w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>'
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:t xml:space="preserve"> </w:t></w:r></w:p></w:footnote>'
        )
        footnote[0][-1][0].text = f" {note}"
        root.append(footnote)
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    name = PackURI("/word/footnotes.xml")
    part = Part(name, FOOTNOTES_TYPE, blob, word.part.package)
    word.part.relate_to(part, RT.FOOTNOTES)


def _fixed_zip(blob: bytes) -> bytes:
    """The same members, uncompressed and with one date: no bytes depend on zlib or the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blob)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, date_time=(2021, 4, 16, 0, 0, 0))
            info.create_system = 0
            target.writestr(info, source.read(name))
    return out.getvalue()
