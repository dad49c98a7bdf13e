"""Whether what was found is at all what was asked for: a shop that has no turntable says so.

A search by meaning always finds something. Here the words decide, leniently: only when no hit's record carries any word
of the wish, in the language of the wish, is the thing said to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.reading.framing import GENERIC, GENERIC_HAN, content
from assistant.conversation.reading.stating import naming
from assistant.conversation.reading.term import Found
from assistant.conversation.reading.words import HAN, stem, stems
from assistant.conversation.state import Wish
from index.product import Product

READ = 8
"""Hits whose records are read."""


def unlike(wish: Wish, products: Sequence[Product], language: str) -> bool:
    """Return whether nothing found carries a word of what is wished for."""
    if wish.categories or not wish.text or generic(wish.text):
        return False
    readable = [product for product in products[:READ] if language in product.words]
    branded = {word for brand in wish.brands for word in content(brand)}
    wanted = [word for word in naming(_thing(wish.text)) or naming(wish.text) if word not in branded]
    if not readable or not wanted:
        return False
    texts = [_text(product, language) for product in readable]
    if language == "zh":
        return not any(_shares(word, text) for word in wanted for text in texts)
    there = {one for text in texts for one in stems(text)}
    return not any(stem(word) in there for word in wanted if not HAN.search(word))


def carrying(wish: Wish, products: Sequence[Product], language: str) -> list[Product]:
    """Return the products whose title or category carries the noun of the wish: a plush elephant for an elephant."""
    branded = {word for brand in wish.brands for word in content(brand)}
    wanted = [word for word in content(_thing(wish.text)) or content(wish.text) if word not in branded]
    return [product for product in products if wanted and _carries(product, wanted[-1], language)]


def heads(wish: Wish, doubtful: Sequence[Found]) -> bool:
    """Return whether a kind of thing is what the wish is headed by, not a word of what it is for or made for.

    A jacket heads "waterproof jacket for hiking"; a phone does not head "phone case".
    """
    named = content(_thing(wish.text))
    kinds = [content(one.form) for one in doubtful if one.term.kind == "category"]
    return bool(wish.categories and named) and any(
        kind and (named[-1].endswith(kind[-1]) if HAN.search(kind[-1]) else stem(named[-1]) == stem(kind[-1]))
        for kind in kinds
    )


def _carries(product: Product, noun: str, language: str) -> bool:
    """Return whether a product is called by the noun; of a Chinese compound by its last two characters.

    A set in a wooden case is no case: what stands in an English title after "in" or "with" names a part of the thing.
    """
    words = product.said(language)
    if HAN.search(noun):
        return noun[-2:] in " ".join((words.title, *words.category)).lower()
    called = re.split(r"\b(?:in|with|for|of)\b", words.title.lower(), maxsplit=1)[0]
    return stem(noun) in stems(" ".join((called, *words.category)))


def generic(text: str) -> bool:
    """Return whether the wish names an occasion, not a thing: anything may be a gift."""
    return bool(GENERIC_HAN.search(text)) or any(word in GENERIC for word in content(text))


def _thing(text: str) -> str:
    """Return the part that names the thing, before what it is for."""
    return re.split(r"\b(?:for|with|that|to|which|without|under|from)\b", text, maxsplit=1)[0]


def _text(product: Product, language: str) -> str:
    words = product.words[language]
    parts = (words.title, *words.category, *words.attributes.values(), *words.highlights, words.description)
    return " ".join((*parts, product.brand or "", *(v for name in ("color", "size") for v in product.options(name))))


def _shares(word: str, text: str) -> bool:
    """Return whether a text holds two neighbouring characters of a Chinese word, or a Latin word."""
    if not HAN.search(word):
        return word in text.lower()
    pieces = {word[at : at + 2] for at in range(len(word) - 1)} or {word}
    return any(piece in text for piece in pieces)
