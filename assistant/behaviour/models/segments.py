"""Segments that the shop's own people fall into, learned from their features, and what sets each apart.

Each kind of feature counts alike, however many values it has; what is left after a truncated SVD is cut into clusters
by k-means, and the number of clusters is the one of the best silhouette. Knows features; no name and no page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.behaviour.features import Features, Name
from assistant.behaviour.models.table import Floats
from assistant.errors import BadRecord

NUMBERS = range(3, 9)
"""Numbers of segments that are tried: more than eight nobody keeps apart."""
DIMENSIONS = 12
FEWEST = 50
"""People below whose number there is nothing to divide."""
JUDGED = 2_000
"""People by whom the silhouette is judged, drawn by the seed."""
TRAITS = 4
"""Traits that a segment is told by."""
APART = 0.35
"""A trait sets a segment apart where its mean lies so many standard deviations above everybody's."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its number of people, and by which features it lies above everybody, the strongest first."""

    size: int
    traits: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Segmented:
    """The segments, the largest first, which one (n,) each person is in, and the silhouette from -1 to 1."""

    segments: tuple[Segment, ...]
    labels: NDArray[np.int_]
    silhouette: float


def learn_segments(features: Features, *, seed: int) -> Segmented:
    """Return the segments of people.

    Raises:
        BadRecord: there are too few people.
    """
    if len(features.ids) < FEWEST:
        raise BadRecord(f"{len(features.ids)} people are too few to divide into segments: {FEWEST} are wanted")
    points = _points(features, seed=seed)
    tried = [_clustered(points, number, seed=seed) for number in NUMBERS]
    silhouette, labels = max(tried, key=lambda one: one[0])
    order = np.argsort(-np.bincount(labels), kind="stable")
    placed = np.empty(len(order), np.int_)
    placed[order] = np.arange(len(order))
    labels = placed[labels]
    dense = features.matrix.toarray()
    return Segmented(tuple(_told(features, dense, labels == n) for n in range(len(order))), labels, silhouette)


def _points(features: Features, *, seed: int) -> Floats:
    """Return each person as a point (n, d): each kind of feature scaled to the same total variance, then reduced."""
    from scipy.sparse import csr_matrix, diags
    from sklearn.decomposition import TruncatedSVD

    kinds = np.array([kind for kind, _ in features.names])
    matrix = csr_matrix(features.matrix)
    variance = np.asarray(matrix.multiply(matrix).mean(axis=0) - np.square(matrix.mean(axis=0))).ravel()
    scale = np.zeros(len(kinds))
    for kind in sorted(set(kinds)):
        total = variance[kinds == kind].sum()
        scale[kinds == kind] = 1 / np.sqrt(total) if total > 0 else 0.0
    scaled = matrix @ diags(scale)
    dimensions = min(DIMENSIONS, scaled.shape[1] - 1, scaled.shape[0] - 1)
    points: Floats = TruncatedSVD(dimensions, random_state=seed).fit_transform(scaled)
    return points


def _clustered(points: Floats, number: int, *, seed: int) -> tuple[float, NDArray[np.int_]]:
    """Return the silhouette and the clusters; one that holds nearly nobody is worth nothing."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score

    labels: NDArray[np.int_] = KMeans(number, n_init=4, random_state=seed).fit_predict(points)
    if np.bincount(labels, minlength=number).min() < max(5, len(points) // 100):
        return -1.0, labels
    size = min(JUDGED, len(points))
    return float(silhouette_score(points, labels, sample_size=size, random_state=seed)), labels


def _told(features: Features, dense: Floats, inside: NDArray[np.bool_]) -> Segment:
    deviation: Any = dense.std(axis=0)
    above = (dense[inside].mean(axis=0) - dense.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0)
    strongest = [int(number) for number in np.argsort(-above, kind="stable") if above[number] >= APART]
    return Segment(int(inside.sum()), tuple(features.names[number] for number in strongest[:TRAITS]))
