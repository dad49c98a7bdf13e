"""The cart as it is shown, and in one sentence what came of a change of it. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.cards import option_text
from assistant.conversation.parts import CartLine, CartShown
from assistant.service.cart import CartOutcome
from assistant.service.cart_lines import Cart
from assistant.service.cart_lines import CartLine as Line
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say
from index.money import price_text
from index.product import Product, Variant


def cart_of(asked: Asked) -> Cart:
    """Return the cart of this session as it is now."""
    return asked.sources.carts.show(asked.session_id, principal=asked.principal, language=asked.language)


def with_cart(
    asked: Asked, notices: Sequence[Notice], *, focus: Product | None = None, taken: str | None = None
) -> Answer:
    """Return the cart with what came of the message; `taken` is the variant that was put into it or changed."""
    cart = cart_of(asked)
    told = list(notices)
    if not cart.lines:
        told.append(Notice(say("cart_empty", asked.language)))
    elif not notices:
        told.append(
            Notice(say("cart_holds", asked.language, count=len(cart.lines), total=total_of(cart, asked.language)))
        )
    suggested = (say("suggest_checkout", asked.language),) if cart.checkout_url else ()
    state = asked.state.focusing(focus.id) if focus else asked.state
    held = taken if taken is not None else state.taken
    state = replace(state, asked="", cart_at=state.turns, taken=held, instead="")
    return Answer(state=state, cart=shown(cart, asked), notices=tuple(told), suggestions=suggested)


def titled(product: Product, variant: Variant, language: str) -> str:
    """Return what a variant is called: its product with its options."""
    options = option_text(product, variant, language)
    title = product.said(language).title
    return f"{title} ({options})" if options else title


def told(asked: Asked, outcome: CartOutcome, *, title: str, quantity: int, product: Product | None) -> Notice:
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


def line_title(line: Line) -> str:
    """Return what a line is called: its product with the options taken."""
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
    return CartShown(lines, total_of(cart, language), cart.checkout_url)


def _price(line: Line, language: str) -> str:
    if line.price_minor is None:
        return say("price_unknown", language)
    return price_text(line.price_minor, line.currency, language)


def total_of(cart: Cart, language: str) -> str:
    """Return what all that is in a cart costs, in words."""
    totals = [price_text(total.amount_minor, total.currency, language) for total in cart.totals]
    return " + ".join(totals) or price_text(0, None, language)
