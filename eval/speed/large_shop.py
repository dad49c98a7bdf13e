"""A shop of a hundred thousand made-up products and what thirty thousand made-up people did there: for measuring speed.

    products    of 400 types in 40 departments, each type with five materials and six colours of its own, by 900 brands
    popularity  falls as rank to the power of -0.8 within a type
    people      two to five types each, one of them with half of the interest, and a brand that is liked four times as
                much; histories of three steps to some hundred, twelve in the middle

Nothing that is said of quality may rest on it. The same seed gives the same shop.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from assistant.recommend.interactions import Interactions
from index.product import Availability, Product, Variant, Words

TYPES, DEPARTMENTS, BRANDS, PEOPLE = 400, 40, 900, 30_000
MATERIALS = ("oak", "steel", "linen", "wool", "glass", "cotton", "bamboo", "leather", "copper", "cork", "felt", "clay")
COLORS = ("red", "blue", "green", "black", "white", "grey", "sand", "rose", "navy", "olive", "amber", "plum", "teal")
SYLLABLES = ("ka", "lo", "mi", "ren", "sol", "ta", "vel", "nor", "pim", "dra", "fen", "gul", "hes", "jor")
SOLD_OUT = 0.05
TAIL, LIKED = 0.8, 4.0


@dataclass(frozen=True, slots=True)
class LargeShop:
    """The products, and everybody's history in order, the oldest step first."""

    products: tuple[Product, ...]
    histories: tuple[tuple[str, tuple[str, ...]], ...]

    def interactions(self) -> Interactions:
        """Return what models are fitted to."""
        made = Interactions.of(self.histories, items=[product.id for product in self.products])
        words = tuple(_said(product) for product in self.products)
        return Interactions(made.people, made.items, made.histories, words)


def large_shop(count: int, seed: int, *, people: int = PEOPLE) -> LargeShop:
    """Return a shop of so many products and people; some seconds."""
    chance = Random(f"{seed}:large shop")
    brands = sorted({_name(chance, 3) for _ in range(BRANDS)})
    types = [_type(number, chance) for number in range(TYPES)]
    products = tuple(_product(number, types[number % TYPES], chance.choice(brands), chance) for number in range(count))
    shelves = [_Shelf(products[start::TYPES], chance) for start in range(min(TYPES, count))]
    histories = tuple((f"L-{number:05}", _history(shelves, chance)) for number in range(people))
    return LargeShop(products, histories)


@dataclass(frozen=True, slots=True)
class _Type:
    name: str
    department: str
    materials: tuple[str, ...]
    colors: tuple[str, ...]


class _Shelf:
    """The products of one type with their popularity, and which of them are of a brand."""

    def __init__(self, products: tuple[Product, ...], chance: Random) -> None:
        self.products = products
        ranks = list(range(1, len(products) + 1))
        chance.shuffle(ranks)
        self._popular = [rank**-TAIL for rank in ranks]
        self._drawn = list(accumulate(self._popular))

    def draw(self, liked: str, chance: Random) -> str:
        """Return a product; of the brand that is liked with a better chance."""
        for _ in range(3):
            one = chance.choices(self.products, cum_weights=self._drawn)[0]
            if one.brand == liked or chance.random() < 1 / LIKED:
                break
        return one.id


def _type(number: int, chance: Random) -> _Type:
    department = f"department {number % DEPARTMENTS}"
    name = f"{_name(chance, 2)} {chance.choice(('lamp', 'chair', 'cup', 'coat', 'bag', 'tool', 'rug', 'case'))}"
    return _Type(name, department, tuple(chance.sample(MATERIALS, 5)), tuple(chance.sample(COLORS, 6)))


def _product(number: int, kind: _Type, brand: str, chance: Random) -> Product:
    material, color = chance.choice(kind.materials), chance.choice(kind.colors)
    there = Availability.OUT_OF_STOCK if chance.random() < SOLD_OUT else Availability.IN_STOCK
    title = f"{brand} {_name(chance, 2)} {color} {material} {kind.name}"
    words = Words(title=title, category=(kind.department, kind.name), attributes={"material": material, "color": color})
    variant = Variant(id=f"P-{number:06}-1", price_minor=chance.randrange(500, 20_000), availability=there)
    return Product(id=f"P-{number:06}", words={"en": words}, brand=brand, currency="USD", variants=(variant,))


def _history(shelves: list[_Shelf], chance: Random) -> tuple[str, ...]:
    own = chance.sample(shelves, min(len(shelves), chance.randint(2, 5)))
    weights = [2.0 * len(own), *[1.0] * (len(own) - 1)]
    liked = chance.choice(own[0].products).brand or ""
    length = min(300, 3 + int(chance.lognormvariate(2.2, 0.9)))
    steps: Iterator[str] = (shelf.draw(liked, chance) for shelf in chance.choices(own, weights, k=length))
    return tuple(dict.fromkeys(steps))


def _name(chance: Random, syllables: int) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def _said(product: Product) -> str:
    said = product.words["en"]
    return " | ".join((said.title, *said.category, product.brand or "", *said.attributes.values()))
