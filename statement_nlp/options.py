"""What a user can set for one analysis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs

from statement_nlp.embed import EncoderOptions


@attrs.frozen(kw_only=True)
class ReportOptions:
    """Which reports are written, and how they present themselves."""

    only: tuple[str, ...] = ("html", "docx", "xlsx")
    title: str | None = None
    logo: Path | None = None
    locale: str = "en"
    most_passages: int = 100_000
    """Sentences a full report is made of at most; bounds memory. An overview is made of more."""


@attrs.frozen(kw_only=True)
class AnalysisOptions:
    """Settings of ``analyze``; every one has a command-line option of the same name."""

    framework: Path | None = None
    concept_note: Path | None = None
    kind: str | None = None
    delegations: Path | None = None
    """Registry of delegations the shipped tables do not know; see docs/segmentation.md."""
    agreed: tuple[Path, ...] = ()
    """Earlier agreed texts that key points are compared with."""
    topics: Path | None = None
    """File that merges, splits, renames or seeds topics."""
    by: str | None = None
    """``year``: topics over time."""
    ocr: bool = False
    seed: int = 20210408
    batch_passages: int = 20_000
    """Passages held in memory at once; bounds memory on large inputs."""
    encoder: EncoderOptions = attrs.field(factory=EncoderOptions)
    report: ReportOptions = attrs.field(factory=ReportOptions)

    def record(self) -> dict[str, Any]:
        """Return what can change a result, for the run record: no paths, no thread counts."""
        return {
            "kind": self.kind,
            "by": self.by,
            "ocr": self.ocr,
            "title": self.report.title,
            "locale": self.report.locale,
        }
