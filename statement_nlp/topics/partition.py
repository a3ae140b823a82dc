"""Cut sentences into topics that hold still when statements come or go."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.topics.settings import settings
from statement_nlp.topics.space import Matrix, unit

Labels = NDArray[np.int64]


@attrs.frozen(eq=False)
class Partition:
    """Centres of topics in the space, and how far the runs behind them agree."""

    centres: Matrix
    """Shape (topics, components)."""
    spread: float
    """Mean squared distance of a sentence to its centre, per component."""
    agreement: float
    """Mean adjusted Rand index of the single runs with the result."""

    def nearest(self, points: Matrix, groups: Labels | None = None) -> tuple[Labels, Matrix]:
        """Return each point's group and its probability, both of shape (points,).

        The probability is that of a mixture of equal, round normal densities at the centres.

        Args:
            points: Coordinates, shape (points, components).
            groups: Group of each centre; without it each centre is a group of its own.
        """
        squares = distances(points, self.centres)
        own = np.arange(len(self.centres)) if groups is None else groups
        labels = own[squares.argmin(axis=1)]
        weights = np.exp(-(squares - squares.min(axis=1, keepdims=True)) / (2 * self.spread))
        same = own[None, :] == labels[:, None]
        return labels, (weights * same).sum(axis=1) / weights.sum(axis=1)


def distances(points: Matrix, centres: Matrix) -> Matrix:
    """Return squared distances, shape (points, centres)."""
    cross = points @ centres.T
    squares = (points**2).sum(axis=1)[:, None] - 2 * cross + (centres**2).sum(axis=1)
    found: Matrix = np.maximum(squares, 0.0)
    return found


def start_topics(sentences: int) -> int:
    """Return the number of topics to start from; see ``data/settings.yaml``."""
    rule = settings("partition")
    reached = [r["topics"] for r in rule["start"] if sentences >= r["sentences"]]
    return int(max(1, min(reached[-1], sentences // rule["sentences_per_topic"])))


def partition(
    points: Matrix,
    coordinates: Matrix,
    *,
    seed: int,
    topics: int | None = None,
    pinned: Matrix | None = None,
) -> Partition:
    """Cut points into topics.

    After bagged clustering (Leisch 1999): the centres of many runs of k-means are grouped by
    Ward's method, the means of the groups are the starting centres of a last k-means. A single
    run ends in one of many optima of nearly the same worth; the grouped centres hardly change
    with the points. The runs differ by seed and by how many components they see, so that no one
    number of components decides. Near-equal topics are then merged and tiny ones dissolved.

    Args:
        points: Unit coordinates, shape (points, components kept).
        coordinates: On all components, the leading one first, shape (points, components).
        seed: Of the runs.
        topics: Number of topics, where the user gives it.
        pinned: Centres given by seed words, shape (seeds, components); they stay.
    """
    rule = settings("partition")
    wanted = topics or start_topics(len(points))
    wanted = max(1, min(wanted, len(np.unique(points, axis=0))))
    runs = _runs(points, coordinates, wanted, seed)
    centres = _grouped(np.concatenate([run[0] for run in runs]), wanted)
    fixed = np.zeros((0, points.shape[1])) if pinned is None else pinned
    centres = _settle(points, centres, fixed, rule["iterations"])
    if topics is None:
        centres = _tidy(points, centres, fixed, rule)
    squares = distances(points, centres)
    labels = squares.argmin(axis=1)
    spread = max(float(squares.min(axis=1).mean()) / points.shape[1], 1e-6)
    return Partition(centres, spread, _agreement(labels, [run[1] for run in runs]))


def _runs(
    points: Matrix, coordinates: Matrix, count: int, seed: int
) -> list[tuple[Matrix, Labels]]:
    """Return the centres, as means of ``points``, and the labels of each run."""
    from sklearn.cluster import KMeans

    rule = settings("partition")
    views = [unit(coordinates[:, :components]) for components in rule["views"]]
    found = []
    for run in range(rule["runs"] if count > 1 else 1):
        # 32 bits are all that numpy's legacy generators take as a seed.
        state = (seed + run) % 2**32
        model = KMeans(count, n_init=1, random_state=state, max_iter=rule["iterations"])
        labels = model.fit_predict(views[run % len(views)]).astype(np.int64)
        used = [points[labels == group] for group in range(count) if (labels == group).any()]
        found.append((np.stack([own.mean(axis=0) for own in used]), labels))
    return found


def _grouped(centres: Matrix, count: int) -> Matrix:
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(centres) <= count:
        return centres
    groups = fcluster(linkage(centres, "ward"), count, "maxclust")
    return np.stack([centres[groups == group].mean(axis=0) for group in np.unique(groups)])


def _settle(points: Matrix, centres: Matrix, fixed: Matrix, iterations: int) -> Matrix:
    """Run Lloyd's iterations from ``centres``; ``fixed`` ones come last and stay."""
    labels = None
    for _ in range(iterations):
        nearest = distances(points, np.vstack([centres, fixed])).argmin(axis=1)
        if labels is not None and np.array_equal(nearest, labels):
            break
        labels = nearest
        kept = [
            points[labels == group].mean(axis=0)
            for group in range(len(centres))
            if (labels == group).any()
        ]
        centres = np.stack(kept) if kept else centres[:0]
    return np.vstack([centres, fixed])


def _tidy(points: Matrix, centres: Matrix, fixed: Matrix, rule: dict[str, Any]) -> Matrix:
    """Merge near-equal topics and dissolve tiny ones, one at a time, then settle again."""
    free = len(centres) - len(fixed)
    moving = centres[:free]
    while len(moving) > 1:
        lengths = np.maximum(np.linalg.norm(moving, axis=1), 1e-12)
        cosines = (moving @ moving.T) / np.outer(lengths, lengths)
        np.fill_diagonal(cosines, -1.0)
        labels = distances(points, np.vstack([moving, fixed])).argmin(axis=1)
        sizes = np.bincount(labels, minlength=len(moving) + len(fixed))[: len(moving)]
        if cosines.max() >= rule["merge_cosine"]:
            first, second = sorted(np.unravel_index(cosines.argmax(), cosines.shape))
            weights = np.maximum(sizes[[first, second]], 1)
            moving[first] = np.average(moving[[first, second]], axis=0, weights=weights)
            moving = np.delete(moving, second, axis=0)
        elif sizes.min() < rule["smallest_share"] * len(points):
            moving = np.delete(moving, sizes.argmin(), axis=0)
        else:
            break
    if len(moving) == free:
        return centres
    return _settle(points, moving, fixed, rule["iterations"])


def _agreement(labels: Labels, runs: list[Labels]) -> float:
    from sklearn.metrics import adjusted_rand_score

    return float(np.mean([adjusted_rand_score(labels, run) for run in runs]))
