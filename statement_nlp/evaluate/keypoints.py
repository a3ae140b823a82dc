"""How well found groups agree with gold groups: B-cubed precision, recall and F1."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from statement_nlp.evaluate.gold import GoldError

if TYPE_CHECKING:
    from statement_nlp.embed import Encoder


@attrs.frozen(slots=True)
class BCubed:
    """Scores of a grouping, each 0 to 1."""

    precision: float
    recall: float
    f1: float
    items: int


def b_cubed(found: Iterable[Iterable[Hashable]], gold: Iterable[Iterable[Hashable]]) -> BCubed:
    """Score ``found`` against ``gold``; both hold every item in exactly one group.

    For each item, precision is the share of its found group that is also in its gold group, and
    recall the share of its gold group that is also in its found group; both are averaged over the
    items. Source: Bagga and Baldwin (1998), "Algorithms for scoring coreference chains".

    Raises:
        ValueError: an item stands in two groups, or in one grouping only.
    """
    found_of, found_size = _index(found, "found")
    gold_of, gold_size = _index(gold, "gold")
    if found_of.keys() != gold_of.keys():
        odd = min(map(str, found_of.keys() ^ gold_of.keys()))
        raise ValueError(f"item {odd!r} stands in only one of the two groupings")
    if not gold_of:
        return BCubed(0.0, 0.0, 0.0, 0)
    shared = Counter((found_of[item], gold_of[item]) for item in gold_of)
    precision = sum(n * n / found_size[f] for (f, _), n in shared.items()) / len(gold_of)
    recall = sum(n * n / gold_size[g] for (_, g), n in shared.items()) / len(gold_of)
    return BCubed(precision, recall, 2 * precision * recall / (precision + recall), len(gold_of))


def _index(
    groups: Iterable[Iterable[Hashable]], name: str
) -> tuple[dict[Hashable, int], Mapping[int, int]]:
    group_of: dict[Hashable, int] = {}
    size: Counter[int] = Counter()
    for number, group in enumerate(groups):
        for item in group:
            if item in group_of:
                raise ValueError(f"item {str(item)!r} stands in two {name} groups")
            group_of[item] = number
            size[number] += 1
    return group_of, size


def score_shipped(root: Path, encoder: Encoder) -> dict[str, BCubed]:
    """Score the shipped grouping on the gold key points of the checkout ``root``.

    Returns the scores on the documents that were held back from training (``test``) and on all
    (``with those trained on``), by part; all proposals are grouped together.

    Raises:
        GoldError: the gold corpus is missing or breaks a rule.
    """
    from statement_nlp.synthesis.asks import Recognizer
    from statement_nlp.synthesis.features import describe
    from statement_nlp.synthesis.grouping import group
    from statement_nlp.synthesis.pairs import PairModel
    from statement_nlp.synthesis.train import TRAINED_ON, load_annotated

    annotated = load_annotated(root)
    recognizer = Recognizer.load(encoder)
    clauses = [one.clause for one in annotated.asked]
    data = describe(annotated.asked, encoder.encode(clauses), recognizer)
    groups = group(data, PairModel.load(known=recognizer.model is not None))
    everything = range(len(annotated.ids))
    held_back = [n for n in everything if annotated.split[n] not in TRAINED_ON]
    scores = {}
    for part, rows in (("test", held_back), ("with those trained on", list(everything))):
        kept = set(rows)
        found = [[annotated.ids[n] for n in one if n in kept] for one in groups]
        scores[part] = b_cubed([one for one in found if one], annotated.groups(rows))
    return scores


def load_groups(path: Path) -> dict[str, tuple[str, ...]]:
    """Load a gold grouping from JSON lines ``{"group": name, "ids": [...]}``, by name.

    Raises:
        GoldError: the file cannot be read, or a line breaks the form; the line is named.
    """
    import json

    groups: dict[str, tuple[str, ...]] = {}
    seen: dict[str, int] = defaultdict(int)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read as UTF-8 text; check the path") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            name, ids = str(item["group"]), tuple(map(str, item["ids"]))
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(
                f"{path}:{number}: is not an object with 'group' and 'ids'; correct it"
            ) from error
        twice = next((one for one in ids if one in seen), None)
        if twice is not None:
            raise GoldError(
                f"{path}:{number}: '{twice}' already stands in line {seen[twice]}; "
                "every proposal belongs to one group"
            )
        seen.update(dict.fromkeys(ids, number))
        groups[name if name not in groups else f"{name} ({number})"] = ids
    return groups
