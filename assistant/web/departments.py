"""The shop's largest departments, each with a picture of something in it, for a visitor who has not asked yet."""

from __future__ import annotations

import time
from dataclasses import dataclass

from assistant.web.rendering import picture_url
from index.catalogue import Catalogue
from index.product import Product
from index.query import Filters

MOST = 12
"""Departments shown."""
_LOOKED_AT = 40
"""Products of a department among which the best known one lends its picture."""
_KEPT_S = 300.0


@dataclass(frozen=True, slots=True)
class Department:
    """A top-level category as shown."""

    name: str
    count: int
    image: str | None


class Departments:
    """Reads the departments of a catalogue, and keeps them for five minutes."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept: tuple[float, list[tuple[Product, int]]] | None = None

    def shown(self, language: str) -> list[Department]:
        """Return the departments in `language`, the largest first; empty for a shop without categories."""
        now = time.monotonic()
        if self._kept is None or now - self._kept[0] > _KEPT_S:
            self._kept = (now, self._read())
        return [
            Department(product.said(language).category[0], count, _image(product))
            for product, count in self._kept[1]
            if product.said(language).category
        ]

    def _read(self) -> list[tuple[Product, int]]:
        found: list[tuple[Product, int]] = []
        for name, count in list(self._catalogue.vocabulary().categories.items())[: MOST * 4]:
            product = self._best_known(name)
            if product and len(found) < MOST:
                found.append((product, count))
        return found

    def _best_known(self, category: str) -> Product | None:
        """Return the product that stands for a top-level category, `None` where the category is a deeper one."""
        ids = list(self._catalogue.matching(Filters(categories=frozenset({category}))))[:_LOOKED_AT]
        products = [p for p in self._catalogue.get(ids).values() if p.said(p.language).category[:1] == (category,)]
        return max(products, key=lambda p: (_image(p) is not None, p.rating_count or 0), default=None)


def _image(product: Product) -> str | None:
    images = (*(variant.image for variant in product.variants), *product.images)
    return next((url for url in map(picture_url, images) if url), None)
