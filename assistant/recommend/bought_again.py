"""Which items people buy again: coffee, not hair dryers. Knows what was bought by whom, and the items' categories.

An item's own buyers are few, so what its category shows counts as well:

    share = (its repeat buyers + WEIGHT * its category's share of them) / (its buyers + WEIGHT)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from assistant.recommend.interactions import Interactions

SHARE = 0.1
"""An item is one that people buy again where this share of its buyers would."""
PEOPLE = 3
"""And at least so many bought something of its category again."""
WEIGHT = 10.0
"""A category counts as much as so many buyers."""


def bought_again(purchases: Interactions, categories: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the items that people buy again, from what each person bought in order, an item once an order.

    `categories` are the items' own by id; an item without one is judged by itself.

    >>> told = [("ann", ["tea", "mug", "tea"]), ("bob", ["tea", "tea"]), ("cy", ["tea", "pot", "tea"])]
    >>> bought_again(Interactions.of(told), {})
    frozenset({'tea'})
    """
    items = purchases.items
    times = purchases.histories.matrix(len(items)).tocsc()
    buyers = times.getnnz(axis=0).astype(np.float64)
    repeaters = np.asarray((times > 1).sum(axis=0), np.float64).ravel()
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, item in enumerate(items):
        groups[categories.get(item) or (item,)].append(at)
    again: set[str] = set()
    for group in groups.values():
        several = repeaters[group].sum()
        if several >= PEOPLE:
            usual = several / buyers[group].sum()
            shares = (repeaters[group] + WEIGHT * usual) / (buyers[group] + WEIGHT)
            again.update(items[at] for at, share in zip(group, shares, strict=True) if share >= SHARE)
    return frozenset(again)
