"""Goes on about an order that was just told of: "and where is it now?", "快递单号呢". Knows no rule of the shop.

What is meant is remembered for one turn; whoever names another order, or something that was bought, means that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from assistant.conversation.answers import Asked
from assistant.conversation.drafting.ordered import NAMED, Meant, meant_order
from assistant.conversation.state import State
from assistant.store.records import Order, OrderStatus

_GOES_ON = re.compile(
    r"\bwho(?:'s| is| are)? (?:deliver|bring|carry)\w*|"
    r"\b(?:where|when|status|track(?:ing|ed)?|arriv\w+|carrier|courier|shipped|dispatched|left|delivered|"
    r"delivery date|eta|on (?:its|the) way|how (?:long|much longer|soon))\b|"
    r"到哪|在哪|哪[儿里]了|什么时候|啥时候|几号|哪天|多久|单号|物流|快递|发货|寄出|送到|到了[吗没]|签收",
    re.IGNORECASE,
)
_SUITS = re.compile(
    r"\b(?:goes?|fits?|match(?:es)?|pairs?|suits?)(?: \w+)? with "
    r"(?:it|that|them|this|those|these|my (?:order|purchase))\b|"
    r"(?:跟|和|与)(?:它|这|那|这些|那些|这个|那个|订单).{0,4}搭|搭配的|配套的",
    re.IGNORECASE,
)
"""What asks for something to go with what was bought."""
_OTHERS = re.compile(r"\b(?:others?|another|all|both|every)\b|另|其他|其它|别的|全部|所有|都", re.IGNORECASE)
_WEAK = frozenset(
    {"find", "refine", "more", "ask_product", "smalltalk", "out_of_scope", "help", "told", "greeting", "goodbye"}
    | {"delivery_time", "delivery_options", "ask_policy", "stock_alert"}
)
"""What a few words about an order are easily taken for."""
KEPT = 3
"""Turns for which an order that was told of stays the one that is meant."""
MOST_WORDS, MOST_CHARACTERS = 12, 16


def going_on(asked: Asked) -> Asked:
    """Return the message as one about the order that was just told of, where it asks on about it."""
    found = asked.found
    points = any(one.which != "focus" for one in found.references)
    names = found.wish.categories or found.wish.brands or points
    short = len(found.message.split()) <= MOST_WORDS and (
        found.message.isascii() or len(found.message) <= MOST_CHARACTERS
    )
    if not _just_told(asked.state) or names or not short or found.intent not in _WEAK:
        return asked
    if _SUITS.search(found.message) and not asked.state.shown:
        return replace(asked, found=replace(found, intent="suit_me", sure=1.0, errands=()))
    if _IF.search(found.message) or not _GOES_ON.search(found.message):
        return asked
    return replace(asked, found=replace(found, intent="order_status", sure=1.0, errands=()))


_IF = re.compile(r"\bif\b|如果|要是|万一", re.IGNORECASE)


def telling(state: State, orders: Sequence[Order]) -> State:
    """Return the state after orders were told of: the one, or several of which none is "it"."""
    return replace(state, order=orders[0].number if len(orders) == 1 else "", order_at=state.turns)


def order_meant(
    asked: Asked, own: Sequence[Order], *, fitting: Collection[OrderStatus], titles: Mapping[str, Sequence[str]]
) -> Meant:
    """Return the order that the open errand means: the one just told of where its words name none and no purchase."""
    text, state = asked.state.errand.text, asked.state
    meant = meant_order([text], own, fitting=fitting, titles=titles)
    named = meant.sure >= NAMED or meant.unknown or meant.shared
    if named or not (state.order and state.order_at >= state.turns - KEPT) or _OTHERS.search(text):
        return meant
    return meant_order([text, state.order], own, fitting=fitting, titles=titles)


def _just_told(state: State) -> bool:
    return 0 <= state.order_at == state.turns - 1
