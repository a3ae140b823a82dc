"""Who stands behind a key point: delegations, those they speak for, and the groups of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import attrs

from statement_nlp.model import Delegation, Role, Statement
from statement_nlp.synthesis.lexicon import table


@attrs.frozen(slots=True)
class Supporter:
    """One delegation behind a key point."""

    name: str
    group: str | None
    """``permanent members``, ``other States, African Group``, … ; ``None`` where unknown."""
    through: str | None = None
    """The group of States that spoke for it, where it did not speak itself."""
    affected: bool = False
    donor: bool = False


def group_name(delegation: Delegation) -> str | None:
    """Return the group a delegation is reported in, or ``None`` where its role is unknown."""
    data = table("groups")
    role = delegation.role
    if role.value in data["uncounted"]:
        return None
    if role is Role.PRESIDENCY:
        permanent = _is_permanent(delegation)
        found = data["presidency_permanent" if permanent else "presidency_elected"]
    else:
        found = data["roles"][role.value]
    if role.value in data["by_region"] and delegation.regional_group:
        return f"{found}, {delegation.regional_group}"
    return str(found)


def _is_permanent(delegation: Delegation) -> bool:
    from statement_nlp.segment import council

    # Without a date the table answers for permanent members only, whoever presides.
    return council.role_of(delegation.iso3, None) is Role.PERMANENT_MEMBER


@attrs.frozen
class Roll:
    """Everyone who speaks in a debate, or is spoken for."""

    statements: tuple[Statement, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Supporter]:
        """Delegations that speak themselves; the first statement of each decides."""
        found: dict[str, Supporter] = {}
        for statement in self.statements:
            delegation = statement.delegation
            found.setdefault(
                delegation.name,
                Supporter(
                    name=delegation.name,
                    group=group_name(delegation),
                    affected=bool(delegation.affected),
                    donor=bool(delegation.donor),
                ),
            )
        return found

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Groups that speak, sorted; breadth is a share of these."""
        return tuple(sorted({one.group for one in self.by_name.values() if one.group}))

    def behind(self, statements: Iterable[int]) -> tuple[Supporter, ...]:
        """Return who stands behind the statements with these indices, each name once, by name.

        The delegation that speaks counts, and so do those it names as spoken for. Who speaks
        itself and is also spoken for counts once, as a speaker.
        """
        indices = sorted(set(statements))
        found = {
            (name := self.statements[index].delegation.name): self.by_name[name]
            for index in indices
        }
        for index in indices:
            speaker = self.statements[index].delegation.name
            for member in self.statements[index].on_behalf_of:
                if member not in found:
                    known = self.by_name.get(member, Supporter(member, None))
                    found[member] = attrs.evolve(known, through=speaker)
        return tuple(found[name] for name in sorted(found))

    def breadth(self, supporters: Sequence[Supporter]) -> float:
        """Return the share of the debate's groups that have a supporter, 0 to 1."""
        if not self.groups:
            return 0.0
        return len(groups_of(supporters)) / len(self.groups)


def groups_of(supporters: Iterable[Supporter]) -> tuple[str, ...]:
    """Return the groups of ``supporters``, sorted."""
    return tuple(sorted({one.group for one in supporters if one.group}))
