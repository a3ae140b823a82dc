"""Writing: what the sections of the Word report share: data, limits, links and citations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

import attrs

from statement_nlp.report import figures as fig
from statement_nlp.report import records as rows
from statement_nlp.report.data import ReportData
from statement_nlp.report.page_views import surest_quotes
from statement_nlp.report.registers import numbers
from statement_nlp.report.run_info import LabelText
from statement_nlp.report.word_body import Body
from statement_nlp.report.word_limits import Limits, shortened
from statement_nlp.report.word_xml import Inline, Link, Said
from statement_nlp.report.wording import Wording

Parts = list[Inline]


@attrs.define(slots=False)
class Writing:
    """What is written, and with what; other sentences are numbered E1, E2 … as first cited."""

    data: ReportData
    limits: Limits
    wording: Wording
    body: Body = attrs.field(factory=Body)
    cited: dict[str, str] = attrs.field(factory=dict)
    """Number of each sentence whose full text must stand in the annex, by id."""

    def restart(self, limits: Limits) -> None:
        """Begin again on an empty text; what was worked out from the data is kept."""
        self.limits, self.body, self.cited = limits, Body(), {}

    @cached_property
    def best(self) -> dict[tuple[str, str], list[str]]:
        """Ids of the surest sentences of different delegations, by scheme and label."""
        return surest_quotes(self.data)

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Numbers of commitments, proposals and needs by id."""
        return numbers(self.data)

    @cached_property
    def acts(self) -> dict[str, str]:
        """Id of the first commitment or proposal of a sentence, by sentence id."""
        found: dict[str, str] = {}
        for commitment in self.data.commitments:
            found.setdefault(commitment.passage_id, commitment.commitment_id)
        for proposal in self.data.proposals:
            found.setdefault(proposal.passage_id, proposal.proposal_id)
        return found

    @cached_property
    def labels(self) -> dict[tuple[str, str], fig.LabelFigures]:
        """Counts by scheme and label."""
        return fig.label_figures(self.data)

    @cached_property
    def delegations(self) -> tuple[fig.DelegationFigures, ...]:
        """Figures of each delegation, alphabetically."""
        return fig.delegation_figures(self.data)

    @cached_property
    def coverage(self) -> fig.Coverage:
        """What was read, and what was not."""
        return fig.coverage(self.data)

    @cached_property
    def points(self) -> tuple[rows.KeyPointRow, ...]:
        """Key points in rank order."""
        return tuple(sorted(self.data.key_points, key=lambda p: (p.rank, p.key_point_id)))

    def count(self, number: float, one: str, more: str | None = None) -> str:
        """Return "1 statement" or "12 statements"."""
        return f"{self.wording.number(number)} {one if number == 1 else more or one + 's'}"

    def linked(self, number: float, anchor: str) -> Link | str:
        """Return a number that leads to what is behind it; a zero leads nowhere."""
        shown = self.wording.number(number)
        return Link(shown, anchor) if number else shown

    def said(self, passage_id: str, text: str, words: int) -> Parts:
        """Return a short quotation between quotation marks."""
        language = self.language(passage_id)
        return ["“", Said(shortened(text, words), language), "”"]

    def language(self, passage_id: str) -> str | None:
        """Return the language of a sentence's statement."""
        passage = self.data.passage_by_id[passage_id]
        return self.data.statement_by_id[passage.statement_id].language

    def reference(self, passage_id: str, act_id: str | None = None) -> Link:
        """Return the link to a sentence's full text in an annex, as C3, P12 or E7."""
        act = act_id or self.acts.get(passage_id)
        if act is not None:
            return Link(self.numbers[act], act)
        number = self.cited.setdefault(passage_id, f"E{len(self.cited) + 1}")
        return Link(number, passage_id)

    def quote(self, passage_id: str, words: int) -> None:
        """Add a short quotation with its citation as a paragraph of its own."""
        text = self.data.passage_by_id[passage_id].text
        self.body.plain(
            "Quotation",
            *self.said(passage_id, text, words),
            f" ({self.data.citation(passage_id)}; ",
            self.reference(passage_id),
            ")",
        )

    def points_under(self, label: str) -> tuple[rows.KeyPointRow, ...]:
        """Return the key points that a label covers."""
        return tuple(point for point in self.points if point.label == label)

    def theme(self, theme: str | None) -> str:
        """Return a theme in words: the title of the label it names, if it names one."""
        for scheme in self.data.run.framework.schemes:
            for label in scheme.labels:
                if label.id == theme:
                    return label.title
        return theme or ""

    def label_name(self, label: LabelText) -> str:
        """Return "Achievements (Q1a)", or the title alone where the id is a word of it."""
        if label.id.casefold() in label.title.casefold():
            return label.title
        code = re.fullmatch(r"[A-Z]+\d+[a-z]?", label.id)
        return f"{label.title} ({label.id})" if code else label.title


def label_anchor(scheme: str, label: str) -> str:
    """Return the bookmark of the sentences behind a label."""
    return "label_" + re.sub(r"\W", "_", f"{scheme}_{label}")[:32]


def topic_anchor(topic_id: int) -> str:
    """Return the bookmark of the sentences of a topic."""
    return f"topic_{topic_id}".replace("-", "minus")


def statement_anchor(statement: rows.StatementRow) -> str:
    """Return the bookmark of a statement in the annex of statements."""
    return "t" + statement.statement_id


def joined(parts: Iterable[Inline], separator: str = ", ") -> Parts:
    """Return inline parts with a separator between them."""
    found: Parts = []
    for part in parts:
        if found:
            found.append(separator)
        found.append(part)
    return found


def listed(names: Iterable[str]) -> str:
    """Return "A, B and C"."""
    found = list(names)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} and {found[-1]}"
