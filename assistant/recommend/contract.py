"""What every recommender promises: scores for many histories at once, lists without what was seen, and true reasons.

A recommender is a fitted, unchanging value. It knows histories and items by number; whose they are, what is in stock
and what a shopper has barred is the shelf's business.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Generic, Self, TypeVar

import numpy as np
import numpy.typing as npt

from assistant.recommend.interactions import Histories, Interactions, Numbers
from assistant.recommend.standing import Standing, Values

Scores = npt.NDArray[np.float32]
Arrays = Mapping[str, npt.NDArray[Any]]
ASKED = 8
"""So many of a history's latest items are tried as reasons."""
Progress = Callable[[str, int, int | None], None]
"""Told of each step: what is being done, how much of it is done, out of how much."""


Fitted = TypeVar("Fitted", bound="Recommender")


class Signal(StrEnum):
    """What kind of evidence a reason is made of."""

    MANY_CHOSE = "many_chose"
    ALIKE = "alike"
    PEOPLE_LIKE_YOU = "people_like_you"
    CHOSEN_TOGETHER = "chosen_together"
    TASTE = "taste"
    NEXT_STEP = "next_step"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one item is recommended.

    `because` is the item of the history without which the score falls most, by `effect`; `None` where no item of the
    history raises it. `people` counts those behind the signal, `None` where the model does not count.
    """

    signal: Signal
    because: str | None = None
    effect: float = 0.0
    people: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One item of a list, by its number in the model, with its score; comparable within one list only."""

    item: int
    id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """What a model is judged by while it is chosen: what each of these people chose next.

    `histories` (n) come before `targets` (n,), an item number each.
    """

    histories: Histories
    targets: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Generic[Fitted]):
    """The best of the settings tried, its model as it was judged, and the nDCG@10 of each of them."""

    settings: Any
    model: Fitted
    tried: Mapping[str, float]


