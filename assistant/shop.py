"""A shop, opened: every room composed from the settings, once. Decides nothing itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from zoneinfo import ZoneInfo

import sqlalchemy

from assistant.behaviour.forecasts.outlook import FOLDER as FORECASTS
from assistant.behaviour.forecasts.outlook import Outlook
from assistant.behaviour.intake import Intake
from assistant.behaviour.recorder import Recorder
from assistant.conversation.drafting.case import Desk
from assistant.conversation.drafting.drafter import Drafter
from assistant.conversation.drafting.weighing import Weighing
from assistant.conversation.sources import Serving, Sources
from assistant.conversation.turn import Conversation
from assistant.llm.choose import LlmSettings, choose
from assistant.llm.contract import Engine
from assistant.people.desk_pass import DeskPass
from assistant.people.portrait import Portraits
from assistant.people.sessions import SessionTokens, kept_secret
from assistant.people.sign_in import DemoSignIn
from assistant.recommend.adviser import MODELS, Adviser
from assistant.recommend.versions import Versions
from assistant.service.cart import CartService
from assistant.service.gate import Service
from assistant.service.handing.handoffs import HandOffs
from assistant.service.handing.hours import Hours
from assistant.service.knowledge.book import Knowledge
from assistant.service.policies import Policies
from assistant.service.policy_search import MEASURED_WITH
from assistant.service.rules import read_rules
from assistant.settings import Settings
from assistant.store.carts import Carts
from assistant.store.conversations import Conversations
from assistant.store.customers import Customers
from assistant.store.database import open_database
from assistant.store.drafts import CannedReplies, Drafts
from assistant.store.events import Events
from assistant.store.feedback import FeedbackBook
from assistant.store.forecasts import ForecastBook
from assistant.store.orders import Orders
from assistant.store.portraits import PortraitBook
from assistant.store.stock_alerts import StockAlerts
from assistant.store.tickets import Tickets
from assistant.wording.writer import Writer
from index.build import Index
from index.catalogue import Catalogue
from index.embed import EmbedSettings

LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEMO_CHECKOUT = "/checkout?cart={cart}"
"""The page that says that the demo takes no payment."""
DEMO_RULES = Path(__file__).parent / "demo" / "policies" / "rules.toml"
"""The demo store's rules of service, which agree with its policies."""


