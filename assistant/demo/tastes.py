"""What the demo shop's people truly like: the model from which their orders and visits are drawn.

A taste is
    kinds     a weight for each type of product: two or three departments are favourites with two to four types each,
              which share 85 % of the interest; the rest is spread over everything
    brands    of each favourite department one brand, liked three times as much as others
    colours   two colours, which draw two and a half times as much
    level     where in a type's range of prices somebody feels at home; interest falls off as a normal curve around it
    stated    what the customer told the shop (`about`), as tastes.yaml says what it means: favoured types, words that
              draw, are needed or rule out
    drift     of every second person one favourite department gives way to another within thirty days

The shop's assistant never sees any of it; evaluations compare with it what was learned. Knows no time of day.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from assistant.demo.customers import NOW, customers
from assistant.demo.shelf import Shelves, Shown, shelves
from assistant.demo.vocabulary import read

FAVOURED, BRAND, COLOR = 0.85, 3.0, 2.5
WIDTH = 0.28
"""The width of the curve around somebody's level of price."""
WANTED, STATED = 2.0, 0.3
"""What a word that draws multiplies interest by, and the share of interest of the types that a stated taste favours."""
TRUTH = "demo.tastes.json"
"""The file under a shop's home in which the true tastes are kept."""
TOLD = 0.02
"""The smallest weight that the file tells."""
COMMON = 25
"""Products that come in a colour before somebody likes it best."""
DRIFTS, DRIFT_DAYS, WINDOW_DAYS = 0.5, 30, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """What one person likes. Weights of kinds sum to one; `kinds_later` hold once the drift is over.

    `drift_days_ago` is when the drift began, counted from the present day; `None` where taste stays as it is.
    """

    kinds: Mapping[str, float]
    kinds_later: Mapping[str, float]
    drift_days_ago: float | None
    brands: frozenset[str]
    colors: frozenset[str]
    level: float
    wants: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    needs: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def later_share(self, at: datetime, now: datetime) -> float:
        """Return how far the drift has come, from 0 to 1."""
        if self.drift_days_ago is None:
            return 0.0
        begun = now - timedelta(days=self.drift_days_ago)
        return min(max((at - begun) / timedelta(days=DRIFT_DAYS), 0.0), 1.0)

    def kinds_at(self, at: datetime, now: datetime) -> dict[str, float]:
        """Return the weight of each type of product at a time."""
        share = self.later_share(at, now)
        return {kind: (1 - share) * w + share * self.kinds_later[kind] for kind, w in self.kinds.items()}

    def interest(self, shown: Shown) -> float:
        """Return how much a product draws this person, beside its type: 1 is nothing special, 0 is never."""
        if any(word in shown.record for word in self.avoids):
            return 0.0
        needed = self.needs.get(shown.department, ())
        if any(word not in shown.record for word in needed):
            return 0.0
        drawn = math.exp(-(((shown.level - self.level) / WIDTH) ** 2) / 2)
        drawn *= BRAND if shown.brand in self.brands else 1.0
        drawn *= COLOR if shown.colors & self.colors else 1.0
        return drawn * (WANTED if any(word in shown.record for word in self.wants) else 1.0)


@lru_cache(maxsize=2)
def tastes(seed: int = 7, now: datetime = NOW) -> Mapping[str, Taste]:
    """Return the true taste of each customer, by id; the same for the same seed."""
    shop, meanings = shelves(seed), read("tastes")
    return {
        one.id: taste(Random(f"{seed}:taste:{one.id}"), shop, stated=_meant(one.about["en"], meanings))
        for one in customers(seed, now)
    }


