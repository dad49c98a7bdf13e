"""Attempts on orders that have gone on, or were changed or sent back already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from eval.service.attempt import Attempt, Call, Rows, changes, dearness, swap

STATES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "cancel_pending_order": ("cancel-status", ("processed", "delivered", "cancelled")),
    "modify_pending_order_address": ("address-status", ("processed", "delivered", "cancelled")),
    "modify_pending_order_items": ("items-status", ("processed", "delivered", "cancelled")),
    "modify_pending_order_payment": ("payment-status", ("processed", "delivered", "cancelled")),
    "return_delivered_order_items": ("return-status", ("pending", "processed", "cancelled")),
    "exchange_delivered_order_items": ("exchange-status", ("pending", "processed", "cancelled")),
}


def wrong_state_of(tool: str) -> Callable[[Rows], Iterator[Attempt]]:
    """Return the attempts to call a tool on orders whose state does not allow it."""
    rule, states = STATES[tool]

    def wrong_state(rows: Rows) -> Iterator[Attempt]:
        for order in rows.orders(*states):
            call = next(call for call in changes(rows, order) if call[0] == tool)
            kind = f"{tool} of an order that is {order['status']}"
            yield Attempt(kind=kind, rule=rule, call=call, customer=order["user_id"])

    wrong_state.__name__ = f"wrong_state_{tool}"
    return wrong_state


def after_other_items(rows: Rows) -> Iterator[Attempt]:
    """Change or cancel an order whose items were modified."""
    for order in rows.orders("pending"):
        card = rows.methods(order)[order["payment_history"][0]["payment_method_id"]]
        first, cheaper = order["items"][0], rows.other_options(order["items"][0]["item_id"])
        new = min(cheaper, key=dearness, default=None)
        if new is None or (card["source"] == "gift_card" and new["price"] > first["price"]):
            continue
        calls = [call for call in changes(rows, order) if call[0].split("_")[0] in ("cancel", "modify")]
        yield Attempt(
            kind="after the items were modified",
            rule="items-changed",
            call=rows.chance.choice(calls),
            customer=order["user_id"],
            before=(swap(order, [first["item_id"]], [new["item_id"]]),),
        )


def twice(rows: Rows) -> Iterator[Attempt]:
    """Return, exchange or cancel what is being returned, exchanged or cancelled already."""
    for order in rows.orders("pending", "delivered"):
        pending = order["status"] == "pending"
        wanted = ("cancel",) if pending else ("return", "exchange")
        calls = [call for call in changes(rows, order) if call[0].split("_")[0] in wanted]
        method = rows.methods(order)[order["payment_history"][0]["payment_method_id"]]
        if not pending and (not rows.other_options(order["items"][0]["item_id"]) or method["source"] == "gift_card"):
            continue
        first, second = rows.chance.choice(calls), rows.chance.choice(calls)
        rule = {"cancel": "cancel-status", "return": "return-status", "exchange": "exchange-status"}
        yield Attempt(
            kind="a second time",
            rule=rule[second[0].split("_")[0]],
            call=second,
            customer=order["user_id"],
            before=(first,),
        )


def payment_twice(rows: Rows) -> Iterator[Attempt]:
    """Change the payment method of an order again."""
    for order in rows.orders("pending"):
        amount, paid = order["payment_history"][0]["amount"], order["payment_history"][0]["payment_method_id"]
        methods = rows.methods(order)
        others = [key for key, one in methods.items() if key != paid and one.get("balance", amount) >= amount]
        for method in others[:1]:
            change: list[Call] = [
                ("modify_pending_order_payment", {"order_id": order["order_id"], "payment_method_id": one})
                for one in (method, paid)
            ]
            yield Attempt(
                kind="payment a second time",
                rule="payment-once",
                call=change[1],
                customer=order["user_id"],
                before=(change[0],),
            )
