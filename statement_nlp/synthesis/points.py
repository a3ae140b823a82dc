"""Key points: groups of proposals with their wordings, supporters, opponents and rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus import SCHEMAS
from statement_nlp.corpus.spoken import Spoken
from statement_nlp.framework import Framework
from statement_nlp.model import KeyPoint, Proposal, Scheme, Statement
from statement_nlp.synthesis.features import AskedTable
from statement_nlp.synthesis.lexicon import leaning, table
from statement_nlp.synthesis.supporters import Roll, Supporter, groups_of
from statement_nlp.synthesis.wording import strength

if TYPE_CHECKING:
    import pyarrow as pa


@attrs.frozen
class Point:
    """One key point with all that is known of it."""

    key_point: KeyPoint
    rows: tuple[int, ...]
    """Numbers of the proposals behind it."""
    compared: tuple[int, ...]
    """Rows, in the table of all that were compared, of those that found it."""
    central: str
    strongest: str
    most_cautious: str
    supporters: tuple[Supporter, ...]
    breadth: float
    label: str | None
    vector: NDArray[np.float32] = attrs.field(eq=False, repr=False)
    """Mean of the vectors of those that found it, of length 1."""
    statements: tuple[int, ...]
    """Index of the statement of each proposal behind it."""
    opponents: tuple[Supporter, ...] = ()
    opposing: tuple[int, ...] = ()
    """Index of the statement of each refusal."""

    @property
    def delegations(self) -> int:
        """Distinct delegations that spoke for it; those spoken for are not counted."""
        return sum(one.through is None for one in self.supporters)

    @property
    def groups(self) -> tuple[str, ...]:
        """Groups with a supporter, sorted."""
        return groups_of(self.supporters)


@attrs.frozen
class Proposals:
    """Proposals (not refusals), in order, with what they are compared by."""

    items: Sequence[Proposal]
    table: AskedTable
    """Those that were compared with each other: all of a debate's, some of a large corpus's."""
    place: NDArray[np.int64]
    """Row of each in ``table``; -1 where it was not compared."""
    statement_of: NDArray[np.int64]
    """Index of the statement of each."""
    passage_rows: NDArray[np.int64]
    """Row of the passage of each in the corpus; -1 where it is not analysed."""

    def compared(self, rows: Sequence[int]) -> tuple[int, ...]:
        """Return the rows in ``table`` of those that were compared."""
        places = self.place[list(rows)]
        return tuple(places[places >= 0].tolist())


def make_point(
    rows: tuple[int, ...],
    proposals: Proposals,
    roll: Roll,
    label: str | None,
    opposed: Sequence[tuple[str, int]] = (),
) -> Point:
    """Return the key point of a group.

    Args:
        rows: rows of the group in ``proposals``.
        proposals: all proposals.
        roll: who speaks.
        label: the framework's label it stands under.
        opposed: proposal id and statement index of each refusal of it.
    """
    compared = proposals.compared(rows)
    vectors = proposals.table.vectors[list(compared)]
    centre = vectors.mean(axis=0)
    centre /= max(float(np.linalg.norm(centre)), 1e-9)
    founding = [row for row in rows if proposals.place[row] >= 0]
    central = _central([proposals.items[row] for row in founding], vectors @ centre)
    items = [proposals.items[row] for row in rows]
    ranked = sorted(items, key=lambda p: (-strength(p.quote.text), p.proposal_id))
    statements = tuple(proposals.statement_of[list(rows)].tolist())
    opposing = tuple(statement for _, statement in opposed)
    supporters = roll.behind(statements)
    return Point(
        key_point=KeyPoint(
            text=central.quote.text,
            proposal_ids=tuple(item.proposal_id for item in items),
            opposed_ids=tuple(proposal_id for proposal_id, _ in opposed),
        ),
        rows=rows,
        compared=compared,
        central=central.proposal_id,
        strongest=ranked[0].proposal_id,
        most_cautious=ranked[-1].proposal_id,
        supporters=supporters,
        breadth=roll.breadth(supporters),
        label=label,
        vector=centre.astype(np.float32),
        statements=statements,
        opponents=roll.behind(opposing),
        opposing=opposing,
    )


def _central(items: Sequence[Proposal], nearness: NDArray[np.float32]) -> Proposal:
    """Return the most central proposal; among those as central, a sure, whole and short one."""
    near = nearness.round(5)
    least = float(near.max()) - float(table("limits")["wording"]["as_central_within"])
    longest = int(table("limits")["wording"]["words_at_most"])
    able = [n for n in range(len(items)) if near[n] >= least]

    def order(n: int) -> tuple[bool, bool, bool, float, str]:
        item = items[n]
        text = item.quote.text
        leans = leaning().match(text) is not None or text.lstrip("\u201c\"'(")[:1].islower()
        long = len(text.split()) > longest
        return item.to_check, leans, long, -float(near[n]), item.proposal_id

    return items[min(able, key=order)]


def framework_label(
    rows: Sequence[int], proposals: Proposals, spoken: Spoken, framework: Framework
) -> str | None:
    """Return the label most assigned to the passages of a group, or ``None`` where none is.

    Aspects come before guiding questions and these before factors; no other scheme counts. Ties go
    to the framework's order.
    """
    passages = [row for row in proposals.passage_rows[list(rows)].tolist() if row >= 0]
    for scheme in (Scheme.ASPECTS, Scheme.QUESTIONS, Scheme.FACTORS):
        label_set = framework.label_set(scheme)
        if label_set is None or scheme not in spoken.assigned or not passages:
            continue
        order = {label: n for n, label in enumerate(label_set.ids)}
        assigned = spoken.assigned[scheme][passages]
        counts = Counter(
            {
                label: int(assigned[:, column].sum())
                for column, label in enumerate(spoken.labels[scheme])
                if assigned[:, column].any()
            }
        )
        if counts:
            return min(counts, key=lambda label: (-counts[label], order.get(label, len(order))))
    return None


def ranked(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return key points by breadth, then delegations, then size, largest first.

    A point that more than one delegation backs comes before all that one alone backs.
    """
    return tuple(
        sorted(
            points,
            key=lambda p: (
                p.delegations < 2,
                -p.breadth,
                -p.delegations,
                -p.key_point.size,
                p.key_point.key_point_id,
            ),
        )
    )


