"""The tools that identify, look up, calculate and call a person. None of them changes anything."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.service.actions import ByEmail, ByName, ByOrder, Proof
from assistant.service.outcomes import HandOff, Refusal, ToolReply
from assistant.service.tools import arithmetic
from assistant.service.tools.caller import Caller, OrderId, reply
from assistant.service.tools.forms import customer_form, order_form, product_form, variant_form
from index.catalogue import Catalogue

MOST_ORDERS = 1000


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


def _identified(caller: Caller, proof: Proof) -> ToolReply:
    found = caller.turn.identify(proof)
    return reply(found) if isinstance(found, Refusal) else ToolReply(found.customer.id, found)
