"""Which texts of a product are searched: titles by vectors, titles and everything by words.

Knows products; no embedder, no index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from index.product import Product, Words
from index.words.text import is_chinese


def english_title(product: Product) -> str:
    """Return the title in English where there is one; empty for a product named in Chinese alone."""
    title = product.said("en").title
    return "" if is_chinese(title) else title


def main_title(product: Product) -> str:
    """Return the title in the feed's own language."""
    return product.title


def other_title(product: Product) -> str:
    """Return the title in the first other language; empty where there is none."""
    return next((words.title for language, words in product.words.items() if language != product.language), "")


def every_title(product: Product) -> str:
    """Return the titles in all languages."""
    return "\n".join(words.title for words in product.words.values())


def everything(product: Product) -> str:
    """Return all that is said of a product in every language, its brand and the values of its options."""
    options = {value for variant in product.variants for value in variant.options.values()}
    parts = [text for words in product.words.values() for text in _said(words)]
    return "\n".join([*parts, product.brand or "", *sorted(options)])


def _said(words: Words) -> list[str]:
    attributes = [f"{name} {value}" for name, value in words.attributes.items()]
    options = list(words.option_values.values())
    return [words.title, *words.highlights, words.description, *words.category, *attributes, *options]


def text_hash(text: str) -> str:
    """Return a short hash that tells whether a text has changed."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


FIELDS: dict[str, Callable[[Product], str]] = {
    "title": main_title,
    "other": other_title,
    "english": english_title,
}
"""The fields that are embedded, by name."""
