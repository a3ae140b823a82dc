"""Delegation profiles, and the chapter on method and limits."""

from __future__ import annotations

from collections import defaultdict

from statement_nlp.report import figures as fig
from statement_nlp.report.groups import doubtful_below
from statement_nlp.report.measured import EXPLAINED, measured_table, not_measured
from statement_nlp.report.registers import commitments_in_order, proposals_in_order
from statement_nlp.report.word_limits import shortened
from statement_nlp.report.word_writing import Parts, Writing, statement_anchor
from statement_nlp.report.word_xml import Inline, Link

_TERMS = 3
_NOTE_WORDS = 60
"""A longer note, such as one that lists many speakers, stands in full in run.json."""


def profiles(writing: Writing) -> None:
    """Add the delegations in alphabetical order, or the way to the annex that holds them."""
    body = writing.body
    body.heading(1, "Delegation profiles", "profiles")
    if writing.limits.profiles:
        body.para(
            "Delegations in alphabetical order: figures, and two short quotations each. The "
            "quotations are the surest commitment and the surest proposal, or else the sentences "
            "with the most labels."
        )
        profile_paragraphs(writing)
    else:
        body.para(
            f"The profiles of {writing.count(len(writing.delegations), 'delegation')} stand in an ",
            Link("annex", "annex_profiles"),
            ".",
        )


def profile_paragraphs(writing: Writing) -> None:
    """Add one numbered paragraph for each delegation."""
    factors = fig.matrix(writing.data, "factors")
    titles = {label.id: label.title for label in writing.data.run.framework.labels("factors")}
    top: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (name, label), n in factors.items():
        top[name].append((-n, label))
    first = _first_acts(writing)
    for figure in writing.delegations:
        strongest = sorted(top[figure.name])[:1]
        lead = [titles.get(label, label) for _, label in strongest]
        _profile(writing, figure, lead, first.get(figure.name, {}))


def _first_acts(writing: Writing) -> dict[str, dict[str, str]]:
    """Return, by delegation, the id of its first commitment and first proposal."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for commitment in commitments_in_order(writing.data):
        name = writing.data.delegation_of(commitment.statement_id)
        found[name].setdefault("commitment", commitment.commitment_id)
    for proposal in proposals_in_order(writing.data):
        name = writing.data.delegation_of(proposal.statement_id)
        found[name].setdefault("proposal", proposal.proposal_id)
    return found


def _profile(
    writing: Writing, figure: fig.DelegationFigures, lead: list[str], first: dict[str, str]
) -> None:
    data = writing.data
    statement = data.statement_by_id[figure.statement_ids[0]]
    kinds = [figure.group.short, *(["affected"] if figure.affected else [])]
    kinds += ["donor"] if figure.donor else []
    parts: Parts = [
        f"{figure.name} ({', '.join(kinds)}): ",
        writing.linked(figure.sentences, statement_anchor(statement)),
        f" {'sentence' if figure.sentences == 1 else 'sentences'}",
    ]
    for number, one, act in (
        (figure.commitments, "commitment", first.get("commitment")),
        (figure.proposals, "proposal", first.get("proposal")),
    ):
        shown: Inline = Link(writing.wording.number(number), act) if number and act else "no"
        parts += [", ", shown, f" {one}{'' if number == 1 else 's'}"]
    points = writing.count(figure.key_points, "key point")
    parts.append(f", {points if figure.key_points else 'no key points'}")
    if not any(data.statement_by_id[s].analysed for s in figure.statement_ids):
        parts.append("; not analysed")
    if lead:
        parts.append(f"; most on {lead[0][:1].lower()}{lead[0][1:]}")
    if figure.terms:
        parts.append(f"; terms: {', '.join(figure.terms[:_TERMS])}")
    parts.append(".")
    for passage_id in figure.quotes:
        parts += [
            " ",
            *writing.said(
                passage_id, data.passage_by_id[passage_id].text, writing.limits.profile_words
            ),
            " (",
            writing.reference(passage_id),
            ").",
        ]
    writing.body.para(*parts)


def method(writing: Writing) -> None:
    """Add how the report was made, what it cannot show, and the measured error of each label."""
    body, data, wording = writing.body, writing.data, writing.wording
    body.heading(1, "Method and limits")
    body.para(
        "Each statement is cut into sentences. Each sentence is compared with the labels of the "
        "framework and read for commitments and proposals. Proposals that ask for the same thing "
        "are joined into key points, and sentences that speak of the same thing into topics."
    )
    body.para(
        "Every quotation is a verbatim stretch of a statement; one that its document does not hold "
        "word for word stops the report. Short quotations end in an ellipsis where they are cut; "
        "the annexes hold them in full. Spaces and line ends are shown as single spaces."
    )
    body.para(
        f"Confidence is a probability between 0 and 1. Of "
        f"{writing.count(writing.coverage.tagged, 'labelled sentence')}, "
        f"{wording.number(fig.doubtful_sentences(data))} carry a question, aspect or factor below "
        f"{wording.probability(doubtful_below())} and are worth checking at their source."
    )
    body.para(
        "This report does not show what was said outside the statements read, tone, or whether a "
        "commitment was kept. A count says how often a subject was raised, not how much weight a "
        "delegation gives it."
    )
    for note in fig.grouped_notes(data.run.notes):
        body.para(shortened(note, _NOTE_WORDS))
    _measured(writing)
    _parts_used(writing)


def _measured(writing: Writing) -> None:
    body, data = writing.body, writing.data
    body.heading(2, "Measured error by label")
    if not data.run.measured:
        body.para(
            "No measured error is recorded for the parts used in this run: labels rest on "
            "similarity to the framework's descriptions and have not been held against annotated "
            "sentences."
        )
        return
    body.para(EXPLAINED)
    table = measured_table(data.run, writing.wording)
    body.table(
        "Measured error by label",
        ("Label", *table.heads),
        [
            ((_label_name(writing, scheme, label),), *((cell,) for cell in cells))
            for scheme, label, cells in table.rows
        ],
        shares=(5, *([2] * len(table.heads))),
        numeric=tuple(range(1, len(table.heads) + 1)),
    )
    if others := not_measured(data.run):
        body.para(f"No error is measured for the labels of: {'; '.join(others)}.")


def _label_name(writing: Writing, scheme: str, label_id: str) -> str:
    label = writing.data.run.framework.label(scheme, label_id)
    return writing.label_name(label) if label else label_id


def _parts_used(writing: Writing) -> None:
    body, run = writing.body, writing.data.run
    body.heading(2, "Parts used")
    body.para(
        f"statement-nlp {run.version}, framework {run.framework.id}, seed {run.seed}. The run "
        "record, run.json beside the reports, holds inputs, versions and checksums, enough to do "
        "the analysis again."
    )
    if run.framework.source:
        body.para(f"Source of the framework: {run.framework.source}")
    if run.models:
        body.table(
            "Models and checksums",
            ("Model", "SHA-256, first 16 digits"),
            [((name,), (digest[:16],)) for name, digest in run.models],
            shares=(3, 2),
        )
