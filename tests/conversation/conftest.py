"""A small real shop: a dozen hand-made products in SQL, vectors and words, two customers, orders and policies."""

from __future__ import annotations

import asyncio
import shutil
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import delete

import assistant.demo
from assistant.conversation.drafting.weighing import Weighing
from assistant.conversation.parts import (
    ActionProposed,
    Cards,
    CartShown,
    Done,
    Handoff,
    Question,
    Sentence,
    Suggestions,
    Understood,
)
from assistant.conversation.sources import Serving, Sources
from assistant.conversation.turn import Conversation, TurnRequest
from assistant.llm.scripted import ScriptedEngine
from assistant.people.portrait import Portraits
from assistant.service.cart import CartService
from assistant.service.gate import Service
from assistant.service.handing.handoffs import HandOffs
from assistant.service.handing.hours import Hours
from assistant.service.knowledge.unanswered import Unanswered
from assistant.service.policies import Policies
from assistant.service.rules import read_rules
from assistant.store.carts import Carts
from assistant.store.conversations import Conversations
from assistant.store.customers import Customers
from assistant.store.database import open_database, writing
from assistant.store.events import Events
from assistant.store.forecasts import ForecastBook
from assistant.store.knowledge_gaps import KnowledgeGaps
from assistant.store.orders import Orders
from assistant.store.portraits import PortraitBook
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.records import (
    Address,
    Customer,
    Order,
    OrderLine,
    OrderStatus,
    Payment,
    PaymentMethod,
    StatusChange,
)
from assistant.store.stock_alerts import StockAlerts
from assistant.store.tables import order_changes, order_lines
from assistant.store.tables import orders as orders_table
from assistant.store.tickets import Tickets
from assistant.wording.writer import Writer
from index.build import Index
from index.product import Availability, Product, Review, Variant, Words

MEI = Principal("shopper", "mei")
TOM = Principal("shopper", "tom")


class Trigrams:
    """An embedder for tests: texts that share letters are near each other."""

    name, dimension, english_only = "trigrams", 64, False

    def _vector(self, text):
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for at in range(len(text) - 1):
            vector[zlib.crc32(text[at : at + 2].lower().encode()) % self.dimension] += 1
        return vector / np.linalg.norm(vector)

    def queries(self, texts):
        return np.stack([self._vector(text) for text in texts])

    products = queries


def _product(
    id_,
    title,
    zh,
    *,
    category,
    price,
    brand="Halden",
    attributes=(),
    colors=(),
    sizes=(),
    stock=9,
    rating=4.4,
    count=12,
    text="",
    zh_text="",
    highlights=(),
):
    """Make a product; `attributes` are (name, value, 名称, 值)."""
    variants = tuple(
        Variant(
            id=f"{id_}-{n}",
            options=options,
            price_minor=price,
            stock=stock,
            availability=Availability.IN_STOCK if stock else Availability.OUT_OF_STOCK,
        )
        for n, options in enumerate(_options(colors, sizes), start=1)
    )
    zh_values = {"Red": "红色", "Black": "黑色", "Navy": "藏青色", "Green": "绿色", "M": "中号", "L": "大号"}
    english = Words(
        title=title,
        description=text,
        highlights=highlights,
        category=tuple(c for c, _ in category),
        attributes={a[0]: a[1] for a in attributes},
    )
    chinese = Words(
        title=zh,
        description=zh_text,
        category=tuple(c for _, c in category),
        attributes={a[2]: a[3] for a in attributes},
        option_values=zh_values,
    )
    return Product(
        id=id_,
        words={"en": english, "zh": chinese},
        brand=brand,
        currency="USD",
        variants=variants,
        rating=rating,
        rating_count=count,
    )


def _options(colors, sizes):
    return [
        {**({"color": c} if c else {}), **({"size": s} if s else {})} for c in colors or [""] for s in sizes or [""]
    ]


BAGS = (("Bags", "箱包"), ("Backpacks", "双肩包"))
WATERPROOF = ("Waterproof", "Yes, IPX4", "防水", "是，IPX4")
NOT_WATERPROOF = ("Waterproof", "No", "防水", "否")


