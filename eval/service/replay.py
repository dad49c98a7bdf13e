"""Replays the right actions of each task through the gate and compares what is left with what should be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.service.state import Tables, differing
from eval.service.world import ShopUnderTest, Visitor, failed, rule_of


def replayed(shop: ShopUnderTest, actions: list[Mapping[str, Any]], *, world: Tables) -> dict[str, Any]:
    """Play the right actions of a task in a shop as it was at first: which failed, and the rows that then differ."""
    fails, asked = _played(shop.visitor(), actions, world)
    return {"failed": fails, "changed": differing(shop.first_tables, shop.tables()), "asked_who": asked}


def _played(visitor: Visitor, actions: list[Mapping[str, Any]], world: Tables) -> tuple[list[str], bool]:
    """Play actions in order, with a yes to each proposal; return those that failed, and whether somebody was asked.

    Tasks that leave out how the customer was identified are asked who they are when the shop first wants to know, and
    answer with the e-mail address of whom the action is about.
    """
    fails: list[str] = []
    asked = False
    for action in actions:
        name, arguments = action["name"], action["arguments"]
        result = visitor.do(name, arguments)
        owner = _owner(arguments, world)
        if rule_of(result) == "identify-first" and owner is not None:
            asked = True
            visitor.call("find_user_id_by_email", {"email": world["users"][owner]["email"]})
            result = visitor.do(name, arguments)
        if failed(result):
            fails.append(action["action_id"])
    return fails, asked


def _owner(given: Mapping[str, Any], world: Tables) -> str | None:
    order = world["orders"].get(given.get("order_id", ""))
    owner = order["user_id"] if order else given.get("user_id")
    return str(owner) if owner in world["users"] else None
