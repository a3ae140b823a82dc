"""Findings kept on disk, by the hash of all that they depend on."""

from __future__ import annotations

import hashlib
import json
import platform
import zlib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING

from statement_nlp.embed.cache import VectorCache
from statement_nlp.findings.records import StatementFindings, from_bytes, to_bytes
from statement_nlp.libraries import STATEMENTS, versions
from statement_nlp.model import Document, Passage, Statement

if TYPE_CHECKING:
    from statement_nlp.embed import EncoderOptions
    from statement_nlp.engine import Batch
    from statement_nlp.findings.stage import Readers
    from statement_nlp.framework import Framework

_UNREADABLE = (ValueError, LookupError, TypeError, zlib.error)
_CODE = ("acts", "embed", "engine", "findings", "framework", "model", "segment", "tag")
"""Packages whose code and data decide what is found in a statement."""


class KeptFindings:
    """Findings of statements that were read before with the same models, code and framework."""

    def __init__(self, cache: VectorCache, recipe: str) -> None:
        self._cache = cache
        self._recipe = recipe

    def get(self, batch: Batch) -> dict[str, StatementFindings]:
        """Return what is known of the batch's statements, by statement id."""
        groups = batch.by_statement()
        keys = {i: self._key(batch, i, passages) for i, passages in groups.items()}
        raw = self._cache.get(list(keys.values()))
        found = {}
        for i, key in keys.items():
            if key not in raw:
                continue
            try:
                found[i] = from_bytes(raw[key], *_place(batch, i, groups[i]))
            except _UNREADABLE:
                continue  # found anew, and written over
        return found

    def put(self, batch: Batch, found: Mapping[str, StatementFindings]) -> None:
        """Keep the findings of some of the batch's statements."""
        groups = batch.by_statement()
        self._cache.put(
            {
                self._key(batch, i, groups[i]): to_bytes(own, batch.statements[i], groups[i])
                for i, own in found.items()
            }
        )

    def _key(self, batch: Batch, statement_id: str, passages: Sequence[Passage]) -> bytes:
        statement, _, document = _place(batch, statement_id, passages)
        start, end = statement.body.start, statement.body.end
        said = {
            "recipe": self._recipe,
            "names": [statement.delegation.name, statement.delegation.as_printed],
            "on_behalf_of": statement.on_behalf_of,
            "date": statement.date,
            "body": document.text[start:end],
            "passages": [
                (p.paragraph, p.span.start - start, p.span.end - start, p.text) for p in passages
            ],
        }
        return hashlib.sha256(json.dumps(said).encode()).digest()


def _place(
    batch: Batch, statement_id: str, passages: Sequence[Passage]
) -> tuple[Statement, Sequence[Passage], Document]:
    statement = batch.statements[statement_id]
    return statement, passages, batch.documents_by_id[statement.document_id]


def keep_findings(
    options: EncoderOptions, readers: Readers, framework: Framework
) -> KeptFindings | None:
    """Return the findings kept in the user's cache, or ``None`` where there is to be no cache."""
    if options.cache is None:
        return None
    cache = VectorCache(options.cache, options.cache_bytes)
    return KeptFindings(cache, recipe_of(readers, framework))


def recipe_of(readers: Readers, framework: Framework) -> str:
    """Return the hash of all that findings depend on besides the statement."""
    digest = hashlib.sha256()
    for part in (
        readers.encoder.recipe,
        readers.tuned.recipe,
        repr(framework.label_sets),
        repr(sorted(readers.tagger.models.items())),
        readers.finder.recipe,
        platform.python_version(),  # its Unicode tables say what a letter is
        *(f"{name} {version}" for name, version in versions(STATEMENTS).items()),
    ):
        digest.update(part.encode() + b"\0")
    for package in _CODE:
        for file in _files(package):
            digest.update(file)
    return digest.hexdigest()


def _files(package: str) -> list[bytes]:
    """Return name and content of a package's code and plain data; models have hashes of theirs."""
    folder = resources.files("statement_nlp") / package
    found = []
    for place in (folder, folder / "data"):
        if place.is_dir():
            entries = [e for e in place.iterdir() if e.name.endswith((".py", ".yaml", ".json"))]
            found += [e.name.encode() + e.read_bytes() for e in entries]
    return sorted(found)
