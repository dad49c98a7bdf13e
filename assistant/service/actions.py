"""What can be done for a customer, as typed values: each action names exactly what would change.

Knows no rule, no database and no tool-calling model. Items are named by variant id, one for each unit, so that two of
the same variant are written twice.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from assistant.store.records import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrder:
    """Cancel an order that has not left, and refund what was paid."""

    order_number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAddress:
    """Send an order that has not left to another address."""

    order_number: str
    address: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItems:
    """Replace units of an order that has not left by other variants of the same products, pair by pair."""

    order_number: str
    variant_ids: tuple[str, ...]
    new_variant_ids: tuple[str, ...]
    payment_method_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePayment:
    """Pay an order that has not left by another method."""

    order_number: str
    payment_method_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnItems:
    """Send delivered units back for a refund. `reason` is a code of the shop's rules ("faulty"), or empty.

    `refund_to` is a payment method's id, or "store_credit" where the shop's rules offer it.
    """

    order_number: str
    variant_ids: tuple[str, ...]
    refund_to: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeItems:
    """Send delivered units back for other variants of the same products, pair by pair."""

    order_number: str
    variant_ids: tuple[str, ...]
    new_variant_ids: tuple[str, ...]
    payment_method_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeUserAddress:
    """Keep another default address for the customer; orders keep theirs."""

    address: Address


OrderAction = CancelOrder | ChangeAddress | ChangeItems | ChangePayment | ReturnItems | ExchangeItems
Action = OrderAction | ChangeUserAddress

KINDS: dict[str, type[Action]] = {
    "cancel": CancelOrder,
    "address": ChangeAddress,
    "items": ChangeItems,
    "payment": ChangePayment,
    "return": ReturnItems,
    "exchange": ExchangeItems,
    "user_address": ChangeUserAddress,
}
"""The short name of each action, as rules, records and pages write it."""
_NAMES = {action: name for name, action in KINDS.items()}


@dataclass(frozen=True, slots=True)
class ByEmail:
    """Identify by the e-mail address of the account."""

    email: str


@dataclass(frozen=True, slots=True)
class ByName:
    """Identify by first name, last name and postcode of the account."""

    first_name: str
    last_name: str
    postcode: str


@dataclass(frozen=True, slots=True)
class ByOrder:
    """Identify by the number of an order with the e-mail address of its customer."""

    order_number: str
    email: str


Proof = ByEmail | ByName | ByOrder


def kind(action: Action) -> str:
    """Return the short name of an action.

    >>> kind(CancelOrder(order_number="R-1", reason="ordered by mistake"))
    'cancel'
    """
    return _NAMES[type(action)]


def as_json(action: Action) -> dict[str, Any]:
    """Return an action as it is kept: its short name under `kind`, then its fields."""
    fields: dict[str, Any] = TypeAdapter(type(action)).dump_python(action, mode="json")
    return {"kind": kind(action), **fields}


def from_json(kept: dict[str, Any]) -> Action:
    """Return the action that `as_json` wrote."""
    fields = {name: value for name, value in kept.items() if name != "kind"}
    action: Action = TypeAdapter(KINDS[kept["kind"]]).validate_python(fields)
    return action


def fingerprint(action: Action) -> str:
    """Return a text that two actions share only where they are exactly the same."""
    return hashlib.sha256(json.dumps(as_json(action), sort_keys=True).encode()).hexdigest()
