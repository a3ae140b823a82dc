"""What a user can set for one analysis."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from statement_nlp.embed import Encoder, EncoderOptions
from statement_nlp.report.plan import FORMATS

if TYPE_CHECKING:
    from statement_nlp.model import Document


@attrs.frozen(kw_only=True)
class ReportOptions:
    """Which reports are written, and how they present themselves."""

    only: tuple[str, ...] = FORMATS
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
    seed: int = attrs.field(default=20210408, validator=attrs.validators.ge(0))
    """Of every random step; not negative."""
    batch_passages: int = 20_000
    """Passages held in memory at once; bounds memory on large inputs."""
    encoder: EncoderOptions = attrs.field(factory=EncoderOptions)
    report: ReportOptions = attrs.field(factory=ReportOptions)

    def record(
        self,
        *,
        encoders: Sequence[Encoder] = (),
        delegations: Path | None = None,
        agreed: Sequence[Document] = (),
    ) -> dict[str, Any]:
        """Return what can change a result, for the run record: no paths, no thread counts.

        Args:
            encoders: Those in use, so that what was chosen by itself is told.
            delegations: The registry in use, also where it was found beside the input.
            agreed: The agreed texts as read.
        """
        return {
            "kind": self.kind,
            "by": self.by,
            "ocr": self.ocr,
            "title": self.report.title,
            "locale": self.report.locale,
            "only": list(self.report.only),
            "report_passages": self.report.most_passages,
            "encoders": {encoder.name: self._encoder(encoder) for encoder in encoders},
            "files": {
                "framework": _file(self.framework),
                "concept_note": _file(self.concept_note),
                "delegations": _file(delegations or self.delegations),
                "topics": _file(self.topics),
                "logo": _file(self.report.logo),
                "agreed": [
                    {"name": document.path.replace("\\", "/").rsplit("/", 1)[-1]}
                    | {"sha256": document.sha256}
                    for document in agreed
                ],
            },
        }

    def _encoder(self, encoder: Encoder) -> dict[str, Any]:
        device = "cpu"
        if encoder.backend == "torch":
            from statement_nlp.embed.torch_encoder import find_device

            device = find_device(self.encoder.device)
        return {
            "backend": encoder.backend,
            "precision": encoder.precision,
            "device": device,
            "multilingual": encoder.multilingual,
        }


def _file(path: Path | None) -> dict[str, str | None] | None:
    """Return a file's name and hash; no hash where it is a folder or no longer there."""
    if path is None:
        return None
    import hashlib

    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        digest = None
    return {"name": path.name, "sha256": digest}
