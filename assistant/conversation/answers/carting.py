"""Puts what is meant into the cart, and shows it: what the shopper said, and what came of it."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.cart_shown import cart_of, line_title, titled, told, total_of, with_cart
from assistant.conversation.answers.picking import SEEN, Picked, picked
from assistant.conversation.answers.pointing import each_meant, meant, named, only_option, points_past
from assistant.conversation.parts import Question
from assistant.conversation.reading.changes import so_many
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.numerals import read_number
from assistant.conversation.reading.options import options_in
from assistant.conversation.reading.taking import PAYS, TOTALS
from assistant.conversation.reading.words import stem
from assistant.wording.phrases import say
from index.product import Product, Variant

_AND = re.compile(r"\band\b|\bplus\b|[,，、;；&]|和|跟|还有")
"""What stands between two that are each wanted."""
MOST = 6
"""Products added at once."""
_SO_MANY_OF = re.compile(r"\b(\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:\w+ )?of $")
_SO_MANY_AFTER = re.compile(
    r"\s*(?:也)?(?:加|要|来|买|拿)?([\d一两二三四五六七八九十]{1,3})[个件双条只台瓶盒套把款本张份罐包]"
)
TWICE_S = 4.0
"""The same message again within this many seconds is a double click, not a second wish."""


def add(asked: Asked) -> Answer:
    """Put what is meant into the cart."""
    products = _of_kind(asked, _products(asked))
    if not products:
        return _which(asked)
    if _twice(asked):
        return with_cart(asked, [Notice(say("cart_already", asked.language))])
    return added(asked, products)


def added(asked: Asked, products: Sequence[Product]) -> Answer:
    """Put these products into the cart; where it is open which variant of one is wanted, that is asked."""
    notices: list[Notice] = []
    taken: str | None = None
    each = [(product, said) for product in products[:MOST] for said in _each_said(asked, product)]
    for product, one in each:
        choice = picked(one, product)
        if choice.variant is None:
            return _asking(one, product, choice, notices)
        notices.append(_added(one, product, choice.variant))
        notices += _other_colours(one, product, choice.variant)
        taken = choice.variant.id
    gone = [_out(asked)] if taken and asked.state.instead and asked.state.asked.startswith("option:") else []
    return with_cart(asked, [*gone, *notices, *_and_then(asked)], focus=products[-1], taken=taken)


def _out(asked: Asked) -> Notice:
    """Take out what the thing that was just settled stands for."""
    line = next((one for one in cart_of(asked).lines if one.variant_id == asked.state.instead), None)
    outcome = asked.sources.carts.remove(asked.session_id, asked.state.instead, principal=asked.principal)
    return told(asked, outcome, title=line_title(line) if line else "", quantity=0, product=None)


def _and_then(asked: Asked) -> list[Notice]:
    """Return what a message asks of the cart beside what it puts there: its total, the way to check-out."""
    said, cart = asked.found.message.lower(), cart_of(asked)
    told: list[Notice] = []
    if TOTALS.search(said) and cart.lines:
        total = total_of(cart, asked.language)
        told.append(Notice(say("cart_holds", asked.language, count=len(cart.lines), total=total)))
    if PAYS.search(said) and cart.checkout_url:
        told.append(Notice(say("checkout_link", asked.language)))
    return told


def comes_to(asked: Asked) -> list[Notice]:
    """Return what the cart comes to, where it holds anything."""
    cart = cart_of(asked)
    total = total_of(cart, asked.language)
    return [Notice(say("cart_holds", asked.language, count=len(cart.lines), total=total))] if cart.lines else []


def _each_said(asked: Asked, product: Product) -> list[Asked]:
    """Return the message as far as it speaks of this product, once for each option: "one teal and one grey"."""
    found, message = asked.found, asked.found.message
    starts = [(reference.start, one.id) for reference, one in each_meant(asked)]
    several = len(starts) > 1
    begin = next((start for start, one in starts if one == product.id), 0) if several else 0
    begin = 0 if several and begin == min(start for start, _ in starts) else begin
    end = min((start for start, one in starts if several and start > begin and one != product.id), default=len(message))
    cuts = [begin, *(cut.end() for cut in _AND.finditer(message) if begin < cut.end() < end), end]
    spans = list(itertools.pairwise(cuts))
    parts = [options for start, stop in spans if (options := _options_of(asked, product, start, stop))]
    apart = any(
        one[name] != other[name] for one, other in itertools.combinations(parts, 2) for name in one.keys() & other
    )
    whole = {name: values for part in parts for name, values in part.items()}
    each = parts if apart else [whole if several else {**found.wish.options, **whole}]
    wishes = [replace(found.wish, options=options) for options in each]
    return [replace(asked, found=replace(found, wish=wish)) for wish in wishes]


def _options_of(asked: Asked, product: Product, start: int, end: int) -> dict[str, tuple[str, ...]]:
    """Return the options that a part of the message names, those that the product does not come in among them."""
    named = [one for one in asked.found.named if one.term.kind == "option" and start <= one.start < end]
    others = {one.term.name: one.term.values for one in named if product.options(one.term.name)}
    return {**others, **options_in(product, asked.found.message[start:end])[0]}


def _products(asked: Asked) -> list[Product]:
    """Return what is to be added: what the message points at or names, else the one that the talk is about."""
    about = [asked.state.focus] if asked.state.focus else []
    pointed = any(one.which == "place" for one in asked.found.references)
    if asked.state.asked.startswith("option:") and about and not pointed:
        return list(asked.sources.catalogue.get(about).values())
    if asked.found.change is not None and asked.found.change.kind == "further":
        found = asked.sources.catalogue.variant(asked.state.taken)
        return [found[0]] if found else []
    if points_past(asked):
        return []
    if only_option(asked):
        return _with_option(asked, about)
    if products := meant(asked):
        return products
    if one := named(asked):
        return [one]
    only = [one.product_id for one in asked.state.shown] if len(asked.state.shown) == 1 else []
    return list(asked.sources.catalogue.get(about or only).values())


def _of_kind(asked: Asked, products: Sequence[Product]) -> list[Product]:
    """Return the products, or the one spoken of before them where that alone is of the kind a message names."""
    before = list(asked.sources.catalogue.get([asked.state.earlier_focus or ""]).values())
    named = set(asked.found.wish.categories), {stem(word) for word in content(asked.found.unpointed)}
    if before and _is_called(before[0], *named) and not any(_is_called(one, *named) for one in products):
        return before
    return list(products)


def _is_called(product: Product, kinds: AbstractSet[str], said: AbstractSet[str]) -> bool:
    """Return whether a product is of one of these kinds, or its titles end in one of these words."""
    own = {kind for words in product.words.values() for kind in words.category}
    return bool(kinds & own) or any(stem(words.title.lower().split()[-1]) in said for words in product.words.values())


def _with_option(asked: Asked, about: Sequence[str]) -> list[Product]:
    """Return the product in question, or the only one shown that comes in what is named; none where several do."""
    if about:
        return list(asked.sources.catalogue.get(about).values())
    shown = list(asked.sources.catalogue.get([one.product_id for one in asked.state.shown]).values())
    options = asked.found.wish.options
    fitting = [p for p in shown if all(set(p.options(name)) & set(values) for name, values in options.items())]
    return fitting if len(fitting) == 1 else []


def _asking(asked: Asked, product: Product, choice: Picked, notices: Sequence[Notice]) -> Answer:
    """Ask what is open before a product can be added; what was added before it is said."""
    state = replace(asked.state.focusing(product.id), asked=f"option:{_quantity(asked, product)}:{product.id}")
    told = (*notices, choice.notice) if choice.notice else tuple(notices)
    return Answer(state=state, intent="cart_add", notices=told, question=choice.question)


def _twice(asked: Asked) -> bool:
    again = asked.found.message == asked.state.last_message
    return again and time.time() - asked.state.last_at < TWICE_S


def _which(asked: Asked) -> Answer:
    """Ask which product is meant: one of those shown, where there are any."""
    products = asked.sources.catalogue.get([s.product_id for s in asked.state.shown])
    choices = tuple(
        say("choice_add", asked.language, place=place) for place, _ in enumerate(list(products)[:4], start=1)
    )
    wanted = asked.found.quantity
    held = asked.state.wish
    wish = replace(held, options={**held.options, **asked.found.wish.options})
    state = replace(asked.state, wish=wish, asked=f"cart_which:{wanted}" if wanted else "cart_which")
    return Answer(state=state, question=Question(say("cart_which", asked.language), choices))


def _added(asked: Asked, product: Product, variant: Variant) -> Notice:
    if asked.found.quantity == 0:
        return Notice(say("cart_zero", asked.language))
    quantity = _quantity(asked, product)
    outcome = asked.sources.carts.add(
        asked.session_id, variant.id, principal=asked.principal, quantity=quantity, language=asked.language
    )
    return told(asked, outcome, title=titled(product, variant, asked.language), quantity=quantity, product=product)


def _other_colours(asked: Asked, product: Product, variant: Variant) -> list[Notice]:
    """Return which other colours can be had, where the shopper has named none."""
    said = {**asked.state.wish.options, **asked.found.wish.options}
    if SEEN in said or asked.found.quantity == 0:
        return []
    alike = {name: value for name, value in variant.options.items() if name != SEEN}
    others = [
        one.options[SEEN]
        for one in product.variants
        if one.in_stock and SEEN in one.options and alike.items() <= one.options.items()
    ]
    words = product.said(asked.language)
    named = [
        words.option_values.get(value, value) for value in dict.fromkeys(others) if value != variant.options.get(SEEN)
    ]
    if not named:
        return []
    listed = ("、" if asked.language == "zh" else ", ").join(named)
    return [Notice(say("cart_colours", asked.language, title=words.title, colours=listed), (), product.id)]


def _quantity(asked: Asked, product: Product) -> int:
    """Return how many are wanted, or what was said of that before it was asked which.

    A number beside what points at this product goes before that of the message: "two of the first, one of the third".
    """
    message = asked.found.message.lower()
    for reference, one in each_meant(asked):
        before, after = message[: reference.start], message[reference.end :]
        said = _SO_MANY_OF.search(before) or _SO_MANY_AFTER.match(after)
        if said and one.id == product.id and (value := read_number(said[1])) is not None:
            return int(value)
    kind, held, _ = f"{asked.state.asked}::".split(":", 2)
    return so_many(message) or asked.found.quantity or (int(held) if kind in ("option", "cart_which") and held else 1)


def show(asked: Asked) -> Answer:
    """Show the cart with its total."""
    return with_cart(asked, [])


def checkout(asked: Asked) -> Answer:
    """Show the cart and the link to the shop's check-out."""
    cart = cart_of(asked)
    key = "checkout_link" if cart.checkout_url else "checkout_none"
    return with_cart(asked, [Notice(say(key, asked.language))] if cart.lines else [])
