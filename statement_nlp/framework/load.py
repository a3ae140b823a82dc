"""Load and validate frameworks kept as YAML."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from statement_nlp.errors import UserError
from statement_nlp.framework.schema import Framework, Label, LabelSet, compile_cues
from statement_nlp.model import Scheme
from statement_nlp.user_yaml import NotYamlError, parse_yaml

DEFAULT = "mine-action-2021"
_SCHEME_KEYS = "'scheme:' and 'labels:'"
_LABEL_KEYS = "'id:' and 'description:'"
_NOTE_KEYS = "'letter_date:' and 'theme_words:'"


class FrameworkError(UserError):
    """A framework file or concept note that cannot be used: what, where, what to do."""

    exit_code = 20


def load_framework(path: Path | None = None) -> Framework:
    """Load a framework file, or the shipped one when ``path`` is ``None``.

    Raises:
        FrameworkError: the file is missing, is not YAML, or breaks a rule of docs/frameworks.md.
    """
    where = str(path) if path else f"{DEFAULT}.yaml"
    try:
        raw = path.read_bytes() if path else _shipped(f"{DEFAULT}.yaml")
        parsed = parse_yaml(raw)
    except OSError as error:
        raise FrameworkError(
            f"{where}: cannot be read ({error.strerror}); check the path"
        ) from error
    except NotYamlError as error:
        raise FrameworkError(f"{where}: {error}") from error
    if not isinstance(parsed, dict):
        raise FrameworkError(f"{where}: is not a framework; see docs/frameworks.md for the keys")
    return _framework(parsed, where, hashlib.sha256(raw).hexdigest())


def _shipped(name: str) -> bytes:
    return (resources.files("statement_nlp.framework") / "data" / name).read_bytes()


def _framework(parsed: Mapping[Any, Any], where: str, sha256: str) -> Framework:
    for key in ("id", "title", "schemes"):
        if not parsed.get(key):
            raise FrameworkError(f"{where}: key '{key}' is missing; add it")
    label_sets = tuple(
        _label_set(_mapping(entry, f"{where}: schemes, entry {number}", _SCHEME_KEYS), where)
        for number, entry in enumerate(_list(parsed, "schemes", where), start=1)
    )
    _check_schemes(label_sets, where)
    _check_aspects(label_sets, where)
    note = parsed.get("concept_note")
    note = {} if note is None else _mapping(note, f"{where}: 'concept_note'", _NOTE_KEYS)
    return Framework(
        id=_text(parsed, "id", where),
        version=_text(parsed, "version", where) or "1",
        title=_text(parsed, "title", where),
        source=_text(parsed, "source", where),
        label_sets=label_sets,
        sha256=sha256,
        theme_words=_texts(note, "theme_words", f"{where}: 'concept_note'"),
        letter_date=_text(note, "letter_date", f"{where}: 'concept_note'") or None,
        debate_date=_text(parsed, "debate_date", where) or None,
    )


def _label_set(entry: Mapping[Any, Any], where: str) -> LabelSet:
    name = _text(entry, "scheme", where)
    try:
        scheme = Scheme(name)
    except ValueError as error:
        known = ", ".join(scheme.value for scheme in Scheme)
        raise FrameworkError(f"{where}: scheme '{name}' is unknown; use one of {known}") from error
    where_labels = f"{where}: scheme '{name}'"
    labels = tuple(
        _label(_mapping(item, f"{where_labels}, label {number}", _LABEL_KEYS), scheme, where)
        for number, item in enumerate(_list(entry, "labels", where_labels), start=1)
    )
    ids = [label.id for label in labels]
    if not ids:
        raise FrameworkError(f"{where_labels} has no labels; add some")
    twice = sorted({label_id for label_id in ids if ids.count(label_id) > 1})
    if twice:
        raise FrameworkError(
            f"{where}: label '{twice[0]}' stands twice in '{name}'; give each an id of its own"
        )
    return LabelSet(scheme, _text(entry, "title", where_labels) or scheme.value, labels)


def _label(item: Mapping[Any, Any], scheme: Scheme, where: str) -> Label:
    for key in ("id", "description"):
        if not str(item.get(key) or "").strip():
            raise FrameworkError(f"{where}: a label of '{scheme.value}' lacks '{key}'; add it")
    of_label = f"{where}: label '{item['id']}' of '{scheme.value}'"
    label = Label(
        id=_text(item, "id", of_label),
        title=_text(item, "title", of_label) or _text(item, "id", of_label),
        description=_text(item, "description", of_label).strip(),
        source=_text(item, "source", of_label),
        official=_text(item, "official", of_label) or None,
        aspects=_texts(item, "aspects", of_label),
        examples=_texts(item, "examples", of_label),
        counter_examples=_texts(item, "counter_examples", of_label),
        cues=_texts(item, "cues", of_label),
    )
    try:
        compile_cues(label)
    except re.error as error:
        raise FrameworkError(
            f"{where}: a cue of label '{label.id}' is not a regular expression ({error}); "
            "correct it"
        ) from error
    return label


def _mapping(value: object, where: str, keys: str) -> Mapping[Any, Any]:
    if not isinstance(value, dict):
        raise FrameworkError(f"{where}: is not made of keys; write {keys}")
    return value


def _list(held: Mapping[Any, Any], key: str, where: str) -> list[Any]:
    value = held.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise FrameworkError(f"{where}: '{key}' is not a list; begin each entry with '- '")
    return value


def _text(held: Mapping[Any, Any], key: str, where: str) -> str:
    """Return a text, empty where there is none; dates and numbers are taken as written."""
    value = held.get(key)
    if isinstance(value, list | dict):
        raise FrameworkError(f"{where}: '{key}' is not text; put it in quotes")
    return "" if value is None else str(value)


def _texts(held: Mapping[Any, Any], key: str, where: str) -> tuple[str, ...]:
    found = _list(held, key, where)
    # A sentence with a colon and no quotes is a key and a value in YAML.
    if any(each is None or isinstance(each, list | dict) for each in found):
        raise FrameworkError(f"{where}: '{key}' holds something that is no text; put it in quotes")
    return tuple(str(each) for each in found)


def _check_schemes(label_sets: tuple[LabelSet, ...], where: str) -> None:
    schemes = [label_set.scheme for label_set in label_sets]
    for scheme in schemes:
        if schemes.count(scheme) > 1:
            raise FrameworkError(
                f"{where}: scheme '{scheme.value}' stands twice; put its labels in one list"
            )


def _check_aspects(label_sets: tuple[LabelSet, ...], where: str) -> None:
    by_scheme = {label_set.scheme: set(label_set.ids) for label_set in label_sets}
    for label_set in label_sets:
        for label in label_set.labels:
            unknown = [a for a in label.aspects if a not in by_scheme.get(Scheme.ASPECTS, set())]
            if unknown:
                raise FrameworkError(
                    f"{where}: question '{label.id}' names aspect '{unknown[0]}', "
                    "which scheme 'aspects' does not have; add it there or leave it out"
                )
