"""What a turn draws upon: the catalogue, search, policies, cart, orders, the model and the memory, held together.

The shop composes it. Personal data is read through services that take the principal, never otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from assistant.behaviour.recorder import Recorder
from assistant.conversation.drafting.weighing import Weighing
from assistant.llm.contract import Engine
from assistant.people.portrait import Portraits
from assistant.recommend.adviser import Adviser
from assistant.service.cart import CartService
from assistant.service.gate import Service
from assistant.service.handing.handoffs import HandOffs
from assistant.service.knowledge.unanswered import Unanswered
from assistant.service.policies import Policies
from assistant.store.conversations import Conversations
from assistant.store.orders import Orders
from assistant.store.stock_alerts import StockAlerts
from assistant.wording.writer import Writer
from index.catalogue import Catalogue
from index.embed import Embedder
from index.query import Query, SearchResult


class Finds(Protocol):
    """Finds products. Thread-safe."""

    def search(self, query: Query, /) -> SearchResult:
        """Return what meets the query's filters, best first."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What is done for customers: the gate, and the shop's rules as they can be looked up."""

    service: Service
    weighing: Weighing


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Everything that a turn draws upon. `name` is the shop's; dates are shown in `timezone`."""

    catalogue: Catalogue
    searcher: Finds
    engine: Engine
    writer: Writer
    conversations: Conversations
    carts: CartService
    orders: Orders
    policies: Policies
    embedder: Embedder | None = None
    """The multilingual embedder of the search, with which intents are told more surely; without it by letters alone."""
    recorder: Recorder | None = None
    """Writes down what shoppers do; without it nothing is learned from the chat."""
    adviser: Adviser | None = None
    """Who suggests what suits a shopper; without it "what would suit me?" is asked back."""
    portraits: Portraits | None = None
    """What is known of each shopper; without it everybody is answered alike."""
    handoffs: HandOffs | None = None
    """The way to a person; without it the policies' word on contact is all that can be said."""
    stock_alerts: StockAlerts | None = None
    """Who waits for what; without it nobody is promised to be told."""
    serving: Serving | None = None
    """What is done for customers; without it orders are only looked up."""
    unanswered: Unanswered | None = None
    """Where questions are left that nothing answered; without it nobody collects them."""
    name: str = "Regulars"
    timezone: str = "UTC"
