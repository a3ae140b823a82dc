"""Numbers that Word gives to paragraphs and does not write into their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.opc.part import Part
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@attrs.define
class _Level:
    style: str
    pattern: str
    start: int


@attrs.define
class Numbering:
    """Counts list paragraphs as Word does, level by level."""

    style_names: dict[str, str]
    """Style id to its name."""
    style_numbers: dict[str, tuple[str, int]] = attrs.field(factory=dict)
    """Style id to (list id, level) where the style itself numbers."""
    levels: dict[str, dict[int, _Level]] = attrs.field(factory=dict)
    """List id to its levels."""
    abstract: dict[str, str] = attrs.field(factory=dict)
    counts: dict[str, dict[int, int]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, document: DocxDocument) -> Numbering:
        """Return the numbering stated in a python-docx document."""
        numbering = cls({})
        for style in document.styles.element.findall(W + "style"):
            identifier = style.get(W + "styleId")
            name = style.find(W + "name")
            numbering.style_names[identifier] = name.get(W + "val") if name is not None else ""
            own = _num_pr(style)
            if own is not None:
                numbering.style_numbers[identifier] = own
        part = next(
            (
                relation.target_part
                for relation in document.part.rels.values()
                if relation.reltype.endswith("/numbering")
            ),
            None,
        )
        if part is not None:
            numbering._read(part)
        return numbering

    def _read(self, part: Part) -> None:
        from lxml import etree

        root = etree.fromstring(part.blob)
        abstract = {
            node.get(W + "abstractNumId"): {
                int(level.get(W + "ilvl")): _level(level) for level in node.findall(W + "lvl")
            }
            for node in root.findall(W + "abstractNum")
        }
        for num in root.findall(W + "num"):
            identifier = num.get(W + "numId")
            parent = num.find(W + "abstractNumId").get(W + "val")
            levels = dict(abstract.get(parent, {}))
            self.abstract[identifier] = parent
            for override in num.findall(W + "lvlOverride"):
                index = int(override.get(W + "ilvl"))
                start = override.find(W + "startOverride")
                if start is not None and index in levels:
                    levels[index] = attrs.evolve(levels[index], start=int(start.get(W + "val")))
                    self.abstract[identifier] = f"num{identifier}"
            self.levels[identifier] = levels

    def next_label(self, paragraph: Element) -> str | None:
        """Return the paragraph's number or bullet as text, ``None`` where it has none."""
        found = _num_pr(paragraph)
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        from_style = self.style_numbers.get(style.get(W + "val")) if style is not None else None
        if found is None:
            found = from_style
        elif found[0] == "" and from_style is not None:
            found = (from_style[0], found[1])
        if found is None or found[0] in {"", "0"}:
            return None
        levels = self.levels.get(found[0], {})
        level = levels.get(found[1])
        if level is None or level.style == "none":
            return None
        counts = self.counts.setdefault(self.abstract[found[0]], {})
        counts[found[1]] = counts.get(found[1], level.start - 1) + 1
        for deeper in [index for index in counts if index > found[1]]:
            del counts[deeper]
        if level.style == "bullet":
            return "•"
        text = level.pattern
        for index in range(9):
            if index in levels and f"%{index + 1}" in text:
                value = counts.get(index, levels[index].start)
                text = text.replace(f"%{index + 1}", _number(value, levels[index].style))
        return text.strip() or None


def _num_pr(element: Element) -> tuple[str, int] | None:
    node = element.find(f"{W}pPr/{W}numPr")
    if node is None:
        return None
    number, level = node.find(W + "numId"), node.find(W + "ilvl")
    return (
        number.get(W + "val") if number is not None else "",
        int(level.get(W + "val")) if level is not None else 0,
    )


def _level(node: Element) -> _Level:
    def value(tag: str, default: str) -> str:
        found = node.find(W + tag)
        return str(found.get(W + "val", default)) if found is not None else default

    return _Level(value("numFmt", "decimal"), value("lvlText", ""), int(value("start", "1")))


def _number(value: int, style: str) -> str:
    if style in {"lowerLetter", "upperLetter"}:
        # Word repeats the letter after z: aa, bb, …
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in {"lowerRoman", "upperRoman"}:
        text, rest = "", value
        for size, digits in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), *_ROMAN):
            while rest >= size:
                text, rest = text + digits, rest - size
        return text.upper() if style == "upperRoman" else text
    return f"{value:02d}" if style == "decimalZero" else str(value)
