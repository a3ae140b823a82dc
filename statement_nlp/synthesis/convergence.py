"""Where delegations converge: what a group shares, what only some ask for, what donors answered."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from statement_nlp.synthesis.needs import Need
from statement_nlp.synthesis.points import Point
from statement_nlp.synthesis.supporters import Roll, Supporter


@attrs.frozen
class Shared:
    """A key point and how much of one group stands behind it."""

    point: Point
    group: str
    supporters: tuple[Supporter, ...]
    """Those of the group, spoken for or speaking."""
    of: int
    """Delegations of the group that speak in the debate."""

    @property
    def share(self) -> float:
        """Share of the group behind the point, 0 to 1."""
        return len(self.supporters) / self.of


@attrs.frozen
class Answered:
    """A need and the commitments of donors that would meet it."""

    need: Need
    commitment_ids: tuple[str, ...]
    donors: tuple[str, ...]


def shared_by(
    points: Sequence[Point], roll: Roll, group: str, *, at_least: float = 1.0
) -> tuple[Shared, ...]:
    """Return the key points behind which at least this share of ``group`` stands, widest first.

    With 1.0: what all of the group share; with anything above 0.5: what a majority shares.
    """
    size = sum(one.group == group for one in roll.by_name.values())
    found = []
    for point in points:
        behind = tuple(one for one in point.supporters if one.group == group)
        if size and behind and len(behind) / size >= at_least:
            found.append(Shared(point, group, behind, size))
    return tuple(sorted(found, key=lambda shared: -shared.share))


def only_affected(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the key points that affected States and no one else stand behind, in rank order."""
    return tuple(p for p in points if p.supporters and all(s.affected for s in p.supporters))


def answered_by_donors(
    needs: Sequence[Need], givers: dict[str, str], roll: Roll
) -> tuple[Answered, ...]:
    """Return the needs that a donor's commitment would meet.

    ``givers`` names the delegation behind each commitment id.
    """
    found = []
    for need in needs:
        ids = tuple(
            one for one in need.commitment_ids if one in givers and roll.by_name[givers[one]].donor
        )
        if ids:
            donors = tuple(sorted({givers[one] for one in ids}))
            found.append(Answered(need, ids, donors))
    return tuple(found)


def contested(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the key points that some delegation speaks against, in rank order."""
    return tuple(point for point in points if point.key_point.opposed_ids)
