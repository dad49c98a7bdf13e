"""A small shop whose right answers are seen by eye, and an embedder that needs no model."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import create_engine

from index.build import Index
from index.product import Availability, Product, Variant, Words


class Trigrams:
    """Counts letter trigrams: near spellings are near vectors. Counts what it was asked to embed."""

    name = "trigrams"
    dimension = 256
    english_only = False

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def queries(self, texts):
        return np.stack([self._vector(text) for text in texts])

    def products(self, texts):
        self.embedded += texts
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text):
        vector = np.zeros(self.dimension, np.float32)
        padded = f"  {text.lower()} "
        for at in range(len(padded) - 2):
            vector[zlib.crc32(padded[at : at + 3].encode()) % self.dimension] += 1
        return vector / max(float(np.linalg.norm(vector)), 1e-9)


def product(id_: str, title: str, **given) -> Product:
    """A product with one variant, in stock."""
    words = {"en": Words(title=title, description=given.pop("description", ""), category=given.pop("category", ()))}
    if chinese := given.pop("zh", ""):
        words["zh"] = Words(title=chinese)
    options = {"color": given.pop("color")} if "color" in given else {}
    variant = Variant(
        id=f"{id_}-1",
        options=options,
        price_minor=given.pop("price", 1000),
        availability=given.pop("availability", Availability.IN_STOCK),
    )
    return Product(id=id_, words=words, variants=(variant,), currency="USD", **given)


MUGS, PLATES = ("Kitchen", "Mugs"), ("Kitchen", "Plates")
PRODUCTS = (
    product("mug-red", "Red ceramic mug 12 oz", color="Red", price=900, brand="Hearth", category=MUGS),
    product("mug-blue", "Blue ceramic mug 350 ml", color="Blue", price=1100, brand="Hearth", category=MUGS),
    product("plates", "Dinner plates, set of 4, without mugs", price=3900, brand="Hearth", category=PLATES),
    product("set", "Dinnerware set with plates and mugs", price=5900, brand="Oak & Iron", category=PLATES),
    product("dress", "Red summer dress", zh="红色夏季连衣裙", color="Red", price=4500, rating=4.5, rating_count=8),
    product("coat", "Wool winter coat", zh="羊毛冬季大衣", color="Grey", price=12900, rating=4.9, rating_count=3),
    product("phones", "Wireless headphones with noise cancelling", zh="无线降噪耳机", price=8900, brand="Sonora"),
    product("kettle", "Electric kettle 1.7 l", price=3500, brand="Sonora", availability=Availability.OUT_OF_STOCK),
    product("ruler", "Steel ruler 12 inch", price=500),
    product("mat", "Yoga mat, non slip", zh="防滑瑜伽垫", price=2500, rating=4.2, rating_count=40),
)


@pytest.fixture
def products() -> tuple[Product, ...]:
    return PRODUCTS


@pytest.fixture
def embedder() -> Trigrams:
    return Trigrams()


@pytest.fixture
def open_index(tmp_path: Path, embedder: Trigrams):
    """Open the index under `tmp_path` as often as asked; all are closed at the end."""
    opened: list[Index] = []
    engine = create_engine(f"sqlite:///{tmp_path / 'shop.db'}")

    def open_() -> Index:
        opened.append(Index.assemble(tmp_path, engine, [embedder]))
        return opened[-1]

    yield open_
    for index in opened:
        index.close()
    engine.dispose()


@pytest.fixture
def shop(open_index) -> Index:
    index = open_index()
    index.catalogue.put(PRODUCTS, feed="shop")
    index.sync()
    return index
