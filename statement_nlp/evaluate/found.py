"""Run the finder of acts over annotated documents as ``analyze`` would."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import attrs

from statement_nlp.acts import ActFinder
from statement_nlp.embed import Encoder
from statement_nlp.engine import Batch
from statement_nlp.evaluate.acts import FoundActs
from statement_nlp.evaluate.gold import GoldSentence
from statement_nlp.evaluate.windows import sentence_spans
from statement_nlp.model import (
    Block,
    BlockKind,
    Delegation,
    Document,
    Passage,
    Region,
    RegionKind,
    Role,
    Segmentation,
    Span,
    Statement,
)
from statement_nlp.segment import Registry
from statement_nlp.segment.speakers import names_in_source

_DATE = "2021-04-08"
"""Date that relative times of written statements are counted from: that of the debate."""


def find_acts(
    gold: Sequence[GoldSentence],
    texts: Mapping[str, str],
    finder: ActFinder,
    encoder: Encoder,
    names: Mapping[str, tuple[str, ...]],
) -> dict[str, FoundActs]:
    """Return what the finder finds, by id of the annotated sentence it lies in.

    ``names`` are the speakers' names by document where they are known. Findings to check and
    refusals are left out, as in the registers of a report.
    """
    batch, sentence_of = as_batch(gold, texts, names)
    vectors = encoder.encode(batch.texts)
    acts = finder.find(batch, vectors)
    commitments = {
        sentence_of[c.passage_id]: c
        for c in acts.commitments
        if c.passage_id in sentence_of and not c.to_check
    }
    proposals = {
        sentence_of[p.passage_id]: p
        for p in acts.proposals
        if p.passage_id in sentence_of and not p.to_check and not p.opposed
    }
    return {
        s.id: FoundActs(commitments.get(s.id), proposals.get(s.id))
        for s in gold
        if s.id in commitments or s.id in proposals
    }


def as_batch(
    gold: Sequence[GoldSentence],
    texts: Mapping[str, str],
    names: Mapping[str, tuple[str, ...]],
) -> tuple[Batch, dict[str, str]]:
    """Return annotated documents as a batch, one statement each, and passage id to sentence id."""
    registry = Registry.load()
    documents, segmentations, passages = [], [], []
    sentence_of: dict[str, str] = {}
    known_texts = dict(texts)
    by_document: dict[str, list[GoldSentence]] = {}
    for sentence in gold:
        if sentence.document in texts:
            by_document.setdefault(str(sentence.document), []).append(sentence)
        elif sentence.text:  # a sentence of a user's own stands alone
            path = f"sentence {sentence.id}"
            known_texts[path] = sentence.text
            by_document[path] = [attrs.evolve(sentence, start=0, end=len(sentence.text))]
    for path, annotated in by_document.items():
        text = known_texts[path]
        known = names.get(path) or names_in_source(path, text, registry)
        document, segmentation = _single(path, text, known)
        statement = segmentation.statements[0]
        ids = {(s.start, s.end): s.id for s in annotated}
        for number, (start, end) in enumerate(sentence_spans(text, annotated)):
            passage = Passage(
                document_id=document.document_id,
                statement_id=statement.statement_id,
                paragraph=text.count("\n", 0, start),
                sentence=number,
                span=Span(start, end),
                text=text[start:end],
            )
            passages.append(passage)
            if (start, end) in ids:
                sentence_of[passage.passage_id] = ids[start, end]
        documents.append(document)
        segmentations.append(segmentation)
    batch = Batch(tuple(documents), tuple(segmentations), tuple(passages), (), (), ())
    return batch, sentence_of


def _single(path: str, text: str, names: tuple[str, ...]) -> tuple[Document, Segmentation]:
    whole = Span(0, len(text))
    document = Document(
        sha256=hashlib.sha256(f"{path}\n{text}".encode()).hexdigest(),
        path=path,
        kind="text",
        text=text,
        blocks=(Block(BlockKind.PARAGRAPH, whole),),
    )
    name = names[0] if names else path
    statement = Statement(
        document_id=document.document_id,
        order=1,
        span=whole,
        body=whole,
        heading="",
        delegation=Delegation(name, name, role=Role.UNRESOLVED),
        on_behalf_of=names[1:],
        date=_DATE if path.startswith("written/") else None,
    )
    region = Region(RegionKind.STATEMENT, whole, statement.statement_id)
    return document, Segmentation(document.document_id, "single", (statement,), (region,))
