"""What somebody did in the shop, as one plain value: a search, a look, a purchase, a word in the chat.

Times are aware and in UTC, money is in minor units. Knows no table, and no format in which events travel; those are
`assistant.behaviour`'s, which gives these names on to the other rooms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What was done. A list view is any set of products shown together, the chat's cards among them."""

    PAGE_VIEW = "page_view"
    SEARCH = "search"
    LIST_VIEW = "list_view"
    PRODUCT_CLICK = "product_click"
    PRODUCT_VIEW = "product_view"
    WISHLIST_ADD = "wishlist_add"
    CART_ADD = "cart_add"
    CART_REMOVE = "cart_remove"
    CART_VIEW = "cart_view"
    CHECKOUT_BEGIN = "checkout_begin"
    CHECKOUT_SHIPPING = "checkout_shipping"
    CHECKOUT_PAYMENT = "checkout_payment"
    PURCHASE = "purchase"
    CANCEL = "cancel"
    REFUND = "refund"
    REVIEW = "review"
    SHARE = "share"
    CHAT = "chat"
    FEEDBACK = "feedback"
    NOT_INTERESTED = "not_interested"
    IDENTIFY = "identify"
    LOGIN = "login"
    SIGN_UP = "sign_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventItem:
    """A product that an event is about. `price_minor` is of one unit as it was then; `position` counts from 0."""

    product_id: str
    variant_id: str | None = None
    quantity: int = 1
    price_minor: int | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that one person did.

    `id` is the message's own id, so that a repeat is known; `at` is when it happened, by a clock that was put right.
    At least one of `customer_id` and `anonymous_id` is set; `anonymous_id` is a browser's or a chat session's.
    `value_minor` is of the whole event, `None` where nothing was said. `query` is what was searched for or said.
    `channel` is how the person came ("email", "paid_search", "chat"), `source` who told us ("ga4", "segment", "chat").
    `duration_s` is the time spent, where it was measured. `details` keeps short further facts by name.

    `belongs_to` and `number` are the store's: in whose history the event stands, and its place in the order of arrival.
    """

    id: str
    kind: Kind
    at: datetime
    customer_id: str | None = None
    anonymous_id: str | None = None
    items: tuple[EventItem, ...] = ()
    currency: str | None = None
    value_minor: int | None = None
    order_number: str | None = None
    query: str = ""
    rating: float | None = None
    language: str = ""
    channel: str = ""
    device: str = ""
    source: str = ""
    duration_s: float | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    belongs_to: str = field(default="", compare=False)
    number: int = field(default=0, compare=False)

    @property
    def person(self) -> str:
        """Whose history it is part of: "customer:ID" or "anonymous:ID"."""
        return self.belongs_to or person(self.customer_id, self.anonymous_id)

    @property
    def product_ids(self) -> tuple[str, ...]:
        """The products it is about, each once, in order."""
        return tuple(dict.fromkeys(item.product_id for item in self.items))


def person(customer_id: str | None, anonymous_id: str | None) -> str:
    """Return the name under which a history is kept. The prefix keeps a browser's id from naming a customer.

    >>> person("C-1", "b-7"), person(None, "b-7")
    ('customer:C-1', 'anonymous:b-7')

    Raises:
        ValueError: neither is given.
    """
    if customer_id:
        return f"customer:{customer_id}"
    if anonymous_id:
        return f"anonymous:{anonymous_id}"
    raise ValueError("names neither a customer nor an anonymous visitor")
