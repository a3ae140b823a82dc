"""How far two independent readers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def masi(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the MASI distance of two label sets (Passonneau 2006), 0 for equal ones.

    Jaccard similarity weighted by how the sets relate: equal 1, one inside the other 2/3, a common
    part 1/3, nothing in common 0.
    """
    if first == second:
        return 0.0
    common = first & second
    if not common:
        return 1.0
    relation = 2 / 3 if first <= second or second <= first else 1 / 3
    return 1.0 - len(common) / len(first | second) * relation


def alpha(first: Sequence[frozenset[str]], second: Sequence[frozenset[str]]) -> float:
    """Return Krippendorff's alpha (2004) of two complete readings under the MASI distance.

    Raises:
        ValueError: the readings are empty or of different length.
    """
    if len(first) != len(second) or not first:
        raise ValueError("two readings of the same sentences are needed")
    observed = sum(masi(a, b) for a, b in zip(first, second, strict=True)) / len(first)
    values = Counter([*first, *second])
    total = sum(values.values())
    expected = sum(
        masi(a, b) * n * m for a, n in values.items() for b, m in values.items() if a != b
    ) / (total * (total - 1))
    return 1.0 - observed / expected if expected else 1.0


def label_f1(
    first: Sequence[frozenset[str]], second: Sequence[frozenset[str]], label: str
) -> float | None:
    """Return the F1 of one reader's label against the other's, or ``None`` if neither gave it."""
    both = sum(label in a and label in b for a, b in zip(first, second, strict=True))
    given = sum(label in labels for labels in (*first, *second))
    return 2 * both / given if given else None
