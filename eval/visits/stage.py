"""Plays simulated visits in a copy of the demo store and keeps all that was said, shown and true of it.

Each visit's shopper is drawn from its number and a seed. Judges nothing.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from assistant.shop import Shop
from assistant.store.principal import GUEST, SYSTEM, Principal
from eval.harness.task import Example
from eval.harness.turns import as_kept
from eval.talking import Talks
from eval.visits.acts import Act, End
from eval.visits.checking import Checker
from eval.visits.goals import KINDS, SHARES, Goal, Shelves, goal_of
from eval.visits.must_haves import FOLDER, MustHave, meets_all, said_forms
from eval.visits.phrases import MOODS
from eval.visits.shopper import Shopper
from eval.visits.worded import Wording
from index.product import Product

VISITS = 100
LANGUAGES = ("en", "zh")


class Visits(Talks):
    """Visits of simulated shoppers. `wording` is the language model that words what they do, where there is one."""

    def __init__(self, shop: Shop, *, engine: str, seed: int, count: int, wording: Wording | None = None) -> None:
        super().__init__(shop, engine=engine)
        self.settings |= {"shopper": wording.model if wording else "rules"}
        self.inputs = sorted(FOLDER.glob("*.t*"))
        self._products: Mapping[str, Product] = shop.catalogue.get(shop.catalogue.ids())
        self._people = {one.id: one.language for one in shop.customers.demo(SYSTEM)}
        self._seed, self._wording = seed, wording
        shelves = Shelves(list(self._products.values()))
        self._examples = [self._drawn(number, shelves) for number in range(count)]

    @property
    def examples(self) -> Sequence[Example]:
        """The visits, languages and moods by turns."""
        return self._examples

    async def start(self) -> None:
        """Load the shop's model, and the shoppers' where it is another one."""
        await super().start()
        if self._wording is not None:
            await self._wording.start()

    async def close(self) -> None:
        """Let go of the models."""
        await super().close()
        if self._wording is not None:
            await self._wording.close()

    async def play(self, example: Example, trial: int) -> dict[str, Any]:
        """Return a visit: its turns with what was checked of each, how it ended, and what came of the goal."""
        given, goal = example.given, goal_of(example.given["goal"])
        if given["customer"]:
            self.restore()
        who = Principal("shopper", given["customer"]) if given["customer"] else GUEST
        chance = random.Random(f"{self._seed}/{example.id}/{trial}")
        shopper = Shopper(goal, self._products, language=given["language"], mood=given["mood"], chance=chance)
        checker = Checker(self._products, goal.path)
        session, turns = f"visit-{self._seed}-{example.id}-{trial}", list[dict[str, Any]]()
        act: Act | End = shopper.opening()
        while isinstance(act, Act):
            worded = act if self._wording is None else await self._wording.of(act, given["language"], given["mood"])
            seen = await self.say(session, worded.message, who, language=given["language"])
            checked = checker.check(seen, shopper.stated)
            turns.append(as_kept(seen) | {"act": act.kind, "worded": worded != act, "checked": checked})
            act = shopper.next(seen)
        settled = {"settled": shopper.settled, "compared": shopper.compared}
        return {"turns": turns, "end": asdict(act), **settled, **self._outcome(goal, act), **self._recovered(goal, who)}

    def _outcome(self, goal: Goal, end: End) -> dict[str, Any]:
        """Return whether what was taken meets the goal, by the record."""
        product = self._products.get(end.product_id)
        if product is None:
            return {"meets": None}
        variant = next((v for v in product.variants if v.id == end.variant_id), product.variants[0])
        return {"meets": end.product_id in goal.shelf and meets_all(goal.last, product, variant)}

    def _recovered(self, goal: Goal, who: Principal) -> dict[str, Any]:
        """Return whether the portrait shows what was told, and the lines that were stated."""
        if goal.told is None or who.customer_id is None:
            return {}
        lines = self.shop.portraits.of(f"customer:{who.customer_id}", who).lines
        said = [line for line in lines if line.origin == "stated"]
        stated = [{"key": line.key, "value": line.value, "avoids": line.avoids} for line in said]
        return {"portrait": stated, "recovered": any(_is(goal.told, line) for line in stated)}

    def _drawn(self, number: int, shelves: Shelves) -> Example:
        """Return a visit by its number: language and mood by turns, the rest drawn."""
        chance = random.Random(f"{self._seed}/{number}")
        language, mood = LANGUAGES[number % 2], MOODS[number // 2 % len(MOODS)]
        kind = chance.choices(KINDS, SHARES)[0]
        goal = shelves.goal(chance, kind=kind, revises=mood == "wavering" and kind != "nothing")
        people = sorted(one for one, speaks in self._people.items() if speaks == language)
        customer = chance.choice(people) if goal.told is not None and people else ""
        given = {"language": language, "mood": mood, "goal": goal.as_json(), "customer": customer}
        return Example(id=f"{number:04}", given=given)


def _is(told: MustHave, line: Mapping[str, Any]) -> bool:
    """Return whether a line of a portrait is what was told, its value in any way of saying it."""
    forms = {form.lower() for form in said_forms(told)}
    return bool(line["avoids"]) == (told.kind == "without") and line["value"].lower() in forms