def catalogue():
    """Return the products of the shop."""
    return [
        _product(
            "BP1",
            "Tarn Trail Backpack",
            "远足双肩包",
            category=BAGS,
            price=4900,
            colors=("Navy", "Black"),
            attributes=(
                WATERPROOF,
                ("Laptop", "Fits up to 15.6 inches", "电脑", "可放15.6英寸电脑"),
                ("Material", "Nylon", "材质", "尼龙"),
            ),
            brand="Tarn",
            text="A light pack with a rain cover.",
        ),
        _product(
            "BP2",
            "Tarn City Backpack",
            "都市双肩包",
            category=BAGS,
            price=7900,
            colors=("Black", "Red"),
            attributes=(
                NOT_WATERPROOF,
                ("Laptop", "Fits up to 13 inches", "电脑", "可放13英寸电脑"),
                ("Material", "Full-grain leather", "材质", "头层牛皮"),
            ),
            brand="Tarn",
            rating=4.8,
        ),
        _product(
            "BP3",
            "Ostrava School Backpack",
            "校园书包双肩包",
            category=BAGS,
            price=2900,
            colors=("Red", "Green"),
            attributes=(NOT_WATERPROOF, ("Material", "Vegan leather", "材质", "人造革")),
            brand="Ostrava",
            rating=3.9,
        ),
        _product(
            "BP4",
            "Ostrava Summit Backpack",
            "登顶双肩包",
            category=BAGS,
            price=12900,
            colors=("Green",),
            attributes=(WATERPROOF, ("Material", "Nylon", "材质", "尼龙")),
            brand="Ostrava",
            stock=0,
            rating=4.9,
        ),
        _product(
            "WAL",
            "Bifold Leather Wallet",
            "两折真皮钱包",
            category=(("Bags", "箱包"), ("Wallets", "钱包")),
            price=3500,
            colors=("Black",),
            attributes=(("Material", "Leather", "材质", "牛皮"),),
            brand="Tarn",
        ),
        _product(
            "JUI",
            "Pressed Orange Juice",
            "鲜榨橙汁",
            category=(("Food", "食品"), ("Drinks", "饮料")),
            price=450,
            attributes=(("Volume", "1 L", "容量", "1升"),),
            brand="Orchard",
        ),
        _product(
            "TEA",
            "Longjing Green Tea",
            "龙井绿茶",
            category=(("Food", "食品"), ("Tea", "茶叶")),
            price=1900,
            attributes=(("Caffeine", "Contains caffeine", "咖啡因", "含咖啡因"),),
            brand="Orchard",
        ),
        _product(
            "DOG",
            "Plush Dog Bed",
            "毛绒狗窝",
            category=(("Pets", "宠物"), ("Dog Beds", "狗窝")),
            price=5200,
            attributes=(("Machine washable", "Yes", "可机洗", "是"),),
            brand="Mossley",
            colors=("Green",),
        ),
        _product(
            "BED",
            "Oak Bed Frame",
            "橡木床架",
            category=(("Home", "家居"), ("Beds", "床")),
            price=39900,
            attributes=(("Material", "Oak", "材质", "橡木"),),
            brand="Halden",
        ),
        _product(
            "LMP",
            "Halden Desk Lamp",
            "海登台灯",
            category=(("Home", "家居"), ("Lamps", "灯具")),
            price=3990,
            attributes=(("Dimmable", "Yes", "可调光", "是"), ("Power", "8 W", "功率", "8瓦")),
            colors=("Black", "Red"),
        ),
        _product(
            "JKT",
            "Fjord Rain Jacket",
            "峡湾雨衣",
            category=(("Clothing", "服装"), ("Jackets", "夹克")),
            price=8900,
            attributes=(WATERPROOF, ("Hood", "Yes", "帽子", "有")),
            colors=("Navy", "Red"),
            sizes=("M", "L"),
            brand="Tarn",
        ),
        _product(
            "TOY",
            "Wooden Train",
            "木制小火车",
            category=(("Toys", "玩具"),),
            price=2400,
            attributes=(("Age", "From 3 years", "适用年龄", "3岁以上"),),
            brand="Pip",
            colors=("Red",),
        ),
    ]


def written_reviews():
    """Return what buyers wrote."""
    bodies = [
        (5, "en", "Very comfortable even on long days. The zip is smooth."),
        (4, "en", "Comfortable straps, a bit small for a week away."),
        (2, "en", "The straps are not comfortable and it got wet."),
        (5, "zh", "背着很舒服，做工也好。"),
    ]
    return [
        Review(
            id=f"r{n}",
            product_id="BP1",
            rating=stars,
            title="",
            body=body,
            author="A.",
            language=language,
            written_on="2026-05-01",
            verified=True,
        )
        for n, (stars, language, body) in enumerate(bodies, start=1)
    ]


