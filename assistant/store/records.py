"""What a shop knows of its people: customers, orders, carts, conversations and feedback, as plain values.

Times are aware and in UTC, money is in minor units beside an ISO 4217 code. Knows no table and no rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where parcels go. `country` is an ISO 3166 two-letter code; `region` is a state or a province, or empty."""

    name: str
    street: str
    city: str
    postcode: str
    country: str
    region: str = ""
    extra: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMethod:
    """A way to pay that a customer has on file. `kind` is "card", "paypal", "gift_card", "alipay", "wechat_pay" …

    `label` is as shown ("Visa ending in 4242"); no full number is ever kept. `balance_minor` is of gift cards alone,
    `brand` and `last_four` are of cards alone and empty where the shop's export does not say them.
    """

    id: str
    kind: str
    label: str
    balance_minor: int | None = None
    brand: str = ""
    last_four: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One account. `language` is "en" or "zh"; `about` says in one line what sets a demo customer apart, by language.

    `demo` marks accounts that anybody may try where the demo sign-in is on.
    """

    id: str
    first_name: str
    last_name: str
    email: str
    language: str
    joined_at: datetime
    phone: str = ""
    address: Address | None = None
    payment_methods: tuple[PaymentMethod, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    demo: bool = False

    @property
    def name(self) -> str:
        """The whole name, in the order in which it is written: the family's first in Chinese characters."""
        if any("\u3400" <= character <= "\u9fff" for character in self.last_name):
            return f"{self.last_name}{self.first_name}"
        return f"{self.first_name} {self.last_name}".strip()


class OrderStatus(StrEnum):
    """Where an order is. `PENDING` can still be changed; `PROCESSED` is being packed; then it travels."""

    PENDING = "pending"
    PROCESSED = "processed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURN_REQUESTED = "return_requested"
    RETURNED = "returned"
    REFUNDED = "refunded"
    EXCHANGE_REQUESTED = "exchange_requested"
    EXCHANGED = "exchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """A line of an order as it was bought: `title`, `options` and `price_minor` (of one unit) stay as then."""

    product_id: str
    variant_id: str
    title: str
    options: Mapping[str, str] = field(default_factory=dict)
    quantity: int = 1
    price_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that moved: `kind` is "payment" or "refund", `amount_minor` is never negative.

    `method_id` names one of the customer's payment methods; `method_label` is how it is shown.
    """

    kind: Literal["payment", "refund"]
    amount_minor: int
    method_id: str
    method_label: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """A parcel on its way. `expected_on` is an ISO date, `None` where the carrier does not say."""

    carrier: str
    tracking_number: str
    shipped_at: datetime
    variant_ids: tuple[str, ...] = ()
    tracking_url: str = ""
    expected_on: str | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """When an order entered a state, and why where a reason was given."""

    status: OrderStatus
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order of one customer. `number` is what the shopper sees and types ("R-10423").

    `total_minor` is what was asked: the lines, plus `shipping_minor`, plus `tax_minor`, less `discount_minor`.
    `history` holds every state in order, the present one last.
    """

    number: str
    customer_id: str
    status: OrderStatus
    placed_at: datetime
    currency: str
    lines: tuple[OrderLine, ...]
    total_minor: int
    shipping_minor: int = 0
    tax_minor: int = 0
    discount_minor: int = 0
    ship_to: Address | None = None
    payments: tuple[Payment, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    history: tuple[StatusChange, ...] = ()

    @property
    def updated_at(self) -> datetime:
        """When the order entered its present state."""
        return self.history[-1].at if self.history else self.placed_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """One unit of an order that was changed or sent back. The `new_…` fields are `None` where nothing replaces it."""

    variant_id: str
    price_minor: int
    new_variant_id: str | None = None
    new_price_minor: int | None = None


ChangeKind = Literal["cancel", "address", "items", "payment", "return", "exchange"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChange:
    """Something that was asked of an order after it was placed, and done.

    `swaps` are the units concerned. `method_id` is the payment method that was named; `difference_minor` what the
    customer pays more for other items (negative: gets back), `None` where items stay.
    """

    order_number: str
    kind: ChangeKind
    at: datetime
    swaps: tuple[Swap, ...] = ()
    method_id: str = ""
    difference_minor: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRecord:
    """One action that was carried out for a customer: who asked, what, before and after, and the words of the yes.

    `number` is 0 until it is kept. `asked` is the sentence that was said yes to, by language.
    """

    session_id: str
    customer_id: str
    actor: str
    tool: str
    arguments: Mapping[str, Any]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    asked: Mapping[str, str]
    consent: str
    at: datetime
    order_number: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CartItem:
    """A variant and how many of it are wanted; prices are looked up when the cart is shown.

    `titles` are the product's by language as they were when it was added, for when the shop no longer sells it.
    """

    variant_id: str
    product_id: str
    quantity: int
    added_at: datetime
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuantityChange:
    """How many of a variant a cart held before a change, and after."""

    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationState:
    """What a conversation remembers between turns. `data` is JSON and belongs to the conversation's own code.

    `version` grows by one with each save, so that of two tabs saving at once the later one finds out.
    `customer_id` is set from sign-in on.
    """

    session_id: str
    customer_id: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRecord:
    """One turn: what was asked, the parts that were shown (each in its JSON form), and the trace."""

    id: str
    session_id: str
    message: str
    language: str
    parts: tuple[Mapping[str, Any], ...]
    trace: Mapping[str, Any] = field(default_factory=dict)
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyParagraph:
    """A paragraph of a policy that can be quoted. `id` reads like "returns#refund-time".

    `version` is the start of the SHA-256 of the policy's whole text, so that a citation can be traced later; `number`
    is the same as people count, given when it is kept. `kind` is "policy" or "article".
    """

    id: str
    policy: str
    language: str
    version: str
    title: str
    heading: str
    text: str
    number: int = 1
    kind: str = "policy"


Thumb = Literal["up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a shopper thought of one turn. `reason` is a short code ("wrong", "not_helpful"), `text` their own words."""

    turn_id: str
    session_id: str
    thumb: Thumb
    reason: str = ""
    text: str = ""
    at: datetime
