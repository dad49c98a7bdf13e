"""The shelf: what of a model's list a shopper may be shown. Filters are facts, asked anew for every list.

Nothing that is out of stock, nothing barred by "not interested", nothing bought already unless people buy it again.
Knows ids of items and of nobody: who the shopper is, is not its business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from assistant.recommend.contract import Reason, Recommendation, Recommender

SPARE, FURTHER = 6, 4
"""So many more than are shown are looked at first, and so many times as many where too few of those are in stock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What is known of a shopper at this moment, all by item id; a guest's first visit knows nothing.

    `history` is what they looked at, carted and bought in order, of this visit too; `context` what the page shows them
    now (the product looked at, what was found), which counts as their latest steps but is no history; `barred` is what
    they said they are not interested in.
    """

    history: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    bought: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One item for the shopper, best first, with why."""

    id: str
    score: float
    reason: Reason


class Shelf:
    """A model's items as a shop may show them now.

    `in_stock` says for every list which of the items that might be shown can be had. `bought_again` are the items that
    people buy more than once.
    """

    def __init__(
        self,
        model: Recommender,
        *,
        in_stock: Callable[[Sequence[str]], AbstractSet[str]],
        bought_again: AbstractSet[str] = frozenset(),
    ) -> None:
        self.model = model
        self._in_stock = in_stock
        self._numbers = {item: number for number, item in enumerate(model.items)}
        self._bought_again = bought_again

    def suggestions(self, visit: Visit, k: int = 10) -> tuple[Suggestion, ...]:
        """Return up to `k` items, no product twice, each with its reason; fewer where the shop has no more."""
        asked = [self._numbers[item] for item in (*visit.history, *visit.context) if item in self._numbers]
        listed = self._listed(asked, visit, k)
        reasons = self.model.reasons(asked, [one.item for one in listed])
        return tuple(
            Suggestion(id=one.id, score=one.score, reason=reason) for one, reason in zip(listed, reasons, strict=True)
        )

    def _listed(self, asked: Sequence[int], visit: Visit, k: int) -> list[Recommendation]:
        """Return the best that can be had: looks further down the list only where too much of it is sold out."""
        again = self._known((visit.bought & self._bought_again) - frozenset(visit.context))
        barred = self._known(visit.barred | (visit.bought - self._bought_again))
        looked_at = k + SPARE
        while True:
            listed = self.model.recommend(asked, looked_at, exclude=barred, again=again)
            there = self._in_stock([one.id for one in listed])
            found = [one for one in listed if one.id in there][:k]
            if len(found) == k or len(listed) < looked_at:
                return found
            looked_at *= FURTHER

    def _known(self, items: AbstractSet[str]) -> frozenset[int]:
        return frozenset(self._numbers[item] for item in items if item in self._numbers)
