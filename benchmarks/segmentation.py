"""Measure segmentation: boundaries, delegations, languages and the time sentences take.

Run: ``python benchmarks/segmentation.py [--data ../shared/data]``. Parts whose data are absent are
named and left out. The figures of docs/segmentation.md come from here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tarfile
import time
from collections.abc import Sequence
from pathlib import Path

import yaml

from statement_nlp.ingest import IngestError, Source, find, read
from statement_nlp.model import Block, BlockKind, Document, Segmentation, Span
from statement_nlp.segment import Registry, passages, segment

ROOT = Path(__file__).resolve().parents[1]
KEY = ROOT / "benchmarks" / "keys" / "meeting-8699.yaml"
SAMPLE = ROOT / "corpora" / "sample-debate"


def paragraphs_document(paragraphs: Sequence[str], path: str) -> Document:
    """Return a document with one block for each of ``paragraphs``."""
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block(BlockKind.PARAGRAPH, Span(len(text), len(text) + len(paragraph))))
        text += paragraph + "\n\n"
    digest = hashlib.sha256((path + text).encode()).hexdigest()
    return Document(sha256=digest, path=path, kind="text", text=text, blocks=tuple(blocks))


def speeches(archive: Path) -> list[tuple[str, str]]:
    """Return name and text of every speech of 2020, in speaking order."""
    found = []
    with tarfile.open(archive) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name.endswith(".txt") else None
            if file is not None:
                text = file.read().decode("utf-8", "replace").replace("\r\n", "\n").strip()
                found.append((Path(member.name).name, text))
    return sorted(found, key=_speaking_order)


def _speaking_order(item: tuple[str, str]) -> tuple[int, int, int]:
    name = re.search(r"SPV\.(\d+)(?:Resumption(\d+))?_spch(\d+)", item[0])
    return (int(name[1]), int(name[2] or 0), int(name[3])) if name else (0, 0, 0)


def f1(found: set[int], true: set[int]) -> float:
    """Return the balanced F-score of two sets of offsets."""
    return 2 * len(found & true) / (len(found) + len(true))


def record(items: list[tuple[str, str]]) -> dict[str, float]:
    """Meeting 8699 joined into one record: boundaries and delegations."""
    key = yaml.safe_load(KEY.read_text(encoding="utf-8"))["delegations"]
    texts = [text for name, text in items if "8699" in name]
    document = paragraphs_document(texts, "meeting.txt")
    truth = {block.span.start: name for block, name in zip(document.blocks, key, strict=True)}
    found = segment(document)
    named = {s.span.start: s.delegation.name for s in found.statements}
    right = sum(named.get(start) == name for start, name in truth.items())
    return {
        "statements": len(truth),
        "boundaries_f1": f1(set(named), set(truth)),
        "delegation": right / len(truth),
    }


def one_by_one(items: list[tuple[str, str]]) -> dict[str, float]:
    """Each file of meeting 8699 alone; the chair's and bare names' files do not say the State."""
    key = yaml.safe_load(KEY.read_text(encoding="utf-8"))["delegations"]
    mine = [(name, text) for name, text in items if "8699" in name]
    right = single = headed = 0
    for (name, text), true in zip(mine, key, strict=True):
        found = segment(paragraphs_document([text], name))
        single += found.shape == "single" and len(found.statements) == 1
        if re.match(r"[^:]{0,80}\(", text):
            headed += 1
            right += found.statements[0].delegation.name == true
    return {"files": len(mine), "single": single / len(mine), "with_country": headed,
            "delegation_where_named": right / headed}  # fmt: skip


def sample(name: str) -> dict[str, float]:
    """The sample compilation: annexes, delegations, roles, groups and languages."""
    truth = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))["annexes"]
    document, found = _segmented(SAMPLE / name, Registry.load(SAMPLE / "delegations.yaml"))
    starts = {document.text[s.body.start :][:30] for s in found.statements}
    hits = len(starts & {annex["first"][:30] for annex in truth})
    pairs = list(zip(found.statements, truth, strict=False))
    count = len(truth)
    return {
        "statements": len(found.statements),
        "boundaries_f1": 2 * hits / (len(found.statements) + count),
        "delegation": sum(s.delegation.name == t["delegation"] for s, t in pairs) / count,
        "role": sum(s.delegation.role.value == t["role"] for s, t in pairs) / count,
        "on_behalf_of": sum(list(s.on_behalf_of) == t["on_behalf_of"] for s, t in pairs) / count,
        "language": sum(s.language == t["language"] for s, t in pairs) / count,
    }


def _segmented(path: Path, registry: Registry) -> tuple[Document, Segmentation]:
    (source,) = find([str(path)])
    if not isinstance(source, Source):
        raise SystemExit(f"{path}: {source.message}")
    document = read(source)
    return document, segment(document, registry=registry)


def pdfs(folder: Path) -> dict[str, object]:
    """The statements of the 79th session: language and delegation against the file name."""
    registry = Registry.load()
    read_files = language = delegation = 0
    wrong: list[str] = []
    scans: list[str] = []
    for source in find([str(folder)]):
        stem = Path(source.path).stem
        code, truth = stem.split("_")[:2]
        try:
            document = read(source)  # type: ignore[arg-type]
        except IngestError:
            scans.append(stem)
            continue
        (statement,) = segment(document, registry=registry).statements
        read_files += 1
        state = registry.by_code(code)
        delegation += state is not None and statement.delegation.name == state.name
        language += statement.language == truth
        if statement.language != truth:
            wrong.append(f"{stem}: {statement.language}")
    return {
        "files_with_text": read_files,
        "language_right": language,
        "delegation_right": delegation,
        "language_wrong": wrong,
        "no_readable_text": scans,
    }


def speed(items: list[tuple[str, str]]) -> dict[str, float]:
    """Seconds for the sentences of 1,000 speeches, on one thread."""
    pairs = [(d, segment(d)) for d in (paragraphs_document([t], n) for n, t in items[:1000])]
    begin = time.perf_counter()
    count = sum(len(passages(d, s)) for d, found in pairs for s in found.statements)
    return {"speeches": len(pairs), "sentences": count, "seconds": time.perf_counter() - begin}


def main() -> None:
    """Print one line for each part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    data = parser.parse_args().data
    archive = data / "unsc2020.tar.xz"
    if archive.is_file():
        items = speeches(archive)
        print("meeting 8699, one record:", json.dumps(record(items)))
        print("meeting 8699, file by file:", json.dumps(one_by_one(items)))
        print("sentences:", json.dumps(speed(items)))
    else:
        print(f"left out: {archive} is not here")
    for name in ("compilation.docx", "compilation.pdf"):
        if (SAMPLE / name).is_file():
            print(f"sample {name}:", json.dumps(sample(name)))
    if (data / "unga79-pdf").is_dir():
        print("79th session:", json.dumps(pdfs(data / "unga79-pdf")))


if __name__ == "__main__":
    main()
