"""Find commitments and proposals in a batch of passages, with their slots."""

from __future__ import annotations

import itertools
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
from statement_nlp.acts.reading import STATUSES, Reading, Sentences, look, settle
from statement_nlp.acts.spans import act_ranges
from statement_nlp.embed import DEFAULT_MODEL, Encoder, EncoderOptions, load_encoder
from statement_nlp.engine import Batch
from statement_nlp.engine.blas import one_thread
from statement_nlp.engine.english import english
from statement_nlp.model import Commitment, Passage, Proposal
from statement_nlp.segment.speakers import masked, names_of

HEADS = "heads.npz"


@attrs.frozen
class Acts:
    """What was found in a batch, in text order."""

    commitments: tuple[Commitment, ...]
    proposals: tuple[Proposal, ...]


class ActFinder:
    """Finds acts with trained heads; build it with :func:`statement_nlp.acts.load_finder`."""

    def __init__(self, heads: HeadFile, tuned: Encoder, base: Encoder | None) -> None:
        self._heads = heads
        self._tuned = tuned
        self._base = base
        """The encoder that the heads were trained with, where it is not the one in use."""

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

    def texts(self, batch: Batch) -> list[str]:
        """Return the passages as the tuned encoder will be asked for them.

        Encoding them all at once beforehand is faster than statement by statement.
        """
        names = _names(batch)
        return [masked(p.text, names[p.statement_id]) for p in batch.passages]

    def prepare(self) -> None:
        """Load the parser, which the first statement needs."""
        english()

    def find(self, batch: Batch, vectors: NDArray[np.float32]) -> Acts:
        """Return the acts of ``batch.passages``; ``vectors`` has one unit row for each passage.

        What is found in a statement does not depend on the others in the batch.
        """
        with one_thread():
            found = self._find(batch, vectors)
        return Acts(
            tuple(c for acts in found for c in acts.commitments),
            tuple(p for acts in found for p in acts.proposals),
        )

    def _find(self, batch: Batch, vectors: NDArray[np.float32]) -> list[Acts]:
        passages = batch.passages
        names = _names(batch)
        vectors = self._own_vectors(passages, vectors)
        parts = []
        for rows in statement_slices(passages):
            own = passages[rows]
            sentences = _sentences(own, names[own[0].statement_id], vectors[rows])
            parts.append((own, look(self._heads, sentences, self._tuned)))
        # All clauses at once: the encoder is slow on a few at a time, and remembers them.
        self._tuned.encode([c for _, part in parts for pieces in part.clauses for c in pieces])
        return [
            self._acts(batch, part, looked.sentences, settle(self._heads, looked, self._tuned))
            for part, looked in parts
        ]

    def _own_vectors(
        self, passages: Sequence[Passage], vectors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the vectors of the encoder that the heads were trained with."""
        if self._base is None:
            return vectors
        return self._base.encode([p.text for p in passages])

    def release(self) -> None:
        """Give back the memory of an encoder that only the finder needs."""
        if self._base is not None:
            self._base.release()

    @property
    def recipe(self) -> str:
        """All that findings depend on besides the statement, the tuned encoder and ``vectors``."""
        base = self._base.recipe if self._base is not None else ""
        return f"{sorted(self.models.items())} {base}"

    def _acts(
        self, batch: Batch, passages: Sequence[Passage], sentences: Sentences, reading: Reading
    ) -> Acts:
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
            passage = passages[row]
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


def statement_slices(passages: Sequence[Passage]) -> list[slice]:
    """Return where each statement's passages stand; they follow one another."""
    starts = [
        row
        for row, passage in enumerate(passages)
        if row == 0 or passage.statement_id != passages[row - 1].statement_id
    ]
    return [slice(a, b) for a, b in itertools.pairwise([*starts, len(passages)])]


def _names(batch: Batch) -> dict[str, tuple[str, ...]]:
    """Return the names under which the speaker of each statement may speak of itself."""
    ids = dict.fromkeys(p.statement_id for p in batch.passages)
    return {i: names_of(batch.statements[i]) for i in ids}


def _sentences(
    passages: Sequence[Passage], names: tuple[str, ...], vectors: NDArray[np.float32]
) -> Sentences:
    """Put a statement's passages beside their neighbours in the paragraph."""
    count = len(passages)
    before, after = np.full(count, -1), np.full(count, -1)
    for row in range(1, count):
        if passages[row - 1].paragraph == passages[row].paragraph:
            before[row], after[row - 1] = row - 1, row
    return Sentences([p.text for p in passages], [names] * count, vectors, before, after)


def load(encoder: Encoder, tuned: Encoder, options: EncoderOptions | None) -> ActFinder:
    """Read the shipped heads; the parser is loaded when first needed."""
    raw = (resources.files("statement_nlp.acts") / "data" / HEADS).read_bytes()
    heads = HeadFile.parse(raw)
    if encoder.sha256 == heads.notes["encoder"]:
        return ActFinder(heads, tuned, None)
    own = attrs.evolve(options or EncoderOptions(), model=DEFAULT_MODEL, multilingual=None)
    return ActFinder(heads, tuned, load_encoder(own))
