"""The corpus a run leaves behind: tables by contract, texts, and the record of the run."""

from statement_nlp.corpus.record import Recorder, framework_record
from statement_nlp.corpus.spoken import Spoken
from statement_nlp.corpus.store import RUN_RECORD, OutputError, Results, write_atomically
from statement_nlp.corpus.tables import SCHEMAS

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
