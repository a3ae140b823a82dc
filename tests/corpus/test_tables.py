"""The output contract: documented column by column, and never narrowed."""

from __future__ import annotations

import re

from statement_nlp.corpus.tables import SCHEMAS

# Names that users and later versions rely on, in order; columns may only follow these.
PROMISED = {
    "documents": "document_id path sha256 kind pages chars",
    "statements": "statement_id document_id order heading speaker title delegation iso3 role "
    "on_behalf_of language start end",
    "passages": "passage_id statement_id paragraph sentence start end text",
    "tags": "passage_id scheme label probability assigned",
    "topics": "topic_id label terms size delegations",
    "topic_assignments": "passage_id topic_id probability",
    "commitments": "commitment_id passage_id statement_id quote status amount currency "
    "beneficiary timeframe confidence",
    "proposals": "proposal_id passage_id statement_id quote addressee partnership partners "
    "confidence",
    "key_points": "key_point_id text size",
    "key_point_support": "key_point_id proposal_id statement_id",
}


def documented(root):
    text = (root / "docs" / "outputs.md").read_text(encoding="utf-8")
    tables = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        name = part.split("\n", 1)[0].strip()
        tables[name] = re.findall(r"^\| `(\w+)` \|", part, flags=re.MULTILINE)
    return tables


def test_docs_explain_every_column_in_order(root):
    assert documented(root) == {name: schema.names for name, schema in SCHEMAS.items()}


def test_promised_columns_come_first_and_in_order():
    for table, columns in PROMISED.items():
        promised = columns.split()
        assert SCHEMAS[table].names[: len(promised)] == promised, table
