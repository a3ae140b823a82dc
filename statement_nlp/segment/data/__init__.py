"""Tables of names, memberships and patterns, read from the YAML files beside this module."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def load_table(name: str) -> dict[str, Any]:
    """Return the table ``name`` (a file of this package) as a mapping.

    Callers must not change the mapping: it is shared.
    """
    raw = resources.files(__name__).joinpath(name).read_bytes()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table: dict[str, Any] = yaml.load(raw, Loader=loader)
    return table
