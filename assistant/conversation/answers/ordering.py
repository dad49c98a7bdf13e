"""Tells signed-in customers where their own orders are, from the record alone."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.evidence import by_key, order_subject
from assistant.conversation.parts import Question
from assistant.conversation.state import Errand
from assistant.errors import NotAllowed, NotFound
from assistant.service.orders import OrderLookup
from assistant.store.records import Order
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say

LISTED = 3
"""Orders told of where none was named."""


def status(asked: Asked) -> Answer:
    """Return the status of the order that was named, else of the latest ones."""
    orders_of = OrderLookup(asked.sources.orders)
    try:
        if asked.found.order_number:
            orders = [orders_of.find(asked.found.order_number, asked.principal)]
        else:
            orders = orders_of.latest(asked.principal, limit=LISTED)
    except NotAllowed:
        if asked.sources.serving is None:
            return Answer(state=asked.state, notices=(Notice(say("sign_in_for_orders", asked.language)),))
        errand = Errand(asked.found.intent, asked.found.message, lacks="identity")
        state = replace(asked.state, asked="errand", errand=errand)
        return Answer(state=state, intent="service", question=Question(say("sign_in_or_number", asked.language)))
    except NotFound:
        number = asked.found.order_number or ""
        return Answer(state=asked.state, notices=(Notice(say("no_such_order", asked.language, number=number)),))
    if not orders:
        return Answer(state=asked.state, notices=(Notice(say("no_orders", asked.language)),))
    told = tuple(told_of(order, asked.language, asked.sources.timezone) for order in orders)
    return Answer(state=asked.state, notices=told, suggestions=(say("suggest_return", asked.language),))


def told_of(order: Order, language: str, timezone: str) -> Notice:
    """Return one order in a sentence: its status and since when, what is in it, and its parcel."""
    facts = by_key(order_subject(order, language, timezone))
    text = say(
        "order_line",
        language,
        number=order.number,
        status=facts["status"].text,
        since=facts["updated"].text,
        items=facts["items"].text,
        total=facts["total"].text,
    )
    if "expected" in facts:
        text += say("order_expected", language, date=facts["expected"].text)
    if "tracking" in facts:
        text += say("order_tracking", language, carrier=facts["carrier"].text, number=facts["tracking"].text)
    used = [facts[key] for key in ("status", "items", "total", "expected", "tracking") if key in facts]
    return Notice(text, tuple(Citation(fact.label, fact.source) for fact in used), order.number)
