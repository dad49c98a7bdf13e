"""Changes what is in the cart: how many, another option, another thing in its place, or out of it altogether."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice, carting
from assistant.conversation.answers.cart_shown import cart_of, line_title, shown, titled, told, with_cart
from assistant.conversation.answers.lines_meant import line_meant, taken_line, worded
from assistant.conversation.answers.picking import picked
from assistant.conversation.answers.pointing import each_meant
from assistant.conversation.parts import Question
from assistant.service.cart_lines import Cart
from assistant.service.cart_lines import CartLine as Line
from assistant.wording.phrases import say
from index.product import Product


def change(asked: Asked) -> Answer:
    """Set how many of a line are in the cart, or put another thing in its place."""
    cart, said = cart_of(asked), asked.found.change
    if not cart.lines:
        return carting.add(asked) if asked.state.shown and _adds(asked) else with_cart(asked, [])
    if said is not None and said.kind in ("swap", "swap_which"):
        return _exchanged(asked, cart) if said.kind == "swap" else _which_instead(asked, cart)
    if said is not None and said.kind == "more" and (other := _not_in(asked, cart)):
        return carting.added(asked, [other])
    line = line_meant(asked, cart)
    if line is None:
        return _ask_line(asked, cart)
    count = _count(asked, line)
    if count is None:
        state = replace(asked.state, cart_at=asked.state.turns)
        return Answer(state=state, question=Question(say("cart_how_many", asked.language), ("1", "2", "3")))
    return _set(asked, line, count)


def _adds(asked: Asked) -> bool:
    """Return whether a change of an empty cart still puts something into it: "make it two" of what was shown."""
    said = asked.found.change
    return said is None or said.kind in ("more", "set", "swap")


def _count(asked: Asked, line: Line) -> int | None:
    """Return how many of a line there shall be, `None` where nobody said."""
    said = asked.found.change
    if said is None or said.kind not in ("fewer", "more"):
        return asked.found.quantity
    by = said.quantity or 1
    return line.quantity + by if said.kind == "more" else max(0, line.quantity - by)


def _set(asked: Asked, line: Line, count: int) -> Answer:
    outcome = asked.sources.carts.change(
        asked.session_id, line.variant_id, quantity=count, principal=asked.principal, language=asked.language
    )
    notice = told(asked, outcome, title=line_title(line), quantity=count, product=None)
    return with_cart(asked, [notice], taken=line.variant_id if count else "")


def _not_in(asked: Asked, cart: Cart) -> Product | None:
    """Return the product that is pointed at and of which the cart holds none."""
    held = {line.product_id for line in cart.lines}
    pointed = [one for reference, one in each_meant(asked) if reference.which not in ("focus", "one")]
    return next((one for one in pointed if one.id not in held), None)


def _exchanged(asked: Asked, cart: Cart) -> Answer:
    """Take what is meant out of the cart, and put in its place what is pointed at after that."""
    at = asked.found.change.new_from if asked.found.change else 0
    meant = each_meant(asked)
    new = [product for reference, product in meant if reference.start >= at]
    line = _old_line(asked, cart, [product for reference, product in meant if reference.start < at])
    if not new and asked.found.wish.options and (line := line_meant(_up_to(asked, at), cart) or line) is not None:
        return _in_option(asked, line) or _ask_line(asked, cart)
    if not new or line is None:
        return _ask_line(asked, cart)
    if new[0].id == line.product_id:
        return with_cart(asked, [Notice(say("cart_already", asked.language))])
    asked = replace(asked, state=replace(asked.state, asked=""))
    choice = picked(asked, new[0])
    if choice.variant is not None and not choice.variant.in_stock:
        return carting.added(asked, new[:1])  # says that it cannot be had, and leaves the cart
    counted = replace(asked, found=replace(asked.found, quantity=asked.found.quantity or line.quantity))
    if choice.variant is None:  # the old one stays until it is known in which option the new one is wanted
        asks = carting.added(counted, new[:1])
        return replace(asks, state=replace(asks.state, instead=line.variant_id), intent="cart_change")
    gone = _taken_out(asked, line)
    answer = carting.added(counted, new[:1])
    return replace(answer, notices=(gone, *answer.notices), intent="cart_change")


def _up_to(asked: Asked, end: int) -> Asked:
    """Return the message as far as it names what shall go."""
    found = asked.found
    kept = tuple(one for one in found.references if one.start < end)
    return replace(asked, found=replace(found, message=found.message[:end], references=kept, change=None))


def _old_line(asked: Asked, cart: Cart, old: Sequence[Product]) -> Line | None:
    """Return the line in whose place another thing shall be: the one named, that which was asked of, or the last."""
    variant = asked.state.asked.removeprefix("cart_swap:") if asked.state.asked.startswith("cart_swap:") else ""
    if variant:
        return next((line for line in cart.lines if line.variant_id == variant), None)
    named = [line for line in cart.lines if line.product_id in {product.id for product in old}]
    if old and not named:
        return None  # what is named is not there: nothing else goes in its place
    return named[0] if named else taken_line(asked, cart) or cart.lines[-1]


def _which_instead(asked: Asked, cart: Cart) -> Answer:
    """Ask what shall be there instead; nothing is taken out before that is known."""
    line = line_meant(asked, cart)
    if line is None:
        return _ask_line(asked, cart)
    state = replace(asked.state, asked=f"cart_swap:{line.variant_id}", cart_at=asked.state.turns)
    question = say("cart_instead", asked.language, title=line_title(line))
    places = range(1, min(4, len(asked.state.shown)) + 1)
    choices = tuple(say("choice_place", asked.language, place=place) for place in places)
    return Answer(state=state, question=Question(question, choices))


def swapped(asked: Asked) -> Answer | None:
    """Return what comes of wanting another option of what is in the cart: "make it L"; `None` where that is not so."""
    cart = cart_of(asked)
    about = _taken_product(asked) or asked.state.focus
    lines = [line for line in cart.lines if line.product_id == about]
    line = next((one for one in lines if one.variant_id == asked.state.taken), lines[-1]) if lines else None
    return _in_option(asked, line) if line is not None else None


def _in_option(asked: Asked, line: Line) -> Answer | None:
    """Put a line's product in another option in its place; `None` where the shop has it no more."""
    options = asked.found.wish.options
    product = asked.sources.catalogue.get([line.product_id]).get(line.product_id)
    if product is None:
        return None
    held = next((one.options for one in product.variants if one.id == line.variant_id), {})
    kept = {name: (value,) for name, value in held.items()}
    wish = replace(asked.found.wish, options={**kept, **options})
    choice = picked(replace(asked, found=replace(asked.found, wish=wish)), product)
    variant = choice.variant
    if variant is None:
        first = (choice.notice,) if choice.notice else ()
        state = replace(asked.state, cart_at=asked.state.turns)
        return Answer(state=state, intent="cart_change", notices=first, question=choice.question)
    if variant.id == line.variant_id:
        return with_cart(asked, [Notice(say("cart_already", asked.language))])
    outcome = asked.sources.carts.add(
        asked.session_id, variant.id, principal=asked.principal, quantity=line.quantity, language=asked.language
    )
    title = titled(product, variant, asked.language)
    added = told(asked, outcome, title=title, quantity=line.quantity, product=product)
    if outcome.kind != "added":
        return with_cart(asked, [added])
    gone = asked.sources.carts.remove(asked.session_id, line.variant_id, principal=asked.principal)
    return with_cart(
        asked, [told(asked, gone, title=line_title(line), quantity=0, product=None), added], taken=variant.id
    )


