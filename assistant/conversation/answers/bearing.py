"""Which of what was found bears the words that tell it apart: "gaming mice" are mice that are called so.

A search ranks by likeness and fills its list; a shopper who says "outdoor speaker" has no use for the other speakers
once there are some. A word tells apart where some of what was found bears it, in its name or in what its record
affirms, and some does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.conversation.answers.by_name import pieces
from assistant.conversation.reading.framing import STOP
from assistant.conversation.reading.stating import naming
from assistant.conversation.state import Wish
from index.product import Product, Words
from index.query import Hit

LEAST = 2
"""So many have to bear a word: what a single title holds may be the name of a line."""
ANIMALS = frozenset({"犬", "猫", "dog", "cat"})
"""Whom a thing is for, so that one that bears it is enough: nobody feeds a cat with a dog's food."""
_DENIES = re.compile(r"^\s*(?:no|not|none|without)\b|^\s*[不无否非没]", re.IGNORECASE)
_AFFIRMS = re.compile(r"^\s*(?:yes|built[- ]in)\b|^\s*[是有]", re.IGNORECASE)
_ONE_HAN = re.compile(r"(?<![\u3400-\u9fff])([\u3400-\u9fff])的")
"""A thing described by one character: 铝的, 棉的."""


def bearing(hits: Sequence[Hit], wish: Wish) -> list[Hit]:
    """Return the hits that bear the most of the words that tell hits apart; all where no word does."""
    if not hits:
        return []
    needs = " ".join(must.text for must in wish.must_haves)
    known = pieces(needs) | frozenset(_ONE_HAN.findall(needs)) | _conditions(wish)
    said = (pieces(wish.text) | frozenset(_ONE_HAN.findall(wish.text)) | _animals(wish.text)) - known - STOP
    # What there should be much of is in some names ("Tall Cat Tree"); what records say of it is read as a number.
    preferred = pieces(" . ".join(one.text for one in wish.preferences)) & pieces(wish.text)
    names = [_borne(said | preferred, _named(hit.product)) for hit in hits]
    by_name = _most(hits, names, sure=bool(wish.categories))
    if not wish.categories:
        return by_name
    return _most(by_name, [_borne(said, f"{_named(h.product)} . {_stated(h.product)}") for h in by_name], sure=True)


def borne_whole(products: Sequence[Product], wish: Wish) -> bool:
    """Return whether a product bears every word of the wish, so that it surely is what was asked for."""
    known = pieces(" ".join(must.text for must in wish.must_haves)) | _conditions(wish)
    said = pieces(" ".join(naming(wish.text))) - known - STOP
    return bool(said) and any(_borne(said, f"{_named(one)} . {_stated(one)}") == said for one in products)


def only_conditions(wish: Wish) -> bool:
    """Return whether a wish says nothing but what colour or size anything must have: "what have you got in purple"."""
    said = pieces(" ".join(naming(wish.text))) - _conditions(wish) - STOP
    return bool(wish.options) and not said


def _animals(text: str) -> frozenset[str]:
    """Return the animals that a text names by one character, as records call them."""
    return frozenset("犬" if one in "狗犬" else one for one in text if one in "狗犬猫")


def _most(hits: Sequence[Hit], borne: Sequence[frozenset[str]], *, sure: bool) -> list[Hit]:
    """Return the hits that bear the most telling words; where the kind of thing is not sure, the first must be one."""
    counted = Counter(one for said in borne for one in said)
    telling = {one for one, many in counted.items() if (1 if one in ANIMALS else LEAST) <= many < len(hits)}
    most = max(len(said & telling) for said in borne)
    kept = [hit for hit, said in zip(hits, borne, strict=True) if len(said & telling) == most]
    return kept if telling and (sure or hits[0] in kept) else list(hits)


def _borne(said: frozenset[str], text: str) -> frozenset[str]:
    """Return what of the words said a text holds; one Chinese character counts wherever it stands."""
    there = pieces(text)
    return frozenset(one for one in said if one in there or (len(one) == 1 and one in text))


def _named(product: Product) -> str:
    """Return the titles and categories of a product in every language."""
    return " . ".join(text for words in product.words.values() for text in (words.title, *words.category))


def _stated(product: Product) -> str:
    """Return what the records of a product affirm: what is denied is nothing that it bears."""
    return " . ".join(text for words in product.words.values() for text in _affirmed(words))


def _affirmed(words: Words) -> list[str]:
    stated = [(name, text) for name, text in words.attributes.items() if not _DENIES.search(text)]
    return [f"{name} {text}" if _AFFIRMS.search(text) else text for name, text in stated]


def _conditions(wish: Wish) -> frozenset[str]:
    """Return the pieces of what is a condition already: brands, colours, sizes, what must not be."""
    kinds = [label for key, label in wish.labels.items() if key.startswith("category:")]
    labels = [label for key, label in wish.labels.items() if not key.startswith("category:")]
    labels += kinds if len(kinds) > 1 and len(wish.categories) > 1 else []  # either will do
    said = (*wish.brands, *labels, *wish.excluded, *(v for vs in wish.options.values() for v in vs))
    said += tuple(one.text for one in wish.preferences)
    return pieces(" . ".join(said))
