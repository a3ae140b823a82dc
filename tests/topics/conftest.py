"""Synthetic debates with known subjects; the vectors are made from the subjects."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from statement_nlp.corpus.spoken import Spoken
from statement_nlp.model import Delegation, Role, Scheme, Span, Statement, content_id

# Synthetic sentences of invented delegations; one list a subject.
SUBJECTS = {
    "boats": [
        "The {a} fishing boats need harbour {b} before winter storms.",
        "Our {a} harbour lost forty fishing boats to {b} storms.",
        "Every fishing boat that leaves the {a} harbour carries {b} nets.",
    ],
    "teachers": [
        "The {a} village school lacks teachers for {b} classes.",
        "School teachers in the {a} villages wait for {b} books.",
        "We trained sixty school teachers for {a} and {b} villages.",
    ],
    "wells": [
        "Clean water flows from the {a} wells and {b} pumps.",
        "The {a} wells were dug for clean water in {b} valleys.",
        "Clean water from {a} wells spares {b} children the river.",
    ],
    "orchards": [
        "Apple orchards on the {a} hills bear {b} fruit again.",
        "The {a} orchards sold apples to {b} markets.",
        "Frost took the apple orchards of the {a} and {b} hills.",
    ],
}
_FILL = ["northern", "eastern", "older", "smaller", "distant", "upper", "wooden", "quiet"]


def make_spoken(
    statements: int, *, seed: int = 1, courtesies: bool = True, tagged: str | None = None
) -> Spoken:
    """Build a synthetic debate: each statement speaks of every subject in turn."""
    rng = np.random.default_rng(seed)
    names = list(SUBJECTS)
    middles = np.random.default_rng(99).normal(size=(len(names) + 1, 32))
    texts, vectors, statement_of, made, subject_of = [], [], [], [], []
    for number in range(statements):
        lines: list[tuple[int, str]] = []
        if courtesies:
            lines.append((len(names), "I thank the President for convening this open debate."))
        for subject in rng.permutation(len(names) * 3):
            pattern = SUBJECTS[names[subject % len(names)]][subject // len(names)]
            a, b = rng.choice(_FILL, 2)
            lines.append((int(subject % len(names)), pattern.format(a=a, b=b)))
        document = content_id("d", number)
        name = f"Invented State {number % 15}"
        made.append(
            Statement(
                document_id=document,
                order=1,
                span=Span(0, 10_000),
                body=Span(0, 10_000),
                heading="",
                delegation=Delegation(name, name, role=Role.MEMBER_STATE),
                date=f"{2000 + number % 3}-04-01",
            )
        )
        for subject, text in lines:
            texts.append(text)
            subject_of.append(subject)
            statement_of.append(number)
            vectors.append(middles[subject] + rng.normal(scale=0.8, size=32))
    flags = np.array([[names[s] == tagged] if s < len(names) else [False] for s in subject_of])
    return Spoken(
        passage_ids=[content_id("p", row) for row in range(len(texts))],
        texts=texts,
        vectors=np.array(vectors, dtype=np.float16),
        statement_of=np.array(statement_of, dtype=np.int32),
        statements=tuple(made),
        assigned={Scheme.QUESTIONS: flags} if tagged else {},
        labels={Scheme.QUESTIONS: ("asked",)} if tagged else {},
        starts=np.arange(len(texts), dtype=np.int64),
    )


@pytest.fixture(scope="session")
def debate() -> Callable[..., Spoken]:
    return make_spoken
