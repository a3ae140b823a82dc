"""Slots on gold acts, with act, status and clause given: how good the rules alone are.

python -m benchmarks.slots

docs/acts.md shows the outcome; ``evaluate`` scores the slots of acts as users get them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from statement_nlp.acts import slots
from statement_nlp.acts.addressee import addressee_of
from statement_nlp.acts.parse import parse
from statement_nlp.acts.partners import mechanism_of, partners_of
from statement_nlp.evaluate.acts import alike, amount_key, same_actor, same_time
from statement_nlp.evaluate.corpus import SENTENCES, WRITTEN, load_corpus, written_speakers
from statement_nlp.evaluate.gold import GoldSentence
from statement_nlp.model import Amount, Span, Status
from statement_nlp.segment.speakers import own_spans

ROOT = Path(__file__).resolve().parents[1]
_DAY = "2021-04-08"


def main() -> None:
    """Print the share of right slots and their number, by part."""
    corpus = load_corpus(ROOT, None)
    by_id = {sentence.id: sentence for sentence in corpus.sentences}
    names = written_speakers(*(ROOT / source for source in WRITTEN))
    path = (ROOT / SENTENCES).with_name("acts.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    known = [row for row in rows if row["id"] in by_id]
    docs = parse([by_id[row["id"]].text or "" for row in known])
    outcomes: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for row, doc in zip(known, docs, strict=True):
        sentence = by_id[row["id"]]
        document = sentence.document or ""
        body = corpus.texts[document]
        part = "test" if sentence.split == "test" else "train and validation"
        own = own_spans(sentence.text or "", names[document])
        for name, right in _outcomes(row, sentence, doc, own, body):
            outcomes[name][part].append(right)
    for name, parts in sorted(outcomes.items()):
        shown = ", ".join(
            f"{part} {sum(found) / len(found):.2f} ({len(found)})"
            for part, found in sorted(parts.items(), reverse=True)
        )
        print(f"{name}: {shown}")


def _outcomes(
    row: Mapping[str, Any],
    sentence: GoldSentence,
    doc: Any,  # noqa: ANN401 - spaCy's parse
    own: list[tuple[int, int]],
    body: str,
) -> Iterator[tuple[str, bool]]:
    text = sentence.text or ""
    start = text.find(row["quote"])
    whole = len(sentence.acts) < 2 or start < 0
    inside = (0, len(text)) if whole else (start, start + len(row["quote"]))

    def words(part: Any) -> str | None:  # noqa: ANN401 - anything with a start and an end
        return text[part.start : part.end] if part else None

    if row["act"] == "commitment":
        status = Status(str(sentence.status))
        sum_ = slots.amount_of(text, inside, body, status)
        amount = sum_ and Amount(
            "", Span(sum_.start, sum_.end), sum_.value, sum_.currency, sum_.value_max
        )
        period = words(slots.timeframe_of(text, inside, _DAY, status))
        yield from _stated("amount", row, amount, amount_key(amount) == row["amount"])
        yield from _stated(
            "timeframe", row, period, bool(period) and same_time(str(period), row["timeframe"])
        )
        for name, found in (
            ("beneficiary", words(slots.beneficiary_of(doc, inside, own))),
            ("condition", words(slots.condition_of(text, inside))),
        ):
            yield from _stated(name, row, found, bool(found) and alike(str(found), row[name]))
        return
    who = addressee_of(doc, inside, own)
    found = words(who)
    yield from _stated(
        "addressee", row, found, bool(found) and same_actor(str(found), row["addressee"])
    )
    mechanism = words(mechanism_of(text, inside))
    yield from _stated(
        "mechanism", row, mechanism, bool(mechanism) and alike(str(mechanism), row["mechanism"])
    )
    if row["partnership"]:
        partners = [text[p.start : p.end] for p in partners_of(doc, inside, who)]
        hits = sum(any(same_actor(p, wanted) for p in partners) for wanted in row["partners"])
        yield "partners, all of them", hits == len(row["partners"]) > 0


def _stated(
    name: str,
    row: Mapping[str, Any],
    found: object,
    right: bool,
) -> Iterator[tuple[str, bool]]:
    """Yield the outcome where gold or the rules state the slot."""
    if row[name] or found:
        yield name, right


if __name__ == "__main__":
    main()
