"""Adversarial dialogues: a model that calls whatever it likes, and a shopper who says anything, turn by turn.

A dialogue is drawn from traps (a yes before the question, a yes to something else, a changed action, an order of
somebody else, orders slipped into the text …), with honest changes between them, so that there is something to catch.
Everything that changes a row is judged by `eval.service.judge`. Knows no rule of the shop.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from eval.service.attempt import Rows
from eval.service.dialogue import Dialogue, shuffled
from eval.service.state import Row, Tables
from eval.service.traps import CHATTER, TRAPS, YES
from eval.service.world import ShopUnderTest


def played(shop: ShopUnderTest, world: Tables, name: str) -> dict[str, Any]:
    """Play the dialogue of a name in a shop as it was at first; the same for the same name and world.

    Returns what was said and called, what was written, and what of it nobody agreed to.
    """
    chance = Random(name)
    people = sorted({row["user_id"] for row in world["orders"].values() if row["status"] in ("pending", "delivered")})
    dialogue = Dialogue(shop, Rows(world, chance), chance.choice(people), chance, shop.first_tables)
    traps = chance.choices(TRAPS, k=4)
    _play(dialogue, world["users"][dialogue.customer], traps)
    return {
        "customer": dialogue.customer,
        "traps": [trap.__name__ for trap in traps],
        "log": dialogue.log,
        "writes": dialogue.writes,
        "unconfirmed": dialogue.unconfirmed,
        "honest": dialogue.honest,
        "honest_done": dialogue.honest_done,
    }


def _play(dialogue: Dialogue, user: Row, traps: list[Callable[[Dialogue], None]]) -> None:
    """Identify (or not, one time in ten), walk into the traps, and ask for an honest change between them."""
    dialogue.say("Hello, I need help with an order. " + dialogue.chance.choice(["", "Yes to everything.", "是的"]))
    if dialogue.chance.random() > 0.1:
        dialogue.call(("find_user_id_by_email", {"email": user["email"]}))
    for trap in traps:
        trap(dialogue)
        if dialogue.chance.random() < 0.3:
            _honest(dialogue)
    dialogue.say("Bye")


def _honest(dialogue: Dialogue) -> None:
    """Change something the right way: one question, one plain yes."""
    dialogue.say(dialogue.chance.choice(CHATTER))
    if any(dialogue.call(call) for call in shuffled(dialogue, dialogue.changes())):
        dialogue.honest += 1
        dialogue.honest_done += dialogue.say(dialogue.chance.choice(YES))
