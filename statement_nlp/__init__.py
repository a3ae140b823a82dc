"""Reads compilations of Security Council statements: who says what, in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from statement_nlp.corpus.reader import Corpus
    from statement_nlp.framework import Framework, load_framework
    from statement_nlp.ingest import read_path as read
    from statement_nlp.model import Document, Passage, Run, Statement
    from statement_nlp.options import AnalysisOptions
    from statement_nlp.pipeline import analyze
    from statement_nlp.report.data import ReportData

__all__ = [
    "AnalysisOptions",
    "Corpus",
    "Document",
    "Framework",
    "Passage",
    "ReportData",
    "Run",
    "Statement",
    "analyze",
    "load_framework",
    "read",
]

_HOMES = {
    "Corpus": ("statement_nlp.corpus.reader", "Corpus"),
    "AnalysisOptions": ("statement_nlp.options", "AnalysisOptions"),
    "Document": ("statement_nlp.model", "Document"),
    "Framework": ("statement_nlp.framework", "Framework"),
    "Passage": ("statement_nlp.model", "Passage"),
    "ReportData": ("statement_nlp.report.data", "ReportData"),
    "Run": ("statement_nlp.model", "Run"),
    "Statement": ("statement_nlp.model", "Statement"),
    "analyze": ("statement_nlp.pipeline", "analyze"),
    "load_framework": ("statement_nlp.framework", "load_framework"),
    "read": ("statement_nlp.ingest", "read_path"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (a module has attributes of any type)
    """Load a public name when it is first asked for, so that importing the package is quick."""
    if name in _HOMES:
        from importlib import import_module

        module, attribute = _HOMES[name]
        return getattr(import_module(module), attribute)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
