"""The corpus a run leaves behind: tables by contract, texts, and the record of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from statement_nlp.corpus.publishing import RUN_RECORD
from statement_nlp.corpus.store import OutputError, Results, write_atomically
from statement_nlp.corpus.tables import SCHEMAS

if TYPE_CHECKING:
    from statement_nlp.corpus.record import Recorder, framework_record
    from statement_nlp.corpus.spoken import Spoken

__all__ = [
    "RUN_RECORD",
    "SCHEMAS",
    "OutputError",
    "Recorder",
    "Results",
    "Spoken",
    "framework_record",
    "write_atomically",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module has attributes of any type
    # Recording draws in the tagger's tables; a report from existing data does without.
    if name in {"Recorder", "framework_record"}:
        from statement_nlp.corpus import record

        return getattr(record, name)
    if name == "Spoken":
        from statement_nlp.corpus.spoken import Spoken

        return Spoken
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
