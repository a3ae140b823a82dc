"""A small invented debate, built without reading a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
import pytest

from statement_nlp import embed, framework
from statement_nlp.corpus import Spoken
from statement_nlp.embed import Encoder, EncoderOptions
from statement_nlp.framework import Framework
from statement_nlp.model import (
    Commitment,
    Delegation,
    Proposal,
    Quote,
    Role,
    Scheme,
    Slot,
    Span,
    Statement,
    Status,
    content_id,
)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return embed.load_encoder(EncoderOptions(cache=None, threads=1))


@pytest.fixture(scope="session")
def asked() -> Framework:
    return framework.load_framework()


@attrs.define
class Debate:
    """Builds what the synthesis reads; one sentence is one passage."""

    encoder: Encoder
    framework: Framework
    statements: list[Statement] = attrs.field(factory=list)
    texts: list[str] = attrs.field(factory=list)
    statement_of: list[int] = attrs.field(factory=list)
    starts: list[int] = attrs.field(factory=list)
    labels: list[Sequence[str]] = attrs.field(factory=list)
    proposals: list[Proposal] = attrs.field(factory=list)
    commitments: list[Commitment] = attrs.field(factory=list)

    def speaks(self, name: str, role: Role = Role.MEMBER_STATE, **more: object) -> Debate:
        """Begin a statement; what follows is said in it."""
        behalf = tuple(more.pop("on_behalf_of", ()))  # type: ignore[arg-type]
        self.statements.append(
            Statement(
                document_id=content_id("d", name),
                order=len(self.statements) + 1,
                span=Span(0, 1_000_000),
                body=Span(0, 1_000_000),
                heading=f"Statement by {name}",
                delegation=Delegation(name=name, as_printed=name, role=role, **more),  # type: ignore[arg-type]
                on_behalf_of=behalf,
                date="2021-04-08",
            )
        )
        return self

    def says(self, text: str, *labels: str) -> tuple[str, Quote]:
        """Add a sentence; labels are ``scheme/label``."""
        statement = self.statements[-1]
        mine = [n for n, s in enumerate(self.statement_of) if s == len(self.statements) - 1]
        start = 100 + sum(len(self.texts[n]) + 1 for n in mine)
        self.texts.append(text)
        self.starts.append(start)
        self.statement_of.append(len(self.statements) - 1)
        self.labels.append(labels)
        span = Span(start, start + len(text))
        quote = Quote(statement.document_id, span, text)
        return content_id("p", statement.document_id, span.start, span.end), quote

    def proposes(self, text: str, *labels: str, **more: object) -> Proposal:
        """Add a sentence that is a proposal."""
        passage_id, quote = self.says(text, *labels)
        proposal = Proposal(
            passage_id=passage_id,
            statement_id=self.statements[-1].statement_id,
            quote=quote,
            partnership=False,
            confidence=0.9,
            **more,  # type: ignore[arg-type]
        )
        self.proposals.append(proposal)
        return proposal

    def commits(
        self, text: str, *labels: str, to: str | None = None, status: Status = Status.NEW
    ) -> Commitment:
        """Add a sentence that is a commitment."""
        passage_id, quote = self.says(text, *labels)
        slot = None
        if to is not None:
            at = quote.span.start + text.index(to)
            slot = Slot(to, Span(at, at + len(to)))
        commitment = Commitment(
            passage_id=passage_id,
            statement_id=self.statements[-1].statement_id,
            quote=quote,
            status=status,
            confidence=0.9,
            beneficiary=slot,
        )
        self.commitments.append(commitment)
        return commitment

    @property
    def spoken(self) -> Spoken:
        """What was said, with vectors and tags."""
        ids = {ls.scheme: ls.ids for ls in self.framework.label_sets}
        assigned: Mapping[Scheme, np.ndarray] = {
            scheme: np.array(
                [[f"{scheme.value}/{one}" in mine for one in labels] for mine in self.labels],
                dtype=np.bool_,
            ).reshape(len(self.texts), len(labels))
            for scheme, labels in ids.items()
        }
        return Spoken(
            passage_ids=[
                content_id("p", self.statements[s].document_id, start, start + len(text))
                for s, start, text in zip(self.statement_of, self.starts, self.texts, strict=True)
            ],
            texts=self.texts,
            vectors=self.encoder.encode(self.texts).astype(np.float16),
            statement_of=np.array(self.statement_of, dtype=np.int32),
            statements=tuple(self.statements),
            assigned=assigned,
            labels=ids,
            starts=np.array(self.starts, dtype=np.int64),
        )


@pytest.fixture
def debate(encoder: Encoder, asked: Framework) -> Debate:
    return Debate(encoder, asked)
