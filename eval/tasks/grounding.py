"""Grounding: plays scripted shoppers and counts every untrue statement that reached them.

An example is a shopper's six turns: a visit, and another where it is over sooner. The checker is the evaluation's own
(`eval.grounding.claims`). With `--engine liar` the language model only lies, and what is counted is the lies that got
through.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from typing import Any

from assistant.shop import Shop
from eval.grounding.judge import Judge
from eval.grounding.liar import Liar
from eval.grounding.scoring import METRICS, answers, truth, wording
from eval.grounding.shopper import Ask, Shopper
from eval.grounding.truth import fold
from eval.harness.guard import silent_or_canned
from eval.harness.task import Example, Output, Stage, Task
from eval.seen import Seen
from eval.talking import Talks, add_engine, shop_copy

LANGUAGES = ("en", "zh")
TURNS_EACH = 6
SHOPPERS = 10_000
"""More than ever come: the seed of a shopper is `seed * SHOPPERS + number`."""


class Shoppers(Talks):
    """Scripted shoppers of the demo store, or of a shop with a folder's products; every other one is Chinese."""

    def __init__(self, shop: Shop, args: argparse.Namespace) -> None:
        super().__init__(shop, engine=args.engine)
        self._products = list(shop.catalogue.get(shop.catalogue.ids()).values())
        self._judge = Judge(shop, self._products)
        self._seed = args.seed
        self._turns = min(args.turns, args.limit or args.turns)
        self.data = args.data.name if args.data else "demo"
        self.stand_in = "" if args.engine == "default" else args.engine

    @property
    def examples(self) -> Sequence[Example]:
        """A shopper each, all with as many turns but for the last one."""
        starts = range(0, self._turns, TURNS_EACH)
        return [
            Example(
                id=f"shopper {number}",
                given={
                    "number": number,
                    "language": LANGUAGES[number % 2],
                    "turns": min(TURNS_EACH, self._turns - start),
                },
            )
            for number, start in enumerate(starts)
        ]

    async def play(self, example: Example, trial: int) -> Output:
        """Return the judged turns of a shopper, who begins another visit where one is over."""
        self.restore()
        if isinstance(self.shop.engine, Liar):
            self.shop.engine.begin(f"{example.id} {trial}")
        turns: list[dict[str, Any]] = []
        visit = 0
        while (left := example.given["turns"] - len(turns)) > 0:
            turns += await self._visit(example, f"{example.id}, trial {trial}, visit {visit}", visit, most=left)
            visit += 1
        return {"turns": turns}

    async def _visit(self, example: Example, session: str, visit: int, *, most: int) -> list[dict[str, Any]]:
        """Play a visit of a shopper to its end, or for so many turns."""
        turns: list[dict[str, Any]] = []
        said = ""
        shopper = self._shopper(example, visit)
        for ask in islice(shopper.asks(), most):
            said = f"{said} . {ask.message}"
            seen = await self._heard(ask, session)
            turns.append({**self._judge.judged(ask, seen, said=said), **self._lies(seen), "visit": visit})
            shopper.saw(seen)
        return turns

    def _shopper(self, example: Example, visit: int) -> Shopper:
        seed = self._seed * SHOPPERS + example.given["number"] + visit * SHOPPERS // 2
        has_policies = self._judge.has_policies
        return Shopper(self._products, language=example.given["language"], seed=seed, policies=has_policies)

    async def _heard(self, ask: Ask, session: str) -> Seen:
        if isinstance(self.shop.engine, Liar):
            self.shop.engine.forget()
        return await self.say(session, ask.message)

    def _lies(self, seen: Seen) -> dict[str, Any]:
        """Return the lies told in a turn, and the shown sentences that hold the false fragment of one."""
        engine = self.shop.engine
        if not isinstance(engine, Liar):
            return {}
        worded = [fold(s.text) for s in seen.sentences if s.by == "model"]
        shown = [text for text in worded if any(lie.fragment in text for lie in engine.told)]
        return {"lies_told": [asdict(lie) for lie in engine.told], "lies_shown": shown}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    add_engine(parser)
    parser.add_argument("--turns", type=int, default=300, help="how many turns to play, half in each language")


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Stage]:
    """Open a copy of the shop.

    Raises:
        RegularsError, IndexProblem: the shop cannot be opened, or the model cannot be had.
    """
    with shop_copy(args.data, engine=args.engine, seed=args.seed) as shop:
        yield Shoppers(shop, args)


TASK = Task(
    name="grounding",
    promise="whether anything untrue is shown, counted by a checker of its own",
    opened=opened,
    scorers=(truth, wording, answers),
    metrics=METRICS,
    add_arguments=add_arguments,
    guards=(silent_or_canned,),
)
