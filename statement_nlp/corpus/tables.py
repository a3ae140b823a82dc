"""The output contract: names, columns and types of every table under ``data/``.

``docs/outputs.md`` explains each column and a test holds the two together. Columns are only ever
added at the end of a table; none is renamed, dropped or given another type within a major version.
"""

from __future__ import annotations

import pyarrow as pa

_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())
_COUNT = pa.int64()
_REAL = pa.float64()
_FLAG = pa.bool_()

SCHEMAS: dict[str, pa.Schema] = {
    "documents": pa.schema(
        {
            "document_id": _TEXT,
            "path": _TEXT,
            "sha256": _TEXT,
            "kind": _TEXT,
            "pages": _COUNT,
            "chars": _COUNT,
            "shape": _TEXT,
            "encoding": _TEXT,
            "notes": _TEXTS,
        }
    ),
    "regions": pa.schema(
        {
            "document_id": _TEXT,
            "kind": _TEXT,
            "statement_id": _TEXT,
            "start": _COUNT,
            "end": _COUNT,
        }
    ),
    "statements": pa.schema(
        {
            "statement_id": _TEXT,
            "document_id": _TEXT,
            "order": _COUNT,
            "heading": _TEXT,
            "speaker": _TEXT,
            "title": _TEXT,
            "delegation": _TEXT,
            "iso3": _TEXT,
            "role": _TEXT,
            "on_behalf_of": _TEXTS,
            "language": _TEXT,
            "start": _COUNT,
            "end": _COUNT,
            "as_printed": _TEXT,
            "m49": _TEXT,
            "regional_group": _TEXT,
            "affected": _FLAG,
            "donor": _FLAG,
            "original_language": _TEXT,
            "symbol": _TEXT,
            "date": _TEXT,
            "procedural": _FLAG,
            "analysed": _FLAG,
            "body_start": _COUNT,
            "body_end": _COUNT,
            "page": _COUNT,
        }
    ),
    "passages": pa.schema(
        {
            "passage_id": _TEXT,
            "statement_id": _TEXT,
            "paragraph": _COUNT,
            "sentence": _COUNT,
            "start": _COUNT,
            "end": _COUNT,
            "text": _TEXT,
            "document_id": _TEXT,
            "page": _COUNT,
        }
    ),
    "tags": pa.schema(
        {
            "passage_id": _TEXT,
            "scheme": _TEXT,
            "label": _TEXT,
            "probability": _REAL,
            "assigned": _FLAG,
            "voice": _TEXT,
        }
    ),
    "topics": pa.schema(
        {
            "topic_id": _COUNT,
            "label": _TEXT,
            "terms": _TEXTS,
            "size": _COUNT,
            "delegations": _COUNT,
            "quotes": _TEXTS,
            "outside_framework": _FLAG,
            "boilerplate": _FLAG,
            "x": _REAL,
            "y": _REAL,
        }
    ),
    "topic_assignments": pa.schema({"passage_id": _TEXT, "topic_id": _COUNT, "probability": _REAL}),
    "commitments": pa.schema(
        {
            "commitment_id": _TEXT,
            "passage_id": _TEXT,
            "statement_id": _TEXT,
            "quote": _TEXT,
            "status": _TEXT,
            "amount": _REAL,
            "currency": _TEXT,
            "beneficiary": _TEXT,
            "timeframe": _TEXT,
            "confidence": _REAL,
            "start": _COUNT,
            "end": _COUNT,
            "to_check": _FLAG,
            "actor": _TEXT,
            "action": _TEXT,
            "amount_text": _TEXT,
            "amount_max": _REAL,
            "amount_per": _TEXT,
            "amount_over": _TEXT,
            "timeframe_from": _TEXT,
            "timeframe_to": _TEXT,
            "condition": _TEXT,
        }
    ),
    "proposals": pa.schema(
        {
            "proposal_id": _TEXT,
            "passage_id": _TEXT,
            "statement_id": _TEXT,
            "quote": _TEXT,
            "addressee": _TEXT,
            "partnership": _FLAG,
            "partners": _TEXTS,
            "confidence": _REAL,
            "start": _COUNT,
            "end": _COUNT,
            "to_check": _FLAG,
            "opposed": _FLAG,
            "mechanism": _TEXT,
        }
    ),
    "key_points": pa.schema(
        {
            "key_point_id": _TEXT,
            "text": _TEXT,
            "size": _COUNT,
            "rank": _COUNT,
            "breadth": _REAL,
            "delegations": _COUNT,
            "groups": _TEXTS,
            "label": _TEXT,
            "central": _TEXT,
            "strongest": _TEXT,
            "most_cautious": _TEXT,
        }
    ),
    "key_point_support": pa.schema(
        {
            "key_point_id": _TEXT,
            "proposal_id": _TEXT,
            "statement_id": _TEXT,
            "stance": _TEXT,
        }
    ),
    "agreed_language": pa.schema(
        {
            "unit_id": _TEXT,
            "source": _TEXT,
            "symbol": _TEXT,
            "paragraph": _TEXT,
            "verb": _TEXT,
            "operative": _FLAG,
            "text": _TEXT,
            "start": _COUNT,
            "end": _COUNT,
            "document_id": _TEXT,
        }
    ),
    "agreed_matches": pa.schema({"key_point_id": _TEXT, "unit_id": _TEXT, "similarity": _REAL}),
    "needs": pa.schema(
        {
            "need_id": _TEXT,
            "passage_id": _TEXT,
            "statement_id": _TEXT,
            "delegation": _TEXT,
            "theme": _TEXT,
            "quote": _TEXT,
            "commitment_ids": _TEXTS,
            "start": _COUNT,
            "end": _COUNT,
        }
    ),
    "profiles": pa.schema(
        {
            "delegation": _TEXT,
            "term": _TEXT,
            "count": _COUNT,
            "keyness": _REAL,
            "rank": _COUNT,
        }
    ),
    "topics_over_time": pa.schema(
        {
            "topic_id": _COUNT,
            "period": _TEXT,
            "share": _REAL,
            "low": _REAL,
            "high": _REAL,
            "passages": _COUNT,
        }
    ),
}
"""Tables by name. Notes on columns that need one:

- ``key_points.central``, ``strongest``, ``most_cautious`` are proposal ids; ``breadth`` is 0 to 1.
- ``key_point_support.stance`` is ``support`` or ``opposition``.
- ``commitments.actor``, ``action``, ``beneficiary``, ``timeframe`` and ``condition`` are words as
  stated; ``timeframe_from`` and ``timeframe_to`` are ISO 8601 days.
- ``agreed_language`` offsets point into ``documents/`` text of the agreed document.
"""
