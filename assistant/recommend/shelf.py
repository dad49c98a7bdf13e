"""The shelf: what of a model's list a shopper may be shown. Filters are facts, asked anew for every list.

Nothing that is out of stock, nothing barred by "not interested", nothing bought already unless people buy it again.
Knows ids of items and of nobody: who the shopper is, is not its business.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from assistant.recommend.contract import Reason, Recommender
from assistant.recommend.interactions import Histories

BOUGHT_AGAIN_SHARE = 0.1
"""An item is one that people buy again where this share of its buyers did so."""
BOUGHT_AGAIN_PEOPLE = 3
"""And at least so many of them."""


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

    `out_of_stock` is asked for every list. `bought_again` are the items that people buy more than once.
    """

    def __init__(
        self,
        model: Recommender,
        *,
        out_of_stock: Callable[[], AbstractSet[str]],
        bought_again: AbstractSet[str] = frozenset(),
    ) -> None:
        self.model = model
        self._out_of_stock = out_of_stock
        self._numbers = {item: number for number, item in enumerate(model.items)}
        self._bought_again = bought_again

    def suggestions(self, visit: Visit, k: int = 10) -> tuple[Suggestion, ...]:
        """Return up to `k` items, no product twice, each with its reason; fewer where the shop has no more."""
        asked = [self._numbers[item] for item in (*visit.history, *visit.context) if item in self._numbers]
        again = self._known(visit.bought & self._bought_again)
        barred = self._known(visit.barred | self._out_of_stock() | (visit.bought - self._bought_again))
        listed = self.model.recommend(asked, k, exclude=barred, again=again - self._known(frozenset(visit.context)))
        reasons = self.model.reasons(asked, [one.item for one in listed])
        return tuple(
            Suggestion(id=one.id, score=one.score, reason=reason) for one, reason in zip(listed, reasons, strict=True)
        )

    def _known(self, items: AbstractSet[str]) -> frozenset[int]:
        return frozenset(self._numbers[item] for item in items if item in self._numbers)


def bought_again(purchases: Histories, items: tuple[str, ...]) -> frozenset[str]:
    """Return the items that people buy again, from what each person bought in order.

    >>> bought_again(Histories.of([[0, 1, 0], [0, 0], [0, 2, 0], [1, 2]]), ("tea", "mug", "pot"))
    frozenset({'tea'})
    """
    times = purchases.matrix(len(items)).tocsc()
    buyers, repeaters = times.getnnz(axis=0), (times > 1).getnnz(axis=0)
    often = (repeaters >= BOUGHT_AGAIN_PEOPLE) & (repeaters >= BOUGHT_AGAIN_SHARE * buyers)
    return frozenset(items[at] for at in often.nonzero()[0])
