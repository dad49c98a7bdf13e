"""Looks at a shop's rows from outside, in plain SQL, and writes them in the form of the retail world.

Shares no code with the shop. The program that made the world's expected rows (tau2's retail environment) has three
habits that our tables do not share and that are added here: it sums a price difference in floating point; where several
items are modified at once it writes each of them with the price and the options of the last new one; and it writes a
difference of nothing as a refund of nothing. Our own rows hold each item's own price and options.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from babel.core import get_global

Row = dict[str, Any]
Tables = dict[str, dict[str, Row]]
WATCHED = (
    "customers",
    "orders",
    "order_lines",
    "order_changes",
    "service_records",
    "catalogue_carried",
    "catalogue_variants",
    "policies",
    "policy_paragraphs",
)
"""What nothing but a write that was agreed to may change."""
_COUNTRIES = {codes[0]: long for long, codes in sorted(get_global("territory_aliases").items()) if long.isalpha()}
_SOURCES = {"card": "credit_card"}
_LATER = (
    "cancel_reason",
    "return_items",
    "return_payment_method_id",
    "exchange_items",
    "exchange_new_items",
    "exchange_payment_method_id",
    "exchange_price_difference",
)


def watch(connection: sqlite3.Connection) -> None:
    """Have the database count every write to the tables that are watched, whoever makes it."""
    connection.execute("CREATE TABLE eval_touches (count INTEGER NOT NULL)")
    connection.execute("INSERT INTO eval_touches VALUES (0)")
    for table in WATCHED:
        for write in ("INSERT", "UPDATE", "DELETE"):
            name = f"eval_{table}_{write.lower()}"
            counted = "UPDATE eval_touches SET count = count + 1"
            connection.execute(f"CREATE TRIGGER {name} AFTER {write} ON {table} BEGIN {counted}; END")
    connection.commit()


def touches(connection: sqlite3.Connection) -> int:
    """Return how often a watched table was written to."""
    return int(connection.execute("SELECT count FROM eval_touches").fetchone()[0])


def digest(connection: sqlite3.Connection) -> str:
    """Return a hash of every row of the tables that are watched."""
    hashed = hashlib.sha256()
    for table in WATCHED:
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):  # the names are those above
            hashed.update(repr(row).encode())
    return hashed.hexdigest()


def tables(connection: sqlite3.Connection) -> Tables:
    """Return users, orders and products as the world writes them; what was not done with an order is `None`."""
    numbers: dict[str, list[str]] = {}
    for number, customer in connection.execute("SELECT number, customer_id FROM orders ORDER BY placed_at, number"):
        numbers.setdefault(customer, []).append(number)
    users = {row["id"]: _user(row, numbers.get(row["id"], [])) for row in _rows(connection, "customers", "id")}
    lines: dict[str, list[Row]] = {}
    for line in _rows(connection, "order_lines", "order_number, position"):
        lines.setdefault(line["order_number"], []).append(line)
    changes: dict[str, list[Row]] = {}
    for change in _rows(connection, "order_changes", "number"):
        changes.setdefault(change["order_number"], []).append(change)
    orders = {
        row["number"]: _order(row, lines.get(row["number"], []), changes.get(row["number"], []))
        for row in _rows(connection, "orders", "number")
    }
    carried = _rows(connection, "catalogue_carried", "product_id")
    return {"users": users, "orders": orders, "products": {row["product_id"]: _product(row) for row in carried}}


def as_written(given: Tables) -> Tables:
    """Return the world's own rows with what was not done with an order as `None`, so that rows can be compared."""
    orders = {key: {**dict.fromkeys(_LATER), **row} for key, row in given["orders"].items()}
    return {**given, "orders": orders}


def differing(before: Tables, after: Tables) -> Tables:
    """Return the rows that differ, as they are afterwards, by table; a row that is gone is empty."""
    found: Tables = {}
    for table in before:
        keys = sorted(before[table].keys() | after[table].keys())
        changed = {key: after[table].get(key, {}) for key in keys if before[table].get(key) != after[table].get(key)}
        if changed:
            found[table] = changed
    return found


def _rows(connection: sqlite3.Connection, table: str, order: str) -> Iterator[Row]:
    asked = connection.execute(f"SELECT * FROM {table} ORDER BY {order}")
    names = [column[0] for column in asked.description]
    return (dict(zip(names, row, strict=True)) for row in asked)


