"""From files to documents: find the inputs, read each one, name what cannot be read.

for found in find(["annexes/", "letter.pdf"]):
    if isinstance(found, Source):
        document = read(found)
"""

from statement_nlp.ingest.errors import IngestError, exit_code
from statement_nlp.ingest.inputs import beside, read_path, require_any
from statement_nlp.ingest.reader import read
from statement_nlp.ingest.sources import Source, find

__all__ = [
    "IngestError",
    "Source",
    "beside",
    "exit_code",
    "find",
    "read",
    "read_path",
    "require_any",
]