POLICIES = {
    "returns.en.md": "# Returns\n\n## Time to return {#time}\n\nYou can return anything unused within 30 days.\n",
    "returns.zh.md": "# 退货\n\n## 退货时间 {#time}\n\n收货后30天内，未使用的商品可以退货。\n",
}


@dataclass
class Reply:
    """What one turn showed."""

    parts: list = field(default_factory=list)

    def of(self, kind):
        return [part for part in self.parts if isinstance(part, kind)]

    @property
    def understood(self):
        return self.of(Understood)[0]

    @property
    def intent(self):
        return self.understood.intent

    @property
    def cards(self):
        return [card for part in self.of(Cards) for card in part.cards]

    @property
    def ids(self):
        return [card.product_id for card in self.cards]

    @property
    def comparison(self):
        return next((part.comparison for part in self.of(Cards)), None)

    @property
    def cart(self):
        return next(iter(self.of(CartShown)), None)

    @property
    def text(self):
        return " ".join(sentence.text for sentence in self.of(Sentence))

    @property
    def question(self):
        return next(iter(self.of(Question)), None)

    @property
    def handoff(self):
        return next(iter(self.of(Handoff)), None)

    @property
    def suggestions(self):
        return [text for part in self.of(Suggestions) for text in part.texts]

    @property
    def trace(self):
        return self.of(Done)[0].trace


@dataclass
class Talk:
    """A session with the shop."""

    conversation: Conversation
    session: str
    principal: Principal = GUEST
    language: str | None = None

    def say(self, message, **given):
        """Send a message and return everything that came back."""
        request = TurnRequest(
            session_id=self.session, message=message, principal=self.principal, language=self.language, **given
        )
        return asyncio.run(gathered(self.conversation, request))


async def gathered(conversation, request):
    """Return every part of a turn."""
    return Reply([part async for part in conversation.turn(request)])


def echo(request):
    """Say nothing usable, so that every sentence comes from the record."""
    return "Well."


@pytest.fixture(scope="session")
def untouched(tmp_path_factory):
    """A folder with the shop's database, vectors and words, filled once and opened by nobody: copy it."""
    folder = tmp_path_factory.mktemp("untouched")
    database = open_database("", folder)
    index = Index.assemble(folder, database, [Trigrams()])
    index.catalogue.put(catalogue(), feed="test")
    index.catalogue.add_reviews(written_reviews())
    index.sync()
    index.close()
    _people(database)
    policies = folder / "policies"
    for name, text in POLICIES.items():
        title, language, _ = name.split(".")
        (policies / language).mkdir(parents=True, exist_ok=True)
        (policies / language / f"{title}.md").write_text(text, encoding="utf-8")
    Policies(database).import_folder(policies)
    database.dispose()
    return folder


@pytest.fixture(scope="session")
def home(untouched, tmp_path_factory):
    """The folder that tests share, which keeps whatever they said and did in it."""
    return shutil.copytree(untouched, tmp_path_factory.mktemp("shared") / "shop")


def _people(database):
    at = datetime(2026, 6, 1, tzinfo=UTC)
    customers = [
        Customer(id=id_, first_name=id_.title(), last_name="X", email=f"{id_}@example.org", language="en", joined_at=at)
        for id_ in ("mei", "tom")
    ]
    Customers(database).put(customers, SYSTEM)
    line = OrderLine(product_id="LMP", variant_id="LMP-1", title="Halden Desk Lamp", price_minor=3990)
    orders = [
        Order(
            number=number,
            customer_id=who,
            status=OrderStatus.SHIPPED,
            placed_at=at,
            currency="USD",
            lines=(line,),
            total_minor=3990,
            history=(StatusChange(status=OrderStatus.SHIPPED, at=at),),
        )
        for number, who in (("R-10001", "mei"), ("R-10002", "tom"))
    ]
    Orders(database).put(orders, SYSTEM)


def opened(folder: Path, engine, *, hours: str = "", rules: Path | None = None):
    """Open the shop under a folder with this engine; with `hours` people answer then, with `rules` orders change."""
    database = open_database("", folder)
    index = Index.assemble(folder, database, [Trigrams()])
    conversation = Conversation(
        Sources(
            catalogue=index.catalogue,
            searcher=index.searcher,
            engine=engine,
            writer=Writer(engine),
            conversations=Conversations(database),
            carts=CartService(Carts(database), index.catalogue, checkout_url="/checkout?cart={cart}"),
            orders=Orders(database),
            policies=Policies(database),
            portraits=Portraits(
                events=Events(database),
                book=PortraitBook(database),
                forecasts=ForecastBook(database),
                alerts=StockAlerts(database),
                orders=Orders(database),
                catalogue=index.catalogue,
            ),
            unanswered=Unanswered(KnowledgeGaps(database)),
            name="Regulars",
            serving=serving(database, rules) if rules else None,
            stock_alerts=StockAlerts(database),
            handoffs=HandOffs(Tickets(database), hours=Hours(hours)) if hours else None,
        )
    )
    return conversation, index, database


