"""What a tool works with, and how it answers a model. Nothing here can write: a write ends in `ServiceTurn.propose`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlalchemy import Engine

from assistant.service.actions import Action
from assistant.service.gate.turn import ServiceTurn
from assistant.service.outcomes import Proposal, Refusal, ToolReply
from assistant.service.rules import Broken, ShopRules
from assistant.service.saying import refusal

Tool = Callable[..., ToolReply]

OrderId = Annotated[str, Field(description="The order's number exactly as it is, such as '#W0000000' with its '#'.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What a tool works with: the turn of the shopper, the shop's catalogue and its rules."""

    turn: ServiceTurn
    engine: Engine
    rules: ShopRules

    def refused(self, rule: str, **values: str) -> ToolReply:
        """Return a refusal by one of the shop's rules."""
        return reply(refusal(Broken(rule, values), self.rules))


def reply(outcome: Proposal | Refusal) -> ToolReply:
    """Return what the model reads of a proposal or a refusal."""
    if isinstance(outcome, Refusal):
        return ToolReply({"error": outcome.said["en"], "rule": outcome.rule, "cites": outcome.cites}, outcome)
    waits = {"status": "waits for the customer's yes", "ask": outcome.said["en"]}
    return ToolReply(waits, outcome)


def proposed(caller: Caller, action: Action) -> ToolReply:
    """Put an action to the shopper and return what the model reads of that."""
    return reply(caller.turn.propose(action))
