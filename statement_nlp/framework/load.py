"""Load and validate frameworks kept as YAML."""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from pathlib import Path
from typing import Any

from statement_nlp.errors import UserError
from statement_nlp.framework.schema import Framework, Label, LabelSet, compile_cues
from statement_nlp.model import Scheme

DEFAULT = "mine-action-2021"


class FrameworkError(UserError):
    """A framework file or concept note that cannot be used: what, where, what to do."""

    exit_code = 20


def load_framework(path: Path | None = None) -> Framework:
    """Load a framework file, or the shipped one when ``path`` is ``None``.

    Raises:
        FrameworkError: the file is missing, is not YAML, or breaks a rule of docs/frameworks.md.
    """
    import yaml

    where = str(path) if path else f"{DEFAULT}.yaml"
    try:
        raw = path.read_bytes() if path else _shipped(f"{DEFAULT}.yaml")
        parsed = yaml.safe_load(raw)
    except OSError as error:
        raise FrameworkError(
            f"{where}: cannot be read ({error.strerror}); check the path"
        ) from error
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise FrameworkError(f"{where}: line {line} is not valid YAML; correct it") from error
    if not isinstance(parsed, dict):
        raise FrameworkError(f"{where}: is not a framework; see docs/frameworks.md for the keys")
    return _framework(parsed, where, hashlib.sha256(raw).hexdigest())


def _shipped(name: str) -> bytes:
    return (resources.files("statement_nlp.framework") / "data" / name).read_bytes()


def _framework(parsed: dict[str, Any], where: str, sha256: str) -> Framework:
    for key in ("id", "title", "schemes"):
        if not parsed.get(key):
            raise FrameworkError(f"{where}: key '{key}' is missing; add it")
    label_sets = tuple(_label_set(entry, where) for entry in parsed["schemes"])
    _check_aspects(label_sets, where)
    note = parsed.get("concept_note") or {}
    return Framework(
        id=str(parsed["id"]),
        version=str(parsed.get("version", "1")),
        title=str(parsed["title"]),
        source=str(parsed.get("source", "")),
        label_sets=label_sets,
        sha256=sha256,
        theme_words=tuple(note.get("theme_words", ())),
        letter_date=note.get("letter_date"),
        debate_date=str(parsed["debate_date"]) if parsed.get("debate_date") else None,
    )


def _label_set(entry: dict[str, Any], where: str) -> LabelSet:
    try:
        scheme = Scheme(str(entry.get("scheme")))
    except ValueError as error:
        known = ", ".join(scheme.value for scheme in Scheme)
        raise FrameworkError(
            f"{where}: scheme '{entry.get('scheme')}' is unknown; use one of {known}"
        ) from error
    labels = tuple(_label(item, scheme, where) for item in entry.get("labels") or ())
    ids = [label.id for label in labels]
    if not ids:
        raise FrameworkError(f"{where}: scheme '{scheme.value}' has no labels; add some")
    twice = sorted({label_id for label_id in ids if ids.count(label_id) > 1})
    if twice:
        raise FrameworkError(f"{where}: label '{twice[0]}' stands twice in '{scheme.value}'")
    return LabelSet(scheme, str(entry.get("title", scheme.value)), labels)


def _label(item: dict[str, Any], scheme: Scheme, where: str) -> Label:
    for key in ("id", "description"):
        if not str(item.get(key) or "").strip():
            raise FrameworkError(f"{where}: a label of '{scheme.value}' lacks '{key}'; add it")
    label = Label(
        id=str(item["id"]),
        title=str(item.get("title", item["id"])),
        description=str(item["description"]).strip(),
        source=str(item.get("source", "")),
        official=item.get("official"),
        aspects=tuple(item.get("aspects", ())),
        examples=tuple(str(text) for text in item.get("examples", ())),
        counter_examples=tuple(str(text) for text in item.get("counter_examples", ())),
        cues=tuple(str(cue) for cue in item.get("cues", ())),
    )
    try:
        compile_cues(label)
    except re.error as error:
        raise FrameworkError(
            f"{where}: a cue of label '{label.id}' is not a regular expression ({error})"
        ) from error
    return label


def _check_aspects(label_sets: tuple[LabelSet, ...], where: str) -> None:
    by_scheme = {label_set.scheme: set(label_set.ids) for label_set in label_sets}
    for label_set in label_sets:
        for label in label_set.labels:
            unknown = [a for a in label.aspects if a not in by_scheme.get(Scheme.ASPECTS, set())]
            if unknown:
                raise FrameworkError(
                    f"{where}: question '{label.id}' names aspect '{unknown[0]}', "
                    "which scheme 'aspects' does not have"
                )
