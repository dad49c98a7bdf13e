"""Puts what is meant into the cart, and shows it: what the shopper said, and what came of it."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.cart_shown import cart_of, titled, told, with_cart
from assistant.conversation.answers.picking import Picked, picked
from assistant.conversation.answers.pointing import each_meant, meant, named
from assistant.conversation.parts import Question
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.numerals import read_number
from assistant.wording.phrases import say
from index.product import Product, Variant

MOST = 6
"""Products added at once."""
_SO_MANY_OF = re.compile(r"\b(\d{1,4}|one|two|three|four|five|six) (?:\w+ )?of $")
_SO_MANY_AFTER = re.compile(
    r"\s*(?:也)?(?:加|要|来|买|拿)?([\d一两二三四五六七八九十]{1,3})[个件双条只台瓶盒套把款本张份罐包]"
)
_TAKING = frozenset(
    [
        "cart",
        "basket",
        "trolley",
        "add",
        "put",
        "take",
        "buy",
        "order",
        "get",
        "go",
        "then",
        "one",
        "加",
        "加入",
        "购物车",
        "加购",
        "放",
        "放进",
        "下单",
        "来",
    ]
)
"""Words that put something into a cart and name nothing."""
TWICE_S = 4.0
"""The same message again within this many seconds is a double click, not a second wish."""


def add(asked: Asked) -> Answer:
    """Put what is meant into the cart."""
    products = _products(asked)
    if not products:
        return _which(asked)
    if _twice(asked):
        return with_cart(asked, [Notice(say("cart_already", asked.language))])
    return added(asked, products)


def added(asked: Asked, products: Sequence[Product]) -> Answer:
    """Put these products into the cart; where it is open which variant of one is wanted, that is asked."""
    notices: list[Notice] = []
    taken: str | None = None
    for product in products[:MOST]:
        choice = picked(asked, product)
        if choice.variant is None:
            return _asking(asked, product, choice, notices)
        notices.append(_added(asked, product, choice.variant))
        taken = choice.variant.id
    return with_cart(asked, notices, focus=products[-1], taken=taken)


def _products(asked: Asked) -> list[Product]:
    """Return what is to be added: what the message points at or names, else the one that the talk is about."""
    about = [asked.state.focus] if asked.state.focus else []
    if asked.state.asked.startswith("option:") and about:
        return list(asked.sources.catalogue.get(about).values())
    if asked.found.change is not None and asked.found.change.kind == "further":
        found = asked.sources.catalogue.variant(asked.state.taken)
        return [found[0]] if found else []
    if about and _only_option(asked):
        return list(asked.sources.catalogue.get(about).values())
    if products := meant(asked):
        return products
    if one := named(asked):
        return [one]
    only = [one.product_id for one in asked.state.shown] if len(asked.state.shown) == 1 else []
    return list(asked.sources.catalogue.get(about or only).values())


def _only_option(asked: Asked) -> bool:
    """Return whether a message names nothing but an option of the product in question: "navy then, add to cart"."""
    found = asked.found
    if any(one.which != "focus" for one in found.references) or found.wish.categories or found.wish.brands:
        return False
    said = found.unpointed
    for one in found.named:
        said = said.replace(one.form.lower(), " ") if one.term.kind == "option" else said
    return not [word for word in content(said) if word not in _TAKING]


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
    state = replace(asked.state, asked=f"cart_which:{wanted}" if wanted else "cart_which")
    return Answer(state=state, question=Question(say("cart_which", asked.language), choices))


def _added(asked: Asked, product: Product, variant: Variant) -> Notice:
    if asked.found.quantity == 0:
        return Notice(say("cart_zero", asked.language))
    quantity = _quantity(asked, product)
    outcome = asked.sources.carts.add(
        asked.session_id, variant.id, principal=asked.principal, quantity=quantity, language=asked.language
    )
    return told(asked, outcome, title=titled(product, variant, asked.language), quantity=quantity, product=product)


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
    return asked.found.quantity or (int(held) if kind in ("option", "cart_which") and held else 1)


def show(asked: Asked) -> Answer:
    """Show the cart with its total."""
    return with_cart(asked, [])


def checkout(asked: Asked) -> Answer:
    """Show the cart and the link to the shop's check-out."""
    cart = cart_of(asked)
    key = "checkout_link" if cart.checkout_url else "checkout_none"
    return with_cart(asked, [Notice(say(key, asked.language))] if cart.lines else [])
