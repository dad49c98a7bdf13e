"""The cart as the page shows it: lines at today's price, what came of a wish in words. Knows no session."""

from __future__ import annotations

from typing import Any

from assistant.service.cart import CartOutcome
from assistant.service.cart_lines import Cart, CartLine
from assistant.web.rendering import fragment
from assistant.web.words import say
from index.money import price_text

CHANGED = frozenset({"added", "changed", "removed"})


def cart_json(cart: Cart, language: str) -> dict[str, Any]:
    """Return the cart in the form in which it travels and is drawn."""
    return {
        "lines": [_line(line, language) for line in cart.lines],
        "count": sum(line.quantity for line in cart.lines),
        "total_text": " + ".join(price_text(one.amount_minor, one.currency, language) for one in cart.totals),
        "checkout_url": cart.checkout_url,
    }


def cart_panel(cart: Cart, language: str) -> dict[str, Any]:
    """Return what the page needs to show the cart: its markup, how many things are in it, and its button's label."""
    shown = cart_json(cart, language)
    label = say("cart_open", language, count=shown["count"]) if shown["count"] else say("cart", language)
    return {"html": fragment("cart", shown, language), "count": shown["count"], "label": label}


def outcome_text(outcome: CartOutcome, cart: Cart, language: str) -> str:
    """Return in one sentence what came of a wish: the cart as it is now, or why it stays as it was."""
    if outcome.kind not in CHANGED:
        return say(f"outcome_{outcome.kind}", language, available=outcome.available)
    shown = cart_json(cart, language)
    if not shown["count"]:
        return say("cart_emptied", language)
    return say("cart_changed", language, count=shown["count"], total=shown["total_text"])


def _line(line: CartLine, language: str) -> dict[str, Any]:
    known = line.price_minor is not None
    return {
        "variant_id": line.variant_id,
        "product_id": line.product_id,
        "title": line.title,
        "options_text": " · ".join(line.options.values()),
        "quantity": line.quantity,
        "price_minor": line.price_minor,
        "currency": line.currency,
        "price_text": price_text(line.price_minor, line.currency, language) if line.price_minor is not None else "",
        "image": line.image,
        "state": line.state,
        "state_text": _state(line, language) if line.state != "available" or not known else "",
    }


def _state(line: CartLine, language: str) -> str:
    return say(f"line_{line.state}", language, available=line.available)
