"""Decides whether an action keeps to the shop's rules: the terms on which it may be done, or the rule that it breaks.

Pure: the same facts and rules give the same decision. Knows no database, no session and no consent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.service.actions import (
    Action,
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangePayment,
    ChangeUserAddress,
    ExchangeItems,
    ReturnItems,
)
from assistant.service.outcomes import Terms
from assistant.service.rules import terms as terms_of
from assistant.service.rules.facts import Facts, delivered_on, paid, units, units_left
from assistant.service.rules.shop_rules import Back, ShopRules
from assistant.store.records import Order, OrderStatus, PaymentMethod

Value = str | int | date | OrderStatus | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that an action would break, with the values that its sentence names."""

    rule: str
    values: Mapping[str, Value] = field(default_factory=dict)


def decide(action: Action, facts: Facts, rules: ShopRules) -> Terms | Broken:
    """Return the terms on which an action may be done now, or the first rule that it breaks."""
    broken = next(_broken(action, facts, rules), None)
    return broken or terms_of.terms(action, facts, rules)


def _broken(action: Action, facts: Facts, rules: ShopRules) -> Iterator[Broken]:
    """Yield the rules that an action breaks; each check may rely on those before it."""
    if isinstance(action, ChangeUserAddress):
        if not rules.user_address:
            yield _not_offered()
        return
    if facts.order is None:
        yield Broken("own-orders", {"order": action.order_number})
        return
    match action:
        case CancelOrder():
            yield from _cancel(action, facts.order, facts=facts, rules=rules)
        case ChangeAddress():
            yield from _address(action, facts.order, facts=facts, rules=rules)
        case ChangeItems():
            yield from _items(action, facts.order, facts=facts, rules=rules)
        case ChangePayment():
            yield from _payment(action, facts.order, facts=facts, rules=rules)
        case ReturnItems():
            yield from _return(action, facts.order, facts=facts, rules=rules)
        case ExchangeItems():
            yield from _exchange(action, facts.order, facts=facts, rules=rules)


def _cancel(action: CancelOrder, order: Order, *, facts: Facts, rules: ShopRules) -> Iterator[Broken]:
    offered = rules.cancel
    if offered is None:
        yield _not_offered()
        return
    yield from _still("cancel-status", offered.statuses, order, facts=facts, rules=rules)
    if offered.reasons and action.reason not in offered.reasons:
        yield Broken("cancel-reason", {"reasons": offered.reasons})


def _address(action: ChangeAddress, order: Order, *, facts: Facts, rules: ShopRules) -> Iterator[Broken]:
    offered = rules.address
    if offered is None:
        yield _not_offered()
        return
    yield from _still("address-status", offered.statuses, order, facts=facts, rules=rules)
    country = action.address.country
    abroad = offered.same_country and order.ship_to is not None and order.ship_to.country != country
    if abroad or (offered.countries and country not in offered.countries):
        yield Broken("address-country", {"country": country})


def _items(action: ChangeItems, order: Order, *, facts: Facts, rules: ShopRules) -> Iterator[Broken]:
    offered = rules.items
    if offered is None:
        yield _not_offered()
        return
    if offered.times and facts.times("items") >= offered.times:
        yield Broken("items-changed", {"order": order.number})
    yield from _still("items-status", offered.statuses, order, facts=facts, rules=rules)
    yield from _swaps(action, order, facts=facts)


def _payment(action: ChangePayment, order: Order, *, facts: Facts, rules: ShopRules) -> Iterator[Broken]:
    offered = rules.payment
    if offered is None:
        yield _not_offered()
        return
    yield from _still("payment-status", offered.statuses, order, facts=facts, rules=rules)
    if offered.times and facts.times("payment") >= offered.times:
        yield Broken("payment-once", {"order": order.number})
    method = facts.method(action.payment_method_id)
    if method is None:
        yield _not_own(action.payment_method_id)
        return
    if method.id in paid(order):
        yield Broken("payment-other", {"method": method.label})
    yield from _balance(method, sum(paid(order).values()), order)


def _return(action: ReturnItems, order: Order, *, facts: Facts, rules: ShopRules) -> Iterator[Broken]:
    offered = rules.returns
    if offered is None:
        yield _not_offered()
        return
    # Of an order that came in as "on its way back", nobody noted which units are: none of them comes back twice.
    unnoted = order.status is not OrderStatus.DELIVERED and not facts.times("return")
    if unnoted or order.status not in offered.statuses:
        yield Broken("return-status", {"order": order.number, "status": order.status})
    yield from _own_units(action.variant_ids, order, facts=facts)
    if offered.reasons and action.reason not in offered.reasons:
        yield Broken("return-reason", {"reasons": offered.reasons})
    yield from _in_time("return-window", action, order, facts=facts, offered=offered)
    yield from _final_sale(action, offered, facts)
    yield from _refund_to(action.refund_to, order, facts=facts, offered=offered)


