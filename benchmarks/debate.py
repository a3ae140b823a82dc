"""A debate of 70 written statements to time the whole program on (synthetic)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpora" / "sample-debate"
WRITTEN = ROOT / "corpora" / "gold" / "written.yaml"
CHANGED = "This sentence stands here so that one statement differs from the last time."


def write_debate(folder: Path, statements: int = 70, *, change: bool = False) -> Path:
    """Write the sample debate, filled up to ``statements`` annexes from the gold corpus, as a PDF.

    With ``change``, one sentence is added to the statement in the middle.

    Raises:
        ValueError: there are not that many statements.
    """
    sys.path.insert(0, str(SAMPLE))
    try:
        import sample_pdf
        import sample_source
    finally:
        sys.path.remove(str(SAMPLE))

    debate = sample_source.load(SAMPLE / "debate.yaml")
    more = yaml.safe_load(WRITTEN.read_text(encoding="utf-8"))["statements"]
    spoken = {annex["delegation"] for annex in debate["annexes"]}
    for statement in more:
        if len(debate["annexes"]) < statements and statement["delegation"] not in spoken:
            spoken.add(statement["delegation"])
            debate["annexes"].append(_annex(statement))
    if len(debate["annexes"]) < statements:
        raise ValueError(f"only {len(debate['annexes'])} written statements, not {statements}")
    if change:
        debate["annexes"][statements // 2]["paragraphs"].append(CHANGED)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / ("debate-changed.pdf" if change else "debate.pdf")
    path.write_bytes(sample_pdf.write(sample_source.compilation(debate, "roman")))
    return path


def _annex(statement: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": statement["id"],
        "heading": f"Statement by {statement['delegation']}",
        "printed_language": None,
        "delegation": statement["delegation"],
        "language": "en",
        "paragraphs": statement["paragraphs"],
        "footnotes": statement.get("footnotes") or {},
    }
