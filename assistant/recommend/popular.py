"""What many choose, and of late: the same list for everybody, where nothing is known of the shopper. Knows counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from assistant.recommend.contract import PLAIN, Arrays, Reason, Recommender, Run, Scores, Signal
from assistant.recommend.interactions import Histories, Interactions, Values
from assistant.recommend.standing import Standing

DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class PopularSettings:
    """`half_life_days`: after so long an interaction counts half; 0 counts all alike. Without times it does nothing."""

    half_life_days: float = 0.0


class Popular(Recommender):
    """Counts, fading with time where times are known: with a short half-life these are the trending items."""

    name = "popular"
    signal = Signal.MANY_CHOSE

    def __init__(self, items: Sequence[str], settings: PopularSettings, counts: Values) -> None:
        super().__init__(items, settings)
        self._counts = counts

    @classmethod
    def grid(cls) -> Sequence[PopularSettings]:
        """Return ageless counts first, then half-lives of a quarter, a month and a week."""
        return tuple(PopularSettings(days) for days in (0.0, 90.0, 30.0, 7.0))

    @classmethod
    def fit(cls, interactions: Interactions, settings: PopularSettings | None = None, run: Run = PLAIN) -> Self:
        """Count."""
        settings = settings or PopularSettings()
        histories = interactions.histories
        weights = np.ones(len(histories.items)) if histories.weights is None else histories.weights
        if settings.half_life_days and histories.times is not None and len(histories.items):
            age_days = (histories.times.max() - histories.times) / DAY_S
            weights = weights * 0.5 ** (age_days / settings.half_life_days)
        counts = np.bincount(histories.items, weights, minlength=len(interactions.items)).astype(np.float64)
        return cls(interactions.items, settings, counts)

    def scores(self, histories: Histories) -> Scores:
        """Return the counts, one row a history."""
        return np.tile(self._counts.astype(np.float32), (len(histories), 1))

    def standing(self, histories: Histories, items: Sequence[int]) -> Standing:
        """Return the standing, the same for every history."""
        one = Standing.of_all(self._counts[None, :], items)
        rows = [0] * len(histories)
        return Standing(one.scores[rows], one.mean[rows], one.deviation[rows])

    def reasons(self, history: Sequence[int], items: Sequence[int]) -> tuple[Reason, ...]:
        """Return how many chose each: no history has a part in it."""
        return tuple(Reason(signal=self.signal, people=round(float(self._counts[item]))) for item in items)

    def arrays(self) -> Arrays:
        """Return the counts."""
        return {"counts": self._counts}

    @classmethod
    def restored(cls, items: Sequence[str], settings: PopularSettings, arrays: Arrays) -> Self:
        """Return the model with these counts."""
        return cls(items, settings, arrays["counts"])
