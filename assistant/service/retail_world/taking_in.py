"""Makes a shop's database hold the retail world: its products, customers, orders and policy."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from assistant.service.policy_text import parse_policy
from assistant.service.retail_world.reading import World
from assistant.store.customers import Customers
from assistant.store.orders import Orders
from assistant.store.policy_texts import PolicyTexts
from assistant.store.principal import SYSTEM
from index.catalogue import Catalogue

FEED = "retail-world"


def take_in(engine: Engine, world: World, *, policy: Path | None = None) -> None:
    """Write a world into a shop's database; doing it again puts every row back as the file has it.

    `policy` is its `policy.md`, whose paragraphs the rules cite. Words and vectors are brought up to date by the
    shop's own index, as after any import.
    """
    catalogue = Catalogue(engine)
    catalogue.create()
    catalogue.put(world.products, feed=FEED)
    Customers(engine).put(world.customers, SYSTEM)
    Orders(engine).put(world.orders, SYSTEM)
    if policy is not None:
        text = parse_policy(policy.read_text(encoding="utf-8"), policy=policy.stem, language="en")
        PolicyTexts(engine).replace_all(text.paragraphs, SYSTEM)
