"""Puts into the cart, changes, removes and shows: what the shopper said, and what came of it."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.picking import Picked, picked
from assistant.conversation.answers.pointing import each_meant, meant, named
from assistant.conversation.cards import option_text
from assistant.conversation.parts import CartLine, CartShown, Question
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.numerals import read_number
from assistant.service.cart import CartOutcome
from assistant.service.cart_lines import Cart
from assistant.service.cart_lines import CartLine as Line
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say
from index.money import price_text
from index.product import Product, Variant

MOST = 6
"""Products added at once."""
_SO_MANY_OF = re.compile(r"\b(\d{1,4}|one|two|three|four|five|six) (?:\w+ )?of $")
_SO_MANY_AFTER = re.compile(
    r"\s*(?:也)?(?:加|要|来|买|拿)?([\d一两二三四五六七八九十]{1,3})[个件双条只台瓶盒套把款本张份罐包]"
)
TWICE_S = 4.0
"""The same message again within this many seconds is a double click, not a second wish."""


def add(asked: Asked) -> Answer:
    """Put what is meant into the cart."""
    products = _products(asked)
    if not products:
        return _which(asked)
    if _twice(asked):
        return _with_cart(asked, [Notice(say("cart_already", asked.language))])
    notices: list[Notice] = []
    for product in products[:MOST]:
        choice = picked(asked, product)
        if choice.variant is None:
            return _asking(asked, product, choice, notices)
        notices.append(_added(asked, product, choice.variant))
    return _with_cart(asked, notices, focus=products[-1])


def _products(asked: Asked) -> list[Product]:
    """Return what is to be added: what the message points at or names, else the one that the talk is about."""
    if asked.state.asked.startswith("option:") and asked.state.focus:
        return list(asked.sources.catalogue.get([asked.state.focus]).values())
    if products := meant(asked):
        return products
    if one := named(asked):
        return [one]
    about = asked.state.focus or (asked.state.shown[0].product_id if len(asked.state.shown) == 1 else "")
    return list(asked.sources.catalogue.get([about]).values()) if about else []


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
    state = replace(asked.state, asked="cart_which")
    return Answer(state=state, question=Question(say("cart_which", asked.language), choices))


def _added(asked: Asked, product: Product, variant: Variant) -> Notice:
    if asked.found.quantity == 0:
        return Notice(say("cart_zero", asked.language))
    quantity = _quantity(asked, product)
    outcome = asked.sources.carts.add(
        asked.session_id, variant.id, principal=asked.principal, quantity=quantity, language=asked.language
    )
    return _told(asked, outcome, title=_title(product, variant, asked.language), quantity=quantity, product=product)


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
    return asked.found.quantity or (int(held) if kind == "option" else 1)


def _title(product: Product, variant: Variant, language: str) -> str:
    options = option_text(product, variant, language)
    title = product.said(language).title
    return f"{title} ({options})" if options else title


def _told(asked: Asked, outcome: CartOutcome, *, title: str, quantity: int, product: Product | None) -> Notice:
    """Return what came of it in one sentence."""
    language = asked.language
    there = outcome.available if outcome.available is not None else 0
    citations = (Citation(say("label_stock", language), f"product:{product.id}#stock"),) if product else ()
    values = {"title": title}
    if outcome.kind in ("added", "changed"):
        values["quantity"] = str(quantity)
    if outcome.kind in ("few_left", "too_many"):
        values["available"] = str(there)
    return Notice(say(f"cart_{outcome.kind}", language, **values), citations, product.id if product else "")


def change(asked: Asked) -> Answer:
    """Set how many of a line are in the cart."""
    cart = _cart(asked)
    line = _line(asked, cart)
    if not cart.lines:
        return add(asked) if asked.state.shown else _with_cart(asked, [])
    if line is None:
        return _ask_line(asked, cart)
    if asked.found.quantity is None:
        return Answer(state=asked.state, question=Question(say("cart_how_many", asked.language), ("1", "2", "3")))
    outcome = asked.sources.carts.change(
        asked.session_id,
        line.variant_id,
        quantity=asked.found.quantity,
        principal=asked.principal,
        language=asked.language,
    )
    notice = _told(asked, outcome, title=_line_title(line), quantity=asked.found.quantity, product=None)
    return _with_cart(asked, [notice])


def swapped(asked: Asked) -> Answer | None:
    """Return what comes of wanting another option of what is in the cart: "make it L"; `None` where that is not so."""
    cart = _cart(asked)
    options = asked.found.wish.options
    lines = [line for line in cart.lines if line.product_id == asked.state.focus]
    product = next(iter(asked.sources.catalogue.get([line.product_id for line in lines]).values()), None)
    if product is None:
        return None
    line = lines[-1]
    held = next((one.options for one in product.variants if one.id == line.variant_id), {})
    kept = {name: (value,) for name, value in held.items()}
    wish = replace(asked.found.wish, options={**kept, **options})
    choice = picked(replace(asked, found=replace(asked.found, wish=wish)), product)
    variant = choice.variant
    if variant is None:
        told = (choice.notice,) if choice.notice else ()
        return Answer(state=asked.state, intent="cart_change", notices=told, question=choice.question)
    if variant.id == line.variant_id:
        return _with_cart(asked, [Notice(say("cart_already", asked.language))])
    outcome = asked.sources.carts.add(
        asked.session_id, variant.id, principal=asked.principal, quantity=line.quantity, language=asked.language
    )
    title = _title(product, variant, asked.language)
    added = _told(asked, outcome, title=title, quantity=line.quantity, product=product)
    if outcome.kind != "added":
        return _with_cart(asked, [added])
    gone = asked.sources.carts.remove(asked.session_id, line.variant_id, principal=asked.principal)
    return _with_cart(asked, [_told(asked, gone, title=_line_title(line), quantity=0, product=None), added])


def remove(asked: Asked) -> Answer:
    """Take a line, or everything, out of the cart."""
    cart = _cart(asked)
    if not cart.lines:
        return _with_cart(asked, [])
    if _everything(asked):
        asked.sources.carts.clear(asked.session_id, principal=asked.principal)
        return _with_cart(asked, [Notice(say("cart_cleared", asked.language))])
    line = _line(asked, cart)
    if line is None:
        return _ask_line(asked, cart)
    outcome = asked.sources.carts.remove(asked.session_id, line.variant_id, principal=asked.principal)
    return _with_cart(asked, [_told(asked, outcome, title=_line_title(line), quantity=0, product=None)])


def _everything(asked: Asked) -> bool:
    said = asked.found.message.lower()
    return any(word in said for word in ("empty", "clear", "everything", "all of", "清空", "全部", "所有", "都删"))


def _line(asked: Asked, cart: Cart) -> Line | None:
    """Return the line that is meant: the only one, one by its place, or the one whose words the message has."""
    if len(cart.lines) == 1:
        return cart.lines[0]
    for reference in asked.found.references:
        if reference.which == "place" and 0 < reference.number <= len(cart.lines):
            return cart.lines[reference.number - 1]
        if reference.which == "last" and cart.lines:
            return cart.lines[-1]
    words = " ".join(content(asked.found.message)) or asked.found.message
    scored = [(fuzz.partial_ratio(words.lower(), _line_title(line).lower()), line) for line in cart.lines]
    scored += [(_overlap(words, _line_title(line)), line) for line in cart.lines]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best and best[0] >= 70:
        return best[1]
    about = asked.state.focus
    return next((line for line in cart.lines if line.product_id == about), None) if asked.found.references else None


def _overlap(words: str, title: str) -> float:
    """Return how much of the message's content the title holds, 0 to 100."""
    wanted = [word for word in content(words) if word not in ("cart", "basket", "remove", "delete", "购物车")]
    held = sum(word in title.lower() for word in wanted)
    return 100.0 * held / len(wanted) if wanted else 0.0


