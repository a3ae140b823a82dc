"""The groups that delegations are reported in, and the threshold for "to check"."""

from __future__ import annotations

from functools import cache
from importlib import resources

import attrs


@attrs.frozen(slots=True)
class Group:
    """One group of delegations, as a meeting record orders them."""

    id: str
    title: str
    short: str
    roles: tuple[str, ...]


@cache
def _table() -> tuple[tuple[Group, ...], float]:
    import yaml

    raw = resources.files("statement_nlp.report") / "data" / "groups.yaml"
    table = yaml.safe_load(raw.read_bytes())
    groups = tuple(
        Group(entry["id"], entry["title"], entry["short"], tuple(entry["roles"]))
        for entry in table["groups"]
    )
    return groups, float(table["doubtful_below"])


def groups() -> tuple[Group, ...]:
    """Return the groups in reporting order."""
    return _table()[0]


def group_of(role: str) -> Group:
    """Return the group of a role; an unknown role belongs to the last group, unresolved."""
    return next((group for group in groups() if role in group.roles), groups()[-1])


def doubtful_below() -> float:
    """Return the probability below which an assigned label is listed under "to check"."""
    return _table()[1]
