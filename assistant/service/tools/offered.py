"""The tools, each a function with a typed signature: reads answer, writes propose.

Names and arguments are those of the tau2 retail tools, so that agents written for them work unchanged. A function's
docstring is what the model is told of it. Nothing here can write: a write ends in `ServiceTurn.propose`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model
from sqlalchemy import Engine

from assistant.service.actions import (
    Action,
    ByEmail,
    ByName,
    ByOrder,
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangePayment,
    ChangeUserAddress,
    ExchangeItems,
    Proof,
    ReturnItems,
)
from assistant.service.gate.turn import ServiceTurn
from assistant.service.outcomes import HandOff, Proposal, Refusal, ToolReply
from assistant.service.rules import Broken, ShopRules
from assistant.service.saying import refusal
from assistant.service.tools import arithmetic
from assistant.service.tools.countries import country_code
from assistant.service.tools.forms import customer_form, order_form, product_form, variant_form
from assistant.store.records import Address
from index.catalogue import Catalogue

MOST_ORDERS = 1000

OrderId = Annotated[str, Field(description="The order's number exactly as it is, such as '#W0000000' with its '#'.")]
ItemIds = Annotated[
    list[str],
    Field(min_length=1, description="Item ids, not product ids; an item that is meant twice is written twice."),
]
NewItemIds = Annotated[
    list[str],
    Field(min_length=1, description="The item id of each replacement, in the order of item_ids."),
]
MethodId = Annotated[str, Field(description="The id of a payment method in the customer's own account.")]


Tool = Callable[..., ToolReply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What a tool works with: the turn of the shopper, the shop's catalogue and its rules."""

    turn: ServiceTurn
    engine: Engine
    rules: ShopRules

    def refused(self, rule: str, **values: str) -> ToolReply:
        """Return a refusal by one of the shop's rules."""
        return reply(refusal(Broken(rule, values), self.rules))


def reply(outcome: Proposal | Refusal) -> ToolReply:
    """Return what the model reads of a proposal or a refusal."""
    if isinstance(outcome, Refusal):
        return ToolReply({"error": outcome.said["en"], "rule": outcome.rule, "cites": outcome.cites}, outcome)
    waits = {"status": "waits for the customer's yes", "ask": outcome.said["en"]}
    return ToolReply(waits, outcome)


def find_user_id_by_email(caller: Caller, *, email: str) -> ToolReply:
    """Identify the customer by the e-mail address of their account, and return their user id."""
    return _identified(caller, ByEmail(email))


def find_user_id_by_name_zip(caller: Caller, *, first_name: str, last_name: str, zip: str) -> ToolReply:
    """Identify the customer by first name, last name and zip code, and return their user id."""
    return _identified(caller, ByName(first_name, last_name, zip))


def find_user_id_by_order(caller: Caller, *, order_id: OrderId, email: str) -> ToolReply:
    """Identify the customer by the number of one of their orders and its e-mail address, and return their user id."""
    return _identified(caller, ByOrder(order_id, email))


def get_user_details(caller: Caller, *, user_id: str) -> ToolReply:
    """Return the identified customer's account: name, address, payment methods and order numbers."""
    account = caller.turn.account()
    if isinstance(account, Refusal):
        return reply(account)
    if account.id != user_id:
        return caller.refused("one-customer")
    orders = caller.turn.orders(limit=MOST_ORDERS)
    numbers = [] if isinstance(orders, Refusal) else [seen.order.number for seen in reversed(orders)]
    return ToolReply(customer_form(account, numbers))


def get_order_details(caller: Caller, *, order_id: OrderId) -> ToolReply:
    """Return one of the identified customer's orders: its status, items, address, parcels and payments."""
    seen = caller.turn.order(order_id, exactly=True)
    return reply(seen) if isinstance(seen, Refusal) else ToolReply(order_form(seen.order, seen.changes))


def get_product_details(caller: Caller, *, product_id: str) -> ToolReply:
    """Return a product with all its variants, their options, prices and whether they are available."""
    product = Catalogue(caller.engine).get([product_id]).get(product_id)
    return ToolReply(product_form(product)) if product else caller.refused("no-product", product=product_id)


