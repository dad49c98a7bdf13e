"""Says beside the cart what its delivery costs: that it is free, or how much is lacking until it is.

Knows the rule by its text alone: where that names no amount, the rule itself is told.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant.conversation.answers import Answer, Asked, Notice, policy
from assistant.conversation.answers.cart_shown import cart_of, total_of
from assistant.conversation.reading import matters
from assistant.conversation.reading.places import countries_named
from assistant.conversation.reading.taking import asks_delivery
from assistant.service.policy_search import Paragraph
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say
from index.money import price_text, to_minor

_OF_CART = frozenset({"cart_add", "cart_change", "cart_remove", "cart_show", "checkout"})
_MATTER = "what delivery costs"
_FREE = {
    "zh": re.compile(r"满\s*\$?(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?:美元|美金|元|刀)?[^，。；]{0,6}免"),
    "en": re.compile(r"\bfree\b[^.]{0,24}?\$\s?(?P<n>\d[\d,]*(?:\.\d+)?)", re.IGNORECASE),
}
"""From which amount on nothing is paid for delivery."""


def with_delivery(asked: Asked, answer: Answer) -> Answer:
    """Return the answer of the cart with what its delivery costs, where a message asks for that, too."""
    message = asked.found.whole or asked.found.message
    open_ = answer.question is not None and asked.state.asked != answer.state.asked
    cart = cart_of(asked) if (answer.cart is not None or open_) and asks_delivery(message) else None
    if cart is None or not (cart.lines or open_) or asked.found.intent not in _OF_CART or countries_named(message):
        return answer
    found = asked.sources.policies.find(matters.called(_MATTER, asked.language), asked.language, 1)
    if not found or any(answer.points):
        return answer
    told = policy.told(replace(asked, state=answer.state), found, question=message)
    amounts = [(total.amount_minor, total.currency) for total in cart.totals]
    said = [_until_free(*amounts[0], found[0], asked)] if len(amounts) == 1 else []
    notices = tuple(one for one in said if one is not None)
    total = say("cart_holds", asked.language, count=len(cart.lines), total=total_of(cart, asked.language))
    kept = tuple(one for one in answer.notices if not notices or one.text != total)
    return replace(answer, state=told.state, points=told.points, notices=(*kept, *notices))


def _until_free(total: int, currency: str | None, rule: Paragraph, asked: Asked) -> Notice | None:
    """Return whether a cart that comes to this is delivered for nothing, or what is lacking until it is."""
    named = _FREE.get(asked.language, _FREE["en"]).search(rule.text)
    if named is None:
        return None
    least = to_minor(Decimal(named["n"].replace(",", "")), currency)
    language = asked.language
    values = {"total": price_text(total, currency, language), "least": price_text(least, currency, language)}
    cited = (Citation(say("label_rule", language), rule.source),)
    if total >= least:
        return Notice(say("cart_delivered_free", language, **values), cited)
    return Notice(
        say("cart_until_free", language, lacking=price_text(least - total, currency, language), **values), cited
    )
