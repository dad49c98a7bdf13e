"""Cost: what a reply takes of the language model, of time and of energy, over scripted visits to the demo store.

    python -m eval cost --limit 20          twenty visits, half of them in Chinese
    python -m eval cost --engine script     the same without a model: what the rest of the shop takes

Tokens are counted by the engine itself. Joules are of the whole machine, and there only where it tells them; what is
counted, and why not, is among the settings.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from assistant.shop import Shop
from eval.cost.energy import Energy, energy
from eval.cost.metered import Metered
from eval.cost.turns import Gauges, visit
from eval.grounding.shopper import Shopper
from eval.harness.guard import silent_or_canned
from eval.harness.metrics import Metric
from eval.harness.reducers import quantile
from eval.harness.scores import Score
from eval.harness.task import Example, Output, Task
from eval.shops import demo_products
from eval.talking import Talks, add_engine, demo_copy

VISITS = 20
FIGURES = ("calls", "tokens_in", "tokens_cached", "tokens_out", "reply_s", "model_s", "cpu_s", "energy_joules")


class Visits(Talks):
    """Visits of scripted shoppers, half in each language, on a shop whose model is metered."""

    def __init__(self, shop: Shop, engine: Metered, told: Energy, args: argparse.Namespace) -> None:
        super().__init__(shop.with_engine(engine), engine=args.engine)
        self.stand_in = "" if self.probed else args.engine
        self._gauges = Gauges(engine, told)
        self._count, self._seed = args.limit or VISITS, args.seed
        self.settings |= {
            "joules": told.told,
            "tokens": "counted by the engine" if engine.counts_tokens else "this engine does not count them",
        }

    @property
    def examples(self) -> Sequence[Example]:
        """The visits, each with a seed of its own."""
        return [
            Example(id=f"visit {n}", given={"language": ("en", "zh")[n % 2], "seed": self._seed * 1_000 + n})
            for n in range(self._count)
        ]

    async def play(self, example: Example, trial: int) -> Mapping[str, Any]:
        """Return the turns with their cost."""
        self.restore()
        language: str = example.given["language"]
        shopper = Shopper(demo_products(), language=language, seed=example.given["seed"], policies=True)
        session = f"cost {example.id} {trial}"
        return {"turns": await visit(shopper, lambda said: self.say(session, said, language=language), self._gauges)}


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Visits]:
    """Copy the demo store and put a meter around its model.

    Raises:
        RegularsError, IndexProblem: the demo store cannot be opened.
    """
    with demo_copy(engine=args.engine, seed=args.seed) as shop, energy() as told:
        yield Visits(shop, Metered(shop.engine), told, args)


def spent(_example: Example, output: Output) -> Iterator[Score]:
    """Yield what each turn cost, and whether it needed the model at all."""
    for turn in output["turns"]:
        told = f"{turn['asked']}: {turn['message']}"
        yield from (Score(name, turn["cost"][name], told) for name in FIGURES if name in turn["cost"])
        yield Score("no_model", float(not turn["cost"]["calls"]), told)


TASK = Task(
    name="cost",
    promise="what a reply costs: tokens, calls of the model, seconds, joules",
    opened=opened,
    scorers=(spent,),
    metrics=(
        *(Metric(name, of=name, better="less") for name in FIGURES),
        Metric("reply_p95_s", of="reply_s", reduce=quantile(0.95), better="less"),
        Metric("no_model_share", of="no_model", better=""),
    ),
    add_arguments=add_engine,
    guards=(silent_or_canned,),
)
