import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from assistant.service.cart import CartService
from assistant.service.cart_lines import MOST_OF_ONE, Cart, Total
from assistant.store.carts import Carts
from assistant.store.database import open_database
from assistant.store.principal import GUEST, SYSTEM, Principal
from index.catalogue import Catalogue
from index.product import Availability, Product, Variant, Words

ADA = Principal("shopper", "c-ada")


def variant(variant_id, *, stock=5, price=1999, availability=Availability.IN_STOCK, color="Red"):
    return Variant(id=variant_id, options={"color": color}, price_minor=price, stock=stock, availability=availability)


def product(product_id, *variants, currency="USD"):
    return Product(
        id=product_id,
        words={
            "en": Words(title=f"Lamp {product_id}"),
            "zh": Words(title=f"灯 {product_id}", option_values={"Red": "红色"}),
        },
        currency=currency,
        variants=variants,
        images=("https://shop.example/lamp.jpg",),
    )


LAMPS = (
    product(
        "L1",
        variant("plenty", stock=None),
        variant("five", stock=5),
        variant("none-left", stock=0),
        variant("out", stock=3, availability=Availability.OUT_OF_STOCK),
        variant("ahead", stock=0, availability=Availability.PREORDER),
        variant("unpriced", price=None),
    ),
    product("L2", variant("euro", price=500, stock=200), currency="EUR"),
    product("L3", variant("unknown-currency", price=100, availability=Availability.UNKNOWN), currency=None),
)


@pytest.fixture
def catalogue(engine):
    catalogue = Catalogue(engine)
    catalogue.create()
    catalogue.put(LAMPS, feed="test")
    return catalogue


@pytest.fixture
def cart(engine, catalogue):
    return CartService(Carts(engine), catalogue, checkout_url="https://shop.example/pay?cart={cart}&from=chat")


def quantities(cart, who=GUEST, session_id="s"):
    return {line.variant_id: line.quantity for line in cart.show(session_id, principal=who).lines}


def test_an_empty_cart_has_no_total_and_no_link(cart):
    assert cart.show("s", principal=GUEST) == Cart()


def test_adding_twice_merges(cart):
    assert cart.add("s", "five", principal=GUEST, quantity=2).kind == "added"
    outcome = cart.add("s", "five", principal=GUEST)
    assert (outcome.kind, outcome.line.quantity, outcome.available) == ("added", 3, 5)
    assert quantities(cart) == {"five": 3}


def test_a_line_is_shown_in_the_language_asked_at_todays_price(cart, catalogue):
    cart.add("s", "five", principal=GUEST)
    catalogue.put([product("L1", variant("five", price=1499))], feed="test")
    (line,) = cart.show("s", principal=GUEST, language="zh").lines
    assert (line.title, line.options, line.price_minor, line.currency) == ("灯 L1", {"color": "红色"}, 1499, "USD")
    assert line.image == "https://shop.example/lamp.jpg" and line.state == "available"


@pytest.mark.parametrize(
    ("variant_id", "quantity", "kind", "available"),
    [
        ("none-left", 1, "out_of_stock", 0),
        ("out", 1, "out_of_stock", 0),
        ("five", 6, "few_left", 5),
        ("plenty", MOST_OF_ONE + 1, "too_many", MOST_OF_ONE),
        ("euro", MOST_OF_ONE + 1, "too_many", MOST_OF_ONE),
        ("unpriced", 1, "price_unknown", None),
        ("nothing-like-it", 1, "unknown_variant", None),
    ],
)
def test_what_cannot_be_had_is_said_and_the_cart_stays(cart, variant_id, quantity, kind, available):
    outcome = cart.add("s", variant_id, principal=GUEST, quantity=quantity)
    assert (outcome.kind, outcome.available, outcome.line) == (kind, available, None)
    assert cart.show("s", principal=GUEST) == Cart()


def test_asking_for_more_than_is_left_keeps_what_is_in_the_cart(cart):
    cart.add("s", "five", principal=GUEST, quantity=4)
    for outcome in (
        cart.add("s", "five", principal=GUEST, quantity=2),
        cart.change("s", "five", quantity=6, principal=GUEST),
    ):
        assert (outcome.kind, outcome.available, outcome.line.quantity) == ("few_left", 5, 4)
    assert quantities(cart) == {"five": 4}


def test_what_can_be_ordered_ahead_is_not_held_to_its_stock(cart):
    assert cart.add("s", "ahead", principal=GUEST, quantity=7).kind == "added"


def test_changing_and_removing(cart):
    assert cart.change("s", "five", quantity=2, principal=GUEST).kind == "not_in_cart"
    cart.add("s", "five", principal=GUEST)
    assert cart.change("s", "five", quantity=5, principal=GUEST).line.quantity == 5
    assert cart.change("s", "five", quantity=5, principal=GUEST).kind == "changed"
    assert cart.change("s", "five", quantity=0, principal=GUEST).kind == "removed"
    assert cart.remove("s", "five", principal=GUEST).kind == "not_in_cart"
    assert quantities(cart) == {}


@pytest.mark.parametrize("quantity", [0, -1])
def test_adding_less_than_one_is_a_mistake(cart, quantity):
    with pytest.raises(ValueError, match=str(quantity)):
        cart.add("s", "five", principal=GUEST, quantity=quantity)


