"""Find commitments and proposals in a batch of passages, with their slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib import resources
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.acts.build import Source, build_commitment, build_proposal
from statement_nlp.acts.heads import HeadFile
from statement_nlp.acts.lexicon import cue_patterns
from statement_nlp.acts.parse import parser_hash
from statement_nlp.acts.reading import STATUSES, Reading, Sentences, read
from statement_nlp.acts.spans import act_ranges
from statement_nlp.embed import Encoder
from statement_nlp.engine import Batch, Progress
from statement_nlp.model import Commitment, Passage, Proposal
from statement_nlp.segment.speakers import names_of
from statement_nlp.tag.table import TagTable

HEADS = "heads.npz"


@attrs.frozen
class Acts:
    """What was found in a batch, in text order."""

    commitments: tuple[Commitment, ...]
    proposals: tuple[Proposal, ...]


class ActFinder:
    """Finds acts with trained heads; build it with :func:`statement_nlp.acts.load_finder`."""

    def __init__(self, heads: HeadFile, encoder: Encoder, tuned: Encoder) -> None:
        self._heads = heads
        self._tuned = tuned
        self._encoder = encoder

    @cached_property
    def models(self) -> Mapping[str, str]:
        """Name and sha256 of the heads, the tuned encoder and the parser."""
        name, digest = parser_hash()
        return {
            "acts/heads": self._heads.sha256,
            self._tuned.name: self._tuned.sha256,
            name: digest,
        }

    @property
    def measured(self) -> Mapping[str, Any]:
        """Measured quality on the annotated test part."""
        found: Mapping[str, Any] = self._heads.notes.get("measured", {})
        return found

    def find(
        self,
        batch: Batch,
        vectors: NDArray[np.float32],
        tags: TagTable,  # noqa: ARG002 - acts are found whatever the sentence is about
        progress: Progress,
    ) -> Acts:
        """Return the acts of ``batch.passages``; ``vectors`` has one unit row for each passage."""
        passages = batch.passages
        if not passages:
            return Acts((), ())
        progress("Finding acts", 0, len(passages))
        names = {i: names_of(batch.statements[i]) for i in {p.statement_id for p in passages}}
        before, after = neighbours(passages)
        sentences = Sentences(
            [p.text for p in passages],
            [names[p.statement_id] for p in passages],
            self._own_vectors(passages, vectors),
            before,
            after,
        )
        reading = read(self._heads, sentences, self._tuned)
        self._tuned.release()
        found = self._acts(batch, sentences, reading)
        progress("Finding acts", len(passages), len(passages))
        return found

    def _own_vectors(
        self, passages: Sequence[Passage], vectors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the vectors of the encoder that the heads were trained with."""
        if self._encoder.sha256 == self._heads.notes["encoder"]:
            return vectors
        from statement_nlp.embed import load_encoder

        return load_encoder().encode([p.text for p in passages])

    def _acts(self, batch: Batch, sentences: Sentences, reading: Reading) -> Acts:
        commitments: list[Commitment] = []
        proposals: list[Proposal] = []
        fusions = self._heads.fusions
        refusal = cue_patterns()["refusal"]
        for number, row in enumerate(reading.rows.tolist()):
            chance = {
                "commitment": float(reading.commitment[number]),
                "proposal": float(reading.proposal[number]),
            }
            acts = {act for act, p in chance.items() if p >= fusions[act].check}
            refused = bool(refusal.search(sentences.texts[row]))
            if not acts and not refused:
                continue
            passage = batch.passages[row]
            source = Source(
                passage=passage,
                document=batch.documents_by_id[passage.document_id],
                statement=batch.statements[passage.statement_id],
                doc=reading.docs[row],
                names=sentences.names[row],
            )
            ranges = act_ranges(source.doc, sentences.names[row], acts, self._heads)
            if "commitment" in acts:
                commitments.append(
                    build_commitment(
                        source,
                        ranges["commitment"],
                        STATUSES[int(reading.status[number])],
                        chance["commitment"],
                        to_check=chance["commitment"] < fusions["commitment"].threshold,
                    )
                )
            certain = chance["proposal"] >= fusions["proposal"].threshold
            if "proposal" in acts or (refused and _refuses(source)):
                opposed = not certain and refused and _refuses(source)
                proposals.append(
                    build_proposal(
                        source,
                        ranges.get("proposal", (0, len(passage.text))),
                        partnership=bool(
                            reading.partnership[number] >= fusions["partnership"].threshold
                        ),
                        confidence=chance["proposal"],
                        to_check=not certain and not opposed,
                        opposed=opposed,
                    )
                )
        return Acts(tuple(commitments), tuple(proposals))


def _refuses(source: Source) -> bool:
    from statement_nlp.acts.refusals import is_refusal

    return is_refusal(source.doc, source.own)


def neighbours(passages: Sequence[Passage]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows before and after each passage in its paragraph, -1 for none."""
    count = len(passages)
    before, after = np.full(count, -1), np.full(count, -1)
    for row in range(1, count):
        left, right = passages[row - 1], passages[row]
        if left.statement_id == right.statement_id and left.paragraph == right.paragraph:
            before[row], after[row - 1] = row - 1, row
    return before, after


def load(encoder: Encoder, tuned: Encoder) -> ActFinder:
    """Read the shipped heads; the parser is loaded when first needed."""
    raw = (resources.files("statement_nlp.acts") / "data" / HEADS).read_bytes()
    return ActFinder(HeadFile.parse(raw), encoder, tuned)
