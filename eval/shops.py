"""The shops that evaluations run on: the demo store or a folder's products, each in a home of its own.

A home is kept under `SHOP_HOME/eval` and brought up to date at each run, so that nothing is embedded twice and no
shopper's conversation is touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from tqdm import tqdm

from assistant.demo.products import products
from assistant.errors import SettingError
from assistant.prepare import fill_shop
from assistant.settings import Settings, read
from assistant.shop import Shop, open_shop
from index.importing import import_feed
from index.product import Product


@lru_cache(maxsize=1)
def demo_products() -> tuple[Product, ...]:
    """Return the products of the demo store."""
    return tuple(products())


@contextmanager
def judged_shop(data: Path | None) -> Iterator[Shop]:
    """Open the demo store, or a shop with the products of a folder's `products.jsonl.gz`.

    Raises:
        SettingError: the folder holds no such file.
    """
    settings = home_settings(data.name if data else "demo")
    if data is None:
        fill_shop(settings)
    with open_shop(settings) as shop:
        if data is not None:
            feed = data / "products.jsonl.gz"
            if not feed.is_file():
                raise SettingError("--data", str(data), "a folder with products.jsonl.gz is expected")
            with tqdm(desc=f"importing {feed.name}") as bar:
                import_feed(shop.index, feed, progress=lambda _step, done, _total: _move(bar, done))
        yield shop


def home_settings(name: str) -> Settings:
    """Return this environment's settings with a home of its own for the evaluation of `name`."""
    settings = read(os.environ)
    return replace(settings, home=settings.home / "eval" / name, database_url="", chroma_url="")


def _move(bar: tqdm[None], done: int) -> None:
    bar.n = done
    bar.refresh()