def get_item_details(caller: Caller, *, item_id: str) -> ToolReply:
    """Return one variant of a product: its options, price and whether it is available."""
    found = Catalogue(caller.engine).variant(item_id)
    if found is None:
        return caller.refused("no-product", product=item_id)
    return ToolReply(variant_form(found[1], found[0].currency))


def list_all_product_types(caller: Caller) -> ToolReply:
    """Return the name of every product with its product id, by name."""
    catalogue = Catalogue(caller.engine)
    named = {product.title: product.id for product in catalogue.get(catalogue.ids()).values()}
    return ToolReply(dict(sorted(named.items())))


def cancel_pending_order(
    caller: Caller,
    *,
    order_id: OrderId,
    reason: Annotated[str, Field(description="Why, such as 'no longer needed' or 'ordered by mistake'.")],
) -> ToolReply:
    """Cancel a pending order and refund it. Asks the customer first; nothing happens before their yes."""
    return _proposed(caller, CancelOrder(order_number=order_id, reason=reason))


def modify_pending_order_address(
    caller: Caller, *, order_id: OrderId, address1: str, address2: str, city: str, state: str, country: str, zip: str
) -> ToolReply:
    """Send a pending order to another address. Asks the customer first; nothing happens before their yes."""
    address = _address(caller, street=(address1, address2), place=(city, state, zip), country=country)
    if isinstance(address, ToolReply):
        return address
    return _proposed(caller, ChangeAddress(order_number=order_id, address=address))


def modify_pending_order_items(
    caller: Caller, *, order_id: OrderId, item_ids: ItemIds, new_item_ids: NewItemIds, payment_method_id: MethodId
) -> ToolReply:
    """Replace items of a pending order by other options of the same products, all at once.

    Asks the customer first; nothing happens before their yes.
    """
    action = ChangeItems(
        order_number=order_id,
        variant_ids=tuple(item_ids),
        new_variant_ids=tuple(new_item_ids),
        payment_method_id=payment_method_id,
    )
    return _proposed(caller, action)


def modify_pending_order_payment(caller: Caller, *, order_id: OrderId, payment_method_id: MethodId) -> ToolReply:
    """Pay a pending order by another method. Asks the customer first; nothing happens before their yes."""
    return _proposed(caller, ChangePayment(order_number=order_id, payment_method_id=payment_method_id))


def modify_user_address(
    caller: Caller, *, user_id: str, address1: str, address2: str, city: str, state: str, country: str, zip: str
) -> ToolReply:
    """Change the default address of the customer's account.

    Asks the customer first; nothing happens before their yes.
    """
    account = caller.turn.account()
    if isinstance(account, Refusal):
        return reply(account)
    if account.id != user_id:
        return caller.refused("one-customer")
    address = _address(caller, street=(address1, address2), place=(city, state, zip), country=country)
    return address if isinstance(address, ToolReply) else _proposed(caller, ChangeUserAddress(address=address))


def return_delivered_order_items(
    caller: Caller, *, order_id: OrderId, item_ids: ItemIds, payment_method_id: MethodId, reason: str = ""
) -> ToolReply:
    """Return items of a delivered order, refunded to a payment method.

    Asks the customer first; nothing happens before their yes.
    """
    action = ReturnItems(order_number=order_id, variant_ids=tuple(item_ids), refund_to=payment_method_id, reason=reason)
    return _proposed(caller, action)


def exchange_delivered_order_items(
    caller: Caller,
    *,
    order_id: OrderId,
    item_ids: ItemIds,
    new_item_ids: NewItemIds,
    payment_method_id: MethodId,
    reason: str = "",
) -> ToolReply:
    """Exchange items of a delivered order for other options of the same products, all at once.

    Asks the customer first; nothing happens before their yes.
    """
    action = ExchangeItems(
        order_number=order_id,
        variant_ids=tuple(item_ids),
        new_variant_ids=tuple(new_item_ids),
        payment_method_id=payment_method_id,
        reason=reason,
    )
    return _proposed(caller, action)


def calculate(
    caller: Caller, *, expression: Annotated[str, Field(description="Numbers, + - * / and brackets.")]
) -> ToolReply:
    """Calculate a sum, rounded to two decimals."""
    try:
        return ToolReply(arithmetic.calculate(expression))
    except ValueError as error:
        return caller.refused("bad-arguments", problem=str(error))


