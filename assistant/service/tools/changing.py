"""The tools that change something, each of which asks the shopper first: what they return is a question."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.service.actions import (
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangePayment,
    ChangeUserAddress,
    ExchangeItems,
    ReturnItems,
)
from assistant.service.outcomes import Refusal, ToolReply
from assistant.service.tools.caller import Caller, OrderId, proposed, reply
from assistant.service.tools.countries import country_code
from assistant.store.records import Address

ItemIds = Annotated[
    list[str],
    Field(min_length=1, description="Item ids, not product ids; an item that is meant twice is written twice."),
]
NewItemIds = Annotated[
    list[str],
    Field(min_length=1, description="The item id of each replacement, in the order of item_ids."),
]
MethodId = Annotated[str, Field(description="The id of a payment method in the customer's own account.")]


def cancel_pending_order(
    caller: Caller,
    *,
    order_id: OrderId,
    reason: Annotated[str, Field(description="Why, such as 'no longer needed' or 'ordered by mistake'.")],
) -> ToolReply:
    """Cancel a pending order and refund it. Asks the customer first; nothing happens before their yes."""
    return proposed(caller, CancelOrder(order_number=order_id, reason=reason))


def modify_pending_order_address(
    caller: Caller, *, order_id: OrderId, address1: str, address2: str, city: str, state: str, country: str, zip: str
) -> ToolReply:
    """Send a pending order to another address. Asks the customer first; nothing happens before their yes."""
    address = _address(caller, street=(address1, address2), place=(city, state, zip), country=country)
    if isinstance(address, ToolReply):
        return address
    return proposed(caller, ChangeAddress(order_number=order_id, address=address))


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
    return proposed(caller, action)


def modify_pending_order_payment(caller: Caller, *, order_id: OrderId, payment_method_id: MethodId) -> ToolReply:
    """Pay a pending order by another method. Asks the customer first; nothing happens before their yes."""
    return proposed(caller, ChangePayment(order_number=order_id, payment_method_id=payment_method_id))


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
    return address if isinstance(address, ToolReply) else proposed(caller, ChangeUserAddress(address=address))


def return_delivered_order_items(
    caller: Caller, *, order_id: OrderId, item_ids: ItemIds, payment_method_id: MethodId, reason: str = ""
) -> ToolReply:
    """Return items of a delivered order, refunded to a payment method.

    Asks the customer first; nothing happens before their yes.
    """
    action = ReturnItems(order_number=order_id, variant_ids=tuple(item_ids), refund_to=payment_method_id, reason=reason)
    return proposed(caller, action)


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
    return proposed(caller, action)


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