def taste(chance: Random, shop: Shelves, *, stated: Sequence[Mapping[str, Any]] = ()) -> Taste:
    """Draw one person's taste; `stated` is what their own words mean."""
    departments = sorted(set(shop.departments.values()))
    favourites = chance.sample(departments, chance.choice((2, 2, 3)))
    other = chance.choice([one for one in departments if one not in favourites])
    later = [other, *favourites[1:]]
    never = {kind for one in stated for kind in one.get("never", ())}
    told = [kind for one in stated for kind in one.get("kinds", ())]
    drawn = {department: _favourite_kinds(department, shop, chance) for department in [*favourites, other]}
    brands = {chance.choice(sorted({b for kind in drawn[one] for b in shop.brands[kind]})) for one in drawn}
    colors = {color for one in stated for color in one.get("colors", ())} or set(chance.sample(_colors(shop), 2))
    return Taste(
        kinds=_weights(shop, [drawn[one] for one in favourites], told, never),
        kinds_later=_weights(shop, [drawn[one] for one in later], told, never),
        drift_days_ago=chance.uniform(DRIFT_DAYS + 10, WINDOW_DAYS - 10) if chance.random() < DRIFTS else None,
        brands=frozenset(brands),
        colors=frozenset(colors),
        level=next((float(one["level"]) for one in stated if "level" in one), chance.betavariate(2, 2)),
        wants=tuple(word for one in stated for word in one.get("wants", ())),
        avoids=tuple(word for one in stated for word in one.get("avoids", ())),
        needs={department: words for one in stated for department, words in one.get("needs", {}).items()},
    )


def truth(seed: int = 7, now: datetime = NOW) -> dict[str, Any]:
    """Return the true tastes as JSON keeps them, as they are on the present day, by customer.

    `categories` are weights by a type's own category in English and `departments` by its first; what holds for
    everything alike is left out.
    """
    shop = shelves(seed)
    people = {}
    for customer_id, one in tastes(seed, now).items():
        kinds = one.kinds_at(now, now)
        people[customer_id] = {
            "categories": _summed((shop.categories[kind][-1].en, weight) for kind, weight in kinds.items()),
            "departments": _summed((shop.categories[kind][0].en, weight) for kind, weight in kinds.items()),
            "brands": sorted(one.brands),
            "colors": sorted(one.colors),
            "price_level": one.level,
            "drifted": one.drift_days_ago is not None,
        }
    return {"seed": seed, "day": now.isoformat(), "people": people}


def write_truth(path: Path, *, seed: int = 7, now: datetime = NOW) -> None:
    """Write the true tastes beside a demo shop, for evaluations; nothing of the assistant reads them."""
    path.write_text(json.dumps(truth(seed, now)), encoding="utf-8")


def _meant(about: str, meanings: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [meaning for words, meaning in meanings.items() if words in about]


def _favourite_kinds(department: str, shop: Shelves, chance: Random) -> dict[str, float]:
    kinds = [kind for kind, of in shop.departments.items() if of == department]
    chosen = chance.sample(kinds, chance.choice((2, 3, 4)))
    return {kind: chance.expovariate(1) + 0.2 for kind in chosen}


def _weights(
    shop: Shelves, favourites: Sequence[Mapping[str, float]], told: Sequence[str], never: set[str]
) -> dict[str, float]:
    """Return a weight for every type: favourites, then what was stated, then a little of everything."""
    weights = dict.fromkeys(shop.by_kind, (1 - FAVOURED) / len(shop.by_kind))
    share = FAVOURED * ((1 - STATED) if told else 1.0)
    total = sum(sum(one.values()) for one in favourites)
    for one in favourites:
        for kind, weight in one.items():
            weights[kind] += share * weight / total
    for kind in told:
        weights[kind] += FAVOURED * STATED / len(told)
    kept = {kind: 0.0 if kind in never else weight for kind, weight in weights.items()}
    whole = sum(kept.values())
    return {kind: weight / whole for kind, weight in kept.items()}


def _colors(shop: Shelves) -> list[str]:
    """Return the colours that enough products come in to be told as a taste."""
    counts = Counter(color for one in shop.by_id.values() for color in one.colors)
    return sorted(color for color, count in counts.items() if count >= COMMON)


def _summed(pairs: Any) -> dict[str, float]:
    summed: dict[str, float] = {}
    for name, weight in pairs:
        summed[name] = summed.get(name, 0.0) + weight
    return {name: round(weight, 4) for name, weight in summed.items() if weight >= TOLD}
