"""A scripted visit with what each of its turns costs."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import psutil

from eval.cost.energy import Energy
from eval.cost.metered import Metered, Metering
from eval.grounding.shopper import Shopper
from eval.harness.turns import as_kept
from eval.seen import Seen

Say = Callable[[str], Awaitable[Seen]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the gauges show at a moment. `joules` is `None` where the machine tells none."""

    at_s: float
    cpu_s: float
    model: Metering
    joules: float | None


@dataclass(frozen=True, slots=True)
class Gauges:
    """Everything that is read before and after a turn: the model, this process with its children, and the machine."""

    engine: Metered
    energy: Energy

    def read(self) -> Reading:
        """Return what they show now."""
        return Reading(time.perf_counter(), cpu_seconds(), self.engine.metering, self.energy.joules())


def cpu_seconds() -> float:
    """Return the processor time of this process and of those that it started and that still run."""
    own = psutil.Process()
    spent = [own.cpu_times(), *(times for child in own.children(recursive=True) if (times := _times(child)))]
    return float(sum(one.user + one.system for one in spent))


def cost(before: Reading, after: Reading) -> dict[str, float]:
    """Return what lies between two readings; what is not known is left out."""
    model = after.model.since(before.model)
    known: dict[str, float] = {
        "calls": model.calls,
        "reply_s": after.at_s - before.at_s,
        "model_s": model.waited_s,
        "cpu_s": after.cpu_s - before.cpu_s,
    }
    if model.tokens is not None:
        known |= {
            "tokens_in": model.tokens.prompt_tokens,
            "tokens_cached": model.tokens.cached_tokens,
            "tokens_out": model.tokens.new_tokens,
        }
    if before.joules is not None and after.joules is not None:
        known["energy_joules"] = after.joules - before.joules
    return {name: round(value, 4) for name, value in known.items()}


async def visit(shopper: Shopper, say: Say, gauges: Gauges) -> list[dict[str, Any]]:
    """Play a visit to its end and return its turns as kept, each with its `cost`."""
    turns = []
    for ask in shopper.asks():
        before = gauges.read()
        seen = await say(ask.message)
        spent = cost(before, gauges.read())
        shopper.saw(seen)
        turns.append(as_kept(seen) | {"asked": ask.kind, "cost": spent})
    return turns


def _times(child: psutil.Process) -> Any:
    try:
        return child.cpu_times()
    except psutil.NoSuchProcess:
        return None
