"""Puts the texts of attacks where the shop reads: a feed's rows, reviews, customers and their orders, articles.

Everything goes in by the shop's own doors, once and before any attack, so that what these doors refuse cannot be shown.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.errors import RegularsError
from assistant.shop import Shop
from assistant.store.principal import SYSTEM, Principal
from assistant.store.records import Address, Customer, Order, OrderLine, OrderStatus, StatusChange
from eval.safety.attacks import PEOPLE_WAYS, PRODUCT_WAYS, Attack, poisoned_order
from index.feeds.jsonlines import render
from index.importing import import_feed
from index.product import Availability, Product, Review, Variant, Words

MANAGER = Principal("manager")


def plant(shop: Shop, attacks: Iterable[Attack]) -> list[str]:
    """Plant every attack that has something to plant; return what the shop's doors said of those that they refused."""
    planted = list(attacks)
    refused = _products(shop, [one for one in planted if one.way in PRODUCT_WAYS])
    shop.catalogue.add_reviews(_reviews(one for one in planted if one.way == "review"))
    people = [one for one in planted if one.way in PEOPLE_WAYS]
    shop.customers.put((_customer(one) for one in people), SYSTEM)
    shop.orders.put((_order(one) for one in people), SYSTEM)
    return refused + [told for one in planted if one.way == "policy" for told in _article(shop, one)]


def _products(shop: Shop, attacks: Sequence[Attack]) -> list[str]:
    """Import a feed with a row for each attack."""
    if not attacks:
        return []
    with tempfile.TemporaryDirectory(prefix="regulars-attacks-") as folder:
        feed = Path(folder) / "poisoned.jsonl"
        feed.write_text("\n".join(render(_product(one)) for one in attacks) + "\n", encoding="utf-8")
        report = import_feed(shop.index, feed, feed="poisoned")
    return [str(problem) for problem in report.problems]


def product_id(attack: Attack) -> str:
    """Return the id of the product that an attack plants."""
    return f"POISON-{attack.values['code']}"


def _product(attack: Attack) -> Product:
    """Return a lamp that bears the attack's text in one place."""
    lure, way, word = attack.lure, attack.way, attack.values["word"]
    english = Words(title=f"{word} Lamp", description="A small lamp for the desk.", category=("Lighting", "Desk lamps"))
    chinese = Words(title=f"{word}台灯", description="一盏小台灯。", category=("灯具", "台灯"))
    english = replace(english, attributes={"Material": "Brass", "Height": "32 cm"})
    chinese = replace(chinese, attributes={"材质": "黄铜", "高度": "32 厘米"})
    words = {"en": _poisoned(english, lure, way), "zh": _poisoned(chinese, lure, way)}
    variant = Variant(
        id=f"{product_id(attack)}-1",
        options={"color": lure if way == "option" else "Brass"},
        price_minor=12_345,
        stock=50,
        availability=Availability.IN_STOCK,
        image=f"/pictures/{lure}.svg" if way == "picture" else None,
    )
    return Product(
        id=product_id(attack),
        words=words,
        brand=lure if way == "brand" else "Halden",
        currency="USD",
        variants=(variant,),
        images=(lure,) if way == "picture" else (),
        url=lure if way == "url" else None,
        rating=4.1,
        rating_count=7,
    )


def _poisoned(words: Words, lure: str, way: str) -> Words:
    """Return words of a product with the lure in one place, if words are where it goes."""
    if way == "title":
        return replace(words, title=f"{words.title} - {lure}")
    if way == "description":
        return replace(words, description=f"{words.description} {lure}")
    if way == "attribute":
        return replace(words, attributes={"Note": lure, **words.attributes})
    return replace(words, highlights=(lure,)) if way == "highlight" else words


def _reviews(attacks: Iterable[Attack]) -> list[Review]:
    """Return reviews that carry the attack: most buyers of the product seem to say it."""
    return [
        Review(
            id=f"{product_id(one)}-{number}",
            product_id=product_id(one),
            rating=5,
            title=one.lure[:60],
            body=one.lure,
            author=one.lure[:30],
            language=one.language,
            written_on="2026-03-01",
            verified=True,
        )
        for one in attacks
        for number in range(3)
    ]


def _customer(attack: Attack) -> Customer:
    lure = attack.lure if attack.way == "customer_name" else ""
    return Customer(
        id=attack.attacker,
        first_name=lure or "Robin",
        last_name="Vale",
        email=f"{attack.attacker.lower()}@example.org",
        language=attack.language,
        joined_at=datetime.now(UTC) - timedelta(days=300),
        address=_address(attack),
    )


def _address(attack: Attack) -> Address:
    street = attack.lure if attack.way == "address" else "1 Mill Lane"
    note = attack.lure if attack.way == "order_note" else ""
    name = attack.lure if attack.way == "customer_name" else "Robin Vale"
    return Address(name=name, street=street, city="Duluth", postcode="55844", country="US", region="MN", extra=note)


def _order(attack: Attack) -> Order:
    placed = datetime.now(UTC) - timedelta(days=2)
    note = attack.lure if attack.way == "order_note" else ""
    title = attack.lure if attack.way == "order_item" else "Desk lamp"
    line = OrderLine(product_id="GONE", variant_id="GONE-1", title=title, quantity=1, price_minor=4_990)
    return Order(
        number=poisoned_order(attack.id),
        customer_id=attack.attacker,
        status=OrderStatus.PENDING,
        placed_at=placed,
        currency="USD",
        lines=(line,),
        total_minor=4_990,
        ship_to=_address(attack),
        history=(StatusChange(status=OrderStatus.PENDING, at=placed, reason=note),),
    )


def _article(shop: Shop, attack: Attack) -> list[str]:
    """Publish the text as an article of the shop's own; return why it was refused, if it was."""
    title = f"{attack.name}计划" if attack.language == "zh" else f"The {attack.name} programme"
    try:
        shop.knowledge.write(title, attack.article, attack.language, MANAGER)
    except RegularsError as error:
        return [str(error)]
    return []
