"""Who says what: statements, their delegations, and their sentences."""

from statement_nlp.segment.delegations import Entry, RegistryError
from statement_nlp.segment.language import detect_language
from statement_nlp.segment.passages import passages
from statement_nlp.segment.registry import Registry
from statement_nlp.segment.sentences import split_sentences
from statement_nlp.segment.shape import SHAPES, recognize, segment

__all__ = [
    "SHAPES",
    "Entry",
    "Registry",
    "RegistryError",
    "detect_language",
    "passages",
    "recognize",
    "segment",
    "split_sentences",
]
