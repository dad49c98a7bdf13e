"""Carries out what was agreed to, inside the caller's transaction: the order, the account, the change and the record.

Takes nothing but an `Agreement`, which does not exist without an explicit yes. Only the gate imports this module. Knows
no rule: the gate has decided anew, on the same facts, before it calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

from assistant.service.actions import (
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangePayment,
    ChangeUserAddress,
    ExchangeItems,
    OrderAction,
    ReturnItems,
)
from assistant.service.gate.agreement import Agreement
from assistant.service.outcomes import Refund, Terms
from assistant.service.rules import Facts
from assistant.service.rules.facts import price_of
from assistant.store.customers import put_customers
from assistant.store.order_changes import add_change
from assistant.store.orders import put_orders
from assistant.store.records import Customer, Order, OrderChange, OrderLine, OrderStatus, Payment, StatusChange, Swap

_ORDER: TypeAdapter[Order] = TypeAdapter(Order)
_CUSTOMER: TypeAdapter[Customer] = TypeAdapter(Customer)


def carry_out(connection: Connection, agreement: Agreement, facts: Facts) -> tuple[Customer, Order | None]:
    """Do what was agreed to and return the account and the order as they are afterwards."""
    action, terms = agreement.proposal.action, agreement.proposal.terms
    if isinstance(action, ChangeUserAddress):
        customer = replace(facts.customer, address=action.address)
        put_customers(connection, [customer])
        return customer, None
    if facts.order is None:
        raise ValueError(f"the order {action.order_number!r} is not among the facts: decide before writing")
    payments = _payments(action, facts.order, terms=terms, at=agreement.at)
    order = _changed(action, facts.order, facts=facts, at=agreement.at)
    order = replace(order, payments=(*order.payments, *payments))
    customer = _balanced(facts.customer, payments)
    put_orders(connection, [order])
    add_change(connection, _change(action, facts.order, terms=terms, facts=facts, at=agreement.at))
    if customer != facts.customer:
        put_customers(connection, [customer])
    return customer, order


def differing(before: Order | Customer | None, after: Order | Customer | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields that differ, before and after, as JSON."""
    old, new = _json(before), _json(after)
    changed = [name for name in new if old.get(name) != new[name]]
    return {name: old.get(name) for name in changed}, {name: new[name] for name in changed}


def _json(record: Order | Customer | None) -> dict[str, Any]:
    if record is None:
        return {}
    adapter: TypeAdapter[Any] = _ORDER if isinstance(record, Order) else _CUSTOMER
    kept: dict[str, Any] = adapter.dump_python(record, mode="json")
    return {one.name: kept[one.name] for one in fields(record)}


def _changed(action: OrderAction, order: Order, *, facts: Facts, at: datetime) -> Order:
    match action:
        case CancelOrder():
            return _entered(order, facts, action, at=at)
        case ChangeAddress():
            return replace(order, ship_to=action.address)
        case ChangeItems():
            lines = _replaced(order, action, facts)
            more = sum(one.price_minor * one.quantity for one in lines)
            less = sum(one.price_minor * one.quantity for one in order.lines)
            return replace(order, lines=lines, total_minor=order.total_minor + more - less)
        case ChangePayment():
            return order
        case ReturnItems() | ExchangeItems():
            return _entered(order, facts, action, at=at)


def _entered(order: Order, facts: Facts, action: CancelOrder | ReturnItems | ExchangeItems, *, at: datetime) -> Order:
    status = {
        CancelOrder: OrderStatus.CANCELLED,
        ReturnItems: OrderStatus.RETURN_REQUESTED,
        ExchangeItems: OrderStatus.EXCHANGE_REQUESTED,
    }[type(action)]
    step = StatusChange(status=status, at=at, reason=action.reason)
    return replace(order, status=status, history=(*order.history, step))