def _ask_line(asked: Asked, cart: Cart) -> Answer:
    choices = tuple(_line_title(line) for line in cart.lines[:5])
    question = Question(say("cart_which_line", asked.language), choices)
    return Answer(state=asked.state, cart=shown(cart, asked), question=question)


def show(asked: Asked) -> Answer:
    """Show the cart with its total."""
    return _with_cart(asked, [])


def checkout(asked: Asked) -> Answer:
    """Show the cart and the link to the shop's check-out."""
    cart = _cart(asked)
    key = "checkout_link" if cart.checkout_url else "checkout_none"
    return _with_cart(asked, [Notice(say(key, asked.language))] if cart.lines else [])


def _cart(asked: Asked) -> Cart:
    return asked.sources.carts.show(asked.session_id, principal=asked.principal, language=asked.language)


def _with_cart(asked: Asked, notices: Sequence[Notice], *, focus: Product | None = None) -> Answer:
    cart = _cart(asked)
    told = list(notices)
    if not cart.lines:
        told.append(Notice(say("cart_empty", asked.language)))
    elif not notices:
        told.append(
            Notice(say("cart_holds", asked.language, count=len(cart.lines), total=_total(cart, asked.language)))
        )
    suggested = (say("suggest_checkout", asked.language),) if cart.checkout_url else ()
    state = replace(asked.state.focusing(focus.id) if focus else asked.state, asked="")
    return Answer(state=state, cart=shown(cart, asked), notices=tuple(told), suggestions=suggested)


def _line_title(line: Line) -> str:
    options = ", ".join(line.options.values())
    return f"{line.title} ({options})" if options else line.title


def shown(cart: Cart, asked: Asked) -> CartShown:
    """Return a cart as it is shown."""
    language = asked.language
    lines = tuple(
        CartLine(
            variant_id=line.variant_id,
            product_id=line.product_id,
            title=line.title,
            options_text=", ".join(line.options.values()),
            quantity=line.quantity,
            price_minor=line.price_minor,
            currency=line.currency,
            price_text=_price(line, language),
            image=line.image,
        )
        for line in cart.lines
    )
    return CartShown(lines, _total(cart, language), cart.checkout_url)


def _price(line: Line, language: str) -> str:
    if line.price_minor is None:
        return say("price_unknown", language)
    return price_text(line.price_minor, line.currency, language)


def _total(cart: Cart, language: str) -> str:
    totals = [price_text(total.amount_minor, total.currency, language) for total in cart.totals]
    return " + ".join(totals) or price_text(0, None, language)
