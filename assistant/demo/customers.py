"""Invents the customers of the demo shop: two thousand people with an address, a way to pay and a few stated tastes.

All e-mail addresses are in the domains that RFC 2606 keeps for examples. Knows no orders.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random

from assistant.demo.names import Name, name, people
from assistant.demo.vocabulary import pair
from assistant.store.records import Address, Customer, PaymentMethod

COUNT = 2_000
DEMO = 12
"""The first so many may be tried by any visitor."""
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""The present day of the generated world where none is given."""
DOMAINS = ("example.com", "example.org", "example.net")
CARDS = ("Visa", "Mastercard")


@lru_cache(maxsize=2)
def customers(seed: int = 7, now: datetime = NOW) -> tuple[Customer, ...]:
    """Return all customers, the oldest account first; the same for the same seed and day."""
    chance = Random(f"{seed}:customers")
    ages = sorted((chance.randrange(40, 1400) for _ in range(COUNT)), reverse=True)
    return tuple(_customer(i + 1, now - timedelta(days=age), chance) for i, age in enumerate(ages))


def _customer(number: int, joined: datetime, chance: Random) -> Customer:
    one = name(chance, "zh" if number % 3 == 2 else "en") if number <= DEMO else name(chance)
    tastes = [pair(text) for text in chance.sample(people()["tastes"], chance.choice((1, 2, 2, 3)))]
    first, last = (one.full[1:], one.full[0]) if one.language == "zh" else tuple(one.full.split(" ", 1))
    return Customer(
        id=f"C-{number:04}",
        first_name=first,
        last_name=last,
        email=f"{_ascii(one.latin)}{number}@{chance.choice(DOMAINS)}",
        language=one.language,
        joined_at=joined.replace(minute=chance.randrange(60), second=chance.randrange(60)),
        phone=f"+1 555 01{chance.randrange(100):02}" if one.language == "en" else "",
        address=_address(one, chance),
        payment_methods=_payment_methods(number, one.language, chance),
        about={"en": ", ".join(taste.en for taste in tastes), "zh": "，".join(taste.zh for taste in tastes)},
        demo=number <= DEMO,
    )


def _address(one: Name, chance: Random) -> Address:
    city, region, pattern, country = chance.choice(people()["places"][one.language]).split(", ")
    postcode = re.sub("#", lambda _: str(chance.randrange(10)), pattern)
    street, house = chance.choice(people()["streets"][one.language]), chance.randrange(1, 240)
    return Address(
        name=one.latin, street=f"{house} {street}", city=city, region=region, postcode=postcode, country=country
    )


def _payment_methods(number: int, language: str, chance: Random) -> tuple[PaymentMethod, ...]:
    card = PaymentMethod(
        id=f"P-{number:04}-1", kind="card", label=f"{chance.choice(CARDS)} ending in {chance.randrange(10_000):04}"
    )
    others = {
        "zh": [("alipay", "Alipay"), ("wechat_pay", "WeChat Pay")],
        "en": [("paypal", "PayPal"), ("gift_card", "Gift card")],
    }[language]
    kind, label = chance.choice(others)
    second = PaymentMethod(
        id=f"P-{number:04}-2",
        kind=kind,
        label=label,
        balance_minor=chance.randrange(20, 200) * 100 if kind == "gift_card" else None,
    )
    return chance.choice(((card,), (second, card), (card, second)))


def _ascii(latin: str) -> str:
    """Write a name for an e-mail address.

    >>> _ascii("Lucía Ibáñez")
    'lucia.ibanez'
    """
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", ".", plain.lower()).strip(".")
