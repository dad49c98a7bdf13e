"""A product as ranking sees it: its words as tokens, small enough to keep thousands in memory.

Made when a product is indexed and stored beside its words, since tokenising takes longer than ranking. Knows no query.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index.fields import everything
from index.product import Product
from index.words.text import is_measure, tokens

Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Card:
    """Tokens of a product by place. `everything` is the sorted hashes of all tokens in any place.

    `title` holds the words of all titles in order. `category` is the path in the feed's language.
    """

    title: tuple[str, ...]
    brand: str
    category: tuple[str, ...]
    options: frozenset[str]
    everything: Hashes

    @cached_property
    def title_tokens(self) -> frozenset[str]:
        """The tokens of the titles, measures included."""
        return frozenset(self.title)

    @cached_property
    def title_words(self) -> tuple[str, ...]:
        """The words of the titles in order, without measures."""
        return tuple(token for token in self.title if not is_measure(token))

    @cached_property
    def title_pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring words of the titles."""
        return frozenset(pairwise(self.title_words))

    @cached_property
    def brand_tokens(self) -> frozenset[str]:
        """The tokens of the brand."""
        return frozenset(tokens(self.brand))

    @cached_property
    def category_tokens(self) -> frozenset[str]:
        """The tokens of the category's path."""
        return frozenset(tokens(" ".join(self.category)))

    @property
    def leaf(self) -> str:
        """The last level of the category; empty where there is none."""
        return self.category[-1] if self.category else ""

    def carries(self, tokens: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Return for each token whether it occurs in any place; wrong once in some millions."""
        if not len(self.everything):
            return np.zeros(len(tokens), bool)
        wanted = np.array([token_hash(token) for token in tokens], np.uint32)
        at = np.minimum(np.searchsorted(self.everything, wanted), len(self.everything) - 1)
        return np.asarray(self.everything[at] == wanted)


@lru_cache(maxsize=10_000)
def token_hash(token: str) -> int:
    """Return the number that stands for a token."""
    return zlib.crc32(token.encode("utf-8", "surrogatepass"))


def make_card(product: Product) -> Card:
    """Return a product's card."""
    title = tuple(token for words in product.words.values() for token in tokens(words.title))
    values = {value for variant in product.variants for value in variant.options.values()}
    values |= {other for words in product.words.values() for other in words.option_values.values()}
    return Card(
        title=title,
        brand=product.brand or "",
        category=product.said(product.language).category,
        options=frozenset(token for value in values for token in tokens(value)),
        everything=_hashes(tokens(everything(product))),
    )


def pack(card: Card) -> bytes:
    """Return a card as bytes: a line of JSON, then the hashes."""
    head = {"title": card.title, "brand": card.brand, "category": card.category, "options": sorted(card.options)}
    return json.dumps(head, ensure_ascii=True).encode("ascii") + b"\n" + card.everything.tobytes()


def unpack(packed: bytes) -> Card:
    """Return the card that `pack` wrote."""
    line, _, rest = packed.partition(b"\n")
    head = json.loads(line)
    hashes = np.frombuffer(rest, np.uint32)
    return Card(tuple(head["title"]), head["brand"], tuple(head["category"]), frozenset(head["options"]), hashes)


def _hashes(found: Iterable[str]) -> Hashes:
    return np.array(sorted({token_hash(token) for token in found}), np.uint32)
