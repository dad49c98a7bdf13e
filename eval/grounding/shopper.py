"""A scripted shopper: walks through a conversation by reading what it was shown, and knows what would be an answer.

Every wish and question is grown from the catalogue's own records by a seed. Knows nothing of how turns are made.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from eval.grounding.truth import NUMBER, fold
from eval.seen import Seen
from index.product import Product

Expectation = Callable[[Seen], bool]


@dataclass(frozen=True, slots=True)
class Ask:
    """One message. `expects` tells whether a turn answered it; `None` where the shop could not answer (small talk, or a
    thing it does not sell). `limit_minor` is a price that no card may exceed."""

    kind: str
    message: str
    expects: Expectation | None = None
    limit_minor: int | None = None


class Shopper:
    """One visit in one language. `asks` yields messages; `saw` must be called with each turn before the next one."""

    def __init__(self, products: Sequence[Product], *, language: str, seed: int, policies: bool) -> None:
        self._products, self._language, self._policies = products, language, policies
        self._by_id = {product.id: product for product in products}
        self._random = random.Random(f"{seed}/{language}")
        self._lines: Mapping[str, Any] = _lines()[language]
        self._seen: Seen | None = None

    def saw(self, seen: Seen) -> None:
        """Take note of the turn that answered the last message."""
        self._seen = seen

    def asks(self) -> Iterator[Ask]:
        """Yield the visit's messages in order: a wish, then questions about what was shown, then the cart or a rule."""
        if self._random.random() < 0.15:
            yield Ask("smalltalk", self._line("hello"))
        yield self._wish()
        followers = [
            self._attribute,
            self._price,
            self._stock,
            self._reviews,
            self._compare,
            self._refine,
            self._attribute,
        ]
        self._random.shuffle(followers)
        for follower in followers[:3]:
            ask = follower()
            if ask:
                yield ask
        ends = [self._add, self._policy, self._absent]
        self._random.shuffle(ends)
        for end in ends[:2]:
            ask = end()
            if ask:
                yield ask

    def _line(self, kind: str, **values: object) -> str:
        line: str = self._random.choice(self._lines[kind])
        return line.format(**values)

    def _wish(self) -> Ask:
        target = self._random.choice([p for p in self._products if len(p.said(self._language).category) > 0])
        thing = target.said(self._language).category[-1]
        if self._language == "en":
            thing = thing.lower()
        prices = target.prices_minor()
        if prices and target.currency and self._random.random() < 0.5:
            limit = max(1, round(prices[0] * self._random.uniform(1.05, 1.6) / 100))
            message = self._line("wish_limit", thing=thing, limit=limit)
            return Ask("wish_limit", message, lambda seen: bool(seen.cards), limit_minor=limit * 100)
        colours = target.options("color")
        if colours and self._random.random() < 0.4:
            colour = self._random.choice(colours)
            shown = target.said(self._language).option_values.get(colour, colour)
            return Ask(
                "wish_colour", self._line("wish_colour", thing=thing, colour=shown.lower()), lambda s: bool(s.cards)
            )
        return Ask("wish", self._line("wish", thing=thing), lambda seen: bool(seen.cards or seen.question))

    def _first(self) -> Product | None:
        cards = self._seen.cards if self._seen else ()
        return self._by_id.get(cards[0].product_id) if cards else None

    def _attribute(self) -> Ask | None:
        product = self._first()
        words = product.said(self._language) if product else None
        if not words or not words.attributes:
            return None
        name, value = self._random.choice(sorted(words.attributes.items()))
        name = name.lower() if self._language == "en" else name
        return Ask("attribute", self._line("attribute", name=name), lambda seen: holds(value, seen.text))

    def _price(self) -> Ask | None:
        product = self._first()
        if product is None or product.prices_minor() is None:
            return None
        amounts = [f"{v.price_minor / 100:.2f}" for v in product.variants if v.price_minor is not None]
        return Ask("price", self._line("price"), lambda seen: any(a in seen.text.replace(",", "") for a in amounts))

    def _stock(self) -> Ask | None:
        product = self._first()
        known = product is not None and any(v.availability != "unknown" for v in product.variants)
        words = self._lines["stock_words"]
        return Ask("stock", self._line("stock"), lambda s: any(w in fold(s.text) for w in words)) if known else None

    def _reviews(self) -> Ask | None:
        product = self._first()
        if product is None or not product.rating_count or product.rating is None:
            return None
        count, rating = str(product.rating_count), f"{product.rating:.1f}"
        return Ask(
            "reviews",
            self._line("reviews"),
            lambda s: count in s.text.replace(",", "") or rating in s.text or '"' in fold(s.text),
        )

    def _compare(self) -> Ask | None:
        if self._seen is None or len(self._seen.cards) < 2:
            return None
        return Ask("compare", self._line("compare"), lambda seen: seen.comparison is not None)

    def _refine(self) -> Ask | None:
        if self._first() is None:
            return None
        return Ask("refine", self._line("cheaper"), lambda seen: bool(seen.cards or seen.sentences))

    def _add(self) -> Ask | None:
        product = self._first()
        if product is None or not product.in_stock or product.prices_minor() is None:
            return None
        wanted = product.id
        return Ask(
            "cart_add",
            self._line("add"),
            lambda seen: (
                bool(seen.question) or any(line.product_id == wanted for line in (seen.cart.lines if seen.cart else ()))
            ),
        )

    def _policy(self) -> Ask | None:
        if not self._policies:
            return None
        policy, message = self._random.choice([(k, q) for k, qs in self._lines["policy"].items() for q in qs])
        return Ask(
            "policy",
            message,
            lambda seen: any(f"policy:{policy}" in c.source for s in seen.sentences for c in s.citations),
        )

    def _absent(self) -> Ask:
        return Ask("absent", self._line("absent"))


def holds(value: str, text: str) -> bool:
    """True when a record's value reached the text: all its numbers, and most of its words.

    >>> holds("100% cotton", "It is 100 % cotton.")
    True
    >>> holds("12 hours", "It lasts long.")
    False
    """
    wanted, said = fold(value), fold(text)
    figures = NUMBER.findall(wanted)
    if not set(figures) <= set(NUMBER.findall(said)):
        return False
    words = re.findall(r"[a-z]{3,}", wanted)
    if not words:
        chinese = re.findall(r"[一-鿿]{2}", wanted)
        return bool(figures) or sum(pair in said for pair in chinese) >= len(chinese) / 2
    if wanted in ("yes", "no"):
        return bool(re.search(r"\b(yes|no|not|is|are|has|have)\b|n't\b", said))
    return sum(word[:5] in said for word in words) >= len(words) / 2


@lru_cache(maxsize=1)
def _lines() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "shopper.toml").read_text(encoding="utf-8"))
