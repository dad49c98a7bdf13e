"""Portrait: how well what was learned of simulated shoppers agrees with the tastes from which they were simulated.

Each shopper's latest one, two, four … visits are read as if nothing else were known. The true tastes lie in a file that
the assistant never reads.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import numpy as np
from scipy.stats import spearmanr

from assistant.demo.tastes import TRUTH
from assistant.people.portrait.shelf import Shelf
from assistant.people.portrait.tastes import observed
from assistant.shop import Shop
from assistant.store.principal import SYSTEM
from eval.harness.metrics import Metric
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Stage, Task
from eval.shops import home_settings, judged_shop

VISITS = (1, 2, 4, 8, 16)
PEOPLE = 400
FIGURES = ("category_rank", "brand_precision", "color_precision", "price_right")
LEVELS = {"low": 0.0, "high": 1.0}
Learned = Mapping[str, Any]
"""A line of a portrait: `key`, `value`, `strength`."""


class Shoppers(Stage):
    """Simulated shoppers of the demo store, drawn by a seed."""

    def __init__(self, shop: Shop, *, limit: int | None, seed: int) -> None:
        path = home_settings("demo").home / TRUTH
        truth = json.loads(path.read_text(encoding="utf-8"))
        self._shop, self._tastes = shop, truth["people"]
        self._now = datetime.fromisoformat(truth["day"])
        self._shelf = Shelf(shop.catalogue.get(shop.catalogue.ids()).values())
        self._categories = sorted({c for known in self._tastes.values() for c in known["categories"]})
        self._people = _drawn(sorted(self._tastes), limit or PEOPLE, seed)
        self.inputs = (path,)
        self.settings = {"people": len(self._people), "visits": list(VISITS)}

    @property
    def examples(self) -> Sequence[Example]:
        """A shopper each, with their true tastes and everything there is to like."""
        return [
            Example(id=who, given={"tastes": self._tastes[who], "categories": self._categories}) for who in self._people
        ]

    async def play(self, example: Example, trial: int) -> Output:
        """Return what is learned of the latest visits, by their number."""
        events = self._shop.events.of(f"customer:{example.id}", SYSTEM)
        visits = self._shop.events.visits(f"customer:{example.id}", SYSTEM)
        learned: dict[str, list[Learned]] = {}
        for count in VISITS:
            if len(visits) >= count:
                since = visits[-count].started_at
                lines = observed([event for event in events if event.at >= since], self._shelf, now=self._now)
                kept: list[Learned] = [
                    {"key": line.key, "value": line.value, "strength": line.strength} for line in lines
                ]
                learned[str(count)] = kept
        return {"learned": learned}


def agreement(example: Example, output: Output) -> Iterator[Score]:
    """Yield how each portrait compares with the true tastes; what it says nothing of has no answer."""
    for count, lines in output["learned"].items():
        yield from _compared(f"visits_{count}", lines, example.given)


def _compared(prefix: str, lines: Sequence[Learned], given: Mapping[str, Any]) -> Iterator[Score]:
    tastes = given["tastes"]
    yield _category_rank(f"{prefix}.category_rank", lines, given)
    for figure, key, true in (
        ("brand_precision", "brand", set(tastes["brands"])),
        ("color_precision", "color", set(tastes["colors"])),
    ):
        said = [str(line["value"]) for line in lines if line["key"] == key and line["strength"] > 0]
        right = sum((one.casefold() if key == "color" else one) in true for one in said)
        share = right / len(said) if said else None
        yield Score(f"{prefix}.{figure}", share, f"{right} of {len(said)} said are liked" if said else "none is said")
    price = next((line["value"] for line in lines if line["key"] == "price"), None)
    level = tastes["price_level"]
    agrees = None if price is None else float((LEVELS[price] > 0.5) == (level > 0.5))
    yield Score(f"{prefix}.price_right", agrees, f"{price or 'nothing'} is said where {level:.2f} of 1 is true")


def _category_rank(name: str, lines: Sequence[Learned], given: Mapping[str, Any]) -> Score:
    """Return the rank correlation over all kinds of things: no line counts as 0, as does a kind that nobody likes."""
    learned = {line["value"]: line["strength"] for line in lines if line["key"] == "category"}
    mine = [learned.get(kind, 0.0) for kind in given["categories"]]
    theirs = [given["tastes"]["categories"].get(kind, 0.0) for kind in given["categories"]]
    value = float(spearmanr(mine, theirs).statistic) if len(set(mine)) > 1 else 0.0
    return Score(name, value, f"{len(learned)} kinds are said of {sum(taste > 0 for taste in theirs)} liked")


def _drawn(names: Sequence[str], limit: int, seed: int) -> list[str]:
    return [names[at] for at in np.random.default_rng(seed).permutation(len(names))[:limit]]


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Open the demo store.

    Raises:
        RegularsError, IndexProblem: it cannot be opened.
    """
    with judged_shop(None) as shop:
        yield Shoppers(shop, limit=args.limit, seed=args.seed)


TASK = Task(
    name="portrait",
    promise="how well what is learned of simulated shoppers agrees with their true tastes",
    opened=opened,
    scorers=(agreement,),
    metrics=tuple(
        Metric(f"visits_{count}.{figure}", of=f"visits_{count}.{figure}") for count in VISITS for figure in FIGURES
    ),
)
