"""DOCX through the public interface; the files are made here with python-docx."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from statement_nlp.ingest import IngestError, Source, read
from statement_nlp.model import BlockKind


def saved(document, path):
    document.save(path)
    return Source.of(path)


def test_blocks_come_in_document_order(tmp_path):
    document = docx.Document()
    document.add_heading("Annex 1", level=1)
    document.add_paragraph("First paragraph.")
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, [("Item", "Sum"), ("Clearance", "10")], strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.add_paragraph("Clear the field", style="List Number")
    document.add_paragraph("Mark the field", style="List Number")
    document.add_paragraph("Last paragraph.")
    document.sections[0].header.paragraphs[0].text = "S/2031/1"
    document.core_properties.title = "A title"
    result = read(saved(document, tmp_path / "a.docx"))
    blocks = [
        (block.kind, result.text[block.span.start : block.span.end]) for block in result.blocks
    ]
    assert blocks == [
        (BlockKind.HEADING, "Annex 1"),
        (BlockKind.PARAGRAPH, "First paragraph."),
        (BlockKind.TABLE_ROW, "Item | Sum"),
        (BlockKind.TABLE_ROW, "Clearance | 10"),
        (BlockKind.LIST_ITEM, "1. Clear the field"),
        (BlockKind.LIST_ITEM, "2. Mark the field"),
        (BlockKind.PARAGRAPH, "Last paragraph."),
        (BlockKind.FURNITURE, "S/2031/1"),
    ]
    assert ("title", "A title") in result.metadata


def test_page_breaks_give_page_marks(tmp_path):
    document = docx.Document()
    document.add_paragraph("On page one.")
    document.add_page_break()
    document.add_paragraph("On page two.")
    result = read(saved(document, tmp_path / "a.docx"))
    assert result.page_at(result.text.index("one")) == 1
    assert result.page_at(result.text.index("two")) == 2
    assert result.pages == 2


def test_text_box_is_read_once(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("Beside the box.")
    box = parse_xml(
        f"<w:r {nsdecls('w')} "
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps">'
        "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    paragraph._p.append(box)
    result = read(saved(document, tmp_path / "a.docx"))
    assert result.text == "Beside the box.\n\nIn the box."


def test_footnote_is_linked(tmp_path):
    path = tmp_path / "a.docx"
    document = docx.Document()
    paragraph = document.add_paragraph("The Convention")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    paragraph.add_run(" was recalled.")
    buffer = io.BytesIO()
    document.save(buffer)
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p/>'
        '</w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r>'
        "<w:t> Opened for signature in 1997.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                data = data.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/'
                    b'officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>'
                    b"</Relationships>",
                )
            if name == "[Content_Types].xml":
                data = data.replace(
                    b"</Types>",
                    b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.'
                    b'openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>',
                )
            new.writestr(name, data)
        new.writestr("word/footnotes.xml", notes)
    result = read(Source.of(path))
    (note,) = [block for block in result.blocks if block.kind is BlockKind.FOOTNOTE]
    assert note.anchor == len("The Convention")
    assert note.label == "1"
    assert result.text.startswith("The Convention was recalled.\n\nOpened")


def test_renamed_zip_is_not_a_docx(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(IngestError) as caught:
        read(Source.of(path))
    assert caught.value.code == "not-a-docx"
