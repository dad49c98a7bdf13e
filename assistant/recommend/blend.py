"""The blend: the parts' scores, each brought to one scale, added up by weights learned from what was held out.

A part's row is measured in standard deviations from its mean over all items, so that a part that has nothing to say of
a history adds nothing. Knows the parts by the contract alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from assistant.recommend.blend_weights import learned
from assistant.recommend.content import Content
from assistant.recommend.contract import (
    PLAIN,
    Arrays,
    Chosen,
    HeldOut,
    Reason,
    Recommendation,
    Recommender,
    Run,
    Scores,
    Signal,
    best,
    left_out,
    lost,
)
from assistant.recommend.errors import RecommendError, UnknownItem
from assistant.recommend.interactions import Histories, Interactions, Numbers
from assistant.recommend.standing import Values
from assistant.recommend.tune import judged, last_held_out, sampled
from assistant.recommend.variety import diversified, explored

CANDIDATES = 100
"""So many of the best are looked at for a varied list."""
NOISE = 1e-5
"""What a score loses less than this, in standard deviations, may be rounding and is no reason."""


@dataclass(frozen=True)
class BlendSettings:
    """`parts` are the settings of each part by its name, `weights` what each counts; empty: all are found by a fit.

    `diversity` and `exploration`, from 0 to 1, shape the lists and not the scores; `seed` is of the exploration.
    """

    parts: Mapping[str, Any] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    diversity: float = 0.0
    exploration: float = 0.0
    seed: int = 7


class Blend(Recommender):
    """Several recommenders of the same items, by name."""

    name = "blend"
    signal = Signal.TASTE

    def __init__(self, items: Sequence[str], settings: BlendSettings, parts: Mapping[str, Recommender]) -> None:
        super().__init__(items, settings)
        self.parts = dict(parts)
        self._chance = np.random.default_rng(settings.seed)

    @classmethod
    def grid(cls) -> Sequence[BlendSettings]:
        """Return the default: the parts search their own."""
        return (BlendSettings(),)

    @classmethod
    def fit(cls, interactions: Interactions, settings: BlendSettings | None = None, run: Run = PLAIN) -> Self:
        """Fit every part; where the settings name none, choose their settings and weights by everybody's last item."""
        settings = settings or BlendSettings()
        if not settings.parts:
            found = cls.chosen(*last_held_out(interactions), run).settings
            settings = replace(settings, parts=found.parts, weights=found.weights)
        from assistant.recommend.models import PARTS

        parts = {name: PARTS[name].fit(interactions, own, run) for name, own in settings.parts.items()}
        return cls(interactions.items, settings, parts)

    @classmethod
    def chosen(cls, interactions: Interactions, held_out: HeldOut, run: Run = PLAIN) -> Chosen[Self]:
        """Choose every part and learn the weights. A part that cannot be fitted to this shop is left out, and said so.

        Raises:
            RecommendError: no part can be fitted.
        """
        from assistant.recommend.models import PARTS

        found: dict[str, Chosen[Recommender]] = {}
        refused: RecommendError | None = None
        for name, kind in PARTS.items():
            try:
                found[name] = kind.chosen(interactions, held_out, run)
            except RecommendError as error:
                run.progress(f"left out: {error}", 0, None)
                refused = error
        if refused and not found:
            raise refused
        known = {name: max(own.tried.values()) for name, own in found.items()}
        return cls.blended({name: own.model for name, own in found.items()}, held_out, run, known=known)

    @classmethod
    def blended(
        cls,
        parts: Mapping[str, Recommender],
        held_out: HeldOut,
        run: Run = PLAIN,
        *,
        known: Mapping[str, float] | None = None,
    ) -> Chosen[Self]:
        """Return the blend of parts that were fitted without what was held out, its weights learned from that.

        `known` is what the parts' choice found of each; without it they are judged here.
        """
        settings = BlendSettings(parts={name: part.settings for name, part in parts.items()})
        even = cls(next(iter(parts.values())).items, settings, parts)
        weights = learned(even.standard_scores, sampled(held_out, seed=run.seed + 1), list(parts), run)
        model = cls(even.items, replace(settings, weights=weights), parts)
        judges = sampled(held_out, seed=run.seed)
        tried = known if known is not None else {name: judged(part, judges) for name, part in parts.items()}
        tried = {**tried, cls.name: judged(model, judges)}
        return Chosen(settings=model.settings, model=model, tried=tried)

    def standard_scores(self, name: str, histories: Histories) -> Scores:
        """Return a part's scores (n, items) in standard deviations from each row's mean; zeros where all are equal."""
        part = self.parts[name]
        width = len(part.items)
        scores = part.scores(histories.keep(histories.items < width))
        scores -= scores.mean(axis=1, keepdims=True)
        deviation = scores.std(axis=1, keepdims=True)
        scores /= np.where(deviation > 0, deviation, 1.0)
        return np.pad(scores, ((0, 0), (0, len(self.items) - width))) if width < len(self.items) else scores

    def with_items(self, items: Sequence[str], words: Sequence[str]) -> Self:
        """Return the blend with new items after its own: content places them, the other parts say nothing of them."""
        content = self.parts.get(Content.name)
        if not isinstance(content, Content):
            raise UnknownItem(items[0], self.name)
        parts = {**self.parts, Content.name: content.with_items(items, words)}
        return type(self)([*self.items, *items], self.settings, parts)

    def refreshed(self, interactions: Interactions, read: Numbers, run: Run = PLAIN) -> Self:
        """Return the blend with every part refreshed and the same weights."""
        parts = {name: part.refreshed(interactions, read, run) for name, part in self.parts.items()}
        return type(self)(interactions.items, self.settings, parts)

    @classmethod
    def settings_of(cls, record: Mapping[str, Any]) -> BlendSettings:
        """Return the settings, each part's own among them."""
        from assistant.recommend.models import PARTS

        parts = {name: PARTS[name].settings_of(own) for name, own in record["parts"].items()}
        return BlendSettings(**{**record, "parts": parts})

    def scores(self, histories: Histories) -> Scores:
        """Return the weighted sum of the parts' scores."""
        total = np.zeros((len(histories), len(self.items)), np.float32)
        for name in self.parts:
            total += np.float32(self.settings.weights[name]) * self.standard_scores(name, histories)
        return total

    def recommend(
        self,
        history: Sequence[int],
        k: int = 10,
        *,
        exclude: Collection[int] = (),
        again: AbstractSet[int] = frozenset(),
    ) -> tuple[Recommendation, ...]:
        """Return `k` items, as varied and as adventurous as the settings ask."""
        row = self.unseen_row(history, exclude=exclude, again=again)
        among = best(row, max(k, CANDIDATES))
        order = self._varied(among, row[among], k)
        order = explored(order, k=k, exploration=self.settings.exploration, chance=self._chance)
        return tuple(Recommendation(item=at, id=self.items[at], score=float(row[at])) for at in order)

    def _varied(self, among: list[int], scores: npt.NDArray[np.float64], k: int) -> list[int]:
        if not self.settings.diversity or not among:
            return among
        alike = self.alike(among)
        if alike is None:
            return among
        picked = diversified(scores, alike, k=k, diversity=self.settings.diversity)
        return [among[at] for at in picked] + [item for at, item in enumerate(among) if at not in set(picked)]

    def alike(self, items: Sequence[int]) -> npt.NDArray[np.float32] | None:
        """Return the greatest likeness that any part sees."""
        seen = [near for part in self.parts.values() if (near := part.alike(items)) is not None]
        return np.maximum.reduce(seen).clip(0, 1) if seen else None

    def contributions(self, history: Sequence[int], items: Sequence[int]) -> Values:
        """Return what the whole blend loses, (len(history), m)."""
        return _summed(self.part_contributions(history, items))

    def part_contributions(self, history: Sequence[int], items: Sequence[int]) -> Mapping[str, Values]:
        """Return what each part loses, weighted, (len(history), m): together they are what the blend loses."""
        histories = left_out(history)
        return {
            name: self.settings.weights[name] * lost(self._standard(name, histories, items), len(history))
            for name in self.parts
        }

    def _standard(self, name: str, histories: Histories, items: Sequence[int]) -> Values:
        """Return what `standard_scores` says of these items, (n, m), without scoring all of them."""
        part = self.parts[name]
        width = len(part.items)
        known = [at for at, item in enumerate(items) if item < width]
        found: Values = np.zeros((len(histories), len(items)))
        standing = part.standing(histories.keep(histories.items < width), [items[at] for at in known])
        found[:, known] = standing.standard()
        return found

    def reasons(self, history: Sequence[int], items: Sequence[int]) -> tuple[Reason, ...]:
        """Name for each item what the blend would miss most, and the part that it speaks through."""
        parts = self.part_contributions(history, items)
        fallen = _summed(parts)
        found = []
        for at, item in enumerate(items):
            own = {name: part[:, at] for name, part in parts.items()}
            certain = np.where(fallen[:, at] > NOISE, fallen[:, at], 0.0)
            found.append(self._spoken(super().reason(history, item, certain), own, history, item))
        return tuple(found)

    def _spoken(self, reason: Reason, own: Mapping[str, Values], history: Sequence[int], item: int) -> Reason:
        if reason.because is None:
            return replace(reason, signal=Signal.MANY_CHOSE)
        at = int(_summed(own).argmax())
        part = self.parts[max(own, key=lambda name: own[name][at])]
        return replace(reason, signal=part.signal, people=part.people_behind(int(history[at]), item))

    def arrays(self) -> Arrays:
        """Return the parts' arrays, each name led by the part's."""
        widths = {f"{name}/width": np.array(len(part.items)) for name, part in self.parts.items()}
        return widths | {
            f"{name}/{key}": own for name, part in self.parts.items() for key, own in part.arrays().items()
        }

    @classmethod
    def restored(cls, items: Sequence[str], settings: BlendSettings, arrays: Arrays) -> Self:
        """Return the blend whose parts had these arrays."""
        from assistant.recommend.models import PARTS

        parts = {}
        for name, own in settings.parts.items():
            mine = {key.removeprefix(f"{name}/"): value for key, value in arrays.items() if key.startswith(f"{name}/")}
            parts[name] = PARTS[name].restored(items[: int(mine.pop("width"))], own, mine)
        return cls(items, settings, parts)


def _summed(parts: Mapping[str, Values]) -> Values:
    return np.add.reduce(list(parts.values()))  # type: ignore[no-any-return]