def test_each_currency_has_its_own_total(cart):
    for variant_id in ("five", "plenty", "euro", "unknown-currency"):
        cart.add("s", variant_id, principal=GUEST, quantity=2)
    assert cart.show("s", principal=GUEST).totals == (Total("USD", 7996), Total("EUR", 1000), Total(None, 200))


def test_what_is_no_longer_sold_is_shown_as_such_and_not_counted(cart, catalogue):
    cart.add("s", "five", principal=GUEST)
    cart.add("s", "euro", principal=GUEST)
    catalogue.withdraw(["L1"], feed="test")
    shown = cart.show("s", principal=GUEST, language="zh")
    assert [(line.title, line.state, line.price_minor) for line in shown.lines] == [
        ("灯 L1", "withdrawn", None),
        ("灯 L2", "available", 500),
    ]
    assert shown.totals == (Total("EUR", 500),)
    assert cart.change("s", "five", quantity=2, principal=GUEST).kind == "unknown_variant"
    assert cart.remove("s", "five", principal=GUEST).kind == "removed"


def test_stock_that_went_down_since_is_said(cart, catalogue):
    cart.add("s", "five", principal=GUEST, quantity=4)
    catalogue.put([product("L1", variant("five", stock=2))], feed="test")
    (line,) = cart.show("s", principal=GUEST).lines
    assert (line.state, line.available, line.quantity) == ("few_left", 2, 4)
    assert cart.change("s", "five", quantity=3, principal=GUEST).kind == "few_left"
    assert cart.change("s", "five", quantity=1, principal=GUEST).kind == "changed"
    catalogue.put([product("L1", variant("five", stock=0))], feed="test")
    sold_out = cart.show("s", principal=GUEST)
    assert sold_out.lines[0].state == "out_of_stock" and sold_out.totals == () and sold_out.checkout_url is None


def test_the_link_carries_the_carts_id_and_not_the_sessions(cart, engine):
    cart.add("s", "five", principal=GUEST)
    link = cart.show("s", principal=GUEST).checkout_url
    assert link == f"https://shop.example/pay?cart={Carts(engine).cart_id('s', GUEST)}&from=chat"


def test_a_shop_without_a_check_out_shows_no_link(engine, catalogue):
    cart = CartService(Carts(engine), catalogue)
    cart.add("s", "five", principal=GUEST)
    assert cart.show("s", principal=GUEST).checkout_url is None


def test_shoppers_do_not_see_each_others_carts(cart):
    cart.add("s", "five", principal=ADA)
    assert quantities(cart, GUEST) == {} == quantities(cart, Principal("shopper", "c-bo"))
    assert quantities(cart, ADA, session_id="another") == {"five": 1}
    with pytest.raises(Exception, match="may not"):
        cart.show("s", principal=SYSTEM)


def test_two_tabs_cannot_take_more_than_there_is(cart):
    with ThreadPoolExecutor(4) as tabs:
        kinds = list(tabs.map(lambda _: cart.add("s", "five", principal=GUEST).kind, range(12)))
    assert kinds.count("added") == 5 and kinds.count("few_left") == 7
    assert quantities(cart) == {"five": 5}


class CartAgainstADictionary(RuleBasedStateMachine):
    """A cart does what a dictionary of numbers would, whatever the shopper does and the feed changes."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.engine = open_database("", Path(self.folder.name))
        self.catalogue = Catalogue(self.engine)
        self.catalogue.create()
        self.cart = CartService(Carts(self.engine), self.catalogue)
        self.expected = {}

    @initialize()
    def open_shop(self):
        self.stock = {"a": 3, "b": None, "c": 0}
        self.put()

    def put(self):
        lamps = product("L", *(variant(name, stock=stock) for name, stock in self.stock.items()))
        self.catalogue.put([lamps], feed="test")

    def most(self, name):
        return MOST_OF_ONE if self.stock[name] is None else self.stock[name]

    @rule(name=st.sampled_from("abc"), stock=st.none() | st.integers(0, 6))
    def restock(self, name, stock):
        self.stock[name] = stock
        self.put()

    @rule(name=st.sampled_from("abc"), quantity=st.integers(1, 120))
    def add(self, name, quantity):
        wanted = self.expected.get(name, 0) + quantity
        outcome = self.cart.add("s", name, principal=GUEST, quantity=quantity)
        assert (outcome.kind == "added") == (wanted <= self.most(name))
        if outcome.kind == "added":
            self.expected[name] = wanted

    @rule(name=st.sampled_from("abc"), quantity=st.integers(0, 120))
    def change(self, name, quantity):
        outcome = self.cart.change("s", name, quantity=quantity, principal=GUEST)
        possible = name in self.expected and 0 < quantity <= self.most(name)
        assert (outcome.kind == "changed") == possible
        if possible:
            self.expected[name] = quantity
        elif quantity == 0:
            assert (outcome.kind == "removed") == (self.expected.pop(name, None) is not None)

    @rule()
    def clear(self):
        self.cart.clear("s", principal=GUEST)
        self.expected = {}

    @invariant()
    def shows_what_is_expected(self):
        shown = self.cart.show("s", principal=GUEST)
        assert {line.variant_id: line.quantity for line in shown.lines} == self.expected
        payable = sum(1999 * number for name, number in self.expected.items() if self.most(name))
        assert sum(total.amount_minor for total in shown.totals) == payable

    def teardown(self):
        self.engine.dispose()
        self.folder.cleanup()


TestCartAgainstADictionary = CartAgainstADictionary.TestCase
TestCartAgainstADictionary.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
