"""Annotated sentences: load, check and join with their texts."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from statement_nlp.errors import UserError

QUESTIONS: dict[str, tuple[str, ...]] = {
    "Q1": ("Q1a", "Q1b"),
    "Q2": ("Q2a", "Q2b", "Q2c"),
    "Q3": ("Q3a", "Q3b"),
    "Q4": ("Q4a", "Q4b"),
}
ASPECTS = tuple(aspect for aspects in QUESTIONS.values() for aspect in aspects)
FACTORS = tuple(f"F{number}" for number in range(1, 8))
ACTS = ("commitment", "proposal")
STATUSES = ("new", "ongoing", "reaffirmed", "delivered")
SPLITS = ("train", "validation", "test")


class GoldError(UserError):
    """An annotated file that cannot be used: file, line, cause, what to do."""

    exit_code = 24


@attrs.frozen(slots=True, kw_only=True)
class GoldSentence:
    """One sentence with its labels; corpora/gold/guide.md says what they mean."""

    id: str
    q: frozenset[str]
    f: frozenset[str]
    acts: frozenset[str]
    status: str | None = None
    partnership: bool = False
    amount: str | None = None
    addressee: str | None = None
    document: str | None = None
    start: int | None = None
    end: int | None = None
    sha256: str | None = None
    kind: str = "other"
    """``real`` or ``written``; ``other`` in a user's own file."""
    split: str | None = None
    text: str | None = None

    @property
    def questions(self) -> frozenset[str]:
        """Questions whose aspects the sentence carries."""
        return frozenset(q for q, aspects in QUESTIONS.items() if self.q.intersection(aspects))


def load_gold(path: Path) -> list[GoldSentence]:
    """Load annotated sentences from JSON lines, one object a line.

    Keys are those of corpora/gold/guide.md (``id``, ``q``, ``f``, ``acts``, ``status``,
    ``partnership``, ``amount``, ``addressee``), and either ``text`` or ``document``, ``start``,
    ``end`` and ``sha256``; ``kind`` and ``split`` are optional.

    Raises:
        GoldError: the file cannot be read, or a line breaks a rule; the line is named.
    """
    sentences: list[GoldSentence] = []
    seen: dict[str, int] = {}
    for number, item in _lines(path):
        where = f"{path}:{number}"
        sentence = _sentence(item, where)
        if sentence.id in seen:
            raise GoldError(
                f"{where}: id '{sentence.id}' already stands in line {seen[sentence.id]}; "
                "give every sentence its own id"
            )
        seen[sentence.id] = number
        sentences.append(sentence)
    if not sentences:
        raise GoldError(f"{path}: holds no annotated sentence; give one JSON object a line")
    _refuse_overlaps(sentences, seen, path)
    return sentences


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read as UTF-8 text; check the path") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldError(f"{path}:{number}: is not JSON ({error.msg}); correct it") from error
        if not isinstance(item, dict) or not item.get("id"):
            raise GoldError(f"{path}:{number}: is not an object with an 'id'; correct it")
        yield number, item


def _sentence(item: Mapping[str, Any], where: str) -> GoldSentence:
    def labels(key: str, known: Iterable[str]) -> frozenset[str]:
        found = item.get(key, [])
        if not isinstance(found, list):
            raise GoldError(f"{where}: '{key}' is not a list; write one, empty for none")
        unknown = sorted(set(found) - set(known))
        if unknown:
            raise GoldError(
                f"{where}: unknown label '{unknown[0]}' in '{key}'; use {', '.join(known)}"
            )
        return frozenset(found)

    status = item.get("status")
    acts = labels("acts", ACTS)
    if status is not None and status not in STATUSES:
        raise GoldError(f"{where}: unknown status '{status}'; use {', '.join(STATUSES)} or null")
    if status is not None and "commitment" not in acts:
        raise GoldError(f"{where}: has a status but no commitment in 'acts'; remove one")
    if item.get("partnership") and "proposal" not in acts:
        raise GoldError(f"{where}: has a partnership but no proposal in 'acts'; remove one")
    start, end = item.get("start"), item.get("end")
    if (start is None) != (end is None) or (start is not None and not 0 <= start < end):
        raise GoldError(f"{where}: 'start' and 'end' are not a span; correct them")
    if item.get("text") is None and start is None:
        raise GoldError(f"{where}: has neither 'text' nor 'document', 'start' and 'end'")
    return GoldSentence(
        id=str(item["id"]),
        q=labels("q", ASPECTS),
        f=labels("f", FACTORS),
        acts=acts,
        status=status,
        partnership=bool(item.get("partnership", False)),
        amount=item.get("amount"),
        addressee=item.get("addressee"),
        document=item.get("document"),
        start=start,
        end=end,
        sha256=item.get("sha256"),
        kind=str(item.get("kind", "other")),
        split=item.get("split"),
        text=item.get("text"),
    )


def _refuse_overlaps(sentences: list[GoldSentence], line_of: Mapping[str, int], path: Path) -> None:
    placed = [s for s in sentences if s.document is not None and s.start is not None]
    placed.sort(key=lambda s: (s.document or "", s.start or 0))
    for before, after in itertools.pairwise(placed):
        if before.document == after.document and (after.start or 0) < (before.end or 0):
            raise GoldError(
                f"{path}:{line_of[after.id]}: '{after.id}' overlaps '{before.id}' "
                f"(line {line_of[before.id]}) in {after.document}; sentences must not overlap"
            )


def join_texts(
    sentences: Iterable[GoldSentence], texts: Mapping[str, str]
) -> tuple[list[GoldSentence], list[str]]:
    """Give every sentence its text, cut from ``texts`` (document id to full text).

    Returns the sentences that have a text, and the ids of those whose document is not present.

    Raises:
        GoldError: the text at the offsets is not the one that was annotated.
    """
    joined: list[GoldSentence] = []
    missing: list[str] = []
    for sentence in sentences:
        if sentence.document is None or sentence.document not in texts:
            if sentence.text is None:
                missing.append(sentence.id)
            else:
                joined.append(sentence)
            continue
        text = texts[sentence.document][sentence.start : sentence.end]
        digest = hashlib.sha256(text.encode()).hexdigest()
        if sentence.sha256 is not None and digest != sentence.sha256:
            raise GoldError(
                f"{sentence.id}: {sentence.document} {sentence.start}-{sentence.end} does not "
                "hold the annotated sentence (sha256 differs); use the published data set"
            )
        joined.append(attrs.evolve(sentence, text=text))
    return joined, missing


def require_classes(sentences: Iterable[GoldSentence], labels: Iterable[str], path: Path) -> None:
    """Refuse a file in which one of ``labels`` never occurs: no score can be given for it.

    Raises:
        GoldError: a label has no positive sentence.
    """
    found = {label for s in sentences for label in (*s.q, *s.f, *s.acts, *s.questions)}
    for label in labels:
        if label not in found:
            raise GoldError(
                f"{path}: no sentence carries '{label}', so no score can be given for it; "
                "annotate some, or ask for scores of the other labels only"
            )
