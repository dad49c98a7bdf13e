"""What the fairness task plays: a list of suggestions for each shopper, a list of search results for each wish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from eval.fairness.bands import shares
from eval.fairness.lists import Judged
from eval.fairness.reducing import gini
from eval.harness.reducers import Column
from eval.harness.scores import NoAnswer
from eval.harness.task import Example, Stage
from eval.recommendation.metrics import novelty

SUGGESTED, FOUND = "suggested", "found"


class Lists(Stage):
    """The lists of a shop."""

    def __init__(self, judged: Judged) -> None:
        self._judged = judged
        self._people = {one.id: one for one in judged.people}
        self._counts = np.asarray([judged.chosen.get(id_, 0) for id_ in judged.numbers], np.int64)
        self._bases = {
            "catalogue": shares(dict.fromkeys(judged.bands, 1.0), judged.bands),
            "bought": shares(judged.bought, judged.bands),
        }
        self.settings = {
            "products": len(judged.bands),
            "shoppers": len(judged.people),
            "shares": self._bases,
            "gini_of_bought": gini(_column(judged.bought, judged.numbers)),
        }

    @property
    def examples(self) -> Sequence[Example]:
        """The shoppers, then the wishes; a wish counts as often as it is searched for."""
        asking = [
            Example(id=f"{SUGGESTED} {one.id}", given={"kind": SUGGESTED, "person": one.id, "groups": dict(one.groups)})
            for one in self._judged.people
        ]
        searching = [
            Example(id=f"{FOUND} {text}", given={"kind": FOUND, "text": text, "searched": count})
            for text, count in self._judged.wishes
        ]
        return [*asking, *searching]

    async def play(self, example: Example, trial: int) -> Mapping[str, Any]:
        """Return the list with the bands of what is in it, and what was held out.

        Raises:
            NoAnswer: the list is empty.
        """
        given = example.given
        suggested = given["kind"] == SUGGESTED
        listed = self._judged.suggest(given["person"]) if suggested else self._judged.find(given["text"])
        shown = [id_ for id_ in listed if id_ in self._judged.bands]
        if not shown:
            raise NoAnswer("nothing that can be bought was listed")
        held = self._people[given["person"]].held_out if suggested else None
        numbers = [self._judged.numbers[id_] for id_ in shown]
        return {
            "list": [
                {"id": id_, "number": n, **self._judged.bands[id_]} for id_, n in zip(shown, numbers, strict=True)
            ],
            "products": len(self._judged.bands),
            "novelty": float(novelty(np.asarray([numbers]), self._counts)[0]),
            "shares": self._bases,
            "held_out": list(held.products) if held else [],
            "leaked": list(held.leaked) if held else [],
            "known": sorted(held.known & {*held.products}) if held else [],
        }


def _column(weights: Mapping[str, int], numbers: Mapping[str, int]) -> Column:
    """Return purchases as a column of exposure."""
    known = {numbers[id_]: weight for id_, weight in weights.items() if id_ in numbers}
    values, counts = np.asarray(list(known), np.float64), np.asarray(list(known.values()), np.float64)
    places = np.arange(len(known))
    return Column(values, counts, np.full(len(known), float(len(numbers))), places, places)
