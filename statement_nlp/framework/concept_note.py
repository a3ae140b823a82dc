"""Read a debate's own words from its concept note: guiding questions and objectives."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import resources

import attrs

from statement_nlp.framework.load import FrameworkError
from statement_nlp.framework.schema import Framework, Label, LabelSet
from statement_nlp.model import BODY_KINDS, Document, Scheme

_ITEM = re.compile(r"^\s*(?:[-•*\u2013\u2014·]|\(?[0-9]{1,2}[.)]|\(?[a-z][.)])\s+")
_DATE = re.compile(r"[Ll]etter dated (\d{1,2} \w+ \d{4})")
_LONGEST_TITLE = 60
"""Characters of a question kept as the short title of a derived label."""


@attrs.frozen
class ConceptNote:
    """What a concept note asks, in its own words."""

    title: str
    letter_date: str | None
    questions: tuple[str, ...]
    objectives: tuple[str, ...]
    sha256: str
    text: str = attrs.field(repr=False)


def read_concept_note(document: Document) -> ConceptNote:
    """Find the guiding questions and objectives of a concept note.

    Raises:
        FrameworkError: the document lists no guiding questions.
    """
    lines = [
        line.strip()
        for block in document.blocks
        if block.kind in BODY_KINDS
        for line in document.text[block.span.start : block.span.end].split("\n")
        if line.strip()
    ]
    questions = _items_after(lines, _heading("questions"))
    if not questions:
        raise FrameworkError(
            f"{document.path}: no list of guiding questions found; give a concept note that has "
            "one under the heading 'Guiding questions', or a framework file with --framework"
        )
    date = _DATE.search(document.text)
    theme = re.search(r"theme\s+[“\"]([^”\"]{5,200})[”\"]", document.text)
    return ConceptNote(
        title=theme.group(1) if theme else "Concept note",
        letter_date=date.group(1) if date else None,
        questions=questions,
        objectives=_items_after(lines, _heading("objectives")),
        sha256=document.sha256,
        text=document.text,
    )


@cache
def _heading(of: str) -> re.Pattern[str]:
    """Return what a heading above "questions" or "objectives" looks like."""
    import yaml

    raw = (resources.files("statement_nlp.framework") / "data" / "concept_note.yaml").read_bytes()
    return re.compile(rf"^\W*{yaml.safe_load(raw)[of]}\b.{{0,40}}$", re.IGNORECASE)


def _items_after(lines: list[str], heading: re.Pattern[str]) -> tuple[str, ...]:
    """Return the list items directly below the first line that matches ``heading``."""
    for index, line in enumerate(lines):
        if not heading.match(line):
            continue
        items: list[str] = []
        for following in lines[index + 1 :]:
            if _ITEM.match(following):
                items.append(_ITEM.sub("", following).strip())
            elif items and items[-1][-1] not in ".?!:;" and following[:1].islower():
                items[-1] = f"{items[-1]} {following}"
            elif items or len(following) < _LONGEST_TITLE:
                break
        if items:
            return tuple(items)
    return ()


def apply_concept_note(framework: Framework, note: ConceptNote) -> Framework:
    """Join a framework with a concept note.

    When the note is the one the framework was written for (same letter date, same theme words,
    same number of questions), its official wording is added to the framework's own labels.
    Otherwise a new framework is derived from the note: its questions and objectives become the
    labels, and they are tagged by similarity.
    """
    questions = framework.label_set(Scheme.QUESTIONS)
    same = (
        questions is not None
        and note.letter_date == framework.letter_date
        and len(note.questions) == len(questions.labels)
        and all(word.lower() in note.text.lower() for word in framework.theme_words)
    )
    if not same:
        return _derive(note)
    official = {Scheme.QUESTIONS: note.questions, Scheme.OBJECTIVES: note.objectives}
    return attrs.evolve(
        framework,
        label_sets=tuple(
            _with_official(label_set, official.get(label_set.scheme, ()))
            for label_set in framework.label_sets
        ),
    )


def _with_official(label_set: LabelSet, wordings: tuple[str, ...]) -> LabelSet:
    if len(wordings) != len(label_set.labels):
        return label_set
    return attrs.evolve(
        label_set,
        labels=tuple(
            attrs.evolve(label, official=wording)
            for label, wording in zip(label_set.labels, wordings, strict=True)
        ),
    )


def _derive(note: ConceptNote) -> Framework:
    def labels(prefix: str, wordings: tuple[str, ...], what: str) -> tuple[Label, ...]:
        return tuple(
            Label(
                id=f"{prefix}{number}",
                title=_short(wording),
                description=wording,
                official=wording,
                source=f"concept note, {what} {number}",
            )
            for number, wording in enumerate(wordings, 1)
        )

    label_sets = [
        LabelSet(Scheme.QUESTIONS, "Guiding questions", labels("Q", note.questions, "question"))
    ]
    if note.objectives:
        label_sets.append(
            LabelSet(
                Scheme.OBJECTIVES,
                "Objectives of the debate",
                labels("O", note.objectives, "objective"),
            )
        )
    digest = hashlib.sha256("\n".join(note.questions + note.objectives).encode()).hexdigest()
    return Framework(
        id=f"concept-note-{digest[:8]}",
        version="1",
        title=note.title,
        source=f"concept note, letter dated {note.letter_date or 'unknown'}",
        label_sets=tuple(label_sets),
        sha256=note.sha256,
        letter_date=note.letter_date,
    )


def _short(wording: str) -> str:
    if len(wording) <= _LONGEST_TITLE:
        return wording
    return wording[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
