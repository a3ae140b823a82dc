"""Group proposals that ask for the same thing: average linkage over the pairs worth comparing."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from statement_nlp.synthesis.features import AskedTable
from statement_nlp.synthesis.lexicon import table
from statement_nlp.synthesis.pairs import PairModel, candidates, compare


def group(
    asked: AskedTable, model: PairModel, founders: NDArray[np.bool_] | None = None
) -> list[tuple[int, ...]]:
    """Return the groups as tuples of rows, each in ascending order, ordered by their first row.

    Args:
        asked: the clauses.
        model: says how likely two clauses ask for the same.
        founders: which rows may found a group; the others join one or stand in none. Default: all.
    """
    limits = table("limits")["grouping"]
    pairs = candidates(asked)
    probability = model.probability(compare(asked, pairs))
    if founders is None:
        founders = np.ones(len(asked), dtype=np.bool_)
    both = founders[pairs[:, 0]] & founders[pairs[:, 1]]
    groups = average_linkage(len(asked), pairs[both], probability[both], float(limits["join_from"]))
    groups = [members for members in groups if founders[members[0]]]
    joining = _joiners(groups, pairs, probability, founders, float(limits["to_check_join_from"]))
    return [tuple(sorted((*members, *joining[n]))) for n, members in enumerate(groups)]


def join(
    groups: Sequence[tuple[int, ...]],
    asked: AskedTable,
    model: PairModel,
    known: int,
    to_check: NDArray[np.bool_],
) -> dict[int, list[int]]:
    """Return, by group, the rows after the first ``known`` that are near enough to join it.

    The nearest founders say which groups a row may belong to. It joins the one it is likeliest to
    ask the same as, on the mean over that group's founders (some of them, evenly spread, where
    there are many), if this reaches what merging two groups takes; a borderline one must be
    nearer. Each row is judged by itself. Rows are counted from ``known``.

    Args:
        groups: rows of the groups' founders, all below ``known``.
        asked: the clauses.
        model: says how likely two clauses ask for the same.
        known: clauses that the groups were made of.
        to_check: which of the others are borderline.
    """
    limits = table("limits")["grouping"]
    tried = _tried(groups, asked, model, known, int(limits["groups_tried"]))
    joining: dict[int, list[int]] = defaultdict(list)
    if not tried:
        return joining
    some = [_spread(np.array(rows), int(limits["founders_asked"])) for rows in groups]
    left = np.concatenate([some[number] for _, number in tried])
    right = np.repeat([row for row, _ in tried], [len(some[number]) for _, number in tried])
    pairs = np.stack([left, right], axis=1).astype(np.int32)
    probability = model.probability(compare(asked, pairs, known))
    best: dict[int, tuple[float, int]] = {}
    start = 0
    for row, number in tried:
        end = start + len(some[number])
        mean = round(float(probability[start:end].mean()), 9)
        best[row] = min(best.get(row, (0.0, -1)), (-mean, number))
        start = end
    for row, (mean, number) in best.items():
        limit = "to_check_join_from" if to_check[row - known] else "join_from"
        if -mean >= float(limits[limit]):
            joining[number].append(row - known)
    return joining


def _tried(
    groups: Sequence[tuple[int, ...]], asked: AskedTable, model: PairModel, known: int, most: int
) -> list[tuple[int, int]]:
    """Return rows after the first ``known``, each with the groups its nearest founders stand in."""
    group_of = np.full(known, -1, dtype=np.int64)
    for number, rows in enumerate(groups):
        group_of[list(rows)] = number
    pairs = candidates(asked, known)
    pairs = pairs[group_of[pairs[:, 0]] >= 0]
    probability = model.probability(compare(asked, pairs, known))
    near: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row, number, value in zip(
        pairs[:, 1].tolist(), group_of[pairs[:, 0]].tolist(), probability.tolist(), strict=True
    ):
        near[row][number] += value
    return [
        (row, number)
        for row in sorted(near)
        for number in sorted(near[row], key=lambda n: (-round(near[row][n], 9), n))[:most]
    ]


def _spread(rows: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return at most ``most`` of the rows, evenly spread."""
    return rows[:: -(-len(rows) // most)]


def average_linkage(
    count: int,
    pairs: NDArray[np.int32],
    likeness: NDArray[np.float64],
    merge_from: float,
) -> list[tuple[int, ...]]:
    """Merge the two groups with the greatest mean likeness until it falls below ``merge_from``.

    Pairs that are not given count as 0. Ties go to the groups with the lowest rows, so the result
    depends on nothing but the input. Memory grows with the pairs, not with the square of ``count``.

    Source: Sokal and Michener (1958), unweighted pair-group method with arithmetic mean.
    """
    members: dict[int, list[int]] = {row: [row] for row in range(count)}
    total: dict[int, dict[int, float]] = defaultdict(dict)
    for (left, right), value in zip(pairs.tolist(), likeness.tolist(), strict=True):
        if value > 0.0:
            total[left][right] = total[right][left] = value
    heap = [
        (-value, left, right, 1, 1)
        for left, near in total.items()
        for right, value in near.items()
        if left < right and value >= merge_from
    ]
    heapq.heapify(heap)
    while heap:
        _, left, right, left_size, right_size = heapq.heappop(heap)
        stale = left not in members or right not in members
        if stale or (len(members[left]), len(members[right])) != (left_size, right_size):
            continue
        members[left] += members.pop(right)
        for other, value in total.pop(right).items():
            del total[other][right]
            if other != left:
                total[left][other] = total[other][left] = total[left].get(other, 0.0) + value
        size = len(members[left])
        for other, value in total[left].items():
            mean = round(value / (size * len(members[other])), 9)
            if mean >= merge_from:
                low, high = min(left, other), max(left, other)
                heapq.heappush(heap, (-mean, low, high, len(members[low]), len(members[high])))
    return sorted(tuple(sorted(rows)) for rows in members.values())


def _joiners(
    groups: Sequence[tuple[int, ...]],
    pairs: NDArray[np.int32],
    probability: NDArray[np.float64],
    founders: NDArray[np.bool_],
    join_from: float,
) -> dict[int, list[int]]:
    """Return, by group, the rows that found none and are near enough to join it."""
    group_of = {row: number for number, rows in enumerate(groups) for row in rows}
    near: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (left, right), value in zip(pairs.tolist(), probability.tolist(), strict=True):
        if founders[left] != founders[right]:
            row, other = (right, left) if founders[left] else (left, right)
            near[row][group_of[other]] += value
    joining: dict[int, list[int]] = defaultdict(list)
    for row in sorted(near):
        means = {number: value / len(groups[number]) for number, value in near[row].items()}
        best = min(means, key=lambda number: (-round(means[number], 9), number))
        if means[best] >= join_from:
            joining[best].append(row)
    return joining
