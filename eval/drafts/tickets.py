"""A hundred tickets of the demo store in both languages, each with what its writer wants done. Knows no drafter."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

from assistant.store.records import Customer, Order, OrderLine, OrderStatus
from index.product import Product, Variant

LANGUAGES = ("en", "zh")
WANTED: Mapping[str, tuple[str, ...]] = {
    "cancel": ("cancel",),
    "address": ("address",),
    "return": ("return",),
    "exchange": ("exchange", "items"),
    "refund": ("return",),
}
"""What the writer of a kind of ticket wants done; the other kinds want an answer."""
SHARES: Mapping[str, int] = {
    "where": 14, "cancel": 12, "address": 10, "return": 12, "exchange": 10, "refund": 8, "warranty": 8, "product": 10,
    "policy": 10, "complaint": 6,
}  # fmt: skip
"""How many of a hundred are of each kind."""
TYPOS = 0.3
"""The share of messages with a slip of the keyboard."""
S = OrderStatus
_STATES: Mapping[str, frozenset[OrderStatus]] = {
    "where": frozenset({S.PENDING, S.PROCESSED, S.SHIPPED}),
    "cancel": frozenset({S.PENDING, S.PROCESSED, S.SHIPPED}),
    "address": frozenset({S.PENDING, S.PROCESSED}),
    "complaint": frozenset({S.SHIPPED, S.DELIVERED}),
}
_RECENT = timedelta(days=200)
_LOCAL = {"US": "en", "CN": "zh"}
"""In which language addresses are written, by country."""
_ALIKE = {"的": "得", "在": "再", "做": "作", "帮": "邦", "想": "相"}
"""Characters that are typed for one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAsked:
    """A ticket: who writes what, and the action and the order that a good draft proposes (empty: none is wanted)."""

    id: str
    kind: str
    language: str
    customer_id: str
    message: str
    wanted: tuple[str, ...] = ()
    order_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What tickets are made from."""

    customers: Mapping[str, Customer]
    orders: Sequence[Order]
    products: Mapping[str, Product]


def tickets(world: World, *, count: int = 100, seed: int = 7) -> list[TicketAsked]:
    """Return so many tickets, half in each language; the same for the same seed and store."""
    chance = Random(f"{seed}:tickets")
    latest = max(order.placed_at for order in world.orders)
    recent = [order for order in world.orders if latest - order.placed_at < _RECENT]
    chance.shuffle(recent)
    kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
    kinds = [kinds[at % len(kinds)] for at in range(count)] if count > len(kinds) else chance.sample(kinds, count)
    made = []
    used: set[str] = set()
    for at, kind in enumerate(sorted(kinds, key=list(SHARES).index)):
        language = LANGUAGES[at % 2]
        order, line, option = _subject(kind, language, world, recent, used)
        used.add(order.number)
        made.append(_ticket(f"T-{at + 1:03}", kind, language, (order, line, option), chance))
    return made


def _subject(
    kind: str, language: str, world: World, orders: Sequence[Order], used: set[str]
) -> tuple[Order, OrderLine, str]:
    """Return an order that a ticket may be about, a line of it, and another option of that line's product."""
    states = _STATES.get(kind, frozenset({S.DELIVERED}))
    for order in orders:
        customer = world.customers[order.customer_id]
        if order.number in used or order.status not in states or customer.language != language:
            continue
        if kind == "address" and _country(order) not in _LOCAL:
            continue
        for line in order.lines:
            product = world.products.get(line.product_id)
            option = _other(product, line, language) if product else ""
            if product and (option or kind != "exchange"):
                return order, line, option
    raise ValueError(f"the demo store has too few orders for tickets of the kind {kind!r} in {language!r}")


def _other(product: Product, line: OrderLine, language: str) -> str:
    """Return another option of a product as people name it, empty where there is none in stock."""
    now = next((one for one in product.variants if one.id == line.variant_id), None)
    others = [one for one in product.variants if now and one.in_stock and _steps(one, now) == 1]
    if not others:
        return ""
    name, value = next((n, v) for n, v in others[0].options.items() if now and now.options.get(n) != v)
    said = product.said(language).option_values.get(value, value)
    if language == "zh":
        return said
    return f"size {said}" if name == "size" else f"the {said.lower()} one"


def _steps(one: Variant, other: Variant) -> int:
    return sum(one.options[name] != other.options.get(name) for name in one.options)


def _ticket(
    ticket_id: str, kind: str, language: str, subject: tuple[Order, OrderLine, str], chance: Random
) -> TicketAsked:
    order, line, option = subject
    form = chance.choice(_forms()[kind][language])
    address = chance.choice(_forms()["addresses"][_LOCAL.get(_country(order), "en")])
    text = form.format(number=order.number, title=_short(line.title), address=address, option=option)
    if chance.random() < TYPOS:
        text = _slip(text, form, language, chance)
    named = "{number}" in form or "{title}" in form
    return TicketAsked(
        id=ticket_id,
        kind=kind,
        language=language,
        customer_id=order.customer_id,
        message=text,
        wanted=WANTED.get(kind, ()),
        order_number=order.number if named and kind in WANTED else "",
    )


def _country(order: Order) -> str:
    return order.ship_to.country if order.ship_to else ""


def _short(title: str) -> str:
    """Return a title as a customer would write it."""
    return title.split(",")[0].strip()


def _slip(text: str, form: str, language: str, chance: Random) -> str:
    """Return a message with one slip in its own words, not in what is filled in."""
    own = [word for word in form.replace("{", " {").split() if word.isalpha() and len(word) > 5 and word in text]
    if language == "zh":
        there = [one for one in _ALIKE if one in text]
        slipped = chance.choice(there) if there else ""
        return text.replace(slipped, _ALIKE[slipped], 1) if slipped else text
    if not own:
        return text
    word = chance.choice(own)
    at = chance.randrange(1, len(word) - 2)
    return text.replace(word, word[:at] + word[at + 1] + word[at] + word[at + 2 :], 1)


def kinds() -> Iterator[str]:
    """Yield the kinds of tickets."""
    yield from SHARES


@cache
def _forms() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("tickets.toml").read_text(encoding="utf-8"))