def _user(row: Row, numbers: list[str]) -> Row:
    return {
        "user_id": row["id"],
        "name": {"first_name": row["first_name"], "last_name": row["last_name"]},
        "address": _address(row["address"]),
        "email": row["email"],
        "payment_methods": {one["id"]: _method(one) for one in json.loads(row["payment_methods"])},
        "orders": numbers,
    }


def _method(kept: Row) -> Row:
    form = {"source": _SOURCES.get(kept["kind"], kept["kind"]), "id": kept["id"]}
    if kept["kind"] == "gift_card":
        form["balance"] = kept["balance_minor"] / 100
    return form | {name: kept[name] for name in ("brand", "last_four") if kept[name]}


def _address(kept: str) -> Row:
    one = json.loads(kept)
    return {
        "address1": one["street"],
        "address2": one["extra"],
        "city": one["city"],
        "country": _COUNTRIES.get(one["country"], one["country"]),
        "state": one["region"],
        "zip": one["postcode"],
    }


def _product(row: Row) -> Row:
    record = json.loads(row["record"])
    variants = {
        one["id"]: {
            "item_id": one["id"],
            "options": one.get("options", {}),
            "available": one["availability"] == "in_stock",
            "price": one["price_minor"] / 100,
        }
        for one in record["variants"]
    }
    return {"name": record["words"]["en"]["title"], "product_id": record["id"], "variants": variants}


def _order(row: Row, lines: list[Row], changes: list[Row]) -> Row:
    done = {change["kind"]: change for change in changes}
    form = {
        "order_id": row["number"],
        "user_id": row["customer_id"],
        "address": _address(row["ship_to"]),
        "items": [_item(line) for line in lines for _ in range(line["quantity"])],
        "status": row["status"].replace("_", " "),
        "fulfillments": [_parcel(one) for one in json.loads(row["shipments"])],
        "payment_history": [_payment(one) for one in json.loads(row["payments"])],
        **_later(done),
    }
    if "items" in done and form["status"] == "pending":
        _modified(form, row, done["items"])
    return form


def _item(line: Row) -> Row:
    return {
        "name": line["title"],
        "product_id": line["product_id"],
        "item_id": line["variant_id"],
        "price": line["price_minor"] / 100,
        "options": json.loads(line["options"]),
    }


def _parcel(kept: Row) -> Row:
    return {"tracking_id": kept["tracking_number"].split(), "item_ids": kept["variant_ids"]}


def _payment(kept: Row) -> Row:
    amount = kept["amount_minor"] / 100
    return {"transaction_type": kept["kind"], "amount": amount, "payment_method_id": kept["method_id"]}


def _later(done: dict[str, Row]) -> Row:
    form: Row = dict.fromkeys(_LATER)
    if "cancel" in done:
        form["cancel_reason"] = done["cancel"]["reason"]
    if "return" in done:
        form["return_items"] = sorted(swap["variant_id"] for swap in json.loads(done["return"]["swaps"]))
        form["return_payment_method_id"] = done["return"]["method_id"]
    if "exchange" in done:
        swaps = json.loads(done["exchange"]["swaps"])
        form["exchange_items"] = sorted(swap["variant_id"] for swap in swaps)
        form["exchange_new_items"] = sorted(swap["new_variant_id"] for swap in swaps)
        form["exchange_payment_method_id"] = done["exchange"]["method_id"]
        form["exchange_price_difference"] = done["exchange"]["difference_minor"] / 100
    return form


def _modified(form: Row, row: Row, change: Row) -> None:
    """Write an order whose items were modified with the habits of the world's program."""
    swaps = json.loads(change["swaps"])
    form["status"] = "pending (item modified)"
    new = [swap["new_variant_id"] for swap in swaps]
    last = next(item for item in form["items"] if item["item_id"] == new[-1])
    same = {"price": last["price"], "options": last["options"]}
    for item in form["items"]:
        if item["item_id"] in new:
            new.remove(item["item_id"])
            item |= same
    difference = 0.0
    for swap in swaps:
        difference += swap["new_price_minor"] / 100 - swap["price_minor"] / 100
    history = form["payment_history"]
    if change["difference_minor"]:
        history = history[:-1]
    kind = "payment" if difference > 0 else "refund"
    paid = {"transaction_type": kind, "amount": abs(difference), "payment_method_id": change["method_id"]}
    form["payment_history"] = [*history, paid]