def _taken_product(asked: Asked) -> str:
    found = asked.sources.catalogue.variant(asked.state.taken) if asked.state.taken else None
    return found[0].id if found else ""


def remove(asked: Asked) -> Answer:
    """Take a line, some of it, or everything, out of the cart."""
    said = asked.found.change
    cart, all_of_it = cart_of(asked), said is not None and said.kind == "drop_all"
    if asked.state.asked.startswith("option:") and not (all_of_it and cart.lines):
        return _let_be(asked)
    if not cart.lines:
        return with_cart(asked, [])
    if all_of_it or _everything(asked):
        return _emptied(asked, cart)
    if (title := _not_there(asked, cart)) is not None:
        return with_cart(asked, [Notice(say("cart_not_in_cart", asked.language, title=title))])
    line = line_meant(asked, cart)
    if line is None:
        return _ask_line(asked, cart)
    return with_cart(asked, [_taken_out(asked, line)], taken="")


def _not_there(asked: Asked, cart: Cart) -> str | None:
    """Return the title of what is not wanted and was never put in: "I won't take it" of what was just spoken of."""
    focus, found = asked.state.focus, asked.found
    lately = asked.state.cart_at >= 0 and asked.state.cart_at == asked.state.turns - 1
    named = (found.change is not None and found.change.name) or found.wish.categories or worded(asked, cart)
    pointed = any(one.which not in ("focus", "one") for one in found.references)
    if not focus or lately or named or pointed or any(line.product_id == focus for line in cart.lines):
        return None
    product = asked.sources.catalogue.get([focus]).get(focus)
    return product.said(asked.language).title if product else None


def _let_be(asked: Asked) -> Answer:
    """Say that what was to be added is not: it was still asked in which option."""
    return Answer(state=replace(asked.state, asked=""), notices=(Notice(say("cart_let_be", asked.language)),))


def _emptied(asked: Asked, cart: Cart) -> Answer:
    """Take everything out, where not fewer things are meant than there are."""
    several = asked.found.quantity or next((one.number for one in asked.found.references if one.number), 0)
    if several and several < len(cart.lines) and not asked.state.asked.startswith("option:"):
        return _ask_line(asked, cart)
    asked.sources.carts.clear(asked.session_id, principal=asked.principal)
    return with_cart(asked, [Notice(say("cart_cleared", asked.language))], taken="")


def _taken_out(asked: Asked, line: Line) -> Notice:
    outcome = asked.sources.carts.remove(asked.session_id, line.variant_id, principal=asked.principal)
    return told(asked, outcome, title=line_title(line), quantity=0, product=None)


_EVERYTHING = re.compile(
    r"\b(?:empty|clear)(?: out)? (?:it|all|my|the|this|cart|basket|trolley|bag)\b|\beverything\b|\ball of\b|"
    r"清空|全部|所有|都删"
)
"""All that is in the cart: "clear the cart", and no "clear bottle"."""


def _everything(asked: Asked) -> bool:
    named = asked.found.change is not None and bool(asked.found.change.name)
    return not named and bool(_EVERYTHING.search(asked.found.message.lower()))


def _ask_line(asked: Asked, cart: Cart) -> Answer:
    choices = tuple(line_title(line) for line in cart.lines[:5])
    question = Question(say("cart_which_line", asked.language), choices)
    state = replace(asked.state, cart_at=asked.state.turns)
    return Answer(state=state, cart=shown(cart, asked), question=question)
