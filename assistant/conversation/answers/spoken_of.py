"""Goes on about an order that was just told of: "and where is it now?", "快递单号呢". Knows no rule of the shop.

What is meant is remembered for one turn; whoever names another order, or something that was bought, means that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from assistant.conversation.answers import Asked
from assistant.conversation.drafting.ordered import LATEST, Meant, described, meant_order, named_order
from assistant.conversation.drafting.told_apart import FIRST_EVER, OLDER, Listing, place, told_apart
from assistant.conversation.reading.addresses import without_addresses
from assistant.conversation.reading.days import days_named
from assistant.conversation.reading.families import services
from assistant.conversation.state import State
from assistant.store.records import Order, OrderStatus

_GOES_ON = re.compile(
    r"\bwho(?:'s| is| are)? (?:deliver|bring|carry)\w*|"
    r"\b(?:where|when|status|track(?:ing|ed)?|arriv\w+|carrier|courier|shipped|dispatched|left|delivered|"
    r"delivery date|eta|on (?:its|the) way|how (?:long|much longer|soon))\b|"
    r"到哪|在哪|哪[儿里]了|什么时候|啥时候|几号|哪天|多久|几天|单号|物流|快递|发货|寄出|送到|到了[吗没]|签收",
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
_ANOTHER = re.compile(
    r"\b(?:the |my )?other (?:one|order|parcel|package|purchase)\b|另(?:外)?一?(?:个|单|笔)|别的那", re.IGNORECASE
)
_ORDER = re.compile(r"\b(?:orders?|purchase|parcel|package)\b|订单|[那这上]一?[单笔次]|包裹", re.IGNORECASE)
TOLD = 0.95
"""How sure an order is that words tell from all others."""
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
    names = found.wish.categories or found.wish.brands or (points and not _ANOTHER.search(found.message))
    short = len(found.message.split()) <= MOST_WORDS and (
        found.message.isascii() or len(found.message) <= MOST_CHARACTERS
    )
    if not _just_told(asked.state) or names or not short or found.intent not in _WEAK:
        return asked
    if just_refused(asked.state) and _DEADLINE.search(found.message):
        return asked
    if _SUITS.search(found.message) and not asked.state.shown:
        return replace(asked, found=replace(found, intent="suit_me", sure=1.0, errands=()))
    if _IF.search(found.message) or _OF_MONEY.search(found.message) or not _GOES_ON.search(found.message):
        return asked
    return replace(asked, found=replace(found, intent="order_status", sure=1.0, errands=()))


def just_refused(state: State) -> bool:
    """Return whether a rule was told just now, for which something was refused."""
    return bool(state.rule_told) and state.rule_at == state.turns - 1


_DEADLINE = re.compile(r"\bhow long\b|\bhow many days\b|\bdeadline\b|期限|多久|几天|多少天", re.IGNORECASE)
_OF_MONEY = re.compile(r"\b(?:money|refund\w*|get back|will i get)\b|退款|到账|退多少|钱", re.IGNORECASE)
_IF = re.compile(r"\bif\b|如果|要是|万一", re.IGNORECASE)


def telling(state: State, orders: Sequence[Order]) -> State:
    """Return the state after orders were told of: the one, or several of which none is "it"."""
    numbers = tuple(order.number for order in orders)
    return replace(state, order=numbers[0] if len(numbers) == 1 else "", orders=numbers, order_at=state.turns)


def placed(asked: Asked) -> Asked:
    """Return the message with the number of the order that it points at by its place among those just told of."""
    at, state, message = place(asked.found.message), asked.state, asked.found.message
    told = len(state.orders) > 1 and state.order_at == state.turns - 1 and not state.errand.text
    if not told or not at or at > len(state.orders) or FIRST_EVER.search(message):
        return asked
    number = state.orders[at - 1 if at > 0 else -1]
    intent = asked.found.intent if asked.found.intent in services() else "order_status"
    found = replace(
        asked.found, message=f"{message} {number}", order_number=number, references=(), intent=intent, sure=1.0
    )
    return replace(asked, found=found)


def order_meant(
    asked: Asked, own: Sequence[Order], *, fitting: Collection[OrderStatus], titles: Mapping[str, Sequence[str]]
) -> Meant:
    """Return the order that the open errand means: by its number, else as words tell it apart, else what was bought.

    What was said last counts most; where nothing tells, the order just told of is meant.
    """
    errand, state = asked.state.errand, asked.state
    for text in map(without_addresses, errand.said):
        named = named_order(text, own)
        if named.order is not None or named.unknown:
            return named
        tells = text == without_addresses(errand.said[-1]) or errand.listed or _ORDER.search(text)
        if (tells or _wanted_of_another(asked)) and (
            told := _told_apart(text, asked, own, fitting=fitting, titles=titles)
        ):
            return told
    last = without_addresses(errand.said[0]) if errand.said else ""
    anew = len(errand.said) > 1 and not errand.listed and bool(described(last, own, titles)[0])
    spoken = last if anew else without_addresses(errand.text)
    meant = meant_order([spoken], own, fitting=fitting, titles=titles)
    held = [order for order in own if order.number in (state.order, *state.orders)]
    if meant.shared or not held or state.order_at < state.turns - KEPT or _OTHERS.search(errand.text):
        return meant
    if not state.order:
        return meant_order([spoken], held, fitting=fitting, titles=titles)
    return meant_order([spoken, state.order], own, fitting=fitting, titles=titles)


def _wanted_of_another(asked: Asked) -> bool:
    """Return whether the last message wants of another order what was just refused of one (`taken_up`)."""
    state = asked.state
    return state.refused_at == state.turns - 1 and state.errand.text.startswith(f"{state.refused.text}\n")


def _told_apart(
    text: str,
    asked: Asked,
    own: Sequence[Order],
    *,
    fitting: Collection[OrderStatus],
    titles: Mapping[str, Sequence[str]],
) -> Meant | None:
    """Return the order that a message tells from the others by place, day or state; of several, the likeliest."""
    bought, _ = described(text, own, titles)
    if (
        bought
        and len(bought) < len(own)
        and days_named(text.lower(), _listing(asked, own).today)
        and not told_apart(text, _listing(asked, bought))
    ):
        return None  # what was bought is surer than the day that somebody remembers
    others = list(own)
    if _ANOTHER.search(text) and asked.state.order:
        others = [order for order in own if order.number != asked.state.order] or others
    ready = [order for order in others if order.status in fitting]
    among = ready if len(ready) > 1 and OLDER.search(text) else others  # the older of those that it can be done with
    found = (told_apart(text, _listing(asked, bought)) if bought else []) or told_apart(text, _listing(asked, among))
    if not found and len(others) < len(own):
        found = [order for order in bought if order in others] or others
    fit = [order for order in found if order.status in fitting]
    if not fit and not bought and OrderStatus.DELIVERED in fitting:
        # What came last is meant by whoever has something that came, whatever was ordered since.
        arrived = [order for order in others if order.status in fitting]
        fit = told_apart(text, _listing(asked, arrived)) if arrived else []
    fit = fit or found
    if not fit:
        return None
    return Meant(fit[0], TOLD if len(fit) == 1 else LATEST, tuple(fit[1:]), shared=float(bool(bought)))


def orders_told(asked: Asked, own: Sequence[Order]) -> list[Order]:
    """Return the orders that the open errand tells from the others by place, day or state; none where it tells none."""
    return told_apart(asked.state.errand.text, _listing(asked, own))


def _listing(asked: Asked, own: Sequence[Order]) -> Listing:
    zone = ZoneInfo(asked.sources.timezone)

    def day_of(order: Order, arrived: bool) -> date | None:
        at = _arrived_at(order) if arrived else order.placed_at
        return at.astimezone(zone).date() if at else None

    serving = asked.sources.serving
    now = serving.weighing.clock() if serving else datetime.now(UTC)
    return Listing(own=own, listed=asked.state.errand.listed, today=now.astimezone(zone).date(), day_of=day_of)


def _arrived_at(order: Order) -> datetime | None:
    parcels = [one.delivered_at for one in order.shipments if one.delivered_at]
    states = [one.at for one in order.history if one.status is OrderStatus.DELIVERED]
    return max(parcels or states, default=None)


def _just_told(state: State) -> bool:
    return 0 <= state.order_at == state.turns - 1
