"""Every kind of bad input ends in one named line."""

import io
import re

import pytest

from statement_nlp.ingest import IngestError, Source, exit_code, find, read
from statement_nlp.ingest.errors import load_data
from statement_nlp.model import Failure


def pdf_bytes(**options):
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, **options)
    canvas.drawString(72, 700, "A synthetic line of text that is long enough to count.")
    canvas.save()
    return buffer.getvalue()


def blank_pdf():
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(72, 72, 100, 100)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


BAD = {
    "empty-file": ("a.txt", lambda: b""),
    "unknown-format": ("a.bin", lambda: bytes(range(256)) * 20),
    "truncated-pdf": ("a.pdf", lambda: pdf_bytes()[:400]),
    "encrypted-pdf": ("a.pdf", lambda: pdf_bytes(encrypt="secret")),
    "not-a-docx": ("a.docx", lambda: b"plain words, no archive"),
    "scan": ("a.pdf", blank_pdf),
}


@pytest.mark.parametrize("code", sorted(BAD))
def test_bad_file_is_named_in_one_line(tmp_path, code):
    name, make = BAD[code]
    path = tmp_path / name
    path.write_bytes(make())
    failures = [one for one in find([path]) if isinstance(one, Failure)]
    if not failures:
        with pytest.raises(IngestError) as caught:
            read(Source.of(path))
        failures = [caught.value.failure(str(path))]
    assert failures[0].code == code
    assert failures[0].path == str(path)
    assert "\n" not in failures[0].message
    assert ";" in failures[0].message


def test_white_space_only_is_empty(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b" \r\n\t \f ")
    with pytest.raises(IngestError) as caught:
        read(Source.of(path))
    assert caught.value.code == "empty-file"


def test_type_is_told_from_the_bytes(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(pdf_bytes())
    assert read(Source.of(path)).kind == "pdf"


def test_documented_codes_are_the_codes(root):
    listed = dict(
        re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", (root / "docs/errors.md").read_text(), re.M)
    )
    causes = load_data("errors.yaml")["causes"]
    assert listed == {code: str(exit_code(code)) for code in causes}
    used = set()
    for path in (root / "statement_nlp/ingest").rglob("*.py"):
        used |= set(re.findall(r'"((?:[a-z]+-)+[a-z]+|scan|duplicate)",? ', path.read_text()))
    assert {code for code in used if code in causes}
