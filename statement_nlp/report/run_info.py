"""What ``run.json`` tells a report: the framework's wording, measured error, failures, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from statement_nlp.model import Failure, InputFile
from statement_nlp.report.tables import ReportError, read_run

_ACTS = "acts"
_PARTS = {"test real": "statements of real debates", "test all": "real and written statements"}
"""Parts of the annotated acts that were kept from training, the first found is used."""


@attrs.frozen(slots=True)
class LabelText:
    """A label in the framework's words."""

    scheme: str
    id: str
    title: str
    description: str
    official: str | None = None
    """Official wording, where a concept note was given."""
    aspects: tuple[str, ...] = ()


@attrs.frozen(slots=True)
class SchemeText:
    """The labels of one scheme, in the framework's order."""

    scheme: str
    title: str
    labels: tuple[LabelText, ...]


@attrs.frozen(slots=True)
class FrameworkText:
    """The framework as it stood when the analysis ran."""

    id: str
    title: str
    source: str
    schemes: tuple[SchemeText, ...]
    debate_date: str | None = None
    """ISO date of the debate that the framework was written for, where it was for one."""

    def labels(self, scheme: str) -> tuple[LabelText, ...]:
        """Return the labels of a scheme, none where the framework has no such scheme."""
        return next((entry.labels for entry in self.schemes if entry.scheme == scheme), ())

    def label(self, scheme: str, label_id: str) -> LabelText | None:
        """Return one label, or ``None`` where the framework does not know it."""
        return next((label for label in self.labels(scheme) if label.id == label_id), None)


@attrs.frozen(slots=True)
class Measured:
    """How well a label was recognized on held-out annotated sentences, each 0 to 1."""

    scheme: str
    label: str
    figures: tuple[tuple[str, float], ...]
    """Metric name and value, such as ``("precision", 0.83)``, in the order recorded."""


@attrs.frozen(slots=True)
class MeasuredAct:
    """How well commitments, proposals and their properties were recognized."""

    part: str
    """What they were measured on, in words."""
    act: str
    """``commitment``, ``proposal``, ``partnership`` or ``status``."""
    figures: tuple[tuple[str, float], ...]


@attrs.frozen(slots=True)
class RunInfo:
    """The run behind a report."""

    version: str
    inputs: tuple[InputFile, ...]
    failures: tuple[Failure, ...]
    framework: FrameworkText
    measured: tuple[Measured, ...]
    measured_acts: tuple[MeasuredAct, ...]
    models: tuple[tuple[str, str], ...]
    packages: tuple[tuple[str, str], ...]
    seed: int
    synthetic: bool
    notes: tuple[str, ...]
    debate_title: str | None


def read_run_info(directory: Path) -> RunInfo:
    """Return what the run record of an output directory tells a report.

    Raises:
        ReportError: ``run.json`` is missing or is not the record of an analysis.
    """
    try:
        return run_info(read_run(directory))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ReportError(
            f"{directory / 'run.json'}: is not the record of an analysis; give the directory that "
            "'statement-nlp analyze' wrote"
        ) from error


def run_info(run: Mapping[str, Any]) -> RunInfo:
    """Return the typed view of a parsed ``run.json``.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: it is not the record of an analysis.
    """
    configuration = run.get("configuration") or {}
    measured = configuration.get("measured") or {}
    return RunInfo(
        version=str(run.get("version", "")),
        inputs=tuple(
            InputFile(str(item["path"]), str(item.get("sha256", "")), int(item.get("size") or 0))
            for item in run.get("inputs") or ()
        ),
        failures=tuple(
            Failure(str(item["path"]), str(item["code"]), str(item["message"]))
            for item in run.get("failures") or ()
        ),
        framework=_framework(configuration.get("framework") or {}),
        measured=tuple(_measured(measured)),
        measured_acts=tuple(_measured_acts(measured.get(_ACTS) or {})),
        models=_texts(run.get("models") or {}),
        packages=_texts(run.get("packages") or {}),
        seed=int(run.get("seed") or 0),
        synthetic=bool(run.get("synthetic")),
        notes=tuple(str(note) for note in run.get("notes") or ()),
        debate_title=str(configuration["title"]) if configuration.get("title") else None,
    )


def _texts(raw: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(name), str(value)) for name, value in raw.items()))


def _framework(raw: Mapping[str, Any]) -> FrameworkText:
    schemes = raw.get("schemes") or ()
    if isinstance(schemes, Mapping):  # scheme name → labels, or → {title, labels}
        schemes = [
            {"scheme": name, **(entry if isinstance(entry, Mapping) else {"labels": entry})}
            for name, entry in schemes.items()
        ]
    return FrameworkText(
        id=str(raw.get("id", "")),
        title=str(raw.get("title", "")),
        source=str(raw.get("source", "")),
        schemes=tuple(
            SchemeText(
                scheme=str(entry["scheme"]),
                title=str(entry.get("title") or entry["scheme"]),
                labels=tuple(_label(str(entry["scheme"]), label) for label in entry["labels"]),
            )
            for entry in schemes
        ),
        debate_date=raw.get("debate_date") or None,
    )


def _label(scheme: str, raw: Mapping[str, Any]) -> LabelText:
    return LabelText(
        scheme=scheme,
        id=str(raw["id"]),
        title=str(raw.get("title") or raw["id"]),
        description=str(raw.get("description") or ""),
        official=raw.get("official") or None,
        aspects=tuple(raw.get("aspects") or ()),
    )


def _measured(raw: Mapping[str, Any]) -> Iterator[Measured]:
    """Read scheme → label → metric → number; other entries (sources, dates) are passed over."""
    for scheme, labels in raw.items():
        if scheme == _ACTS or not isinstance(labels, Mapping):
            continue
        for label, figures in labels.items():
            if numbers := _numbers(figures):
                yield Measured(str(scheme), str(label), numbers)


def _measured_acts(raw: Mapping[str, Any]) -> Iterator[MeasuredAct]:
    """Read part → act → metric → number, of the part nearest to what users bring."""
    part = next((name for name in _PARTS if isinstance(raw.get(name), Mapping)), None)
    if part is None:
        return
    for act, figures in raw[part].items():
        if numbers := _numbers(figures):
            yield MeasuredAct(_PARTS[part], str(act), numbers)


def _numbers(figures: object) -> tuple[tuple[str, float], ...]:
    if not isinstance(figures, Mapping):
        return ()
    return tuple(
        (str(name), float(value))
        for name, value in figures.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    )
