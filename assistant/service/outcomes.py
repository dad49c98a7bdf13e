"""What came of asking the service for something: seen, proposed, done, or refused with the rule. Values only.

Sentences are given in every language of the shop, by its code ("en", "zh").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assistant.service.actions import Action
from assistant.store.records import Customer, Order, OrderChange, OrderStatus


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that is not done. Nothing was changed.

    `rule` is the rule's id ("return-window"), `cites` the paragraph of the shop's policy that says so
    ("returns#window"; empty where no paragraph does), `said` the sentence for the shopper by language.
    """

    rule: str
    cites: str
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that goes back: to which payment method, as shown, and how much."""

    method_id: str
    label: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an action does, in figures. A change of any of them needs a new yes.

    `difference_minor` is what the customer pays more (negative: gets back) for other items, by `payment_label`.
    `fee_minor` is taken off the refunds, `delivery_minor` is what of them is the delivery fee. `conditions` are ids of
    what the shopper confirms by saying yes ("unused").
    """

    status_after: OrderStatus | None = None
    currency: str = ""
    difference_minor: int | None = None
    payment_label: str = ""
    refunds: tuple[Refund, ...] = ()
    fee_minor: int = 0
    delivery_minor: int = 0
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An action that waits for an explicit yes to exactly `said`. It dies with the next message, or at `expires_at`."""

    id: str
    action: Action
    terms: Terms
    said: Mapping[str, str]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An action that was carried out and recorded. `order` is the order afterwards, `None` where none is concerned."""

    record_id: int
    action: Action
    terms: Terms
    said: Mapping[str, str]
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Identified:
    """The customer whom this conversation is about, from now on and for good."""

    customer: Customer


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """An order of the customer with what has been changed in it, the earliest change first."""

    order: Order
    changes: tuple[OrderChange, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class HandOff:
    """A person is asked for. Whoever runs the turn hands the conversation over, with this summary."""

    summary: str


@dataclass(frozen=True, slots=True)
class ToolReply:
    """What a tool call gave. `content` is JSON for the model; `outcome` is what the gate decided, where it did."""

    content: Any
    outcome: Proposal | Refusal | Identified | HandOff | None = None

    @property
    def failed(self) -> bool:
        """True where the call was refused."""
        return isinstance(self.outcome, Refusal)
