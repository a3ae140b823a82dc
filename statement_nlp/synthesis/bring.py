"""The synthesis of one debate: key points, agreed language, needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.corpus.spoken import Spoken
from statement_nlp.embed import Encoder
from statement_nlp.engine import Progress
from statement_nlp.framework import Framework
from statement_nlp.model import Commitment, Proposal
from statement_nlp.synthesis.agreed import Agreed
from statement_nlp.synthesis.asks import Recognizer, model_hashes
from statement_nlp.synthesis.features import Asked, describe
from statement_nlp.synthesis.grouping import group
from statement_nlp.synthesis.nearest import AgreedMatch, nearest_units
from statement_nlp.synthesis.needs import Need, match_needs
from statement_nlp.synthesis.opposition import attach, refused
from statement_nlp.synthesis.pairs import PairModel
from statement_nlp.synthesis.points import (
    Point,
    Proposals,
    framework_label,
    make_point,
    point_rows,
    ranked,
)
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
    statement_ids: Mapping[str, str]
    """Statement of each proposal."""

    @property
    def texts(self) -> Mapping[str, str]:
        """Texts of the agreed documents by document id, to be kept beside the others."""
        return self.agreed.texts

    @property
    def models(self) -> Mapping[str, str]:
        """Name and sha256 of each shipped model in use, for the run record."""
        return model_hashes()

    def rows(self) -> Mapping[str, list[dict[str, Any]]]:
        """Return the rows of the synthesis tables, by table name."""
        key_points, support = point_rows(self.points, self.statement_ids)
        return {
            "key_points": key_points,
            "key_point_support": support,
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
    index = {s.statement_id: n for n, s in enumerate(spoken.statements)}
    items = [p for p in proposals if not p.opposed and p.statement_id in index]
    refusals = [p for p in proposals if p.opposed and p.statement_id in index]
    recognizer = Recognizer.load(encoder)
    sought = _describe(items, spoken, index, encoder, recognizer)
    founders = np.array([not item.to_check for item in items], dtype=np.bool_)
    groups = (
        group(sought.table, PairModel.load(known=recognizer.model is not None), founders)
        if items
        else []
    )
    progress(STAGE, 1, 4)

    opposed = _oppose(refusals, groups, sought, encoder, recognizer)
    roll = Roll(spoken.statements)
    points = ranked(
        [
            make_point(
                rows,
                sought,
                roll,
                framework_label(rows, sought, spoken, framework),
                [(r.proposal_id, index[r.statement_id]) for r in opposed.get(number, ())],
            )
            for number, rows in enumerate(groups)
        ]
    )
    progress(STAGE, 2, 4)

    matches: tuple[AgreedMatch, ...] = ()
    if agreed.units and points:
        said = [Asked(unit.substance) for unit in agreed.units]
        units = describe(said, encoder.encode([one.clause for one in said]), recognizer)
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
        statement_ids={p.proposal_id: p.statement_id for p in (*items, *refusals)},
    )


def _describe(
    items: Sequence[Proposal],
    spoken: Spoken,
    index: Mapping[str, int],
    encoder: Encoder,
    recognizer: Recognizer,
) -> Proposals:
    rows = [spoken.row_of.get(item.passage_id) for item in items]
    asked = [
        Asked(
            clause=item.quote.text,
            speaker=spoken.statements[index[item.statement_id]].delegation.name,
            addressee=item.addressee.text if item.addressee else "",
        )
        for item in items
    ]
    vectors: NDArray[np.float32] = (
        encoder.encode([one.clause for one in asked])
        if asked
        else np.zeros((0, encoder.dimensions), dtype=np.float32)
    )
    return Proposals(
        items=items,
        table=describe(asked, vectors, recognizer),
        statement_of=[index[item.statement_id] for item in items],
        passage_rows=rows,
    )


def _oppose(
    refusals: Sequence[Proposal],
    groups: Sequence[tuple[int, ...]],
    sought: Proposals,
    encoder: Encoder,
    recognizer: Recognizer,
) -> dict[int, list[Proposal]]:
    """Return the refusals of each group, by the group's number."""
    if not refusals or not groups:
        return {}
    what = [Asked(refused(refusal.quote.text)) for refusal in refusals]
    against = describe(what, encoder.encode([one.clause for one in what]), recognizer)
    found = attach(against, groups, sought.table)
    opposed: dict[int, list[Proposal]] = {}
    for refusal, number in zip(refusals, found, strict=True):
        if number is not None:
            opposed.setdefault(number, []).append(refusal)
    return opposed
