"""WordprocessingML elements: runs, links, fields, tables. Children stand in the schema's order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import attrs
from lxml import etree

WML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Characters that XML 1.0 cannot hold; they become the replacement character.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

Element = Any
"""An lxml element; lxml carries no types."""


@attrs.frozen(slots=True)
class Link:
    """Words that lead to a bookmark of the document."""

    text: str
    anchor: str


@attrs.frozen(slots=True)
class Said:
    """Words of a statement, in its language."""

    text: str
    language: str | None = None


@attrs.frozen(slots=True)
class Tab:
    """A tab stop."""


Inline = str | Link | Said | Tab


def el(tag: str, *children: Element, **values: object) -> Element:
    """Return an element of WordprocessingML; keyword arguments become its attributes."""
    found = etree.Element(f"{{{WML}}}{tag}", nsmap={"w": WML})
    for name, value in values.items():
        found.set(f"{{{WML}}}{name}", str(value))
    found.extend(children)
    return found


def clean(text: str) -> str:
    """Return text that XML can hold, on one line."""
    return _NOT_XML.sub("\ufffd", text).replace("\r", " ").replace("\n", " ")


def _text(text: str) -> Element:
    found = el("t")
    found.text = clean(text)
    found.set(_SPACE, "preserve")
    return found


def run(text: str, language: str | None = None, style: str | None = None) -> Element:
    """Return a run of text in a language; English is the document's own."""
    properties = []
    if style:
        properties.append(el("rStyle", val=style))
    if language and language not in ("en", "und"):
        if language in _RIGHT_TO_LEFT:
            properties += [el("rtl"), el("lang", bidi=language)]
        else:
            properties.append(el("lang", val=language))
    return el("r", *([el("rPr", *properties)] if properties else []), _text(text))


def inlines(parts: tuple[Inline, ...]) -> list[Element]:
    """Return the runs and hyperlinks of a paragraph."""
    found = []
    for part in parts:
        if isinstance(part, Link):
            found.append(
                el("hyperlink", run(part.text, style="Hyperlink"), anchor=part.anchor, history=1)
            )
        elif isinstance(part, Said):
            found.append(run(part.text, part.language))
        elif isinstance(part, Tab):
            found.append(el("r", el("tab")))
        elif part:
            found.append(run(part))
    return found


def text_of(parts: tuple[Inline, ...]) -> str:
    """Return the words of inline parts, as a reader sees them."""
    return "".join(
        part if isinstance(part, str) else " " if isinstance(part, Tab) else part.text
        for part in parts
    )


def bookmarked(content: list[Element], name: str, number: int) -> list[Element]:
    """Return content between the two ends of a bookmark."""
    return [
        el("bookmarkStart", id=number, name=name),
        *content,
        el("bookmarkEnd", id=number),
    ]


def paragraph(style: str, content: list[Element]) -> Element:
    """Return a paragraph of a style."""
    return el("p", el("pPr", el("pStyle", val=style)), *content)


def field(instruction: str, shown: str) -> list[Element]:
    """Return a complex field with what it shows until Word works it out again."""
    code = el("instrText")
    code.text = f" {instruction} "
    code.set(_SPACE, "preserve")
    return [
        el("r", el("fldChar", fldCharType="begin")),
        el("r", code),
        el("r", el("fldChar", fldCharType="separate")),
        run(shown),
        el("r", el("fldChar", fldCharType="end")),
    ]


def field_start(instruction: str) -> list[Element]:
    """Return the beginning of a field whose result spans paragraphs."""
    return field(instruction, "")[:3]


def field_end() -> Element:
    """Return the end of a field whose result spans paragraphs."""
    return el("r", el("fldChar", fldCharType="end"))


def table(
    header: tuple[str, ...],
    rows: Sequence[tuple[tuple[Inline, ...], ...]],
    widths: tuple[int, ...],
    numeric: frozenset[int],
    description: str,
) -> Element:
    """Return a table whose first row repeats on each page; ``widths`` in twentieths of a point."""
    properties = el(
        "tblPr",
        el("tblStyle", val="ReportTable"),
        el("tblW", w=sum(widths), type="dxa"),
        el("tblLayout", type="fixed"),
        el(
            "tblLook",
            val="0020",
            firstRow=1,
            lastRow=0,
            firstColumn=0,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        ),
        el("tblDescription", val=clean(description)),
    )
    grid = el("tblGrid", *(el("gridCol", w=width) for width in widths))
    lines = [_row(tuple((text,) for text in header), widths, numeric, header=True)]
    lines += [_row(cells, widths, numeric) for cells in rows]
    return el("tbl", properties, grid, *lines)


def _row(
    cells: tuple[tuple[Inline, ...], ...],
    widths: tuple[int, ...],
    numeric: frozenset[int],
    header: bool = False,
) -> Element:
    properties = el("trPr", el("cantSplit"), *([el("tblHeader")] if header else []))
    columns = []
    for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        style = "TableNumber" if index in numeric else "TableHeading" if header else "TableText"
        columns.append(
            el("tc", el("tcPr", el("tcW", w=width, type="dxa")), paragraph(style, inlines(cell)))
        )
    return el("tr", properties, *columns)
