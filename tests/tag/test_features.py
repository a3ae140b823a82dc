"""The quick count of semantic fields is the plain one."""

import numpy as np
import yaml

from statement_nlp.tag.features import field_hits, fields
from tests.conftest import ROOT


def test_fields_counted_by_opening_are_those_counted_plainly() -> None:
    debate = yaml.safe_load(
        (ROOT / "corpora" / "sample-debate" / "debate.yaml").read_text(encoding="utf-8")
    )
    texts = [" ".join(p.split()) for annex in debate["annexes"] for p in annex["paragraphs"]]
    texts += ["", "MINES, mines and re-mining (2021)", "minefield-minefields minefields mines"]
    plain = [[min(3, len(pattern.findall(text))) for _, pattern in fields()] for text in texts]
    assert np.array_equal(field_hits(texts), np.array(plain, dtype=np.float32))
