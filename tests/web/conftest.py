"""A small real shop with a scripted conversation: store, catalogue, cart and sign-in are the ones that ship."""

import asyncio
import os
import shutil
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import uvicorn

import assistant.demo
from assistant.behaviour.forecasts.outlook import Outlook
from assistant.behaviour.intake import Intake
from assistant.behaviour.recorder import Recorder
from assistant.conversation.drafting.case import Desk as DraftDesk
from assistant.conversation.drafting.draft import Draft, DraftRequest, DraftSentence, ProposedAction
from assistant.conversation.drafting.draft import as_json as as_json_draft
from assistant.conversation.drafting.drafter import Drafter
from assistant.conversation.drafting.drafter import read as read_draft
from assistant.conversation.drafting.weighing import Weighing
from assistant.conversation.parts import (
    ActionProposed,
    Card,
    Cards,
    Chip,
    Comparison,
    Done,
    Handoff,
    Part,
    Question,
    Sentence,
    Suggestions,
    Understood,
    as_json,
)
from assistant.conversation.sources import Sources
from assistant.conversation.turn import TurnRequest
from assistant.errors import ModelUnavailable
from assistant.llm.contract import EngineInfo
from assistant.llm.scripted import ScriptedEngine
from assistant.people.desk_pass import DeskPass
from assistant.people.portrait import Portraits
from assistant.people.sessions import SessionTokens
from assistant.people.sign_in import DemoSignIn
from assistant.service.cart import CartService
from assistant.service.gate import Service
from assistant.service.knowledge.book import Knowledge
from assistant.service.policies import Policies
from assistant.service.rules import read_rules
from assistant.store.carts import Carts
from assistant.store.conversations import Conversations
from assistant.store.customers import Customers
from assistant.store.database import open_database
from assistant.store.drafts import CannedReplies, Decision, Drafts, KeptDraft
from assistant.store.events import Events
from assistant.store.feedback import FeedbackBook
from assistant.store.forecasts import ForecastBook
from assistant.store.orders import Orders
from assistant.store.portraits import PortraitBook
from assistant.store.principal import SYSTEM
from assistant.store.records import (
    ConversationState,
    Customer,
    Order,
    OrderLine,
    OrderStatus,
    Payment,
    StatusChange,
    TurnRecord,
)
from assistant.store.stock_alerts import StockAlerts
from assistant.store.tickets import Ticket, Tickets
from assistant.web.server import create_app
from assistant.web.storefront import WebSettings
from assistant.wording.evidence import Citation
from assistant.wording.writer import Writer
from index.catalogue import Catalogue
from index.money import price_text
from index.product import Availability, Product, Variant, Words

HOSTILE = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
INFO = EngineInfo("scripted", "none", "a test speaks for itself")


def lamp(number: int, title: str, title_zh: str, *, price: int, was: int | None = None, stock: int = 9, image: str):
    return Product(
        id=f"LAMP-{number}",
        words={
            "en": Words(title=title, description="A lamp.", category=("Lighting", "Desk lamps")),
            "zh": Words(title=title_zh, description="一盏灯。", category=("灯具", "台灯")),
        },
        brand="Halden",
        currency="USD",
        variants=(
            Variant(
                id=f"LAMP-{number}-A",
                options={"color": "Brass"},
                price_minor=price,
                list_price_minor=was,
                stock=stock,
                availability=Availability.IN_STOCK if stock else Availability.OUT_OF_STOCK,
                image=image,
            ),
        ),
        rating=4.6,
        rating_count=132,
    )


PRODUCTS = [
    lamp(1, "Ember folding desk lamp", "余烬折叠台灯", price=3990, was=4990, image="/pictures/desk_lamp/brass.svg"),
    lamp(2, "Nook reading lamp", "小角落阅读灯", price=2450, stock=3, image="/pictures/desk_lamp/sage.svg"),
    lamp(3, "Tall arc lamp with a linen shade", "亚麻灯罩弧形灯", price=8900, image="https://pictures.invalid/3.jpg"),
    lamp(4, HOSTILE, HOSTILE, price=100, stock=0, image='"><script>window.hacked=1</script>'),
]


class Loads:
    """An engine that loads until it is told that it is there, or fails for a reason."""

    def __init__(self, *, ready: bool = True, fails: str = "") -> None:
        self.ready, self.info, self._fails = ready, INFO, fails

    async def start(self) -> None:
        if self._fails:
            raise ModelUnavailable(INFO.model, self._fails)

    async def close(self) -> None:
        return None


