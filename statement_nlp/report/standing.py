"""What the reports do with a proposal: count it, list it to be checked, or set it apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs

from statement_nlp.report.records import ProposalRow

Standing = Literal["asked", "to check", "opposed"]


@attrs.frozen(slots=True)
class Proposals:
    """Proposals by what the reports do with them; each keeps the order it came in."""

    asked: tuple[ProposalRow, ...]
    """What the registers count."""
    to_check: tuple[ProposalRow, ...]
    """Near the threshold: listed for a reader to decide."""
    opposed: tuple[ProposalRow, ...]
    """Voices against what others ask: listed as such, never counted as proposals."""

    @property
    def made(self) -> tuple[ProposalRow, ...]:
        """What was asked, sure or to be checked."""
        return self.asked + self.to_check


def standing(row: ProposalRow) -> Standing:
    """Return what the reports do with a proposal; an opposing voice is one whatever its evidence.

    The overview counts by the same rule from streams of rows.
    """
    if row.opposed:
        return "opposed"
    return "to check" if row.to_check else "asked"


def by_standing(proposals: Iterable[ProposalRow]) -> Proposals:
    """Return proposals by what the reports do with them."""
    found: dict[Standing, list[ProposalRow]] = {"asked": [], "to check": [], "opposed": []}
    for row in proposals:
        found[standing(row)].append(row)
    return Proposals(tuple(found["asked"]), tuple(found["to check"]), tuple(found["opposed"]))
