"""The gold corpus: annotated sentences joined with the texts that are at hand."""

from __future__ import annotations

from pathlib import Path

import attrs

from statement_nlp.evaluate.gold import GoldError, GoldSentence, join_texts, load_gold
from statement_nlp.evaluate.texts import public_texts, written_texts
from statement_nlp.segment.speakers import own_names

SENTENCES = Path("corpora/gold/sentences.jsonl")
REAL_ACTS = Path("corpora/acts-training/real.jsonl")
"""Sentences of real speeches that were annotated to train the acts heads."""
WRITTEN = (
    Path("corpora/sample-debate/debate.yaml"),
    Path("corpora/gold/written.yaml"),
)


@attrs.frozen(eq=False)
class GoldCorpus:
    """Annotated sentences with their documents' texts."""

    sentences: tuple[GoldSentence, ...]
    texts: dict[str, str]
    missing: tuple[str, ...]
    """Ids of sentences whose public document is not on this machine."""

    def part(self, *splits: str) -> list[GoldSentence]:
        """Return the sentences of the named parts."""
        return [sentence for sentence in self.sentences if sentence.split in splits]


def load_corpus(root: Path, data: Path | None, path: Path | None = None) -> GoldCorpus:
    """Load an annotated file and join it with the committed texts and the public sets.

    ``root`` is the checkout, ``data`` the folder of the public archives, ``path`` an annotated file
    of a user's own (default: the gold corpus).

    Raises:
        GoldError: a file is missing or breaks a rule.
    """
    gold = load_gold(path or root / SENTENCES)
    sources = [root / source for source in WRITTEN if (root / source).is_file()]
    texts = written_texts(*sources)
    if data is not None:
        texts.update(public_texts(data, {s.document for s in gold if s.document}))
    sentences, missing = join_texts(gold, texts)
    if not sentences:
        raise GoldError(
            f"{path or root / SENTENCES}: none of its documents is here; give the folder of the "
            "public sets with --data, or sentences with 'text'"
        )
    return GoldCorpus(tuple(sentences), texts, tuple(missing))


def written_speakers(*sources: Path) -> dict[str, tuple[str, ...]]:
    """Return the names by which the speakers of written statements call themselves."""
    import yaml

    found: dict[str, tuple[str, ...]] = {}
    for source in sources:
        parsed = yaml.safe_load(source.read_text(encoding="utf-8"))
        for statement in parsed.get("statements") or parsed.get("annexes") or ():
            group = statement.get("on_behalf_of") or []
            groups = [group] if isinstance(group, str) else list(group)
            delegation = statement.get("delegation") or statement["id"]
            found[f"written/{statement['id']}"] = own_names((delegation, *groups))
    return found
