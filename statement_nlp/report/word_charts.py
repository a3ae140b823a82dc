"""Native Word charts: drawn by the reader's word processor, sharp at any size and editable.

The chart's XML and the small workbook behind it come from XlsxWriter; DrawingML charts are the
same part in a workbook and in a document.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import attrs
from lxml import etree

from statement_nlp.report import word_xml as xml

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_EMU_PER_INCH = 914_400
_WIDTH_INCHES = 6.3
_FONT = {"name": "Times New Roman", "size": 9}
# Okabe and Ito's blue and vermilion differ in hue and in lightness for colour-blind readers.
_BLUE, _VERMILION = "#0072B2", "#D55E00"


@attrs.frozen
class Chart:
    """A chart part, the workbook behind it, and what it shows in words."""

    part: bytes
    workbook: bytes
    height: float
    """Inches."""
    alternative: str


def bars(labels: list[str], values: list[int], axis: str, alternative: str) -> Chart:
    """Return horizontal bars, the first one on top, each with its number."""
    book, sheet, stream = _book()
    sheet.write_row(0, 0, ["", axis])
    sheet.write_column(1, 0, labels)
    sheet.write_column(1, 1, values)
    last = len(labels)
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": ["Data", 0, 1],
            "categories": ["Data", 1, 0, last, 0],
            "values": ["Data", 1, 1, last, 1],
            "fill": {"color": _BLUE},
            "gap": 45,
            "data_labels": {"value": True, "font": _FONT},
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"color": "#7F7F7F"}})
    chart.set_x_axis(
        {
            "min": 0,
            "visible": False,
            "major_gridlines": {"visible": False},
        }
    )
    chart.set_legend({"none": True})
    return _finish(book, sheet, chart, stream, height=0.3 + 0.3 * last, alternative=alternative)


def points(groups: list[tuple[str, list[tuple[float, float, str]]]], alternative: str) -> Chart:
    """Return a map of up to two groups of labelled points (x, y, label), told apart by shape."""
    book, sheet, stream = _book()
    chart = book.add_chart({"type": "scatter"})
    marks = (("circle", _BLUE), ("diamond", _VERMILION))
    row = 1
    for (name, entries), (shape, colour) in zip(groups, marks, strict=False):
        sheet.write(row - 1, 3, name)
        for offset, (x, y, label) in enumerate(entries):
            sheet.write_row(row + offset, 0, [x, y, label])
        last = row + len(entries) - 1
        chart.add_series(
            {
                "name": ["Data", row - 1, 3],
                "categories": ["Data", row, 0, last, 0],
                "values": ["Data", row, 1, last, 1],
                "marker": {
                    "type": shape,
                    "size": 9,
                    "fill": {"color": colour},
                    "border": {"color": "#FFFFFF"},
                },
                "data_labels": {
                    "value": True,
                    "position": "right",
                    "font": _FONT,
                    "custom": [{"value": label} for _, _, label in entries],
                },
            }
        )
        row = last + 2
    hidden = {
        "num_font": _FONT | {"color": "#FFFFFF"},
        "label_position": "none",
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        "line": {"color": "#BFBFBF"},
        "major_gridlines": {"visible": False},
    }
    # The axes cross in the corner, not in the middle of the points.
    chart.set_x_axis(hidden | {"crossing": "min"})
    chart.set_y_axis(hidden | {"crossing": "min"})
    chart.set_legend({"position": "bottom", "font": _FONT})
    return _finish(book, sheet, chart, stream, height=4.0, alternative=alternative)


def _book() -> tuple[Any, Any, io.BytesIO]:
    import datetime

    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})
    return book, book.add_worksheet("Data"), stream


def _finish(
    book: Any,  # noqa: ANN401 - xlsxwriter carries no types
    sheet: Any,  # noqa: ANN401
    chart: Any,  # noqa: ANN401
    stream: io.BytesIO,
    *,
    height: float,
    alternative: str,
) -> Chart:
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    sheet.insert_chart("F2", chart)
    book.close()
    with zipfile.ZipFile(io.BytesIO(stream.getvalue())) as package:
        part = package.read("xl/charts/chart1.xml")
    return Chart(part, stream.getvalue(), height, alternative)


def inline_chart(chart: Chart, number: int, title: str) -> tuple[Any, Any]:
    """Return the drawing for a run, and the element whose ``r:id`` must name the chart part."""
    width, height = round(_WIDTH_INCHES * _EMU_PER_INCH), round(chart.height * _EMU_PER_INCH)
    names = {"wp": _DRAWING, "a": _MAIN, "c": _CHART, "r": xml.REL}
    inline = etree.Element(f"{{{_DRAWING}}}inline", nsmap=names)
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    etree.SubElement(inline, f"{{{_DRAWING}}}extent", cx=str(width), cy=str(height))
    etree.SubElement(
        inline,
        f"{{{_DRAWING}}}docPr",
        id=str(number),
        name=f"Figure {number}",
        descr=xml.clean(chart.alternative),
        title=xml.clean(title),
    )
    etree.SubElement(inline, f"{{{_DRAWING}}}cNvGraphicFramePr")
    graphic = etree.SubElement(inline, f"{{{_MAIN}}}graphic")
    data = etree.SubElement(graphic, f"{{{_MAIN}}}graphicData", uri=_CHART)
    holder = etree.SubElement(data, f"{{{_CHART}}}chart")
    return xml.el("drawing", inline), holder


def attach(document_part: Any, holder: Any, chart: Chart, number: int) -> None:  # noqa: ANN401
    """Add the chart part and its workbook to the package and point ``holder`` at them."""
    from docx.opc.constants import CONTENT_TYPE as CT
    from docx.opc.constants import RELATIONSHIP_TYPE as RT
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document_part.package
    workbook = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), CT.SML_SHEET, chart.workbook, package
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CT.DML_CHART, b"", package)
    root = etree.fromstring(chart.part)
    _settle(root)
    # The chart names its workbook in its last child but user shapes, so that Word can edit it.
    for setting in root.findall(f"{{{_CHART}}}printSettings"):
        root.remove(setting)
    external = etree.SubElement(root, f"{{{_CHART}}}externalData")
    external.set(f"{{{xml.REL}}}id", part.relate_to(workbook, RT.PACKAGE))
    etree.SubElement(external, f"{{{_CHART}}}autoUpdate", val="0")
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    holder.set(f"{{{xml.REL}}}id", document_part.relate_to(part, RT.CHART))


def _settle(root: Any) -> None:  # noqa: ANN401
    """Say no to what a workbook leaves out and other readers take for a yes."""
    rounded = etree.Element(f"{{{_CHART}}}roundedCorners", val="0")
    root.find(f"{{{_CHART}}}chart").addprevious(rounded)
    shows = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    for kind in ("dLbls", "dLbl"):
        for labels in root.iter(f"{{{_CHART}}}{kind}"):
            for name in shows:
                for old in labels.findall(f"{{{_CHART}}}show{name}"):
                    labels.remove(old)
            for name in shows:
                etree.SubElement(
                    labels, f"{{{_CHART}}}show{name}", val="1" if name == "Val" else "0"
                )
