"""The debate's framework: what was asked, and what is known to help."""

from pathlib import Path

from statement_nlp.framework.concept_note import (
    ConceptNote,
    apply_concept_note,
    read_concept_note,
)
from statement_nlp.framework.load import FrameworkError, load_framework
from statement_nlp.framework.schema import Framework, Label, LabelSet, compile_cues

__all__ = [
    "ConceptNote",
    "Framework",
    "FrameworkError",
    "Label",
    "LabelSet",
    "apply_concept_note",
    "compile_cues",
    "for_debate",
    "load_framework",
    "read_concept_note",
]


def for_debate(path: Path | None = None, concept_note: Path | None = None) -> Framework:
    """Return the framework of a debate: the shipped one or a file, joined with a concept note.

    Raises:
        FrameworkError: the framework file or the concept note cannot be used.
        IngestError: the concept note cannot be read.
    """
    framework = load_framework(path)
    if concept_note is None:
        return framework
    from statement_nlp import ingest

    return apply_concept_note(framework, read_concept_note(ingest.read_path(concept_note)))
