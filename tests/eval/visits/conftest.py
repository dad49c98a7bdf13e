"""What the tests of simulated visits share: a shelf of three clocks, and turns made by hand."""

import pytest

from assistant.conversation.parts import Card, CartLine, CartShown, Question, Sentence, Understood
from assistant.wording.evidence import Citation
from eval.seen import Seen
from index.product import Availability, Product, Variant, Words

CLOCKS = ("Home & Bedding", "Decoration", "Clocks")


def _clock(id_, *, brand, price, colours, waterproof=None, material="Oak", rating=4.5, stock=5, size=None):
    attributes = {"Material": material} | ({"Waterproof": waterproof} if waterproof else {})
    chinese = {"Navy": "藏青色", "Black": "黑色", "White": "白色"}
    sizes = {"size": size} if size else {}
    variants = tuple(
        Variant(
            id=f"{id_}-{colour}",
            options={"color": colour} | sizes,
            price_minor=price,
            stock=stock,
            availability=Availability.IN_STOCK if stock else Availability.OUT_OF_STOCK,
        )
        for colour in colours
    )
    words = {
        "en": Words(title=f"{brand} Wall Clock", category=CLOCKS, attributes=attributes),
        "zh": Words(title=f"{brand}挂钟", category=("家居与床品", "装饰", "挂钟"), option_values=chinese),
    }
    return Product(id=id_, words=words, brand=brand, currency="USD", variants=variants, rating=rating, rating_count=9)


@pytest.fixture
def shelf():
    """Three clocks by id."""
    clocks = [
        _clock("A", brand="Nordvik", price=3900, colours=("Navy", "Black"), waterproof="Yes, IPX4"),
        _clock("B", brand="Hearthwell", price=5900, colours=("White",), waterproof="No", material="100% cotton"),
        _clock("C", brand="Nordvik", price=2900, colours=("Black",), rating=None, stock=0),
    ]
    return {clock.id: clock for clock in clocks}


@pytest.fixture
def turn(shelf):
    """A function that makes a turn: cards by "PRODUCT" or "PRODUCT-COLOUR", sentences by text or (text, subject)."""

    def make(*cards, said=(), asks=None, choices=(), cart=None, rules=False, constraints=None, message="…"):
        seen = Seen(message)
        seen.understood = Understood("en", "find", (), constraints or {})
        seen.cards = tuple(_card(shelf, one) for one in cards)
        for one in said:
            text, subject = one if isinstance(one, tuple) else (one, "")
            sources = (Citation("Returns", "policy:returns#time"),) if rules else ()
            seen.sentences.append(Sentence(text, subject, "record", sources))
        seen.question = Question(asks, tuple(choices)) if asks else None
        seen.cart = CartShown((_line(shelf, cart),), "$39.00", None) if cart else None
        seen.trace = {"finished": True}
        return seen

    return make


def _found(shelf, name):
    id_, _, colour = name.partition("-")
    product = shelf[id_]
    return product, next((v for v in product.variants if v.options["color"] == colour), product.variants[0])


def _card(shelf, name):
    product, variant = _found(shelf, name)
    return Card(
        product_id=product.id,
        variant_id=variant.id,
        title=product.title,
        brand=product.brand,
        price_minor=variant.price_minor,
        list_price_minor=None,
        currency="USD",
        price_text=f"${variant.price_minor / 100:.2f}",
        in_stock=variant.in_stock,
        stock_text="in stock" if variant.in_stock else "out of stock",
        rating=product.rating,
        rating_count=9,
        image=None,
        url=None,
        options=dict(variant.options),
    )


def _line(shelf, name):
    product, variant = _found(shelf, name)
    return CartLine(variant.id, product.id, product.title, "", 1, variant.price_minor, "USD", "$39.00", None)
