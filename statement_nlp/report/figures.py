"""Figures derived from a ReportData, the same for all three formats."""

from __future__ import annotations

from collections import Counter, defaultdict

import attrs

from statement_nlp.report import records as rows
from statement_nlp.report.data import ReportData
from statement_nlp.report.groups import Group, doubtful_below, groups
from statement_nlp.report.schemes import ASKED
from statement_nlp.report.standing import by_standing


@attrs.frozen(slots=True)
class DelegationFigures:
    """What one delegation said, in numbers."""

    name: str
    role: str
    group: Group
    regional_group: str | None
    iso3: str | None
    affected: bool | None
    donor: bool | None
    statement_ids: tuple[str, ...]
    sentences: int
    tagged: int
    """Sentences with at least one assigned label."""
    commitments: int
    new_commitments: int
    proposals: int
    """Proposals made, those to check included; opposing voices are none."""
    partnership: int
    key_points: int
    """Key points it supports."""
    terms: tuple[str, ...]
    """Terms it uses more than the others, strongest first."""
    quotes: tuple[str, ...]
    """Ids of up to two sentences that stand for it: surest commitment, surest proposal."""


@attrs.frozen(slots=True)
class LabelFigures:
    """How often a label was given."""

    scheme: str
    label: str
    sentences: int
    delegations: int
    mean_probability: float | None
    to_check: int
    """Sentences whose probability is below the threshold of data/groups.yaml."""
    by_group: tuple[tuple[str, int, int], ...]
    """Group id, sentences, delegations; in reporting order, groups with none left out."""


@attrs.frozen(slots=True)
class Coverage:
    """What was read, and what was not."""

    documents: int
    statements: int
    analysed: int
    procedural: int
    delegations: int
    sentences: int
    tagged: int
    languages: tuple[tuple[str, int], ...]
    """Language code and number of statements, most frequent first."""
    unresolved: tuple[rows.StatementRow, ...]
    not_analysed: tuple[rows.StatementRow, ...]
    """Statements kept but not analysed for another reason than being procedural."""
    unattributed: tuple[rows.RegionRow, ...]
    """Stretches of text that belong to no statement, front matter and furniture aside."""
    unattributed_chars: int
    failures: int


def by_name(names: set[str] | tuple[str, ...] | list[str]) -> list[str]:
    """Return names in English alphabetical order, accents and case passed over."""
    import unicodedata

    def key(name: str) -> tuple[str, str]:
        plain = unicodedata.normalize("NFKD", name)
        return "".join(c for c in plain if not unicodedata.combining(c)).casefold(), name

    return sorted(names, key=key)


def coverage(data: ReportData) -> Coverage:
    """Return what was read, resolved and analysed."""
    languages = Counter(s.language or "und" for s in data.statements)
    unattributed = tuple(
        region
        for region in data.regions
        if region.kind == "unattributed"
        and data.texts.get(region.document_id, "")[region.start : region.end].strip()
    )
    return Coverage(
        documents=len(data.documents),
        statements=len(data.statements),
        analysed=sum(s.analysed for s in data.statements),
        procedural=sum(s.procedural for s in data.statements),
        delegations=len({s.delegation for s in data.statements if not s.procedural}),
        sentences=len(data.passages),
        tagged=sum(p.passage_id in data.assigned_tags for p in data.passages),
        languages=tuple(sorted(languages.items(), key=lambda item: (-item[1], item[0]))),
        unresolved=tuple(s for s in data.statements if s.role == "unresolved"),
        not_analysed=tuple(s for s in data.statements if not s.analysed and not s.procedural),
        unattributed=unattributed,
        unattributed_chars=sum(region.end - region.start for region in unattributed),
        failures=len(data.run.failures),
    )


def label_figures(data: ReportData) -> dict[tuple[str, str], LabelFigures]:
    """Return counts by (scheme, label); labels of the framework never given count zero."""
    found: dict[tuple[str, str], list[rows.TagRow]] = {
        (scheme.scheme, label.id): []
        for scheme in data.run.framework.schemes
        for label in scheme.labels
    }
    for tags in data.assigned_tags.values():
        for tag in tags:
            found.setdefault((tag.scheme, tag.label), []).append(tag)
    return {key: _label(data, key, tags) for key, tags in found.items()}


def _label(data: ReportData, key: tuple[str, str], tags: list[rows.TagRow]) -> LabelFigures:
    sentences: Counter[str] = Counter()
    delegations: dict[str, set[str]] = defaultdict(set)
    for tag in tags:
        statement = data.statement_by_id[data.passage_by_id[tag.passage_id].statement_id]
        group = data.group_by_delegation[statement.delegation].id
        sentences[group] += 1
        delegations[group].add(statement.delegation)
    limit = doubtful_below()
    return LabelFigures(
        scheme=key[0],
        label=key[1],
        sentences=len(tags),
        delegations=len(set().union(*delegations.values())),
        mean_probability=sum(tag.probability for tag in tags) / len(tags) if tags else None,
        to_check=sum(tag.probability < limit for tag in tags),
        by_group=tuple(
            (group.id, sentences[group.id], len(delegations[group.id]))
            for group in groups()
            if sentences[group.id]
        ),
    )