def transfer_to_human_agents(caller: Caller, *, summary: str) -> ToolReply:
    """Hand the conversation to a person, with a summary of what the customer wants and what was tried."""
    return ToolReply({"status": "a person takes over after this turn"}, HandOff(summary))


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool as a model is told of it. `parameters` is a JSON schema; `needs` names the table of the rules it needs."""

    name: str
    description: str
    parameters: dict[str, Any]

    def as_openai(self) -> dict[str, Any]:
        """Return it in the form in which OpenAI-compatible servers take tools."""
        told = {"name": self.name, "description": self.description, "parameters": self.parameters}
        return {"type": "function", "function": told}


_READS: tuple[Tool, ...] = (
    get_user_details,
    get_order_details,
    get_product_details,
    get_item_details,
    list_all_product_types,
)
_WAYS: dict[str, Tool] = {
    "email": find_user_id_by_email,
    "name": find_user_id_by_name_zip,
    "order": find_user_id_by_order,
}
_WRITES: dict[str, Tool] = {
    "cancel": cancel_pending_order,
    "address": modify_pending_order_address,
    "items": modify_pending_order_items,
    "payment": modify_pending_order_payment,
    "returns": return_delivered_order_items,
    "exchange": exchange_delivered_order_items,
    "user_address": modify_user_address,
}
_OTHERS: tuple[Tool, ...] = (calculate, transfer_to_human_agents)
TOOLS: dict[str, Tool] = {one.__name__: one for one in (*_WAYS.values(), *_READS, *_WRITES.values(), *_OTHERS)}
"""Every tool by its name. Calling one that a shop does not offer is refused by its rules."""


def offered_tools(rules: ShopRules) -> list[ToolSpec]:
    """Return the tools that a shop with these rules offers."""
    ways = [tool for way, tool in _WAYS.items() if way in rules.identify.ways]
    writes = [tool for table, tool in _WRITES.items() if getattr(rules, table)]
    return [_spec(tool) for tool in (*ways, *_READS, *writes, *_OTHERS)]


@cache
def arguments_of(name: str) -> type[BaseModel]:
    """Return the model that the arguments of a tool are checked against: all of them, of the right type, no others."""
    tool = TOOLS[name]
    hints = get_type_hints(tool, include_extras=True)
    given = [one for one in inspect.signature(tool).parameters.values() if one.kind is one.KEYWORD_ONLY]
    fields: dict[str, Any] = {
        one.name: (hints[one.name], ... if one.default is one.empty else one.default) for one in given
    }
    return create_model(name, __config__=ConfigDict(extra="forbid", strict=True), **fields)


def _spec(tool: Tool) -> ToolSpec:
    schema = arguments_of(tool.__name__).model_json_schema()
    schema.pop("title", None)
    return ToolSpec(tool.__name__, inspect.cleandoc(tool.__doc__ or ""), schema)


def _identified(caller: Caller, proof: Proof) -> ToolReply:
    found = caller.turn.identify(proof)
    return reply(found) if isinstance(found, Refusal) else ToolReply(found.customer.id, found)


def _proposed(caller: Caller, action: Action) -> ToolReply:
    return reply(caller.turn.propose(action))


def _address(
    caller: Caller, *, street: tuple[str, str], place: tuple[str, str, str], country: str
) -> Address | ToolReply:
    """Return the address in the customer's own name, or why it cannot be one."""
    account = caller.turn.account()
    if isinstance(account, Refusal):
        return reply(account)
    code, (city, region, postcode) = country_code(country), place
    missing = [name for name, text in (("address1", street[0]), ("city", city), ("zip", postcode)) if not text.strip()]
    if code is None or missing:
        wrong = f"{missing[0]} is empty" if missing else f"country {country!r} is no country"
        return caller.refused("bad-arguments", problem=wrong)
    name = f"{account.first_name} {account.last_name}".strip()
    return Address(
        name=account.address.name if account.address else name,
        street=street[0],
        extra=street[1],
        city=city,
        region=region,
        postcode=postcode,
        country=code,
    )
