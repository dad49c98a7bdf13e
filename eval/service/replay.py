"""Replays the right actions of each task through the gate and compares what is left with what should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eval.service.state import Tables, as_written, differing
from eval.service.world import ShopUnderTest, Visitor, failed

Task = Mapping[str, Any]


def replays(
    shop: ShopUnderTest, tasks: list[Task], expected: Mapping[str, Any], *, world: Tables
) -> Iterator[dict[str, Any]]:
    """Yield a row for each task: did its actions fail where they must, and leave exactly the rows they must."""
    shop.reset()
    before = shop.tables()
    imported = not differing(as_written(world), before)
    for task in tasks:
        shop.reset()
        actions = (task.get("evaluation_criteria") or {}).get("actions") or []
        fails, asked = _played(shop.visitor(), actions, world)
        right = expected[task["id"]]
        wanted = [one["action"] for one in right["failed_actions"]]
        changed = differing(before, shop.tables())
        yield {
            "part": "replay",
            "task": task["id"],
            "actions": [action["name"] for action in actions],
            "failed": fails,
            "should_fail": wanted,
            "changed": {table: sorted(rows) for table, rows in changed.items()},
            "identified_first": asked,
            "right": imported and fails == wanted and changed == right["changed"],
        }


def _played(visitor: Visitor, actions: list[Mapping[str, Any]], world: Tables) -> tuple[list[str], bool]:
    """Play actions in order, with a yes to each proposal; return those that failed, and who was named beforehand.

    Tasks that leave out how the customer was identified begin with the e-mail address of whom they are about.
    """
    owner = None if any(action["name"].startswith("find_user_id") for action in actions) else _owner(actions, world)
    if owner is not None:
        visitor.call("find_user_id_by_email", {"email": world["users"][owner]["email"]})
    fails = [action["action_id"] for action in actions if failed(visitor.do(action["name"], action["arguments"]))]
    return fails, owner is not None


def _owner(actions: list[Mapping[str, Any]], world: Tables) -> str | None:
    for action in actions:
        given = action["arguments"]
        order = world["orders"].get(given.get("order_id", ""))
        if order is not None:
            return str(order["user_id"])
        if given.get("user_id") in world["users"]:
            return str(given["user_id"])
    return None
