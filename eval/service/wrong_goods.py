"""Attempts on items that cannot be replaced, returned or had."""

from __future__ import annotations

from collections.abc import Iterator

from eval.service.attempt import Attempt, Call, Rows, swap


def another_product(rows: Rows) -> Iterator[Attempt]:
    """Replace an item by something else, or by nothing that exists."""
    everything = sorted(rows.variants)
    for order in rows.orders("pending", "delivered"):
        old = rows.chance.choice(order["items"])
        new = rows.chance.choice([*rows.chance.sample(everything, 4), "0000000000"])
        if new == "0000000000" or rows.variants[new][0] != old["product_id"]:
            call = swap(order, [old["item_id"]], [new])
            yield Attempt(kind="another product", rule="same-product", call=call, customer=order["user_id"])


def not_available(rows: Rows) -> Iterator[Attempt]:
    """Replace an item by an option that cannot be had."""
    for order in rows.orders("pending", "delivered"):
        for item in order["items"]:
            for new in rows.other_options(item["item_id"], available=False)[:1]:
                call = swap(order, [item["item_id"]], [new["item_id"]])
                yield Attempt(kind="not available", rule="available", call=call, customer=order["user_id"])


def the_same_option(rows: Rows) -> Iterator[Attempt]:
    """Replace an item by itself."""
    for order in rows.orders("pending", "delivered"):
        item = rows.chance.choice(order["items"])["item_id"]
        call = swap(order, [item], [item])
        yield Attempt(kind="the same option", rule="other-option", call=call, customer=order["user_id"])


def uneven_lists(rows: Rows) -> Iterator[Attempt]:
    """Name more new items than old ones, or fewer."""
    for order in rows.orders("pending", "delivered"):
        item = order["items"][0]["item_id"]
        for one in rows.other_options(item)[:1]:
            call = swap(order, [item], [one["item_id"], one["item_id"]])
            yield Attempt(kind="uneven lists", rule="items-pairs", call=call, customer=order["user_id"])


def never_bought(rows: Rows) -> Iterator[Attempt]:
    """Return, exchange or replace what the order does not hold, or more of it than was bought."""
    everything = sorted(rows.variants)
    for order in rows.orders("pending", "delivered"):
        bought = [item["item_id"] for item in order["items"]]
        more = [bought[0]] * (bought.count(bought[0]) + 1)
        strange = [rows.chance.choice([one for one in everything if one not in bought])]
        wrong = rows.chance.choice([more, strange])
        if order["status"] == "delivered" and rows.chance.random() < 0.6:
            paid = order["payment_history"][0]["payment_method_id"]
            given = {"order_id": order["order_id"], "item_ids": wrong, "payment_method_id": paid}
            call: Call = ("return_delivered_order_items", given)
        else:
            new = [one["item_id"] for one in rows.other_options(wrong[0])[:1]] * len(wrong)
            call = swap(order, wrong, new)
        if call[1].get("new_item_ids") != []:
            yield Attempt(kind="never bought", rule="own-items", call=call, customer=order["user_id"])
