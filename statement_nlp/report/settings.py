"""What a user may want to set of all reports: ``data/settings.yaml``."""

from __future__ import annotations

from functools import cache
from importlib import resources

import attrs


@attrs.frozen(slots=True)
class Settings:
    """How much is shown, and what counts as one debate."""

    longest_debate: int
    """Days from the first statement to the last of what is called one debate."""
    quotes_per_label: int
    """Surest sentences of different delegations shown under a label at most."""
    agreed_matches: int
    """Agreed wordings shown with a key point on the page at most, nearest first."""


@cache
def settings() -> Settings:
    """Return the settings as shipped."""
    import yaml

    raw = resources.files("statement_nlp.report") / "data" / "settings.yaml"
    table = yaml.safe_load(raw.read_bytes())
    return Settings(**{field.name: int(table[field.name]) for field in attrs.fields(Settings)})
