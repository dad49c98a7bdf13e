"""What a decision about an action rests on, read once: the customer, the order, what was changed in it, the goods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.store.records import Customer, Order, OrderChange, OrderStatus, PaymentMethod
from index.product import Product, Variant

CAME_BACK = ("return", "exchange")


@dataclass(frozen=True, slots=True)
class Good:
    """A variant as the shop sells it now, with its product."""

    product: Product
    variant: Variant


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known when an action is decided. `goods` are the variants that it names, by id, where they are sold.

    `order` is `None` for an action that concerns none. `zone` is the shop's time zone, in which days are counted.
    """

    customer: Customer
    now: datetime
    order: Order | None = None
    changes: tuple[OrderChange, ...] = ()
    goods: Mapping[str, Good] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    @property
    def today(self) -> date:
        """Return the shop's day."""
        return self.now.astimezone(self.zone).date()

    def method(self, method_id: str) -> PaymentMethod | None:
        """Return the customer's payment method, `None` where they have no such."""
        return next((one for one in self.customer.payment_methods if one.id == method_id), None)

    def times(self, kind: str) -> int:
        """Return how often something was already done with the order."""
        return sum(change.kind == kind for change in self.changes)


def units(order: Order) -> Counter[str]:
    """Return how many units of each variant were ordered."""
    counted: Counter[str] = Counter()
    for line in order.lines:
        counted[line.variant_id] += line.quantity
    return counted


def units_left(order: Order, changes: tuple[OrderChange, ...]) -> Counter[str]:
    """Return how many units of each variant are still with the customer: not asked to be returned or exchanged."""
    left = units(order)
    for change in changes:
        if change.kind in CAME_BACK:
            left.subtract(swap.variant_id for swap in change.swaps)
    return left


def paid(order: Order) -> dict[str, int]:
    """Return what each payment method has paid less what it got back, in minor units, where anything is left."""
    net: dict[str, int] = {}
    for payment in order.payments:
        sign = 1 if payment.kind == "payment" else -1
        net[payment.method_id] = net.get(payment.method_id, 0) + sign * payment.amount_minor
    return {method: amount for method, amount in net.items() if amount > 0}


def price_of(order: Order, variant_id: str) -> int:
    """Return what one unit of a variant cost in this order."""
    return next(line.price_minor for line in order.lines if line.variant_id == variant_id)


def delivered_on(order: Order, variant_id: str, zone: ZoneInfo) -> date | None:
    """Return the day on which a variant of the order arrived, `None` where nobody noted it."""
    parcels = [one.delivered_at for one in order.shipments if not one.variant_ids or variant_id in one.variant_ids]
    states = [change.at for change in order.history if change.status is OrderStatus.DELIVERED]
    times = [at for at in parcels if at is not None] or states
    return max(times).astimezone(zone).date() if times else None
