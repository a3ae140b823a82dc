"""Tags: which label of the framework a passage speaks to, with what probability."""

from statement_nlp.tag.table import SchemeTags, TagTable
from statement_nlp.tag.tagger import Tagger, load_tagger

__all__ = ["SchemeTags", "TagTable", "Tagger", "load_tagger"]
