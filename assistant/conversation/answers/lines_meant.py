"""Which line of the cart a message means: by what is pointed at, its place, its price or its words."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from assistant.conversation.answers import Asked
from assistant.conversation.answers.cart_shown import line_title
from assistant.conversation.answers.pointing import each_meant
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.words import HAN, stem
from assistant.service.cart_lines import Cart
from assistant.service.cart_lines import CartLine as Line

_DEARER = re.compile(r"\b(?:dear(?:er|est)|pric(?:ier|iest)|(?:most|more) expensive)\b|[更最]?贵的")
_CHEAPER = re.compile(r"\b(?:cheap(?:er|est)|(?:less|least) expensive)\b|[更最]?便宜的")
_OTHER = re.compile(r"\bthe other (?:one|thing|item)\b|另(?:外)?一?[个件]")
ALIKE = 70.0
"""From this likeness on (0 to 100) words name a line of the cart."""


def line_meant(asked: Asked, cart: Cart) -> Line | None:
    """Return the line that is meant: of what is pointed at, by its place, by its words, else the one taken last."""
    if asked.found.change is not None and asked.found.change.name:
        return _called(asked.found.change.name, cart)
    if (priced := _by_price(asked, cart)) is not None:
        return priced
    pointed = [(reference, one) for reference, one in each_meant(asked) if reference.which not in ("focus", "one")]
    for _, product in pointed:
        held = [line for line in cart.lines if line.product_id == product.id]
        if held:
            return held[-1]
    if len(cart.lines) == 1:
        return cart.lines[0] if not pointed or asked.found.change is None else None
    for reference in asked.found.references:
        if reference.which == "place" and 0 < reference.number <= len(cart.lines):
            return cart.lines[reference.number - 1]
        if reference.which == "last":
            return cart.lines[-1]
    return worded(asked, cart) or taken_line(asked, cart) or _about(asked, cart)


def taken_line(asked: Asked, cart: Cart) -> Line | None:
    """Return the line that was put in last, while it is there."""
    return next((line for line in cart.lines if line.variant_id == asked.state.taken), None)


def _by_price(asked: Asked, cart: Cart) -> Line | None:
    """Return the line of the cart that costs the most or the least, or the other of two, where one is meant so."""
    said = asked.found.message.lower()
    priced = [line for line in cart.lines if line.price_minor is not None]
    if len(priced) > 1 and (dear := bool(_DEARER.search(said))) != bool(_CHEAPER.search(said)):
        return (max if dear else min)(priced, key=lambda line: line.price_minor or 0)
    others = [line for line in cart.lines if line.variant_id != asked.state.taken]
    return others[0] if len(cart.lines) == 2 and len(others) == 1 and _OTHER.search(said) else None


def _called(name: str, cart: Cart) -> Line | None:
    """Return the one line that a name calls, `None` where it calls none or several."""
    words = [word for word in content(name) if word] or [name]
    held = [line for line in cart.lines if all(_said_in(word, line_title(line).lower()) for word in words)]
    return held[0] if len(held) == 1 else None


def _said_in(word: str, title: str) -> bool:
    stems = {stem(one) for one in title.replace(",", " ").split()}
    return word in title if HAN.search(word) else stem(word) in stems


def worded(asked: Asked, cart: Cart) -> Line | None:
    """Return the line whose words a message has."""
    words = " ".join(content(asked.found.message))
    if asked.found.change is not None and not words:
        return None
    words = words or asked.found.message
    scored = [(fuzz.partial_ratio(words.lower(), line_title(line).lower()), line) for line in cart.lines]
    scored += [(_overlap(words, line_title(line)), line) for line in cart.lines]
    best = max(scored, key=lambda pair: pair[0])
    return best[1] if best[0] >= ALIKE else None


def _about(asked: Asked, cart: Cart) -> Line | None:
    about = asked.state.focus
    return next((line for line in cart.lines if line.product_id == about), None) if asked.found.references else None


def _overlap(words: str, title: str) -> float:
    """Return how much of the message's content the title holds, 0 to 100."""
    wanted = [word for word in content(words) if word not in ("cart", "basket", "remove", "delete", "购物车")]
    held = sum(word in title.lower() for word in wanted)
    return 100.0 * held / len(wanted) if wanted else 0.0
