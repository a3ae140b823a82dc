"""Entries of the registry, and those a user adds in ``delegations.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from statement_nlp.errors import UserError
from statement_nlp.model import Role
from statement_nlp.segment import council
from statement_nlp.user_yaml import NotYamlError, parse_yaml


class RegistryError(UserError):
    """A file of delegations that cannot be used: what, in which entry, what to do."""

    exit_code = 28


@attrs.frozen(slots=True)
class Entry:
    """One name of the tables. ``role`` is ``None`` for States: theirs depends on the date."""

    name: str
    aliases: tuple[str, ...] = ()
    role: Role | None = None
    iso3: str | None = None
    iso2: str | None = None
    m49: str | None = None
    regional_group: str | None = None
    affected: bool | None = None
    donor: bool | None = None
    members: tuple[str, ...] = ()
    on_council: tuple[tuple[int, int], ...] = ()
    """Years of Council membership of a user's own delegation, first and last included."""
    presidency: bool = False

    def role_on(self, date: str | None) -> Role:
        """Return the role on ``date`` (ISO 8601, a year is enough); without one, a member State."""
        year = int(date[:4]) if date else None
        if year and any(first <= year <= last for first, last in self.on_council):
            return Role.ELECTED_MEMBER
        if self.role is not None:
            return Role.PRESIDENCY if self.presidency else self.role
        if self.presidency:
            return Role.PRESIDENCY
        return council.role_of(self.iso3, date)


def read_delegations(path: Path) -> list[Entry]:
    """Return a user's own delegations, in the file's order.

    Raises:
        RegistryError: the file cannot be read, or breaks a rule of docs/segmentation.md.
    """
    try:
        table = parse_yaml(path.read_bytes())
    except OSError as error:
        raise RegistryError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except NotYamlError as error:
        raise RegistryError(f"{path}: {error}") from error
    rows = table.get("delegations") if isinstance(table, dict) else table
    if not isinstance(rows, list):
        raise RegistryError(f"{path}: no list 'delegations'; see docs/segmentation.md for its form")
    return [_entry(row, f"{path}: entry {number}") for number, row in enumerate(rows, start=1)]


def _entry(row: object, where: str) -> Entry:
    text = _text(row, "name", where) if isinstance(row, dict) else None
    name = " ".join((text or "").split())
    if not isinstance(row, dict) or not name:
        raise RegistryError(f"{where}: a delegation without a name; give it one")
    where = f"{where} ({name})"
    return Entry(
        name=name,
        aliases=_texts(row, "aliases", where),
        role=_role(row, where),
        iso3=_text(row, "iso3", where),
        m49=_text(row, "m49", where),
        regional_group=_text(row, "regional_group", where),
        affected=_flag(row, "affected", where),
        donor=_flag(row, "donor", where),
        members=_texts(row, "members", where),
        on_council=_term(row.get("on_council"), where),
        presidency=_flag(row, "presidency", where) or False,
    )


def _text(row: Mapping[Any, Any], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        # 004 is a number and NO a flag in YAML; read as such, both would name something else.
        raise RegistryError(f"{where}: '{key}' is not text; put it in quotes")
    return value


def _texts(row: Mapping[Any, Any], key: str, where: str) -> tuple[str, ...]:
    value = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise RegistryError(f"{where}: '{key}' is not a list; put square brackets around it")
    if not all(isinstance(each, str) and each.strip() for each in value):
        raise RegistryError(f"{where}: '{key}' holds something that is no name; put it in quotes")
    return tuple(value)


def _flag(row: Mapping[Any, Any], key: str, where: str) -> bool | None:
    value = row.get(key)
    if value is not None and not isinstance(value, bool):
        raise RegistryError(f"{where}: '{key}' is neither true nor false; write one of them")
    return value


def _role(row: Mapping[Any, Any], where: str) -> Role | None:
    value = row.get("role")
    if not value:
        return None
    try:
        return Role(value)
    except ValueError:
        allowed = ", ".join(role.value for role in Role)
        raise RegistryError(
            f"{where}: role {value!r} is not known; use one of: {allowed}"
        ) from None


def _term(value: object, where: str) -> tuple[tuple[int, int], ...]:
    if value is None:
        return ()
    years = [value.get(key) for key in ("from", "to")] if isinstance(value, dict) else []
    # A year in quotes is a year all the same.
    known = [int(text) for text in map(str, years) if text.isdecimal()]
    if len(known) != 2 or known[0] > known[1]:
        raise RegistryError(
            f"{where}: 'on_council' is no pair of years; write {{from: 2020, to: 2021}}"
        )
    return ((known[0], known[1]),)
