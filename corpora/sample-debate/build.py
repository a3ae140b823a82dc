"""Builds the files of the sample debate from their committed sources.

    python corpora/sample-debate/build.py [--out DIR] [--numbering roman|arabic]

writes compilation.docx, compilation.pdf, truth.json, earlier-statement.docx and
earlier-statement.pdf. The bytes depend on the sources and on the versions of python-docx, lxml,
reportlab and pyphen alone, which it records in build.lock.json.
"""

from __future__ import annotations

import argparse
import json
from importlib.metadata import version
from pathlib import Path

import sample_docx
import sample_pdf
import sample_source

HERE = Path(__file__).resolve().parent
TOOLS = ("python-docx", "lxml", "reportlab", "pyphen")


def build(out: Path, numbering: sample_source.Numbering = "roman") -> list[Path]:
    """Write all files to ``out``; return their paths."""
    debate = sample_source.load(HERE / "debate.yaml")
    earlier = sample_source.load(HERE / "earlier-statement.yaml")
    compilation = sample_source.compilation(debate, numbering)
    statement = sample_source.earlier_statement(earlier)
    files = {
        "compilation.docx": sample_docx.write(compilation),
        "compilation.pdf": sample_pdf.write(compilation),
        "earlier-statement.docx": sample_docx.write(statement),
        "earlier-statement.pdf": sample_pdf.write(statement),
        "truth.json": _json(sample_source.truth(debate, numbering)),
        "build.lock.json": _json({tool: version(tool) for tool in TOOLS}),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    return [out / name for name in files]


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Build the files of the sample debate.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    parser.add_argument(
        "--numbering", choices=["roman", "arabic"], default="roman", help="numerals of the annexes"
    )
    arguments = parser.parse_args()
    for path in build(arguments.out, arguments.numbering):
        print(path)


if __name__ == "__main__":
    main()
