"""Asks each wish clean and worn, in sessions of their own in a copy of the demo store, and sends what is no wish.

Judges nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.shop import Shop
from eval.harness.task import Example
from eval.harness.turns import as_kept
from eval.robustness.junk import JUNK
from eval.robustness.wearing import KINDS
from eval.robustness.wishes import Wish, as_json, wishes
from eval.talking import Talks
from eval.visits.checking import in_force
from eval.visits.goals import Shelves
from eval.visits.must_haves import FOLDER as VISITS

WISHES = 12
"""Wishes in each language."""
TOP = 5
LANGUAGES = ("en", "zh")


class Worn(Talks):
    """Wishes by the ways of wearing them, then junk. At most `limit` examples, spread over all kinds."""

    def __init__(self, shop: Shop, *, engine: str, seed: int, limit: int | None = None) -> None:
        super().__init__(shop, engine=engine)
        self.inputs = [Path(__file__).parent / "wearing.toml", *sorted(VISITS.glob("*.t*"))]
        shelves = Shelves(list(shop.catalogue.get(shop.catalogue.ids()).values()))
        self._wishes: dict[str, Wish] = {
            wish.id: wish
            for language in LANGUAGES
            for wish in wishes(shelves, language=language, count=WISHES, seed=seed)
        }
        every = [*self._worn(seed), *_junk()]
        self._examples = every if limit is None else random.Random(seed).sample(every, min(limit, len(every)))
        self._clean: dict[str, dict[str, Any]] = {}

    @property
    def examples(self) -> Sequence[Example]:
        """Every wish in every way, and the junk."""
        return self._examples

    async def play(self, example: Example, trial: int) -> dict[str, Any]:
        """Return the turn that answers the message beside the clean one's; `error` where it broke."""
        given = example.given
        wish = self._wishes.get(given.get("wish", ""))
        clean = await self._asked_clean(wish, trial) if wish else None
        message = JUNK[given["name"]] if given["kind"] == "junk" else given["message"]
        try:
            seen = await self.say(f"worn-{example.id}-{trial}", message, language=given["language"])
        except Exception as error:  # whatever it raises, the finding is that the message broke the turn
            return {"turns": [], "error": f"{type(error).__name__}: {error}", "clean": clean}
        turn = as_kept(seen) | {"message": _written(message)}
        return {"turns": [turn], "clean": clean, **(_paired(wish, clean, turn) if wish and clean else {})}

    async def _asked_clean(self, wish: Wish, trial: int) -> dict[str, Any]:
        """Return the turn that answers a wish as it was meant, asked once a trial."""
        key = f"clean-{wish.id}-{trial}"
        if key not in self._clean:
            self._clean[key] = as_kept(await self.say(key, wish.text, language=wish.language))
        return self._clean[key]

    def _worn(self, seed: int) -> Iterator[Example]:
        for wish in self._wishes.values():
            for kind, wear in KINDS[wish.language].items():
                worn = wear(wish, random.Random(f"{seed}/{wish.id}/{kind}"))
                given = {"kind": kind, "wish": wish.id, "message": worn, **as_json(wish)}
                yield Example(id=f"{wish.id}-{kind}", given=given, cluster=wish.id)


def _junk() -> Iterator[Example]:
    for language in LANGUAGES:
        for name, message in JUNK.items():
            given = {"kind": "junk", "name": name, "message": _written(message), "language": language}
            yield Example(id=f"{language}-junk-{name}", given=given)


def _written(message: str) -> str:
    """Return a message as it can be kept: halves of characters, which no file can hold, are written out."""
    return message.encode("utf-8", "backslashreplace").decode("utf-8")


def _paired(wish: Wish, clean: Mapping[str, Any], turn: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was in force of the wish in the clean turn and in the worn one, and the cards that both show."""
    held = [must for must in wish.musts if in_force(must, clean["constraints"])]
    kept = {must.key: in_force(must, turn["constraints"]) for must in held}
    things = set(clean["constraints"].get("categories", ()))
    if things:
        kept["thing"] = bool(things & set(turn["constraints"].get("categories", ())))
    first = [card["product_id"] for card in clean["cards"][:TOP]]
    also = {card["product_id"] for card in turn["cards"][:TOP]}
    return {"kept": kept, "first": first, "shared": [one for one in first if one in also]}
