"""The package's data files, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Return the data file ``data/<name>.yaml``."""
    import yaml

    file = resources.files("statement_nlp.topics") / "data" / f"{name}.yaml"
    parsed: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return parsed


def settings(part: str) -> dict[str, Any]:
    """Return one part of ``data/settings.yaml``."""
    found: dict[str, Any] = load("settings")[part]
    return found