def doubtful_sentences(data: ReportData) -> int:
    """Return the sentences with a question, aspect or factor that is listed under "to check"."""
    limit = doubtful_below()
    return sum(
        any(tag.probability < limit and tag.scheme in ASKED for tag in tags)
        for tags in data.assigned_tags.values()
    )


def grouped_notes(notes: tuple[str, ...]) -> tuple[str, ...]:
    """Return notes in order, those with the same words before a colon brought into one."""
    found: dict[str, list[str]] = {}
    for note in notes:
        head, colon, rest = note.partition(": ")
        found.setdefault(head + colon, []).append(rest)
    return tuple(head + "; ".join(rests) for head, rests in found.items())


def matrix(data: ReportData, scheme: str) -> dict[tuple[str, str], int]:
    """Return sentences by (delegation, label) of one scheme; zeros are left out."""
    cells: Counter[tuple[str, str]] = Counter()
    for passage_id, tags in data.assigned_tags.items():
        name = data.delegation_of(data.passage_by_id[passage_id].statement_id)
        for tag in tags:
            if tag.scheme == scheme:
                cells[name, tag.label] += 1
    return dict(cells)


def unanswered_needs(data: ReportData) -> tuple[rows.NeedRow, ...]:
    """Return needs that no commitment answers."""
    return tuple(need for need in data.needs if not need.commitment_ids)


def supporters(data: ReportData, key_point_id: str, stance: str = "support") -> tuple[str, ...]:
    """Return the delegations that back (or, with ``opposition``, speak against) a key point."""
    names = {
        data.delegation_of(row.statement_id)
        for row in data.support_by_key_point.get(key_point_id, ())
        if row.stance == stance
    }
    return tuple(by_name(names))


def delegation_figures(data: ReportData) -> tuple[DelegationFigures, ...]:
    """Return the figures of each delegation, alphabetically; procedural turns are left out."""
    statements: dict[str, list[rows.StatementRow]] = defaultdict(list)
    for statement in data.statements:
        if not statement.procedural:
            statements[statement.delegation].append(statement)
    passages: dict[str, list[rows.PassageRow]] = defaultdict(list)
    for passage in data.passages:
        passages[data.delegation_of(passage.statement_id)].append(passage)
    commitments: dict[str, list[rows.CommitmentRow]] = defaultdict(list)
    for commitment in data.commitments:
        commitments[data.delegation_of(commitment.statement_id)].append(commitment)
    proposals: dict[str, list[rows.ProposalRow]] = defaultdict(list)
    for proposal in by_standing(data.proposals).made:
        proposals[data.delegation_of(proposal.statement_id)].append(proposal)
    points: dict[str, set[str]] = defaultdict(set)
    for row in data.key_point_support:
        if row.stance == "support":
            points[data.delegation_of(row.statement_id)].add(row.key_point_id)
    terms: dict[str, list[rows.ProfileRow]] = defaultdict(list)
    for profile in data.profiles:
        terms[profile.delegation].append(profile)
    figures = []
    for name in by_name(set(statements)):
        first = data.leading_statement[name]
        figures.append(
            DelegationFigures(
                name=name,
                role=first.role,
                group=data.group_by_delegation[name],
                regional_group=first.regional_group,
                iso3=first.iso3,
                affected=first.affected,
                donor=first.donor,
                statement_ids=tuple(s.statement_id for s in statements[name]),
                sentences=len(passages[name]),
                tagged=sum(p.passage_id in data.assigned_tags for p in passages[name]),
                commitments=len(commitments[name]),
                new_commitments=sum(c.status == "new" for c in commitments[name]),
                proposals=len(proposals[name]),
                partnership=sum(p.partnership for p in proposals[name]),
                key_points=len(points[name]),
                terms=tuple(t.term for t in sorted(terms[name], key=lambda t: t.rank)),
                quotes=_quotes(data, passages[name], commitments[name], proposals[name]),
            )
        )
    return tuple(figures)


def _quotes(
    data: ReportData,
    passages: list[rows.PassageRow],
    commitments: list[rows.CommitmentRow],
    proposals: list[rows.ProposalRow],
) -> tuple[str, ...]:
    """Pick two sentences: the surest commitment and proposal, else those with most labels."""
    sure_commitments = sorted(commitments, key=lambda c: (c.to_check, -c.confidence, c.start))
    sure_proposals = sorted(proposals, key=lambda p: (p.to_check, -p.confidence, p.start))
    labelled = sorted(
        passages, key=lambda p: (-len(data.assigned_tags.get(p.passage_id, ())), p.start)
    )
    wanted = [c.passage_id for c in sure_commitments[:1]]
    wanted += [p.passage_id for p in sure_proposals if p.passage_id not in wanted][:1]
    wanted += [p.passage_id for p in labelled if p.passage_id not in wanted]
    return tuple(wanted[:2])