@dataclass(frozen=True)
class Shop:
    """An open shop. Use it as a context, so that its files and its model are let go of."""

    settings: Settings
    database: sqlalchemy.Engine
    index: Index
    engine: Engine

    @property
    def name(self) -> str:
        """The shop's name as shown."""
        return self.settings.name

    @property
    def catalogue(self) -> Catalogue:
        """Products, variants and reviews."""
        return self.index.catalogue

    @cached_property
    def customers(self) -> Customers:
        """Who has an account."""
        return Customers(self.database)

    @cached_property
    def orders(self) -> Orders:
        """What was bought."""
        return Orders(self.database)

    @cached_property
    def conversations(self) -> Conversations:
        """What was said."""
        return Conversations(self.database)

    @cached_property
    def feedback(self) -> FeedbackBook:
        """What shoppers thought of it."""
        return FeedbackBook(self.database)

    @cached_property
    def events(self) -> Events:
        """What people did."""
        return Events(self.database)

    @cached_property
    def recorder(self) -> Recorder:
        """Who writes down what people do in the chat and on the pages."""
        return Recorder(self.events)

    @cached_property
    def intake(self) -> Intake:
        """Who takes in what other systems tell of people."""
        return Intake(self.events, self.catalogue)

    @cached_property
    def adviser(self) -> Adviser:
        """Who suggests products, once a model has been trained."""
        versions = Versions(self.settings.home / MODELS)
        return Adviser(events=self.events, orders=self.orders, catalogue=self.catalogue, versions=versions)

    @cached_property
    def forecasts(self) -> ForecastBook:
        """What was expected of customers, categories and segments when it was last worked out."""
        return ForecastBook(self.database)

    @cached_property
    def outlook(self) -> Outlook:
        """What is expected of a person now, with its reasons."""
        return Outlook(events=self.events, book=self.forecasts, folder=self.settings.home / FORECASTS)

    @cached_property
    def desk_pass(self) -> DeskPass:
        """Who lets agents in."""
        return DeskPass(self.settings.secret or kept_secret(self.settings.home), self.settings.desk_key)

    @cached_property
    def portraits(self) -> Portraits:
        """What is known of each shopper, for them to see and correct."""
        return Portraits(
            events=self.events,
            book=PortraitBook(self.database),
            forecasts=self.forecasts,
            alerts=self.stock_alerts,
            orders=self.orders,
            catalogue=self.catalogue,
            timezone=self.settings.timezone,
        )

    @cached_property
    def policies(self) -> Policies:
        """The shop's rules, paragraph by paragraph."""
        embedder = self.index.multilingual
        measured = embedder is not None and embedder.name.startswith(MEASURED_WITH)
        return Policies(self.database, embed=embedder.queries if embedder and measured else None)

    @cached_property
    def knowledge(self) -> Knowledge:
        """Texts with their versions, proposed articles, and questions that nothing answered."""
        return Knowledge(self.database, self.policies)

    @cached_property
    def carts(self) -> CartService:
        """What is about to be bought."""
        return CartService(
            Carts(self.database),
            self.catalogue,
            checkout_url=self.settings.checkout_url or DEMO_CHECKOUT,
            recorder=self.recorder,
        )

    @cached_property
    def stock_alerts(self) -> StockAlerts:
        """Who waits for what."""
        return StockAlerts(self.database)

    @cached_property
    def tickets(self) -> Tickets:
        """Conversations that went to a person."""
        return Tickets(self.database)

    @cached_property
    def handoffs(self) -> HandOffs:
        """The way from the assistant to a person and back."""
        hours = Hours(self.settings.desk_hours, self.settings.timezone)
        first = [name.strip() for name in self.settings.priority_segments.split(",") if name.strip()]
        return HandOffs(self.tickets, hours=hours, first=first)

    @cached_property
    def service(self) -> Service:
        """What is done for customers, behind the gate that knows who they are and what they said yes to."""
        rules = read_rules(Path(self.settings.rules).expanduser() if self.settings.rules else DEMO_RULES)
        return Service(self.database, rules, timezone=self.settings.timezone)

    @cached_property
    def weighing(self) -> Weighing:
        """Whether something could be done for a customer, by the shop's rules."""
        return Weighing(
            database=self.database,
            rules=self.service.rules,
            zone=ZoneInfo(self.settings.timezone),
            clock=lambda: datetime.now(UTC),
        )

    @cached_property
    def sign_in(self) -> DemoSignIn:
        """The demo's sign-in, off by itself where the app can be reached from other machines."""
        enabled = self.settings.demo_sign_in and self.settings.host in LOOPBACK
        return DemoSignIn(self.customers, enabled=enabled)

    @cached_property
    def tokens(self) -> SessionTokens:
        """What a page holds instead of a name."""
        return SessionTokens(self.settings.secret or kept_secret(self.settings.home))

    @cached_property
    def sources(self) -> Sources:
        """What answers and drafts draw upon."""
        return Sources(
            catalogue=self.catalogue,
            searcher=self.index.searcher,
            engine=self.engine,
            writer=Writer(self.engine),
            conversations=self.conversations,
            orders=self.orders,
            policies=self.policies,
            carts=self.carts,
            name=self.name,
            timezone=self.settings.timezone,
            embedder=self.index.multilingual,
            recorder=self.recorder,
            portraits=self.portraits,
            adviser=self.adviser,
            handoffs=self.handoffs,
            stock_alerts=self.stock_alerts,
            unanswered=self.knowledge.unanswered,
            serving=Serving(self.service, self.weighing),
        )

    @cached_property
    def conversation(self) -> Conversation:
        """What answers a message."""
        return Conversation(self.sources)

    @cached_property
    def drafts(self) -> Drafts:
        """Drafts of replies, with what agents did with them."""
        return Drafts(self.database)

    @cached_property
    def canned(self) -> CannedReplies:
        """Replies that are kept for use again."""
        return CannedReplies(self.database)

    @cached_property
    def drafter(self) -> Drafter:
        """Who drafts replies for agents."""
        return Drafter(
            Desk(
                sources=self.sources,
                customers=self.customers,
                tickets=self.tickets,
                drafts=self.drafts,
                canned=self.canned,
                weighing=self.weighing,
            )
        )

    def with_engine(self, engine: Engine) -> Shop:
        """Return the same shop with another language model."""
        return replace(self, engine=engine)

    def close(self) -> None:
        """Let go of the index and the database."""
        if "adviser" in self.__dict__:
            self.adviser.close()
        self.index.close()
        self.database.dispose()

    def __enter__(self) -> Shop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_shop(settings: Settings, *, engine: Engine | None = None) -> Shop:
    """Open the shop that the settings describe; `engine` stands in for the language model that they choose.

    Raises:
        SettingError: a setting cannot be used.
        StoreUnavailable, IndexProblem: the database or the index cannot be opened.
    """
    chosen = engine or choose(
        LlmSettings(llm=settings.llm, llm_key=settings.llm_key, weights=settings.weights, threads=settings.threads)
    )
    database = open_database(settings.database_url, settings.home)
    try:
        embedders = EmbedSettings(weights=settings.weights, embedder=settings.embedder)
        index = Index.open(settings.home, database, embedders=embedders, chroma_url=settings.chroma_url)
    except BaseException:
        database.dispose()
        raise
    return Shop(settings, database, index, chosen)