def card(product: Product, language: str) -> Card:
    variant = product.variants[0]
    return Card(
        product_id=product.id,
        variant_id=variant.id,
        title=product.said(language).title,
        brand=product.brand,
        price_minor=variant.price_minor,
        list_price_minor=variant.list_price_minor,
        currency=product.currency,
        price_text=price_text(variant.price_minor or 0, product.currency, language),
        in_stock=variant.in_stock,
        stock_text={"en": "In stock", "zh": "有货"}[language] if variant.in_stock else "Out of stock",
        rating=product.rating,
        rating_count=product.rating_count,
        image=variant.image,
        url="javascript:window.hacked=1" if product.id == "LAMP-4" else None,
        options=dict(variant.options),
        why={"en": "Folds flat for a small desk", "zh": "可折叠，适合小书桌"}[language],
    )


def sentence(text: str, subject: str, source: str, by: str = "model") -> Sentence:
    return Sentence(text, subject, by, (Citation("Product record", source),), ("price",), ("price",))


def lamps(language: str, chips: tuple[Chip, ...]) -> list[Part]:
    first, second = PRODUCTS[0].said(language).title, PRODUCTS[1].said(language).title
    texts = {
        "en": (f"The {first} costs $39.99 and folds flat.", "It is rated 4.6 of 5.", f"The {second} costs $24.50."),
        "zh": (f"{first}售价 $39.90，可以折叠。", "评分为 4.6 分。", f"{second}售价 $24.50。"),
    }[language]
    return [
        Understood(language, "search", chips),
        Cards(tuple(card(p, language) for p in PRODUCTS[:3])),
        sentence(texts[0], "LAMP-1", "product:LAMP-1#price"),
        sentence(texts[1], "LAMP-1", "product:LAMP-1#rating"),
        sentence(texts[2], "LAMP-2", "product:LAMP-2#price"),
        Suggestions({"en": ("Something cheaper", "Compare these"), "zh": ("便宜一点的", "对比这几款")}[language]),
    ]


def answer(request: TurnRequest) -> list[Part]:
    """Return what the script answers to a message."""
    message = request.message.lower()
    chinese = any("\u4e00" <= character <= "\u9fff" for character in message)
    language = "zh" if chinese else "en" if message else request.language or "en"
    price = Chip("price_max", {"en": "under $50", "zh": "50 美元以内"}[language])
    if request.drop_chip:
        return lamps(language, ())
    if "compare" in message or "对比" in message:
        titles = tuple(p.said(language).title for p in PRODUCTS[:2])
        table = Comparison(titles, (("Price", ("$39.90", "$24.50")), ("Rating", ("4.6", "4.6"))))
        return [Understood(language, "compare"), Cards(tuple(card(p, language) for p in PRODUCTS[:2]), table)]
    if "gift" in message:
        return [Understood(language, "search"), Question("Who is it for?", ("A child", "A friend"))]
    if "person" in message:
        return [Understood(language, "human"), Handoff("asked", "Somebody answers here.")]
    if "cancel" in message:
        return [ActionProposed("cancel", {}, "Cancel order R-1? This cannot be undone.")]
    if "attack" in message:
        hostile = Citation(HOSTILE, HOSTILE)
        return [
            Understood(language, "search", (Chip('x" onclick="window.hacked=1', HOSTILE),)),
            Cards((card(PRODUCTS[3], language),), Comparison((HOSTILE,), ((HOSTILE, (HOSTILE,)),))),
            Sentence(HOSTILE, HOSTILE, "model", (hostile,)),
            Question(HOSTILE, (HOSTILE,)),
            Suggestions((HOSTILE,)),
        ]
    return lamps(language, (Chip("category:lamp", {"en": "lamp", "zh": "灯"}[language]), price))


RULES = Path(assistant.demo.__file__).parent / "policies" / "rules.toml"


class Script:
    """A conversation that follows a script and remembers its turns as the real one does."""

    def __init__(self, conversations: Conversations, tickets: Tickets) -> None:
        self._conversations, self._tickets = conversations, tickets
        self.asked: list[TurnRequest] = []
        self.pause_s = 0.0

    def prepare(self) -> None:
        return None

    async def warm(self) -> None:
        return None

    async def turn(self, request: TurnRequest) -> AsyncIterator[Part]:
        self.asked.append(request)
        if "fail" in request.message:
            raise RuntimeError("the script says so")
        parts, turn_id = answer(request), uuid4().hex
        if "person" in request.message:
            self._tickets.open(Ticket(session_id=request.session_id), SYSTEM, messages=[("shopper", request.message)])
        for part in parts:
            yield part
            await asyncio.sleep(self.pause_s)
        record = TurnRecord(
            id=turn_id,
            session_id=request.session_id,
            message=request.message,
            language=next((p.language for p in parts if isinstance(p, Understood)), "en"),
            parts=tuple(as_json(part) for part in parts),
            at=datetime.now(UTC),
        )
        held = self._conversations.load(request.session_id, request.principal)
        self._conversations.save(
            ConversationState(session_id=request.session_id, version=held.version), request.principal, turn=record
        )
        yield Done({"turn_id": turn_id})


