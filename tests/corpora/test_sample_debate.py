"""The sample debate: its files agree with their sources, say that they are synthetic, open."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path

import babel
import docx
import pypdfium2
import pytest
import yaml
from lxml import etree

from statement_nlp.model import Role

FOLDER = Path(__file__).resolve().parents[2] / "corpora" / "sample-debate"
LABEL = "SYNTHETIC SAMPLE — invented delegations, for demonstration and testing only"
BUILT = (
    "compilation.docx",
    "compilation.pdf",
    "earlier-statement.docx",
    "earlier-statement.pdf",
    "truth.json",
)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = re.compile(r"\[\^(\w+)\]")


@pytest.fixture(scope="module")
def debate() -> dict:
    source = yaml.safe_load((FOLDER / "debate.yaml").read_text(encoding="utf-8"))
    count = 0  # the files count footnotes through all annexes, the source within each
    for annex in source["annexes"]:
        renumbered = {str(count + int(key)): note for key, note in annex["footnotes"].items()}
        annex["paragraphs"] = [
            MARK.sub(lambda mark, used=count: f"[^{used + int(mark[1])}]", text)
            for text in annex["paragraphs"]
        ]
        annex["footnotes"] = renumbered
        count += len(renumbered)
    return source


@pytest.fixture(scope="module")
def truth() -> dict:
    return json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def delegations() -> list[dict]:
    return yaml.safe_load((FOLDER / "delegations.yaml").read_text(encoding="utf-8"))["delegations"]


def _need(*tools: str) -> None:
    for tool in tools:
        try:
            version(tool)
        except PackageNotFoundError:
            pytest.skip(f"the builder needs {tool}, which is not installed")


def _build(out: Path, *options: str) -> Path:
    _need("reportlab", "pyphen")
    command = [sys.executable, str(FOLDER / "build.py"), "--out", str(out), *options]
    subprocess.run(command, check=True, capture_output=True)
    return out


def _docx_paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def _pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def _squeeze(text: str) -> str:
    """Letters and figures only: neither line breaks nor hyphens at line ends make a difference."""
    return re.sub(r"[\W_]+", "", text.replace("\ufffe", ""))


def _body_of_pdf(path: Path, masthead: dict, notes: list[str]) -> str:
    """The squeezed text of the pages, in order, without running heads, feet and footnotes."""
    token = rf"(?:{re.escape(masthead['symbol'])}|{masthead['job_number']}|\d+/\d+)"
    furniture = re.compile(rf"^{token}(?: {token})*\s*$", re.MULTILINE)
    text = ""
    for page in _pages(path):
        squeezed = _squeeze(furniture.sub("", page))
        for note in notes:
            squeezed = squeezed.replace(_squeeze(note), "")
        text += squeezed
    return text


def test_rebuilding_gives_the_committed_bytes(tmp_path):
    lock = json.loads((FOLDER / "build.lock.json").read_text(encoding="utf-8"))
    _need(*lock)
    here = {tool: version(tool) for tool in lock}
    if here != lock:
        pytest.skip(f"the committed files were written by {lock}, here are {here}")
    _build(tmp_path)
    for name in BUILT:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_files_are_small():
    for path in FOLDER.iterdir():
        assert path.stat().st_size < 1_500_000, path.name


def test_docx_holds_every_paragraph_in_order(debate):
    paragraphs = iter(_docx_paragraphs(FOLDER / "compilation.docx"))
    for annex in debate["annexes"]:
        assert annex["heading"] in paragraphs, annex["id"]
        for paragraph in annex["paragraphs"]:
            assert MARK.sub("", paragraph).strip() in paragraphs, annex["id"]


def test_pdf_holds_every_paragraph_in_order(debate):
    notes = [key + note for a in debate["annexes"] for key, note in a["footnotes"].items()]
    text = _body_of_pdf(FOLDER / "compilation.pdf", debate["masthead"], notes)
    position = 0
    for annex in debate["annexes"]:
        for block in (annex["heading"], *annex["paragraphs"]):
            found = text.find(_squeeze(MARK.sub(r"\1", block)), position)
            assert found >= 0, (annex["id"], block[:60])
            position = found + 1


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_earlier_statement_holds_its_paragraphs(suffix):
    source = yaml.safe_load((FOLDER / "earlier-statement.yaml").read_text(encoding="utf-8"))
    path = FOLDER / f"earlier-statement.{suffix}"
    if suffix == "docx":
        text = _squeeze("".join(_docx_paragraphs(path)))
    else:
        text = _body_of_pdf(path, source["masthead"], [])
    assert len(source["paragraphs"]) >= 14
    for paragraph in source["paragraphs"]:
        assert _squeeze(paragraph) in text


def test_earlier_statement_lacks_the_asks_meant_to_find_nothing():
    source = yaml.safe_load((FOLDER / "earlier-statement.yaml").read_text(encoding="utf-8"))
    text = " ".join(source["paragraphs"]).lower()
    assert not re.search(r"component|traffick|precursor|every year|yearly|annual|briefing", text)


def test_docx_footnotes_are_real_and_linked(debate):
    with zipfile.ZipFile(FOLDER / "compilation.docx") as archive:
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
        body = etree.fromstring(archive.read("word/document.xml"))
    texts = {
        note.get(f"{WORD}id"): "".join(t.text for t in note.iter(f"{WORD}t")).strip()
        for note in notes
    }
    linked = [ref.get(f"{WORD}id") for ref in body.iter(f"{WORD}footnoteReference")]
    expected = [note for annex in debate["annexes"] for note in annex["footnotes"].values()]
    assert [texts[identifier] for identifier in linked] == expected


def test_pdf_note_stands_on_the_page_of_its_mark(debate):
    pages = [_squeeze(page) for page in _pages(FOLDER / "compilation.pdf")]
    for annex in debate["annexes"]:
        text = " ".join(annex["paragraphs"])
        for key, note in annex["footnotes"].items():
            before = _squeeze(text[: text.index(f"[^{key}]")])[-12:]
            (page,) = [page for page in pages if _squeeze(note) in page]
            assert before + key in page, annex["id"]
            assert page.count(key + _squeeze(note)) == 1


@pytest.mark.parametrize("stem", ["compilation", "earlier-statement"])
def test_first_page_and_properties_say_synthetic(stem):
    word = docx.Document(str(FOLDER / f"{stem}.docx"))
    assert word.paragraphs[0].text == LABEL
    core = word.core_properties
    assert all("synthetic" in field.lower() for field in (core.title, core.subject, core.keywords))
    with pypdfium2.PdfDocument(FOLDER / f"{stem}.pdf") as pdf:
        metadata = pdf.get_metadata_dict()
    assert LABEL in _pages(FOLDER / f"{stem}.pdf")[0]
    assert all("synthetic" in metadata[key].lower() for key in ("Title", "Subject", "Keywords"))


def test_pdf_carries_running_heads_and_page_numbers():
    pages = _pages(FOLDER / "compilation.pdf")
    for number, page in enumerate(pages[1:], start=2):
        assert "SAMPLE/2021/27" in page
        assert f"{number}/{len(pages)}" in page


def test_pdf_breaks_words_at_line_ends():
    # pdfium gives the hyphen at the end of a broken line as U+FFFE or as itself
    breaks = sum(
        len(re.findall(r"[a-z][-\ufffe\u0002]\r?\n?", p))
        for p in _pages(FOLDER / "compilation.pdf")
    )
    assert breaks > 100


def test_arabic_numbering(tmp_path):
    out = _build(tmp_path, "--numbering", "arabic")
    texts = _docx_paragraphs(out / "compilation.docx")
    labels = [text for text in texts if re.fullmatch(r"Annex \S+", text)]
    assert labels == [f"Annex {n}" for n in range(1, 35)]
    assert [
        row["annex"] for row in json.loads((out / "truth.json").read_text())["annexes"]
    ] == labels


def test_roman_numbering_is_the_default(truth):
    labels = [text for text in _docx_paragraphs(FOLDER / "compilation.docx")
              if re.fullmatch(r"Annex \S+", text)]  # fmt: skip
    assert labels == [row["annex"] for row in truth["annexes"]]
    assert [labels[i] for i in (0, 3, 8, 13, 33)] == [
        "Annex I", "Annex IV", "Annex IX", "Annex XIV", "Annex XXXIV"
    ]  # fmt: skip


def test_truth_agrees_with_headings_and_registry(truth, debate, delegations):
    known = {entry["name"]: entry for entry in delegations}
    for row, annex in zip(truth["annexes"], debate["annexes"], strict=True):
        entry = known[row["delegation"]]
        expected = "presidency" if entry.get("presidency") else entry["role"]
        assert row["role"] == expected, row["id"]
        assert row["speaker"] is None or row["speaker"] in row["heading"]
        assert row["on_behalf_of"] == (entry["members"] if row["role"] == "group of states" else [])
        assert annex["paragraphs"][0].startswith(row["first"].rstrip())
        assert MARK.sub("", " ".join(annex["paragraphs"])).endswith(row["last"])


def test_order_is_briefers_then_council_then_alphabetical(truth):
    rows = truth["annexes"]
    council = {"presidency", "permanent member", "elected member"}
    rank = [1 if row["role"] in council else (0 if i < 4 else 2) for i, row in enumerate(rows)]
    assert rank == sorted(rank)
    assert rows[4]["role"] == "presidency"
    for group in (1, 2):
        names = [r["delegation"] for r, k in zip(rows, rank, strict=True) if k == group]
        names = names[1:] if group == 1 else names
        assert all(a < b for a, b in pairwise(names))


def test_registry_is_well_formed(delegations):
    keys = {"name", "aliases", "role", "iso3", "regional_group", "affected", "donor", "members"}
    names = [entry["name"] for entry in delegations]
    printed = [form for entry in delegations for form in (entry["name"], *entry["aliases"])]
    codes = [entry["iso3"] for entry in delegations if entry["iso3"]]
    assert len(set(printed)) == len(printed)
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"X[A-Z]{2}", code) for code in codes)
    assert [entry["name"] for entry in delegations if entry.get("presidency")] == ["Veldania"]
    for entry in delegations:
        assert set(entry) - {"presidency"} == keys
        assert entry["role"] in {role.value for role in Role}
        assert set(entry["members"]) <= set(names)
    council = [e for e in delegations if e["role"] in ("permanent member", "elected member")]
    assert len(council) == 15


def test_registry_names_no_real_state(delegations):
    real = {name.lower() for name in babel.Locale("en").territories.values()}
    for entry in delegations:
        assert not {form.lower() for form in (entry["name"], *entry["aliases"])} & real


@pytest.mark.office
def test_libreoffice_opens_the_docx(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(FOLDER / "compilation.docx")], check=True, capture_output=True)
    pages = _pages(tmp_path / "compilation.pdf")
    assert len(pages) > 34
    assert LABEL in pages[0]
    assert "SAMPLE/2021/27" in pages[5]
    note = "Figures of the Clearance Board as at 28 February 2021"
    assert any(re.search(rf"\b\d+\s+{note}", page) for page in pages)
    assert not any(re.search(rf"\b0\s+{note}", page) for page in pages)
