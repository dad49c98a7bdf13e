"""Decides by one search which doubtful words are conditions and which are part of a name.

"Orange juice" is no orange thing, a "dog bed" is no bed, "simple" is no brand: what the shop's best hits for the whole
phrase are tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Asked
from assistant.conversation.answers.likeness import heads
from assistant.conversation.answers.sizing import offered
from assistant.conversation.reading.term import Found
from assistant.conversation.reading.words import stems, words
from assistant.conversation.state import Wish
from index.product import Product
from index.query import Filters, Hit, Query

PROBED = 6
"""Hits that decide."""
_ASKED_FOR = re.compile(
    r"(?:[买要来找看挑选换求缺喝吃泡]|换成|换个|看看|推荐|入手|需要|有没有|有什么|有啥)(?:了?一?[个把双条件台只款套张顶瓶盒支]|点|些|一下)?(?:好的|新的?)?$"
)
_ENDED = re.compile(r"[^\u3400-\u9fff]|$|[吧呢吗么啊呀送给用那这之啥是]|的(?:[^\u3400-\u9fff]|$)")


def settled(asked: Asked, wish: Wish) -> Wish:
    """Return the wish without the conditions that its words do not really state."""
    return offered(asked, _without_doubt(asked, wish))


def _without_doubt(asked: Asked, wish: Wish) -> Wish:
    doubtful = [one for one in asked.found.doubtful if one.term.kind != "option" or one.term.name == "color"]
    if not doubtful or not wish.text:
        return wish
    filters = replace(wish, brands=(), categories=(), options={}, must_haves=()).filters()
    hits = asked.sources.searcher.search(Query(text=wish.text, filters=_loose(filters), limit=PROBED)).hits
    for found in doubtful:
        if found.term.kind == "category" and (heads(wish, [found]) or _wanted(found, asked)):
            continue
        if hits and not _meant(found, hits, asked):
            wish = _without(wish, found)
    return wish


def _wanted(found: Found, asked: Asked) -> bool:
    """Return whether a kind of thing stands right behind the word that asks for it, and is what is wished for."""
    said, values = asked.found.message, set(found.term.values)
    return bool(values & set(asked.found.wish.categories) and _ASKED_FOR.search(said[: found.start])) and bool(
        _ENDED.match(said[found.end :])
    )


def _loose(filters: Filters) -> Filters:
    """Return the filters without price and stock: they do not tell what a word means."""
    return replace(filters, price_min_minor=None, price_max_minor=None, in_stock=False, rating_min=None)


def _meant(found: Found, hits: Sequence[Hit], asked: Asked) -> bool:
    products, message = [hit.product for hit in hits], asked.found.message
    if found.term.kind == "category":
        return _in_category(products[0], found.term.values) or 2 * sum(
            _in_category(p, found.term.values) for p in products[:4]
        ) >= len(products[:4])
    if found.term.kind == "brand":
        return any(p.brand in found.term.values for p in products)
    for other in asked.found.named:
        if _follows(found, other, message):
            near = [product for product in products if _in_category(product, other.term.values)]
            return any(product.options("color") for product in near or _of_kind(asked, other.term.values))
    return not _part_of_name(found, products, message)


def _of_kind(asked: Asked, values: Sequence[str]) -> list[Product]:
    """Return what the shop has of a kind, where no hit is of it: 黑色短袖 finds more that is black than T-shirts."""
    catalogue = asked.sources.catalogue
    return list(catalogue.get(list(catalogue.matching(Filters(categories=frozenset(values))))).values())


def _follows(found: Found, other: Found, message: str) -> bool:
    """Return whether the next word after a colour is a category that we know."""
    return other.term.kind == "category" and not message[found.end : other.start].strip() and other.start >= found.end


def _in_category(product: Product, values: Sequence[str]) -> bool:
    wanted = {value.lower() for value in values}
    return any(level.lower() in wanted for words_ in product.words.values() for level in words_.category)


def _part_of_name(found: Found, products: Sequence[Product], message: str) -> bool:
    """Return whether a colour belongs to the noun after it: what carries that noun comes in no colours.

    Where no hit carries the noun, the shop has no such thing, and a colour filter would only hide that.
    """
    after = [word.text for word in words(re.split(r"[.!?;,。！？；，]", message[found.end :])[0])[:1]]
    if not after:
        return False
    phrase = stems(f"{found.form} {after[0]}")
    if any(_contains(stems(w.title), phrase) and not p.options("color") for p in products for w in p.words.values()):
        return True
    carrying = [p for p in products if stems(after[0])[0] in _nouns(p)]
    return not any(p.options("color") for p in carrying)


def _nouns(product: Product) -> set[str]:
    """Return the words of titles and categories in every language, where a noun that the shop has would stand."""
    texts = (text for words_ in product.words.values() for text in (words_.title, *words_.category))
    return {stem for text in texts for stem in stems(text)}


def _contains(text: Sequence[str], phrase: Sequence[str]) -> bool:
    return any(tuple(text[at : at + len(phrase)]) == tuple(phrase) for at in range(len(text) - len(phrase) + 1))


def _without(wish: Wish, found: Found) -> Wish:
    if found.term.kind == "category":
        return replace(wish, categories=tuple(c for c in wish.categories if c not in found.term.values))
    if found.term.kind == "brand":
        return replace(wish, brands=tuple(b for b in wish.brands if b not in found.term.values))
    return _without_option(wish, found)


def _without_option(wish: Wish, found: Found) -> Wish:
    """Return the wish without what one word said of an option; "purple" stays beside the steel of "stainless steel"."""
    name, key = found.term.name, f"option:{found.term.name}"
    values = tuple(value for value in wish.options.get(name, ()) if value not in found.term.values)
    said = [form for form in wish.labels.get(key, "").split(" / ") if form and form != found.form]
    options = {other: kept for other, kept in wish.options.items() if other != name}
    labels = {other: label for other, label in wish.labels.items() if other != key}
    if not values:
        return replace(wish, options=options, labels=labels)
    return replace(wish, options={**options, name: values}, labels={**labels, key: " / ".join(said)})
