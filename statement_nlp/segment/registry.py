"""Names of delegations: from the words printed to an official name, codes, group and role."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from statement_nlp.model import Delegation, Role
from statement_nlp.segment.data import load_table
from statement_nlp.segment.delegations import Entry, read_delegations

__all__ = ["Entry", "Registry", "delegation_of"]

_STATE_FORM = re.compile(
    r"^(?:the )?(?:\w+ ){0,3}?"
    r"(?:republic|kingdom|state|principality|grand duchy|commonwealth|union|sultanate|sovereign"
    r"|independent state|federation|government|delegation|permanent mission) of (?:the )?"
)
# Digits that scanned text has where letters were ("C6te d'Ivoire").
_SCANNED = str.maketrans({"6": "o", "0": "o", "1": "i", "|": "i"})
_SPACE = re.compile(r"\s+")
_SHORT = 4


class Registry:
    """Resolves names as printed. Build it with :meth:`load`."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_key: dict[str, Entry] = {}
        for entry in self.entries:
            for name in (entry.name, *entry.aliases):
                self._by_key.setdefault(_key(name), entry)
        self._by_code = {
            code: entry
            for entry in self.entries
            for code in (entry.iso2, entry.iso3)
            if code is not None
        }

    @property
    def names(self) -> tuple[str, ...]:
        """Usual names of all delegations, whether they speak or not."""
        return tuple(entry.name for entry in self.entries)

    @classmethod
    def load(cls, extra: Path | None = None) -> Registry:
        """Return the shipped tables, with a user's ``delegations.yaml`` before them.

        Raises:
            RegistryError: ``extra`` cannot be read, or breaks a rule of docs/segmentation.md.
        """
        shipped = _shipped()
        return cls([*(read_delegations(extra) if extra else ()), *shipped])

    def find(self, name: str) -> Entry | None:
        """Return the entry that ``name`` stands for, or ``None``.

        Case, accents, a leading article, and forms such as "Republic of X" and "X (Republic of)"
        do not matter; nothing is guessed from likeness.
        """
        key = _key(name)
        found = self._by_key.get(key) or self._by_key.get(key.translate(_SCANNED))
        if found is not None:
            return found
        inverted = re.fullmatch(r"(.+?) \((.+?)(?: of)?(?: the)?\)", key)
        if inverted:
            found = self._by_key.get(inverted[1])
            if found is not None:
                return found
        shorter = _STATE_FORM.sub("", key, count=1)
        return self._by_key.get(_key(shorter)) if shorter != key else None

    def by_code(self, code: str) -> Entry | None:
        """Return the State with this ISO 3166 code (two or three letters, any case)."""
        return self._by_code.get(code.upper())

    def resolve(self, name: str, *, date: str | None = None) -> Delegation | None:
        """Return the delegation ``name`` stands for with its role on ``date``, or ``None``."""
        entry = self.find(name)
        return None if entry is None else delegation_of(entry, name, date)

    def mentions(self, text: str) -> list[tuple[int, int, Entry]]:
        """Return the known names in ``text``, left to right, longest first, not overlapping."""
        found = []
        for match in self._pattern.finditer(text):
            entry = self.find(match[0])
            if entry is not None:
                found.append((match.start(), match.end(), entry))
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Both apostrophes; any white space; names of up to four letters keep their case (UK, US).
        names = {name for entry in self.entries for name in (entry.name, *entry.aliases)}
        plain = {name: _bare(name) for name in names}
        variants = sorted({*names, *plain.values()}, key=lambda name: (-len(name), name))
        parts = []
        for name in variants:
            body = re.escape(name).replace(r"\ ", r"\s+").replace("'", "['\u2019]")
            parts.append(body if len(name) <= _SHORT else f"(?i:{body})")
        return re.compile(r"(?<![\w-])(?:" + "|".join(parts) + r")(?!\w|-\w)")


def delegation_of(entry: Entry, as_printed: str, date: str | None) -> Delegation:
    """Return ``entry`` as a delegation, with its role on ``date``."""
    return Delegation(
        name=entry.name,
        as_printed=as_printed,
        iso3=entry.iso3,
        m49=entry.m49,
        role=entry.role_on(date),
        regional_group=entry.regional_group,
        affected=entry.affected,
        donor=entry.donor,
    )


def _bare(name: str) -> str:
    """Return ``name`` without accents."""
    spread = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _key(name: str) -> str:
    key = _bare(name).casefold().replace("\u2019", "'").replace("\u2018", "'").replace("`", "'")
    key = _SPACE.sub(" ", key.replace("- ", "-").replace("&", "and")).strip(" .,;:*'\"")
    return key.removeprefix("the ")


def _shipped() -> list[Entry]:
    states, organizations = load_table("states.yaml"), load_table("organizations.yaml")
    action = load_table("mine_action.yaml")

    def entry(row: Mapping[str, Any], role: Role | None) -> Entry:
        code = row.get("iso3")
        return Entry(
            name=row["name"],
            aliases=tuple(row.get("aliases", ())),
            role=role,
            iso3=code,
            iso2=row.get("iso2"),
            m49=row.get("m49"),
            regional_group=row.get("group"),
            affected=True if code in action["affected"] else None,
            donor=True if code in action["donor"] or row.get("donor") else None,
            members=tuple(row.get("members", ())),
        )

    found = [entry(row, None) for row in states["states"]]
    found += [entry(row, Role.OBSERVER) for row in states["observers"]]
    found += [entry(row, None) for row in states["historic"]]
    for role in Role:
        found += [entry(row, role) for row in organizations.get(role.value, ())]
    return found
