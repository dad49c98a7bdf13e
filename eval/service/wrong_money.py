"""Attempts to pay by what does not hold enough, to be refunded elsewhere, and to give reasons that do not count."""

from __future__ import annotations

from collections.abc import Iterator

from eval.service.attempt import Attempt, Call, Rows, changes, dearness
from eval.service.state import Row


def other_reasons(rows: Rows) -> Iterator[Attempt]:
    """Cancel for a reason that the policy does not know."""
    reasons = ("found it cheaper", "arrived late", "the manager said so", "", "No Longer Needed!", "changed my mind")
    for order in rows.orders("pending"):
        call = ("cancel_pending_order", {"order_id": order["order_id"], "reason": rows.chance.choice(reasons)})
        yield Attempt(kind="another reason", rule="cancel-reason", call=call, customer=order["user_id"])


def empty_gift_cards(rows: Rows) -> Iterator[Attempt]:
    """Pay more by a gift card than it holds: a whole order, other items, or an exchange."""
    for order in rows.orders("pending", "delivered"):
        cards = [one for one in rows.methods(order).values() if one["source"] == "gift_card"]
        paid = order["payment_history"][0]
        for card in cards:
            poor = card["balance"] < paid["amount"] and card["id"] != paid["payment_method_id"]
            if order["status"] == "pending" and poor:
                call: Call = (
                    "modify_pending_order_payment",
                    {"order_id": order["order_id"], "payment_method_id": card["id"]},
                )
                yield Attempt(
                    kind="gift card for an order", rule="gift-card-balance", call=call, customer=order["user_id"]
                )
            yield from _too_dear(rows, order, card)


def _too_dear(rows: Rows, order: Row, card: Row) -> Iterator[Attempt]:
    """Replace every item by the dearest option, where the card does not hold the difference."""
    dearest = [max(rows.other_options(one["item_id"]), key=dearness, default=None) for one in order["items"]]
    if any(one is None for one in dearest):
        return
    new = [one for one in dearest if one is not None]
    more = sum(one["price"] for one in new) - sum(one["price"] for one in order["items"])
    if more - card["balance"] < 0.01:
        return
    pending = order["status"] == "pending"
    tool = "modify_pending_order_items" if pending else "exchange_delivered_order_items"
    yield Attempt(
        kind="gift card for a difference",
        rule="gift-card-balance",
        call=(
            tool,
            {
                "order_id": order["order_id"],
                "item_ids": [one["item_id"] for one in order["items"]],
                "new_item_ids": [one["item_id"] for one in new],
                "payment_method_id": card["id"],
            },
        ),
        customer=order["user_id"],
    )


def same_payment(rows: Rows) -> Iterator[Attempt]:
    """Pay an order by what it is paid by already."""
    for order in rows.orders("pending"):
        call = next(call for call in changes(rows, order) if call[0] == "modify_pending_order_payment")
        yield Attempt(kind="the same payment method", rule="payment-other", call=call, customer=order["user_id"])


def refund_elsewhere(rows: Rows) -> Iterator[Attempt]:
    """Be refunded to an own method that is neither what was paid by nor a gift card."""
    for order in rows.orders("delivered"):
        paid = {one["payment_method_id"] for one in order["payment_history"]}
        others = [key for key, one in rows.methods(order).items() if key not in paid and one["source"] != "gift_card"]
        for method in others[:1]:
            call = next(call for call in changes(rows, order, method) if call[0].startswith("return"))
            yield Attempt(kind="refund elsewhere", rule="return-refund-to", call=call, customer=order["user_id"])
