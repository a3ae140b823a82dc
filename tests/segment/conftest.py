"""Documents built by hand for the tests of segmentation. All statements in them are synthetic."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from statement_nlp.model import Block, BlockKind, Document, Span

Pieces = list[tuple[BlockKind, str]]
Build = Callable[..., Document]


def build_document(
    pieces: Pieces, path: str = "statement.txt", metadata: tuple[tuple[str, str], ...] = ()
) -> Document:
    text, blocks = "", []
    for kind, words in pieces:
        start = len(text)
        text += words
        blocks.append(Block(kind, Span(start, len(text))))
        text += "\n\n"
    return Document(
        sha256=hashlib.sha256((path + text).encode()).hexdigest(),
        path=path,
        kind="text",
        text=text,
        blocks=tuple(blocks),
        metadata=metadata,
    )


def paragraphs(*words: str, path: str = "statement.txt") -> Document:
    return build_document([(BlockKind.PARAGRAPH, piece) for piece in words], path)


@pytest.fixture(scope="session")
def own_delegations(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("registry") / "delegations.yaml"
    path.write_text(
        """
delegations:
  - {name: Velmoria, role: member state, iso3: XAA, regional_group: Eastern, affected: true,
     on_council: {from: 2020, to: 2021}}
  - {name: Republic of Sandrel, aliases: [Sandrel], role: member state, iso3: XAB}
  - {name: Friends of Quiet Fields, role: group of states, members: [Velmoria, Sandrel]}
  - {name: Meadow Trust, role: civil society}
""",
        encoding="utf-8",
    )
    return str(path)