class ScriptedDrafter:
    """A drafter that writes the same draft for every ticket, kept as the real one's are."""

    def __init__(self, drafts: Drafts, tickets: Tickets) -> None:
        self._drafts, self._tickets = drafts, tickets

    async def draft(self, request: DraftRequest) -> Draft:
        self._tickets.get(request.ticket_id, SYSTEM)
        price = Citation("Price", "product:LAMP-1#price")
        made = Draft(
            id=uuid4().hex,
            message="",
            language=request.language or "en",
            ticket_id=request.ticket_id,
            tone=request.tone or "plain",
            sentences=(
                DraftSentence(text="Hello,"),
                DraftSentence(text="The Ember costs $39.90.", citations=(price,), by="record"),
                DraftSentence(text="It may be what you mean.", sure=0.4, doubt="intent"),
                DraftSentence(text="Best wishes"),
            ),
            actions=(ProposedAction(name="cancel", arguments={}, text="Cancel R-1?", allowed=False, rule="too-late"),),
            confidence=0.4,
        )
        kept = KeptDraft(
            id=made.id, ticket_id=made.ticket_id, message="", language=made.language, data=as_json_draft(made)
        )
        self._drafts.keep(kept, SYSTEM)
        return made

    def get(self, draft_id: str) -> Draft:
        return read_draft(self._drafts.get(draft_id, SYSTEM))

    def decide(self, draft_id: str, decision: Decision, *, sent_text: str = "") -> KeptDraft:
        return self._drafts.decide(draft_id, decision, SYSTEM, sent_text=sent_text)


@dataclass
class SmallShop:
    """What the page needs of a shop."""

    name: str
    conversation: Script
    conversations: Conversations
    catalogue: Catalogue
    carts: CartService
    feedback: FeedbackBook
    sign_in: DemoSignIn
    tokens: SessionTokens
    engine: Loads
    events: Events
    recorder: Recorder
    intake: Intake
    portraits: Portraits
    customers: Customers
    orders: Orders
    forecasts: ForecastBook
    outlook: Outlook
    desk_pass: DeskPass
    tickets: Tickets
    canned: CannedReplies
    drafter: ScriptedDrafter
    policies: Policies
    service: Service
    knowledge: Knowledge


def customer(customer_id: str, name: str) -> Customer:
    return Customer(
        id=customer_id,
        first_name=name,
        last_name="Example",
        email=f"{customer_id}@example.org",
        language="en",
        joined_at=datetime(2025, 1, 1, tzinfo=UTC),
        about={"en": "Waits for a parcel", "zh": "正在等包裹"},
        demo=customer_id != "c-private",
    )


def small_shop(home, *, sign_in: bool = True, desk_key: str = "") -> SmallShop:
    """Return a shop of four lamps and two demo customers in a folder of its own."""
    database = open_database("", home)
    catalogue = Catalogue(database)
    catalogue.create()
    catalogue.put(PRODUCTS, feed="lamps")
    customers, conversations, events = Customers(database), Conversations(database), Events(database)
    orders, forecasts = Orders(database), ForecastBook(database)
    customers.put([customer("c-1", "Ada"), customer("c-2", "Bo"), customer("c-private", "Cy")], SYSTEM)
    return SmallShop(
        name="Regulars",
        conversation=Script(conversations, Tickets(database)),
        conversations=conversations,
        catalogue=catalogue,
        carts=CartService(Carts(database), catalogue, checkout_url="/checkout?cart={cart}", recorder=Recorder(events)),
        events=events,
        recorder=Recorder(events),
        intake=Intake(events, catalogue),
        portraits=Portraits(
            events=events,
            book=PortraitBook(database),
            forecasts=forecasts,
            alerts=StockAlerts(database),
            orders=orders,
            catalogue=catalogue,
        ),
        customers=customers,
        orders=orders,
        forecasts=forecasts,
        outlook=Outlook(events=events, book=forecasts, folder=home / "forecasts"),
        desk_pass=DeskPass("a secret of the tests", desk_key),
        tickets=Tickets(database),
        canned=CannedReplies(database),
        drafter=ScriptedDrafter(Drafts(database), Tickets(database)),
        policies=Policies(database),
        knowledge=Knowledge(database, Policies(database)),
        service=Service(database, read_rules(RULES)),
        feedback=FeedbackBook(database),
        sign_in=DemoSignIn(customers, enabled=sign_in),
        tokens=SessionTokens("a secret of the tests"),
        engine=Loads(),
    )


