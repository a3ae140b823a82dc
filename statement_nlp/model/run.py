"""Run: what was read, with which parts, and what failed."""

from __future__ import annotations

from typing import Any

import attrs


@attrs.frozen(slots=True)
class Failure:
    """One input that could not be read or analysed, in one line: what, where, what to do."""

    path: str
    code: str
    """Stable short name of the cause, such as ``encrypted-pdf``; see docs/errors.md."""
    message: str


@attrs.frozen(slots=True)
class InputFile:
    """One input as given, or one member of an archive (``archive.zip!/member.pdf``)."""

    path: str
    sha256: str
    size: int
    """Bytes."""


@attrs.frozen(slots=True, kw_only=True)
class Run:
    """The record written beside the results, enough to do the run again."""

    version: str
    inputs: tuple[InputFile, ...]
    failures: tuple[Failure, ...]
    configuration: dict[str, Any]
    models: dict[str, str]
    """Name of each model or head, and the sha256 of its file."""
    packages: dict[str, str]
    """Name and version of each library that can change a result."""
    seed: int
    synthetic: bool = False
    notes: tuple[str, ...] = ()