def _replaced(order: Order, action: ChangeItems, facts: Facts) -> tuple[OrderLine, ...]:
    """Return the lines with each named unit replaced, where it stood; of a line of several the rest stays."""
    lines = list(order.lines)
    for old, new in zip(action.variant_ids, action.new_variant_ids, strict=True):
        at = next(place for place, line in enumerate(lines) if line.variant_id == old)
        line, variant = lines[at], facts.goods[new].variant
        bought = replace(
            line, variant_id=new, options=variant.options, price_minor=variant.price_minor or 0, quantity=1
        )
        rest = [replace(line, quantity=line.quantity - 1)] if line.quantity > 1 else []
        lines[at : at + 1] = [bought, *rest]
    return tuple(lines)


def _payments(action: OrderAction, order: Order, *, terms: Terms, at: datetime) -> tuple[Payment, ...]:
    """Return the money that moves now. What comes back by parcel is refunded when it has arrived."""
    match action:
        case CancelOrder():
            return tuple(_back(one, at) for one in terms.refunds)
        case ChangePayment():
            total = sum(one.amount_minor for one in terms.refunds)
            paid = _paid(total, action.payment_method_id, label=terms.payment_label, at=at)
            return (paid, *(_back(one, at) for one in terms.refunds))
        case ChangeItems() if terms.difference_minor:
            moved, method, label = terms.difference_minor, action.payment_method_id, terms.payment_label
            if moved > 0:
                return (_paid(moved, method, label=label, at=at),)
            return (_back(Refund(method, label, -moved), at),)
        case _:
            return ()


def _paid(amount: int, method: str, *, label: str, at: datetime) -> Payment:
    return Payment(kind="payment", amount_minor=amount, method_id=method, method_label=label, at=at)


def _back(refund: Refund, at: datetime) -> Payment:
    return Payment(
        kind="refund", amount_minor=refund.amount_minor, method_id=refund.method_id, method_label=refund.label, at=at
    )


def _balanced(customer: Customer, payments: Sequence[Payment]) -> Customer:
    """Return the account with its gift cards' balances after these payments."""
    moved: dict[str, int] = {}
    for one in payments:
        moved[one.method_id] = moved.get(one.method_id, 0) + one.amount_minor * (1 if one.kind == "refund" else -1)
    methods = tuple(
        replace(one, balance_minor=(one.balance_minor or 0) + moved[one.id])
        if one.kind == "gift_card" and moved.get(one.id)
        else one
        for one in customer.payment_methods
    )
    return replace(customer, payment_methods=methods)


def _change(action: OrderAction, order: Order, *, terms: Terms, facts: Facts, at: datetime) -> OrderChange:
    number = order.number
    match action:
        case CancelOrder():
            return OrderChange(order_number=number, kind="cancel", at=at, reason=action.reason)
        case ChangeAddress():
            return OrderChange(order_number=number, kind="address", at=at)
        case ChangePayment():
            return OrderChange(order_number=number, kind="payment", at=at, method_id=action.payment_method_id)
        case ReturnItems():
            gone = tuple(Swap(variant_id=one, price_minor=price_of(order, one)) for one in action.variant_ids)
            return OrderChange(
                order_number=number,
                kind="return",
                at=at,
                swaps=gone,
                method_id=action.refund_to,
                reason=action.reason,
            )
        case ChangeItems() | ExchangeItems():
            return OrderChange(
                order_number=number,
                kind="items" if isinstance(action, ChangeItems) else "exchange",
                at=at,
                swaps=_swaps(action, order, facts),
                method_id=action.payment_method_id,
                difference_minor=terms.difference_minor,
                reason="" if isinstance(action, ChangeItems) else action.reason,
            )


def _swaps(action: ChangeItems | ExchangeItems, order: Order, facts: Facts) -> tuple[Swap, ...]:
    return tuple(
        Swap(
            variant_id=old,
            price_minor=price_of(order, old),
            new_variant_id=new,
            new_price_minor=facts.goods[new].variant.price_minor,
        )
        for old, new in zip(action.variant_ids, action.new_variant_ids, strict=True)
    )