def _exchange(action: ExchangeItems, order: Order, *, facts: Facts, rules: ShopRules) -> Iterator[Broken]:
    offered = rules.exchange
    if offered is None:
        yield _not_offered()
        return
    if order.status not in offered.statuses:
        yield Broken("exchange-status", {"order": order.number, "status": order.status})
    exchanged = [swap.variant_id for one in facts.changes if one.kind == "exchange" for swap in one.swaps]
    replaced = action.reason in offered.window.excused and action.variant_ids == action.new_variant_ids
    if (
        offered.times_each
        and not replaced
        and any(exchanged.count(unit) >= offered.times_each for unit in action.variant_ids)
    ):
        yield Broken("exchange-once", {"order": order.number})
    if offered.reasons and action.reason not in offered.reasons:
        yield Broken("return-reason", {"reasons": offered.reasons})
    yield from _own_units(action.variant_ids, order, facts=facts)
    yield from _in_time("exchange-window", action, order, facts=facts, offered=offered)
    yield from _final_sale(action, offered, facts)
    yield from _swaps(action, order, facts=facts, same=action.reason in offered.window.excused)


def _still(
    rule: str, statuses: tuple[OrderStatus, ...], order: Order, *, facts: Facts, rules: ShopRules
) -> Iterator[Broken]:
    """An order that has gone on, or whose items were changed for good, stays as it is."""
    if order.status not in statuses:
        yield Broken(rule, {"order": order.number, "status": order.status})
    if rules.items and rules.items.last and facts.times("items"):
        yield Broken("items-changed", {"order": order.number})


def _own_units(wanted: tuple[str, ...], order: Order, *, facts: Facts) -> Iterator[Broken]:
    left, titles = units_left(order, facts.changes), {line.variant_id: line.title for line in order.lines}
    for unit in dict.fromkeys(wanted):
        if wanted.count(unit) > left[unit]:
            yield Broken("own-items", {"order": order.number, "item": titles.get(unit, unit)})
    if not wanted:
        yield Broken("own-items", {"order": order.number, "item": ""})


def _swaps(action: ChangeItems | ExchangeItems, order: Order, *, facts: Facts, same: bool = False) -> Iterator[Broken]:
    """Each unit is replaced by another option of its own product that can be had, paid by the customer's own method.

    `same` lets a unit be replaced by a new one of the same option, too.
    """
    yield from _own_units(action.variant_ids, order, facts=facts)
    if len(action.variant_ids) != len(action.new_variant_ids):
        yield Broken("items-pairs")
        return
    ordered = {line.variant_id: line for line in order.lines}
    for old, new in zip(action.variant_ids, action.new_variant_ids, strict=True):
        good = facts.goods.get(new)
        if good is None or good.product.id != ordered[old].product_id:
            yield Broken("same-product", {"item": ordered[old].title, "new": new})
            return
        if old == new and not same:
            yield Broken("other-option", {"item": ordered[old].title})
        wanted, stock = action.new_variant_ids.count(new), good.variant.stock
        if not good.variant.in_stock or good.variant.price_minor is None or (stock is not None and stock < wanted):
            options = ", ".join(good.variant.options.values())
            yield Broken("available", {"item": good.product.title, "new": options or new})
            return
    method = facts.method(action.payment_method_id)
    if method is None:
        yield _not_own(action.payment_method_id)
        return
    yield from _balance(method, terms_of.difference(action, order, facts), order)


def _balance(method: PaymentMethod, needed: int, order: Order) -> Iterator[Broken]:
    if method.kind == "gift_card" and needed > (method.balance_minor or 0):
        balance = method.balance_minor or 0
        values: dict[str, Value] = {"balance_minor": balance, "needed_minor": needed, "currency": order.currency}
        yield Broken("gift-card-balance", values)


def _in_time(
    rule: str, action: ReturnItems | ExchangeItems, order: Order, *, facts: Facts, offered: Back
) -> Iterator[Broken]:
    for unit in dict.fromkeys(action.variant_ids):
        delivered = delivered_on(order, unit, facts.zone)
        closes = offered.window.closes(delivered, action.reason) if delivered else None
        if closes is not None and facts.today > closes:
            yield Broken(rule, {"order": order.number, "closed": closes, "days": offered.window.days or 0})


def _final_sale(action: ReturnItems | ExchangeItems, offered: Back, facts: Facts) -> Iterator[Broken]:
    if action.reason in offered.window.excused:
        return
    for unit in dict.fromkeys(action.variant_ids):
        good = facts.goods.get(unit)
        if good is not None and terms_of.levels(good).intersection(offered.final_sale):
            yield Broken("final-sale", {"item": good.product.title})


def _refund_to(wanted: str, order: Order, *, facts: Facts, offered: Back) -> Iterator[Broken]:
    if wanted == "store_credit" and "store_credit" in offered.refund_to:
        return
    method = facts.method(wanted)
    if method is None:
        yield _not_own(wanted)
        return
    allowed = ("original" in offered.refund_to and method.id in paid(order)) or (
        "gift_card" in offered.refund_to and method.kind == "gift_card"
    )
    if not allowed:
        yield Broken("return-refund-to", {"method": method.label})


def _not_offered() -> Broken:
    return Broken("not-offered")


def _not_own(method_id: str) -> Broken:
    return Broken("own-payment", {"method": method_id})


__all__ = ["Broken", "Value", "decide", "units"]
