"""Tries what is forbidden, and looks whether it was refused by its rule and left every row as it was."""

from __future__ import annotations

from typing import Any

from assistant.service.outcomes import Done, Identified, Proposal, Refusal, ToolReply
from eval.service.attempt import Attempt
from eval.service.state import Tables
from eval.service.world import ShopUnderTest, Visitor, rule_of


def tried(shop: ShopUnderTest, attempt: Attempt, *, world: Tables) -> dict[str, Any]:
    """Try something in a shop as it was at first: by which rule it was refused, and whether anything was changed.

    An attempt that could not be set up, since what comes before it was not done, says so and no more.
    """
    visitor = shop.visitor()
    if not _ready(visitor, attempt, world):
        return {"set_up": False}
    before = shop.digest()
    result = _try(shop, visitor, attempt)
    unchanged = shop.digest() == before
    return {
        "set_up": True,
        "refused_by": rule_of(result),
        "said": _said(result),
        "unchanged": unchanged,
        "done": not unchanged or not _refused(result),
    }


def _ready(visitor: Visitor, attempt: Attempt, world: Tables) -> bool:
    """Bring a conversation to where the attempt begins; return whether everything before it was done."""
    if attempt.customer:
        email = world["users"][attempt.customer]["email"]
        if not isinstance(visitor.call("find_user_id_by_email", {"email": email}).outcome, Identified):
            return False
    return all(isinstance(visitor.do(name, arguments), Done) for name, arguments in attempt.before)


def _try(shop: ShopUnderTest, visitor: Visitor, attempt: Attempt) -> ToolReply | Done | Refusal:
    if not attempt.words:
        return visitor.do(*attempt.call)
    reply = visitor.call(*attempt.call)
    if not isinstance(reply.outcome, Proposal):
        return reply
    shop.wait(attempt.minutes)
    outcome = visitor.say(attempt.words).outcome
    return outcome if outcome is not None else reply


def _refused(result: ToolReply | Done | Refusal) -> bool:
    return bool(rule_of(result))


def _said(result: ToolReply | Done | Refusal) -> str:
    refusal = result.outcome if isinstance(result, ToolReply) else result
    return refusal.said["en"] if isinstance(refusal, Refusal) else ""
