"""The terms of an action that keeps to the rules: what is refunded, paid, deducted and confirmed. Knows no sentence."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

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
from assistant.service.outcomes import Refund, Terms
from assistant.service.rules.facts import Facts, Good, paid, price_of, units
from assistant.service.rules.shop_rules import Back, ShopRules
from assistant.store.records import Order, OrderStatus


def terms(action: Action, facts: Facts, rules: ShopRules) -> Terms:
    """Return the terms of an action that breaks no rule."""
    if isinstance(action, ChangeUserAddress) or facts.order is None:
        return Terms()
    order = facts.order
    match action:
        case CancelOrder():
            return Terms(status_after=OrderStatus.CANCELLED, currency=order.currency, refunds=_all_back(order, facts))
        case ChangeAddress():
            return Terms(status_after=order.status, currency=order.currency)
        case ChangePayment():
            return Terms(
                status_after=order.status,
                currency=order.currency,
                payment_label=_label(action.payment_method_id, facts),
                refunds=_all_back(order, facts),
            )
        case ChangeItems():
            return _swapped(action, order, facts=facts, status=order.status)
        case ExchangeItems():
            status, offered = OrderStatus.EXCHANGE_REQUESTED, rules.exchange
            return _swapped(action, order, facts=facts, status=status, conditions=_conditions(action, offered, facts))
        case ReturnItems():
            return _returned(action, order, facts=facts, offered=rules.returns)


def difference(action: ChangeItems | ExchangeItems, order: Order, facts: Facts) -> int:
    """Return what the new items cost more than the old ones did, in minor units; negative where they cost less.

    A unit that is replaced by a new one of the same option costs nothing, whatever its price is now.
    """
    pairs = zip(action.variant_ids, action.new_variant_ids, strict=True)
    return sum((facts.goods[new].variant.price_minor or 0) - price_of(order, old) for old, new in pairs if old != new)


def levels(good: Good) -> frozenset[str]:
    """Return every level of a good's category, in the feed's own language."""
    return frozenset(good.product.words[good.product.language].category)


def _all_back(order: Order, facts: Facts) -> tuple[Refund, ...]:
    return tuple(Refund(method, _label(method, facts, order), amount) for method, amount in paid(order).items())


def _swapped(
    action: ChangeItems | ExchangeItems,
    order: Order,
    *,
    facts: Facts,
    status: OrderStatus,
    conditions: tuple[str, ...] = (),
) -> Terms:
    return Terms(
        status_after=status,
        currency=order.currency,
        difference_minor=difference(action, order, facts),
        payment_label=_label(action.payment_method_id, facts),
        conditions=conditions,
    )


def _returned(action: ReturnItems, order: Order, *, facts: Facts, offered: Back | None) -> Terms:
    goods = sum(line.price_minor * line.quantity for line in order.lines)
    # A discount on the whole order lowers what each unit cost.
    share = Fraction(goods - order.discount_minor, goods) if goods else Fraction(1)
    worth = round(sum(price_of(order, unit) for unit in action.variant_ids) * share)
    fee = min(_fee(action, offered, facts), worth)
    delivery = _delivery_back(action, order, offered)
    refund = Refund(action.refund_to, _label(action.refund_to, facts, order), worth - fee + delivery)
    return Terms(
        status_after=OrderStatus.RETURN_REQUESTED,
        currency=order.currency,
        refunds=(refund,),
        fee_minor=fee,
        delivery_minor=delivery,
        conditions=_conditions(action, offered, facts),
    )


def _fee(action: ReturnItems, offered: Back | None, facts: Facts) -> int:
    if offered is None or action.reason in offered.window.excused:
        return 0
    method = facts.method(action.refund_to)
    way = action.refund_to if method is None else method.kind
    return 0 if way in offered.fee_free_to else offered.fee_minor


def _delivery_back(action: ReturnItems, order: Order, offered: Back | None) -> int:
    """Return what of the delivery fee comes back: all of it where the whole order comes back for an excused reason."""
    if offered is None or not offered.delivery_back or action.reason not in offered.window.excused:
        return 0
    return order.shipping_minor if Counter(action.variant_ids) == units(order) else 0


def _conditions(action: ReturnItems | ExchangeItems, offered: Back | None, facts: Facts) -> tuple[str, ...]:
    if offered is None or action.reason in offered.window.excused:
        return ()
    sold = [facts.goods[unit] for unit in action.variant_ids if unit in facts.goods]
    sealed = any(levels(good).intersection(offered.sealed) for good in sold)
    return (*offered.conditions, *(("sealed",) if sealed else ()))


def _label(method_id: str, facts: Facts, order: Order | None = None) -> str:
    method = facts.method(method_id)
    if method is not None:
        return method.label
    paid_by = order.payments if order else ()
    return next((one.method_label for one in paid_by if one.method_id == method_id), method_id)
