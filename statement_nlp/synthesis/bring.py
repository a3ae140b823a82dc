"""The synthesis of one debate: key points, agreed language, needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from statement_nlp.corpus.spoken import Spoken
from statement_nlp.embed import Encoder
from statement_nlp.engine import Progress
from statement_nlp.framework import Framework
from statement_nlp.model import Commitment, Proposal
from statement_nlp.synthesis.agreed import Agreed
from statement_nlp.synthesis.asks import model_hashes
from statement_nlp.synthesis.lexicon import table
from statement_nlp.synthesis.nearest import AgreedMatch, nearest_units
from statement_nlp.synthesis.needs import Need, match_needs
from statement_nlp.synthesis.opposition import attach, refused
from statement_nlp.synthesis.points import (
    Point,
    Proposals,
    framework_label,
    make_point,
    point_rows,
    ranked,
    support_rows,
)
from statement_nlp.synthesis.raised import Grouper, Raised
from statement_nlp.synthesis.supporters import Roll

STAGE = "Bringing together"


@attrs.frozen
class Synthesis:
    """What a debate converges on."""

    points: tuple[Point, ...]
    """In rank order."""
    needs: tuple[Need, ...]
    matches: tuple[AgreedMatch, ...]
    agreed: Agreed
    roll: Roll
    notes: tuple[str, ...] = ()
    """What was left out of the comparison, where there was too much to compare."""

    @property
    def texts(self) -> Mapping[str, str]:
        """Texts of the agreed documents by document id, to be kept beside the others."""
        return self.agreed.texts

    @property
    def models(self) -> Mapping[str, str]:
        """Name and sha256 of each shipped model in use, for the run record."""
        return model_hashes()

    def rows(self) -> Mapping[str, Any]:
        """Return the rows of the synthesis tables, by table name."""
        return {
            "key_points": point_rows(self.points),
            "key_point_support": support_rows(self.points, self.roll.statements),
            "agreed_language": [
                {
                    "unit_id": unit.unit_id,
                    "source": unit.source,
                    "symbol": unit.symbol,
                    "paragraph": unit.paragraph,
                    "verb": unit.verb,
                    "operative": unit.operative,
                    "text": unit.quote.text,
                    "start": unit.quote.span.start,
                    "end": unit.quote.span.end,
                    "document_id": unit.quote.document_id,
                }
                for unit in self.agreed.units
            ],
            "agreed_matches": [attrs.asdict(match) for match in self.matches],
            "needs": [need.row() for need in self.needs],
        }


def bring_together(
    spoken: Spoken,
    commitments: Sequence[Commitment],
    proposals: Sequence[Proposal],
    framework: Framework,
    encoder: Encoder,
    agreed: Agreed,
    progress: Progress,
) -> Synthesis:
    """Group proposals into key points and set agreed language and commitments beside them.

    Raises:
        EmbedError: the encoder cannot be loaded.
    """
    progress(STAGE, 0, 4)
    raised = Raised.of(spoken, proposals)
    grouper = Grouper(spoken, encoder)
    sought, groups, notes = grouper.group(raised)
    progress(STAGE, 1, 4)

    opposed = _oppose(raised, groups, sought, grouper)
    roll = Roll(spoken.statements)
    points = ranked(
        [
            make_point(
                rows,
                sought,
                roll,
                framework_label(rows, sought, spoken, framework),
                [(raised.refusals[n].proposal_id, int(raised.refused_by[n])) for n in against],
            )
            for rows, against in zip(groups, opposed, strict=True)
        ]
    )
    progress(STAGE, 2, 4)

    matches: tuple[AgreedMatch, ...] = ()
    if agreed.units and points:
        units = grouper.describe_texts([unit.substance for unit in agreed.units])
        matches = nearest_units(points, sought.table, agreed.units, units)
    encoder.release()
    progress(STAGE, 3, 4)
    needs = match_needs(spoken, commitments, proposals, framework)
    progress(STAGE, 4, 4)
    return Synthesis(
        points=points,
        needs=needs,
        matches=matches,
        agreed=agreed,
        roll=roll,
        notes=notes,
    )


def _oppose(
    raised: Raised, groups: Sequence[tuple[int, ...]], sought: Proposals, grouper: Grouper
) -> list[list[int]]:
    """Return the numbers of the refusals of each group."""
    opposed: list[list[int]] = [[] for _ in groups]
    if not groups:
        return opposed
    compared = [sought.compared(rows) for rows in groups]
    step = int(table("limits")["grouping"]["most_compared"])
    for start in range(0, len(raised.refusals), step):
        part = range(start, min(start + step, len(raised.refusals)))
        against = grouper.describe_texts([refused(raised.refusals[n].quote.text) for n in part])
        for refusal, number in zip(part, attach(against, compared, sought.table), strict=True):
            if number is not None:
                opposed[number].append(refusal)
    return opposed