def quiet(step: str, done: int, total: int | None) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a fit is to go: whom it tells of progress, where it may leave what it can resume from, and its seed."""

    progress: Progress = quiet
    folder: Path | None = None
    seed: int = 7


PLAIN = Run()


class Recommender(ABC):
    """A fitted model. `items` are the ids of what it can recommend, by number; `settings` what it was fitted with."""

    name: ClassVar[str]
    signal: ClassVar[Signal]

    def __init__(self, items: Sequence[str], settings: Any) -> None:
        self.items = tuple(items)
        self.settings = settings

    @classmethod
    @abstractmethod
    def grid(cls) -> Sequence[Any]:
        """Return the settings worth trying on validation data, the default first."""

    @classmethod
    @abstractmethod
    def fit(cls, interactions: Interactions, settings: Any = None, run: Run = PLAIN) -> Self:
        """Return the model of these interactions; `None` are the default settings."""

    @classmethod
    def chosen(cls, interactions: Interactions, held_out: HeldOut, run: Run = PLAIN) -> Chosen[Self]:
        """Fit with each setting of the grid and return the one that ranks what was held out best."""
        from assistant.recommend.tune import best_of_grid

        return best_of_grid(cls, interactions, held_out=held_out, run=run)

    @abstractmethod
    def scores(self, histories: Histories) -> Scores:
        """Return a score for each item, (n, items), higher is better; 0 or less where nothing speaks for it."""

    def standing(self, histories: Histories, items: Sequence[int]) -> Standing:
        """Return how these items stand among all for each history: what `scores` says, where possible for less."""
        return Standing.of_all(self.scores(histories), items)

    @abstractmethod
    def arrays(self) -> Arrays:
        """Return everything that was learned."""

    @classmethod
    @abstractmethod
    def restored(cls, items: Sequence[str], settings: Any, arrays: Arrays) -> Self:
        """Return the model that had these arrays."""

    @classmethod
    def settings_of(cls, record: Mapping[str, Any]) -> Any:
        """Return the settings that a record of their fields describes."""
        return type(cls.grid()[0])(**record)

    def refreshed(self, interactions: Interactions, read: Numbers, run: Run = PLAIN) -> Self:
        """Return the model after more was done: of each history the first `read` (n,) interactions were fitted before.

        People and items keep their numbers, new ones come after them. The settings stay. Where a kind cannot take up
        only what is new, it is fitted again.
        """
        return self.fit(interactions, self.settings, run)

    def recommend(
        self,
        history: Sequence[int],
        k: int = 10,
        *,
        exclude: Collection[int] = (),
        again: AbstractSet[int] = frozenset(),
    ) -> tuple[Recommendation, ...]:
        """Return the best `k` items for one history, best first; neither what it holds nor what is excluded.

        `again` are items that may be listed though the history holds them.
        """
        row = self.unseen_row(history, exclude=exclude, again=again)
        return tuple(Recommendation(item=at, id=self.items[at], score=float(row[at])) for at in best(row, k))

    def unseen_row(
        self, history: Sequence[int], *, exclude: Collection[int], again: AbstractSet[int]
    ) -> npt.NDArray[np.float64]:
        """Return the scores (items,) for one history, what may not be listed at minus infinity."""
        row: npt.NDArray[np.float64] = self.scores(Histories.of([history]))[0].astype(np.float64)
        row[[item for item in history if item not in again]] = -np.inf
        row[np.fromiter(exclude, np.int64, len(exclude))] = -np.inf
        return row

    def contributions(self, history: Sequence[int], items: Sequence[int]) -> Values:
        """Return by how much the score of each item would fall without each item of the history, (len(history), m).

        Not a share of a sum but what is really lost: the model is asked again without that item. Only the latest
        `ASKED` items are left out in turn; those before have zeros.
        """
        return lost(self.standing(left_out(history), items).scores, len(history))

    def reasons(self, history: Sequence[int], items: Sequence[int]) -> tuple[Reason, ...]:
        """Return what speaks most for each of these items."""
        fallen = self.contributions(history, items)
        return tuple(self.reason(history, item, fallen[:, at]) for at, item in enumerate(items))

    def reason(self, history: Sequence[int], item: int, fallen: npt.NDArray[np.float64]) -> Reason:
        """Return the reason for an item by what it loses without each item of the history, (len(history),)."""
        if not len(fallen) or fallen.max() <= 0:
            return Reason(signal=self.signal)
        at = int(fallen.argmax())
        because = int(history[at])
        people = self.people_behind(because, item)
        return Reason(signal=self.signal, because=self.items[because], effect=float(fallen[at]), people=people)

    def people_behind(self, because: int, item: int) -> int | None:
        """Return how many people stand behind a reason, `None` where the model does not count them."""
        return None

    def alike(self, items: Sequence[int]) -> npt.NDArray[np.float32] | None:
        """Return how alike items are, 0 to 1, (m, m), `None` where the model does not say."""
        return None


def left_out(history: Sequence[int]) -> Histories:
    """Return a history, then the same without each of its latest `ASKED` items in turn, the oldest of these first."""
    first = max(0, len(history) - ASKED)
    without = ([*history[:at], *history[at + 1 :]] for at in range(first, len(history)))
    return Histories.of([history, *without])


def lost(scores: Values, length: int) -> Values:
    """Return what the scores (n, m) of `left_out` histories lose against the first, (length, m).

    >>> lost(np.array([[3.0], [1.0]]), 2)
    array([[0.],
           [2.]])
    """
    fallen: Values = np.zeros((length, scores.shape[1]))
    fallen[length - len(scores) + 1 :] = scores[0] - scores[1:]
    return fallen


def best(row: npt.NDArray[np.floating[Any]], k: int) -> list[int]:
    """Return the places of the `k` highest finite values, highest first and the earlier of two equal ones first.

    >>> best(np.array([1.0, 3.0, -np.inf, 3.0]), 3)
    [1, 3, 0]
    """
    k = min(k, len(row))
    if k <= 0:
        return []
    least = np.partition(row, len(row) - k)[len(row) - k]
    above = np.flatnonzero(row > least)
    level = np.flatnonzero(row == least)[: k - len(above)] if np.isfinite(least) else np.empty(0, np.int64)
    return [*above[np.argsort(-row[above], kind="stable")].tolist(), *level.tolist()]