class Server(uvicorn.Server):
    """The app on a free port of this machine, in a thread.

    The app is made where the server's event loop runs: made elsewhere, Gradio opens loops that nobody closes.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        super().__init__(uvicorn.Config(make, factory=True, port=self.port, log_level="error", ws="none"))
        self._thread = threading.Thread(target=self.run)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Server":
        self._thread.start()
        deadline = time.monotonic() + 30
        while not self.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        self.should_exit = True
        self._thread.join(timeout=20)


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The small shop behind a real server: `served.shop` and `served.url`."""
    shop = small_shop(tmp_path_factory.mktemp("shop"))
    with Server(lambda: create_app(shop, WebSettings())) as server:
        server.shop = shop
        yield server


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A small shop that others can reach, whose desk wants the key "open sesame": `guarded.shop`, `guarded.url`."""
    shop = small_shop(tmp_path_factory.mktemp("guarded"), desk_key="open sesame")
    with Server(lambda: create_app(shop, WebSettings(load_engine=False, local=False))) as server:
        server.shop = shop
        yield server


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, driven by Playwright; skipped where it is missing, but never in CI."""
    found = CHROMIUM if os.path.exists(CHROMIUM) else shutil.which("chromium")
    if not found:
        message = "the browser tests need Chromium: apt-get install chromium fonts-noto-cjk"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def contexts(chromium):
    """Browser contexts by their options, lent out one test at a time: a context keeps what it has fetched."""
    idle: dict[tuple[object, ...], list[Any]] = {}
    yield idle
    for context in [one for kept in idle.values() for one in kept]:
        context.close()


@pytest.fixture
def visit(chromium, contexts, served):
    """Open the page as a new visitor: `visit(width=…, locale=…, scheme=…)` returns the page once it is drawn."""
    lent = []

    def open_page(*, width: int = 1280, height: int = 900, locale: str = "en-GB", scheme: str = "light"):
        options = (width, height, locale, scheme)
        kept = contexts.setdefault(options, [])
        context = kept.pop() if kept else _context(chromium, *options)
        page = context.new_page()
        lent.append((options, context, page))
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(served.url)
        page.locator("#shop[data-ready]").wait_for()
        return page

    served.shop.conversation.pause_s = 0.0
    yield open_page
    for options, context, page in lent:
        page.evaluate("localStorage.clear()")
        page.close()
        context.clear_cookies()
        contexts[options].append(context)


def _context(browser, width, height, locale, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=locale, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(15000)
    return context


def pytest_collection_modifyitems(items):
    """Let one kind of warning pass: Gradio 6.31 uses options of pandas that pandas 3 deprecates, at every event."""
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"))


@pytest.fixture
def draft_shop(tmp_path):
    """A shop with a real drafter whose model is silent: Ada (c-1) has an order on its way, Bo (c-2) a pending one."""
    shop = small_shop(tmp_path)
    customers, orders = shop.customers, shop.orders
    at = datetime.now(UTC) - timedelta(days=2)
    for number, who, status in (("R-30001", "c-1", OrderStatus.SHIPPED), ("R-30002", "c-2", OrderStatus.PENDING)):
        line = OrderLine(product_id="LAMP-1", variant_id="LAMP-1-A", title="Ember folding desk lamp", price_minor=3990)
        history = (StatusChange(status=status, at=at),)
        paid = (Payment(kind="payment", amount_minor=3990, method_id="P-1", method_label="Visa", at=at),)
        orders.put(
            [
                Order(
                    number=number,
                    customer_id=who,
                    status=status,
                    placed_at=at,
                    currency="USD",
                    lines=(line,),
                    total_minor=3990,
                    payments=paid,
                    history=history,
                )
            ],
            SYSTEM,
        )
    engine = ScriptedEngine(lambda _request: "")
    sources = Sources(
        catalogue=shop.catalogue,
        searcher=None,  # orders are told without a search
        engine=engine,
        writer=Writer(engine),
        conversations=shop.conversations,
        carts=shop.carts,
        orders=orders,
        policies=shop.policies,
    )
    database = customers._engine
    rules, clock = read_rules(RULES), lambda: datetime.now(UTC)
    weighing = Weighing(database=database, rules=rules, zone=ZoneInfo("UTC"), clock=clock)
    drafts = Drafts(database)
    desk = DraftDesk(
        sources=sources,
        customers=customers,
        tickets=shop.tickets,
        drafts=drafts,
        canned=shop.canned,
        weighing=weighing,
    )
    yield SimpleNamespace(
        drafter=Drafter(desk),
        drafts=drafts,
        tickets=shop.tickets,
        customers=customers,
        orders=orders,
        weighing=weighing,
        desk_pass=shop.desk_pass,
        engine=engine,
    )
    database.dispose()