def point_rows(points: Sequence[Point]) -> list[dict[str, object]]:
    """Return the rows of table ``key_points``; points in rank order."""
    return [
        {
            "key_point_id": point.key_point.key_point_id,
            "text": point.key_point.text,
            "size": point.key_point.size,
            "rank": rank,
            "breadth": round(point.breadth, 4),
            "delegations": point.delegations,
            "groups": list(point.groups),
            "label": point.label,
            "central": point.central,
            "strongest": point.strongest,
            "most_cautious": point.most_cautious,
        }
        for rank, point in enumerate(points, 1)
    ]


def support_rows(points: Sequence[Point], statements: Sequence[Statement]) -> pa.Table:
    """Return table ``key_point_support``: who stands behind each point and who speaks against it.

    ``statements`` are those that the points' indices count.
    """
    import pyarrow as pa

    ids = [statement.statement_id for statement in statements]
    columns: tuple[list[str], ...] = ([], [], [], [])
    for point in points:
        for stance, proposals, said in (
            ("support", point.key_point.proposal_ids, point.statements),
            ("opposition", point.key_point.opposed_ids, point.opposing),
        ):
            columns[0].extend([point.key_point.key_point_id] * len(proposals))
            columns[1].extend(proposals)
            columns[2].extend(ids[index] for index in said)
            columns[3].extend([stance] * len(proposals))
    return pa.Table.from_arrays(
        [pa.array(column, pa.string()) for column in columns], schema=SCHEMAS["key_point_support"]
    )
