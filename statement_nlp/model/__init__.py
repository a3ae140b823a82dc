"""The nouns of the domain: typed, immutable, validated."""

from statement_nlp.model.document import BODY_KINDS, Block, BlockKind, Document, PageMark
from statement_nlp.model.findings import (
    Amount,
    Commitment,
    KeyPoint,
    Proposal,
    Scheme,
    Slot,
    Status,
    Tag,
    Topic,
    Voice,
)
from statement_nlp.model.run import Failure, InputFile, Run
from statement_nlp.model.spans import Quote, Span, content_id
from statement_nlp.model.statement import (
    Delegation,
    Passage,
    Region,
    RegionKind,
    Role,
    Segmentation,
    Statement,
)

__all__ = [
    "BODY_KINDS",
    "Amount",
    "Block",
    "BlockKind",
    "Commitment",
    "Delegation",
    "Document",
    "Failure",
    "InputFile",
    "KeyPoint",
    "PageMark",
    "Passage",
    "Proposal",
    "Quote",
    "Region",
    "RegionKind",
    "Role",
    "Run",
    "Scheme",
    "Segmentation",
    "Slot",
    "Span",
    "Statement",
    "Status",
    "Tag",
    "Topic",
    "Voice",
    "content_id",
]
