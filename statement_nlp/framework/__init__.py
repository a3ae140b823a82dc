"""The debate's framework: what was asked, and what is known to help."""

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
    "load_framework",
    "read_concept_note",
]