def serving(database, rules):
    """Return the service of a shop under these rules."""
    service = Service(database, read_rules(rules))
    clock = partial(datetime.now, UTC)
    return Serving(service, Weighing(database=database, rules=service.rules, zone=ZoneInfo("UTC"), clock=clock))


@pytest.fixture(scope="session")
def engine():
    """An engine whose sentences never pass, so that replies are plain and sure."""
    return ScriptedEngine(echo)


@pytest.fixture(scope="session")
def shop(home, engine):
    """The open shop's conversation."""
    conversation, index, database = opened(home, engine)
    yield conversation
    index.close()
    database.dispose()


@pytest.fixture
def talk(shop, request):
    """A fresh session."""
    return Talk(shop, f"session-{request.node.name}")


@pytest.fixture(scope="session")
def hall():
    """What a test needs to open shops and talk in them."""
    products = {product.id: product for product in catalogue()}
    return SimpleNamespace(
        mei=MEI,
        tom=TOM,
        Talk=Talk,
        gathered=gathered,
        opened=opened,
        products=products,
        remembered=remembered,
        order=ann_order,
        proposed=proposed,
        rules=RULES,
    )


def remembered(conversation, session):
    """Return what is kept of a session, as JSON."""
    return conversation._sources.conversations.load(session, GUEST).data


RULES = Path(assistant.demo.__file__).parent / "policies" / "rules.toml"
ANN = Principal("shopper", "ann")
HOME = Address(name="Ann X", street="1 Elm Road", city="Springfield", postcode="62701", country="US", region="IL")


def ann_order(number, status, *, days, product="LMP", title="Halden Desk Lamp", customer="ann"):
    at = datetime.now(UTC) - timedelta(days=days)
    return Order(
        number=number,
        customer_id=customer,
        status=status,
        placed_at=at,
        currency="USD",
        lines=(OrderLine(product_id=product, variant_id=f"{product}-1", title=title, price_minor=3990),),
        total_minor=3990,
        ship_to=HOME,
        payments=(Payment(kind="payment", amount_minor=3990, method_id="m1", method_label="Visa 4242", at=at),),
        history=(StatusChange(status=status, at=at),),
    )


@pytest.fixture
def served(home, hall, engine, tmp_path):
    """A shop that changes orders, with Ann's put back as they were."""
    conversation, index, database = hall.opened(home, engine, rules=RULES)
    card = PaymentMethod(id="m1", kind="card", label="Visa 4242")
    ann = Customer(
        id="ann",
        first_name="Ann",
        last_name="X",
        email="ann@example.org",
        language="en",
        joined_at=datetime(2025, 1, 1, tzinfo=UTC),
        address=HOME,
        payment_methods=(card,),
    )
    Customers(database).put([ann], SYSTEM)
    with writing(database) as connection:  # what other tests did with her orders
        for table in (order_changes, order_lines):
            connection.execute(delete(table).where(table.c.order_number.like("R-2%")))
        connection.execute(delete(orders_table).where(orders_table.c.number.like("R-2%")))
    orders = Orders(database)
    orders.put(
        [
            ann_order("R-20001", OrderStatus.PENDING, days=0),
            ann_order("R-20002", OrderStatus.DELIVERED, days=5, product="JKT", title="Fjord Rain Jacket"),
            ann_order("R-20003", OrderStatus.DELIVERED, days=200, product="WAL", title="Bifold Leather Wallet"),
        ],
        SYSTEM,
    )
    yield conversation, orders
    index.close()
    database.dispose()


@pytest.fixture
def ann(served, hall, request):
    return hall.Talk(served[0], f"served-{request.node.name}", ANN)


@pytest.fixture
def guest(served, hall, request):
    return hall.Talk(served[0], f"guest-{request.node.name}")


@pytest.fixture
def status(served):
    return lambda number: served[1].get(number, SYSTEM).status


def proposed(reply):
    return next((part for part in reply.parts if isinstance(part, ActionProposed)), None)
