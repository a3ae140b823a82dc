"""What a debate raises: its proposals and refusals by number, and which are compared.

Comparing each proposal with its neighbours among all others takes memory and time that a debate
allows and a corpus of decades does not. Beyond a limit whole statements are drawn; their proposals
found the key points, and those of the other statements join them, portion by portion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus.draw import drawn_statements
from statement_nlp.corpus.on_disk import Chosen
from statement_nlp.corpus.spoken import Spoken
from statement_nlp.embed import Encoder
from statement_nlp.model import Proposal
from statement_nlp.synthesis.asks import Recognizer
from statement_nlp.synthesis.features import Asked, AskedTable, describe, together
from statement_nlp.synthesis.grouping import group, join
from statement_nlp.synthesis.lexicon import table
from statement_nlp.synthesis.pairs import PairModel
from statement_nlp.synthesis.points import Proposals


@attrs.frozen(eq=False)
class Raised:
    """Proposals and refusals of the statements analysed, in order; arrays have a row for each."""

    proposals: Sequence[Proposal]
    to_check: NDArray[np.bool_]
    statement_of: NDArray[np.int64]
    passage_rows: NDArray[np.int64]
    refusals: Sequence[Proposal]
    refused_by: NDArray[np.int64]
    """Index of the statement of each refusal."""

    @classmethod
    def of(cls, spoken: Spoken, found: Sequence[Proposal]) -> Raised:
        """Sort proposals and refusals apart, in one run through ``found``."""
        index = {s.statement_id: n for n, s in enumerate(spoken.statements)}
        rows = np.full((len(found), 4), -1, dtype=np.int64)
        for number, one in enumerate(found):
            row = spoken.row_of.get(one.passage_id)
            rows[number] = (
                index.get(one.statement_id, -1),
                -1 if row is None else row,
                one.to_check,
                one.opposed,
            )
        spoke = rows[:, 0] >= 0
        asks = np.flatnonzero(spoke & (rows[:, 3] == 0))
        against = np.flatnonzero(spoke & (rows[:, 3] == 1))
        return cls(
            proposals=Chosen(found, asks),
            to_check=rows[asks, 2].astype(np.bool_),
            statement_of=rows[asks, 0],
            passage_rows=rows[asks, 1],
            refusals=Chosen(found, against),
            refused_by=rows[against, 0],
        )

    def drawn(self, spoken: Spoken) -> NDArray[np.int64]:
        """Return the numbers of the proposals that are compared with each other: all, or some."""
        most = int(table("limits")["grouping"]["most_compared"])
        everything = np.arange(len(self.proposals))
        if len(everything) <= most:
            return everything
        sizes = np.bincount(self.statement_of, minlength=len(spoken.statements))
        ids = [statement.statement_id for statement in spoken.statements]
        drawn = everything[drawn_statements(ids, sizes, most)[self.statement_of]]
        return drawn[: 2 * most]  # one statement may be longer than all that is compared


class Grouper:
    """Describes and groups what was raised."""

    def __init__(self, spoken: Spoken, encoder: Encoder) -> None:
        self._spoken = spoken
        self._encoder = encoder
        self.recognizer = Recognizer.load(encoder)
        self._model = PairModel.load(known=self.recognizer.model is not None)

    def group(self, raised: Raised) -> tuple[Proposals, list[tuple[int, ...]], tuple[str, ...]]:
        """Return the proposals, the groups as their numbers, and notes on what was left out."""
        numbers = raised.drawn(self._spoken)
        asked = [self._asked(raised, number) for number in numbers.tolist()]
        compared = self._described(asked)
        place = np.full(len(raised.proposals), -1, dtype=np.int64)
        place[numbers] = np.arange(len(numbers))
        sought = Proposals(
            items=raised.proposals,
            table=compared,
            place=place,
            statement_of=raised.statement_of,
            passage_rows=raised.passage_rows,
        )
        if not len(numbers):
            return sought, [], ()
        founders = ~raised.to_check[numbers]
        found = group(compared, self._model, founders)
        groups = [list(numbers[list(rows)].tolist()) for rows in found]
        if len(numbers) == len(place):
            return sought, [tuple(rows) for rows in groups], ()
        core = [tuple(row for row in rows if founders[row]) for rows in found]
        for part in self._rest(place):
            own = [self._asked(raised, number) for number in part.tolist()]
            both = together(compared, asked, self._described(own), own)
            came = join(core, both, self._model, len(asked), raised.to_check[part])
            for number, rows in came.items():
                groups[number].extend(part[rows].tolist())
        founding, standing = sum(map(len, core)), sum(map(len, groups))
        note = (
            f"key points: founded by {founding} of {len(place)} proposals, those of statements "
            f"drawn by lot; {standing - founding} others joined them, "
            f"{len(place) - standing} stand in none"
        )
        return sought, [tuple(sorted(rows)) for rows in groups], (note,)

    def describe_texts(self, texts: Sequence[str]) -> AskedTable:
        """Return texts as rows of a table, with no speaker and no addressee."""
        return self._described([Asked(text) for text in texts])

    def _described(self, asked: Sequence[Asked]) -> AskedTable:
        vectors = (
            self._encoder.encode([one.clause for one in asked])
            if asked
            else np.zeros((0, self._encoder.dimensions), dtype=np.float32)
        )
        return describe(asked, vectors, self.recognizer)

    def _asked(self, raised: Raised, number: int) -> Asked:
        item = raised.proposals[number]
        statement = self._spoken.statements[int(raised.statement_of[number])]
        return Asked(
            clause=item.quote.text,
            speaker=statement.delegation.name,
            addressee=item.addressee.text if item.addressee else "",
        )

    @staticmethod
    def _rest(place: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
        """Yield the numbers of those not compared, a bounded number at a time."""
        size = int(table("limits")["grouping"]["most_compared"])
        rest = np.flatnonzero(place < 0)
        for start in range(0, len(rest), size):
            yield rest[start : start + size]
