"""Build ``report.docx`` in the house style of United Nations reports."""

from __future__ import annotations

import io
import zipfile
from importlib import resources
from pathlib import Path
from typing import Any

from statement_nlp.report import word_xml as xml
from statement_nlp.report.data import ReportData
from statement_nlp.report.tables import ReportError
from statement_nlp.report.title import last_day, report_title
from statement_nlp.report.word_annexes import annexes
from statement_nlp.report.word_body import Body, contents
from statement_nlp.report.word_charts import attach
from statement_nlp.report.word_front import ANALYSIS, SYNTHETIC, cover, coverage
from statement_nlp.report.word_labels import factors, questions
from statement_nlp.report.word_limits import tiers
from statement_nlp.report.word_points import elements, key_points
from statement_nlp.report.word_profiles import method, profiles
from statement_nlp.report.word_registers import commitments, proposals
from statement_nlp.report.word_summary import summary
from statement_nlp.report.word_topics import topics
from statement_nlp.report.word_writing import Writing
from statement_nlp.report.wording import Wording

_CHAPTERS = (
    summary,
    coverage,
    questions,
    factors,
    key_points,
    commitments,
    proposals,
    elements,
    topics,
    profiles,
    method,
)
_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
}
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_LOGO_HEIGHT_INCHES = 0.9


def build_word(
    data: ReportData,
    *,
    title: str | None = None,
    logo: Path | None = None,
    locale: str = "en",
) -> bytes:
    """Return the Word report.

    The same data and options give the same bytes.

    Raises:
        ReportError: the logo cannot be read as an image, or the locale is unknown.
    """
    try:
        wording = Wording(locale)
    except ValueError as error:
        raise ReportError(str(error)) from error
    title = title or report_title(data, wording)
    writing, front = write_body(data, wording, title)
    annexes(writing)
    return _package(writing, front, title, logo)


def write_word(
    data: ReportData,
    path: Path,
    *,
    title: str | None = None,
    logo: Path | None = None,
    locale: str = "en",
) -> None:
    """Write the Word report to ``path``, whole or not at all.

    Raises:
        ReportError: as :func:`build_word`.
    """
    from statement_nlp.corpus.store import write_atomically

    write_atomically(path, build_word(data, title=title, logo=logo, locale=locale))


def write_body(data: ReportData, wording: Wording, title: str) -> tuple[Writing, Body]:
    """Return the body within its limit of words where a tier of limits allows, and the cover."""
    most, levels = tiers()
    writing = Writing(data, levels[0], wording)
    for limits in levels:
        writing.restart(limits)
        front = cover(writing, title)
        for chapter in _CHAPTERS:
            chapter(writing)
        if front.words + writing.body.words <= most:
            break
    return writing, front


def _package(writing: Writing, front: Body, title: str, logo: Path | None) -> bytes:
    import docx

    document = docx.Document(_template())
    root = document.element.body
    end = root[-1]  # the section's properties stay last
    if logo is not None:
        end.addprevious(_logo(document, logo))
    for block in front.elements():
        end.addprevious(block)
    end.addprevious(xml.paragraph("ContentsHeading", xml.inlines(("Contents",))))
    for block in (*contents(writing.body.headings), *writing.body.elements()):
        end.addprevious(block)
    for number, (holder, chart) in enumerate(writing.body.charts, 1):
        attach(document.part, holder, chart, number)
    _unlink_missing(root)
    _running(document, writing, title)
    _properties(document, writing.data, title)
    stream = io.BytesIO()
    document.save(stream)
    return _same_bytes(stream.getvalue())


def _unlink_missing(root: Any) -> None:  # noqa: ANN401 - lxml carries no types
    """Keep only the words of links whose bookmark is not there, as where a table is empty."""
    name, anchor = f"{{{xml.WML}}}name", f"{{{xml.WML}}}anchor"
    known = {mark.get(name) for mark in root.iter(f"{{{xml.WML}}}bookmarkStart")}
    for link in [h for h in root.iter(f"{{{xml.WML}}}hyperlink") if h.get(anchor) not in known]:
        for child in list(link):
            link.addprevious(child)
            for style in list(child.iter(f"{{{xml.WML}}}rStyle")):
                style.getparent().remove(style)
        link.getparent().remove(link)


def _template() -> io.BytesIO:
    """Return an empty document with the report's styles and numbering."""
    folder = resources.files("statement_nlp.report") / "data" / "word"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, file in _PARTS.items():
            package.writestr(name, (folder / file).read_bytes())
    stream.seek(0)
    return stream


def _logo(document: Any, path: Path) -> Any:  # noqa: ANN401 - python-docx carries no types
    from docx.shared import Inches

    check_logo(path)
    inline = document.part.new_pic_inline(str(path), height=Inches(_LOGO_HEIGHT_INCHES))
    inline.docPr.set("descr", "Logo")
    inline.docPr.set("id", "1000")  # charts take the low numbers
    return xml.paragraph("Figure", [xml.el("r", xml.el("drawing", inline))])


def check_logo(path: Path) -> None:
    """Refuse a logo that Word cannot show.

    Raises:
        ReportError: the file cannot be read, is of another kind, or is damaged.
    """
    from docx.image.image import Image

    try:
        Image.from_file(str(path))
    except OSError as error:
        raise ReportError(f"{path}: cannot be read; give a PNG or JPEG file with --logo") from error
    except Exception as error:  # python-docx raises bare ones for files that are cut short
        raise ReportError(
            f"{path}: is not an image Word can show, or is damaged; give a PNG or JPEG file with "
            "--logo"
        ) from error


def _running(document: Any, writing: Writing, title: str) -> None:  # noqa: ANN401
    """Fill header and footer; the cover has a footer only."""
    section = document.sections[0]
    label = SYNTHETIC if writing.data.run.synthetic else ANALYSIS.split(":", maxsplit=1)[0]
    header = section.header._element  # the public API has no right tab
    header[:] = [xml.paragraph("Header", xml.inlines((_short(title), xml.Tab(), label)))]
    for footer in (section.footer, section.first_page_footer):
        footer._element[:] = [
            xml.paragraph(
                "Footer",
                [
                    *xml.inlines((ANALYSIS, xml.Tab())),
                    *xml.field("PAGE", "1"),
                    xml.run("/"),
                    *xml.field("NUMPAGES", "1"),
                ],
            )
        ]
    section.first_page_header._element[:] = [xml.paragraph("Footer", [])]


def _short(title: str) -> str:
    return title if len(title) <= 70 else title[:68].rsplit(" ", 1)[0] + " …"


def _properties(document: Any, data: ReportData, title: str) -> None:  # noqa: ANN401
    """Set the core properties; the dates are the debate's, so that they do not change."""
    core = document.core_properties
    core.title, core.author, core.language = title, "statement-nlp", "en-GB"
    core.subject = SYNTHETIC if data.run.synthetic else ANALYSIS
    core.comments, core.last_modified_by, core.revision = "", "statement-nlp", 1
    core.created = core.modified = last_day(data)


def _same_bytes(package: bytes) -> bytes:
    """Return the package with its parts in order and no time of writing."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as found,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        # The content types come first, as readers of the format expect.
        for name in sorted(found.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            written.writestr(entry, found.read(name))
    return stream.getvalue()
