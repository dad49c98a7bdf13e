"""How good a ranked list is: nDCG, recall and reciprocal rank.

Written apart from the ranking that it judges. Knows ids and gains.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def ndcg(ranked: Sequence[str], gains: Mapping[str, float], cut: int = 10) -> float:
    """Return the normalised discounted cumulative gain, 0 to 1; what nobody judged gains nothing.

    Source: Järvelin and Kekäläinen 2002, with a discount of log2(rank + 1); the ideal list holds all judged products.

    >>> ndcg(["b", "a"], {"a": 1.0, "b": 0.0})
    0.6309297535714575
    """
    best = _discounted(sorted(gains.values(), reverse=True)[:cut])
    return _discounted([gains.get(id_, 0.0) for id_ in ranked[:cut]]) / best if best else 0.0


def recall(ranked: Sequence[str], wanted: frozenset[str], cut: int = 100) -> float:
    """Return the share of the wanted that is among the first `cut`; 1 where nothing is wanted.

    >>> recall(["a", "b", "c"], frozenset("ac"), 2)
    0.5
    """
    return len(wanted & set(ranked[:cut])) / len(wanted) if wanted else 1.0


def reciprocal_rank(ranked: Sequence[str], wanted: frozenset[str], cut: int = 10) -> float:
    """Return one over the rank of the first wanted product, 0 when none is among the first `cut`.

    >>> reciprocal_rank(["a", "b"], frozenset("b"))
    0.5
    """
    return next((1 / rank for rank, id_ in enumerate(ranked[:cut], 1) if id_ in wanted), 0.0)


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
