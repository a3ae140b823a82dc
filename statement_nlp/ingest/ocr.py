"""Read the image of a page with Tesseract, where it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statement_nlp.ingest.errors import IngestError
from statement_nlp.ingest.normalize import normalize
from statement_nlp.ingest.pdf.lines import TextLine

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

# Tesseract's own advice is 300 dots an inch; PDF pages count 72 points an inch.
_SCALE = 300 / 72
_MISSING = (
    "--ocr needs Tesseract and pip install 'statement-nlp[ocr]'; install both or leave it out"
)


def recognize(page: PdfPage, number: int) -> list[TextLine]:
    """Return the lines that Tesseract reads on ``page``, the ``number``-th of its file.

    All languages installed for Tesseract are tried, English first.

    Raises:
        IngestError: ``ocr-unavailable``.
    """
    try:
        import pytesseract

        languages = sorted(
            set(pytesseract.get_languages()) - {"osd"}, key=lambda name: (name != "eng", name)
        )
        image = page.render(scale=_SCALE).to_pil()
        found = pytesseract.image_to_data(
            image, lang="+".join(languages[:6]), output_type=pytesseract.Output.DICT
        )
    except ImportError as error:
        raise IngestError("ocr-unavailable", _MISSING) from error
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError) as error:
        raise IngestError("ocr-unavailable", _MISSING) from error
    return _lines(found, page.get_height(), number)


def _lines(found: dict[str, list[str]], height: float, number: int) -> list[TextLine]:
    words: dict[tuple[str, str, str], list[int]] = {}
    for index, text in enumerate(found["text"]):
        if text.strip():
            place = (found["block_num"][index], found["par_num"][index], found["line_num"][index])
            words.setdefault(place, []).append(index)
    lines: list[TextLine] = []
    for indexes in words.values():
        left, top, width, tall = (
            [float(found[key][index]) / _SCALE for index in indexes]
            for key in ("left", "top", "width", "height")
        )
        bottom = max(t + h for t, h in zip(top, tall, strict=True))
        size = sorted(tall)[len(tall) // 2] * 1.2
        lines.append(
            TextLine(
                normalize(" ".join(found["text"][index] for index in indexes)),
                min(left),
                max(x + w for x, w in zip(left, width, strict=True)),
                height - bottom,
                height - min(top),
                size,
                bold=False,
                page=number,
            )
        )
    return lines
