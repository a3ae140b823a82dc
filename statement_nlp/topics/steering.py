"""What a user says of topics: seed words, merges, splits, names, how many."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

from statement_nlp.errors import UserError
from statement_nlp.user_yaml import NotYamlError, parse_yaml


class SteeringError(UserError):
    """The topics file cannot be used; the message says what, where and what to do."""

    exit_code = 25


@attrs.frozen
class Seed:
    """A topic that shall exist, told by words."""

    label: str
    words: tuple[str, ...]


@attrs.frozen
class Split:
    """A topic to be cut into several."""

    topic: str
    into: int


@attrs.frozen
class Steering:
    """The topics file. Topics are named by the label or the number of the run before it."""

    topics: int | None = None
    seeds: tuple[Seed, ...] = ()
    merge: tuple[tuple[str, ...], ...] = ()
    split: tuple[Split, ...] = ()
    rename: tuple[tuple[str, str], ...] = ()
    file: str = "topics file"
    sha256: str = ""

    def record(self) -> dict[str, Any]:
        """Return what was asked, for the run record."""
        if not self.sha256:
            return {}
        return {
            "sha256": self.sha256,
            "topics": self.topics,
            "seeds": {seed.label: list(seed.words) for seed in self.seeds},
            "merge": [list(names) for names in self.merge],
            "split": {each.topic: each.into for each in self.split},
            "rename": dict(self.rename),
        }

    def find(self, name: str, labels: Sequence[str]) -> int:
        """Return the topic that ``name`` means: its label in any case, or its number.

        Raises:
            SteeringError: no topic has that label or number.
        """
        folded = [label.casefold() for label in labels]
        if name.casefold() in folded:
            return folded.index(name.casefold())
        if name.isdecimal() and int(name) < len(labels):
            return int(name)
        near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.5)
        hint = (
            f"did you mean '{labels[folded.index(near[0])]}'?" if near else "labels are in topics"
        )
        raise self.error(f"no topic '{name}'; {hint}")

    def error(self, what: str) -> SteeringError:
        """Return the error that names this file and says ``what`` is wrong in it."""
        return SteeringError(f"{self.file}: {what}")


_KEYS = ("topics", "seeds", "merge", "split", "rename")


def read_steering(path: Path | None) -> Steering:
    """Read a topics file; without one, nothing is steered.

    Raises:
        SteeringError: the file cannot be read or says something that has no meaning.
    """
    if path is None:
        return Steering()
    import hashlib

    name = path.name
    try:
        data = path.read_bytes()
        parsed = parse_yaml(data)
    except OSError as error:
        raise SteeringError(f"{name}: cannot be read ({error.strerror}); check the path") from error
    except NotYamlError as error:
        raise SteeringError(f"{name}: {error}") from error
    if not isinstance(parsed, dict):
        raise _wrong(name, "the file", f"must hold one or more of {', '.join(_KEYS)}")
    for key in parsed:
        if key not in _KEYS:
            raise _wrong(name, f"'{key}'", f"is not known; use {', '.join(_KEYS)}")
    return Steering(
        topics=_count(name, "topics", parsed["topics"], 1) if "topics" in parsed else None,
        seeds=_seeds(name, parsed.get("seeds")),
        merge=_merges(name, parsed.get("merge")),
        split=_splits(name, parsed.get("split")),
        rename=_names(name, parsed.get("rename")),
        file=name,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _wrong(file: str, what: str, why: str) -> SteeringError:
    return SteeringError(f"{file}: {what} {why}")


def _count(file: str, what: str, value: object, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 1000:
        raise _wrong(file, what, f"must be a whole number from {least} to 1000")
    return value


def _list(file: str, what: str, value: object) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise _wrong(file, what, "must be a list")
    return value


def _texts(file: str, what: str, value: object, least: int) -> tuple[str, ...]:
    found = tuple(str(each).strip() for each in _list(file, what, value))
    if len(found) < least or not all(found):
        raise _wrong(file, what, f"must be a list of at least {least} names or words")
    return found


def _mapping(file: str, what: str, value: object) -> dict[Any, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _wrong(file, what, "must be pairs 'name: value'")
    return value


def _seeds(file: str, value: object) -> tuple[Seed, ...]:
    pairs = _mapping(file, "seeds", value).items()
    return tuple(Seed(str(label), _texts(file, f"seeds, '{label}'", w, 1)) for label, w in pairs)


def _merges(file: str, value: object) -> tuple[tuple[str, ...], ...]:
    entries = enumerate(_list(file, "merge", value), start=1)
    return tuple(_texts(file, f"merge, entry {n},", names, 2) for n, names in entries)


def _splits(file: str, value: object) -> tuple[Split, ...]:
    pairs = _mapping(file, "split", value).items()
    return tuple(Split(str(t), _count(file, f"split, '{t}'", n, 2)) for t, n in pairs)


def _names(file: str, value: object) -> tuple[tuple[str, str], ...]:
    found = tuple(
        (str(k), str(v or "").strip()) for k, v in _mapping(file, "rename", value).items()
    )
    for old, new in found:
        if not new:
            raise _wrong(file, f"rename, '{old}'", "has no new name; write one after the colon")
    return found
