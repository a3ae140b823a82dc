"""Membership and presidency of the Security Council, by date."""

from __future__ import annotations

from functools import cache

from statement_nlp.model import Role
from statement_nlp.segment.data import load_table


def role_of(iso3: str | None, date: str | None) -> Role:
    """Return the role of the State ``iso3`` in the Council on ``date``.

    ``date`` is ISO 8601; a year is enough, except for the presidency, which needs a month. Without
    a date, or for years after the table's last, a permanent member is one and any other State is a
    member State: nothing is guessed.
    """
    if iso3 is None:
        return Role.MEMBER_STATE
    if date is not None and president(date) == iso3:
        return Role.PRESIDENCY
    if iso3 in load_table("council.yaml")["permanent"]:
        return Role.PERMANENT_MEMBER
    if date is not None and iso3 in elected(int(date[:4])):
        return Role.ELECTED_MEMBER
    return Role.MEMBER_STATE


@cache
def elected(year: int) -> frozenset[str]:
    """Return the ISO 3166 codes of the elected members in ``year`` (1946 on)."""
    members = set()
    for first, row in load_table("council.yaml")["elected"].items():
        for member in row:
            code, last = (member, first + 1) if isinstance(member, str) else member
            if first <= year <= last:
                members.add(code)
    return frozenset(members)


def president(date: str) -> str | None:
    """Return the code of the State that presides in the month of ``date``, where tabled."""
    months = load_table("council.yaml")["presidency"].get(int(date[:4]))
    return months[int(date[5:7]) - 1] if months and len(date) >= len("2020-01") else None
