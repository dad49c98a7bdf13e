"""Invents the orders of the demo shop: five thousand, in every state, each with the story that led there.

What is bought follows each customer's taste; what is used up is bought again, what lasts hardly ever. Lines name real
variants at their real price, totals add up, and every date follows the one before it. What the shop's policies promise
(free delivery from 50 dollars, returns within 30 days) holds in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random

from assistant.demo.choosing import Chooser
from assistant.demo.customers import DEMO, NOW, customers
from assistant.demo.products import CURRENCY
from assistant.demo.rebuying import Households
from assistant.demo.shelf import Shown, shelves
from assistant.demo.tastes import tastes
from assistant.store.records import (
    Customer,
    Order,
    OrderLine,
    OrderStatus,
    Payment,
    PaymentMethod,
    Shipment,
    StatusChange,
)

COUNT = 5_000
FREE_DELIVERY_MINOR, DELIVERY_MINOR = 5_000, 495
CARRIERS = ("Swiftpost", "Parcel Lane", "Northline Express")

S = OrderStatus
_SENT = (S.PENDING, S.PROCESSED, S.SHIPPED, S.DELIVERED)
STORIES: dict[OrderStatus, tuple[OrderStatus, ...]] = {
    S.PENDING: _SENT[:1],
    S.PROCESSED: _SENT[:2],
    S.SHIPPED: _SENT[:3],
    S.DELIVERED: _SENT,
    S.CANCELLED: (S.PENDING, S.CANCELLED),
    S.RETURN_REQUESTED: (*_SENT, S.RETURN_REQUESTED),
    S.RETURNED: (*_SENT, S.RETURN_REQUESTED, S.RETURNED),
    S.REFUNDED: (*_SENT, S.RETURN_REQUESTED, S.RETURNED, S.REFUNDED),
    S.EXCHANGE_REQUESTED: (*_SENT, S.EXCHANGE_REQUESTED),
    S.EXCHANGED: (*_SENT, S.EXCHANGE_REQUESTED, S.EXCHANGED),
}
"""The states that an order passed through to be where it is."""

SHARES = {
    S.PENDING: (3, (0, 1)),
    S.PROCESSED: (3, (1, 2)),
    S.SHIPPED: (6, (3, 5)),
    S.DELIVERED: (66, (10, 700)),
    S.CANCELLED: (6, (2, 700)),
    S.RETURN_REQUESTED: (2, (24, 34)),
    S.RETURNED: (2, (30, 38)),
    S.REFUNDED: (7, (45, 700)),
    S.EXCHANGE_REQUESTED: (1, (24, 34)),
    S.EXCHANGED: (4, (45, 700)),
}
"""Share of all orders, and how many days ago they were placed."""

HOURS = {
    S.PROCESSED: (2, 20),
    S.SHIPPED: (4, 24),
    S.DELIVERED: (24, 96),
    S.CANCELLED: (1, 6),
    S.RETURN_REQUESTED: (24, 400),
    S.RETURNED: (72, 140),
    S.REFUNDED: (12, 110),
    S.EXCHANGE_REQUESTED: (24, 400),
    S.EXCHANGED: (96, 160),
}
"""Hours from the state before."""

GIVEN_BACK = {S.CANCELLED, S.RETURN_REQUESTED}
"""After these a household has nothing of what it ordered."""

REASONS = {
    S.CANCELLED: ("ordered by mistake", "no longer needed", "found it elsewhere"),
    S.RETURN_REQUESTED: ("does not fit", "not as expected", "changed my mind", "arrived damaged"),
    S.EXCHANGE_REQUESTED: ("another size", "another colour"),
}


@lru_cache(maxsize=2)
def orders(seed: int = 7, now: datetime = NOW) -> tuple[Order, ...]:
    """Return all orders, the oldest first; the same for the same seed and day."""
    chance = Random(f"{seed}:orders")
    people = customers(seed, now)
    choosers = {
        one: Chooser(taste, shelves(seed), now, Random(f"{seed}:lines:{one}"))
        for one, taste in tastes(seed, now).items()
    }
    households = Households(choosers, Random(f"{seed}:rebuying"))
    states = list(SHARES)
    drawn = [*states] * (DEMO // 2)
    drawn += chance.choices(states, [SHARES[state][0] for state in states], k=COUNT - len(drawn))
    planned = sorted(
        ((_placed(state, now, chance), i, state) for i, state in enumerate(drawn)), key=lambda one: one[:2]
    )
    return tuple(
        # The first orders drawn go round among the demo customers, so that each of them has several kinds to try.
        _order(
            f"R-{10_000 + n}",
            _buyer(i, at, people, households=households, chance=chance),
            state,
            at=at,
            households=households,
            chance=chance,
        )
        for n, (at, i, state) in enumerate(planned)
    )


def _placed(state: OrderStatus, now: datetime, chance: Random) -> datetime:
    soonest, latest = SHARES[state][1]
    minutes = chance.randrange(soonest * 1440 + 30, latest * 1440 + 30)
    return (now - timedelta(minutes=minutes)).replace(second=chance.randrange(60), microsecond=0)


def _buyer(drawn: int, at: datetime, people: Sequence[Customer], *, households: Households, chance: Random) -> Customer:
    """Return who orders at a time: the demo customers in turn, those who ran out of something, or anybody."""
    if drawn < len(STORIES) * (DEMO // 2):
        return people[(drawn * 5 + drawn // DEMO) % DEMO]
    out_of_something = households.next_due(at)
    if out_of_something is not None:
        return people[int(out_of_something.removeprefix("C-")) - 1]
    while True:
        one = people[int(len(people) * chance.random() ** 1.2)]
        if one.joined_at <= at:
            return one


def _order(
    number: str,
    customer: Customer,
    state: OrderStatus,
    *,
    at: datetime,
    households: Households,
    chance: Random,
) -> Order:
    count = chance.choices((1, 2, 3, 4), (52, 28, 14, 6))[0]
    wanted = households.wanted(customer.id, at, count, keeps=not set(STORIES[state]) & GIVEN_BACK)
    lines = _lines(customer.language, wanted, households.choosers[customer.id], chance)
    goods = sum(line.price_minor * line.quantity for line in lines)
    discount = goods // 10 if chance.random() < 0.08 else 0
    delivery = 0 if goods - discount >= FREE_DELIVERY_MINOR else DELIVERY_MINOR
    total = goods - discount + delivery
    history = _history(state, at, chance)
    return Order(
        number=number,
        customer_id=customer.id,
        status=state,
        placed_at=at,
        currency=CURRENCY,
        lines=lines,
        total_minor=total,
        shipping_minor=delivery,
        discount_minor=discount,
        ship_to=customer.address,
        payments=_payments(history, total, delivery, method=chance.choice(customer.payment_methods)),
        shipments=_shipments(history, lines, chance),
        history=history,
    )


def _lines(language: str, wanted: Sequence[Shown], chooser: Chooser, chance: Random) -> tuple[OrderLine, ...]:
    lines = []
    for shown in wanted:
        product, variant = shown.product, chooser.variant(shown)
        lines.append(
            OrderLine(
                product_id=product.id,
                variant_id=variant.id,
                title=product.said(language).title,
                options=variant.options,
                quantity=chance.choices((1, 2, 3), (86, 11, 3))[0],
                price_minor=variant.price_minor or 0,
            )
        )
    return tuple(lines)


def _history(state: OrderStatus, at: datetime, chance: Random) -> tuple[StatusChange, ...]:
    changes, when = [], at
    for step in STORIES[state]:
        if step in HOURS:
            low, high = HOURS[step]
            when += timedelta(minutes=chance.randrange(low * 60, high * 60))
        reason = chance.choice(REASONS[step]) if step in REASONS else ""
        changes.append(StatusChange(status=step, at=when, reason=reason))
    return tuple(changes)


def _payments(
    history: Sequence[StatusChange], total: int, delivery: int, *, method: PaymentMethod
) -> tuple[Payment, ...]:
    """Return the payment and, where the order was cancelled or sent back, the refund (the delivery fee is kept)."""
    paid = Payment(kind="payment", amount_minor=total, method_id=method.id, method_label=method.label, at=history[0].at)
    last = history[-1]
    if last.status not in (S.CANCELLED, S.REFUNDED):
        return (paid,)
    back = total if last.status is S.CANCELLED else total - delivery
    refund = Payment(kind="refund", amount_minor=back, method_id=method.id, method_label=method.label, at=last.at)
    return (paid, refund)


def _shipments(history: Sequence[StatusChange], lines: Sequence[OrderLine], chance: Random) -> tuple[Shipment, ...]:
    when = {change.status: change.at for change in history}
    if S.SHIPPED not in when:
        return ()
    carrier = chance.choice(CARRIERS)
    tracking = f"{carrier[0]}{chance.choice('ABCDEFGHJK')}{chance.randrange(10**9, 10**10)}"
    return (
        Shipment(
            carrier=carrier,
            tracking_number=tracking,
            shipped_at=when[S.SHIPPED],
            variant_ids=tuple(line.variant_id for line in lines),
            tracking_url=f"https://tracking.example.com/{tracking}",
            expected_on=(when[S.SHIPPED] + timedelta(days=4)).date().isoformat(),
            delivered_at=when.get(S.DELIVERED),
        ),
    )
