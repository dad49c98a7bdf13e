"""Answers what is asked of an order of one's own from its record: its price, its payment, its address, its last day.

Knows no session: whose orders these are, was settled before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import format_date

from assistant.conversation.answers import Asked, Notice
from assistant.conversation.answers.acting import Doing
from assistant.conversation.answers.invoicing import invoice
from assistant.conversation.answers.ordering import told_of
from assistant.conversation.drafting.lines_meant import meant_lines
from assistant.conversation.evidence import by_key, line_name, option_label, order_subject
from assistant.conversation.reading.order_questions import Asks
from assistant.service.actions import ReturnItems
from assistant.service.rules.facts import delivered_on
from assistant.service.saying import address_text, reason_text
from assistant.store.records import Order, OrderLine, OrderStatus
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say
from index.money import price_text

Titles = Mapping[str, Sequence[str]]


def told(asks: Asks, order: Order, asked: Asked, *, do: Doing, titles: Titles) -> tuple[Notice, ...]:
    """Return what is asked of an order; where its record does not tell, the order as it stands."""
    text, keys = _said(asks, order, asked, do=do, titles=titles)
    if not text:
        return (told_of(order, asked.language, asked.sources.timezone),)
    label = say("order_name", asked.language, number=order.number)
    sources = tuple(Citation(label, key if ":" in key else f"order:{order.number}#{key}") for key in keys)
    return (Notice(text, sources, order.number),)


def _said(asks: Asks, order: Order, asked: Asked, *, do: Doing, titles: Titles) -> tuple[str, tuple[str, ...]]:
    language = asked.language
    lines, sure = meant_lines(asked.found.message, order, titles)
    line = lines[0] if len(lines) == 1 and (sure < 1.0 or len(order.lines) == 1) else None
    facts = by_key(order_subject(order, language, asked.sources.timezone))

    def fill(key: str, *sources: str, **values: Any) -> tuple[str, tuple[str, ...]]:
        return say(f"of_order_{key}", language, number=order.number, **values), sources

    if asks == "deadline":
        return _deadline(order, asked, do)
    if asks == "paid" and order.payments:
        between = "；" if language == "zh" else "; "
        return fill("paid", "payments", paid=between.join(_payments(order, language)))
    if asks == "address" and order.ship_to:
        return fill("address", "address", address=address_text(order.ship_to))
    if asks == "option" and line is not None and line.options:
        return fill("option", "items", item=line_name(line), options=_options(line, asked))
    if asks == "items":
        return fill("items", "items", items=facts["items"].text)
    if asks == "placed":
        return fill("placed", "placed", date=facts["placed"].text)
    if asks == "arrived" and "delivered" in facts:
        return fill("arrived", "delivered", date=facts["delivered"].text)
    if asks == "why" and order.history:
        reason = order.history[-1].reason
        since = facts["updated"].text
        status = facts["status"].text
        if not reason:
            return fill("why_unknown", "status", status=status, since=since)
        return fill("why", "status", status=status, since=since, reason=reason_text(reason, language))
    if asks == "total":
        if line is not None and len(order.lines) > 1:
            price = price_text(line.price_minor * line.quantity, order.currency, language)
            return fill("price", "items", item=line_name(line), price=price)
        made = invoice(order, language)
        return made.text, ("items", "total", "payments")
    return "", ()


def _deadline(order: Order, asked: Asked, do: Doing) -> tuple[str, tuple[str, ...]]:
    """Return until when things of an order can be sent back, or the rule that they cannot."""
    offered = do.weighing.rules.returns
    cites = "returns#window"
    ids = tuple(dict.fromkeys(line.variant_id for line in order.lines))
    days = [day for one in ids if offered and (day := _closes(order, one, do))]
    weighed = {one: do.weighing.weigh(_back(order, one), do.customer.id) for one in ids}
    open_ = [one for one, verdict in weighed.items() if verdict.allowed]
    source = asked.sources.policies.source(cites, asked.language)
    if not open_:
        first = weighed[ids[0]]
        cited = asked.sources.policies.source(first.cites, asked.language) if first.cites else f"rule:{first.rule}"
        return first.said[asked.language], (cited,)
    if not days:
        return "", ()
    until = _day(min(days), asked.language)
    barred = [line_name(line) for line in order.lines if line.variant_id not in open_]
    text = say("of_order_deadline", asked.language, number=order.number, date=until)
    if barred:
        between = "；" if asked.language == "zh" else "; "
        text += say("of_order_barred", asked.language, items=between.join(barred))
    return text, ("delivered", source)


def can_come_back(order: Order, do: Doing) -> bool:
    """Return whether anything of an order can be sent back now. Blocks."""
    ids = dict.fromkeys(line.variant_id for line in order.lines)
    return any(do.weighing.weigh(_back(order, one), do.customer.id).allowed for one in ids)


def _closes(order: Order, variant_id: str, do: Doing) -> date | None:
    offered = do.weighing.rules.returns
    arrived = delivered_on(order, variant_id, do.weighing.zone)
    return offered.window.closes(arrived) if offered and arrived else None


def _back(order: Order, variant_id: str) -> ReturnItems:
    method = order.payments[0].method_id if order.payments else ""
    return ReturnItems(order_number=order.number, variant_ids=(variant_id,), refund_to=method)


def _day(day: date, language: str) -> str:
    return str(format_date(day, format="long", locale="zh_CN" if language == "zh" else "en_US"))


def _payments(order: Order, language: str) -> Iterator[str]:
    for one in order.payments:
        amount = price_text(one.amount_minor, order.currency, language)
        yield say(f"invoice_{one.kind}", language, amount=amount, method=one.method_label)


def _options(line: OrderLine, asked: Asked) -> str:
    product = asked.sources.catalogue.get([line.product_id]).get(line.product_id)
    values = product.said(asked.language).option_values if product else {}
    between = "，" if asked.language == "zh" else ", "
    return between.join(
        f"{option_label(name, asked.language)}{'：' if asked.language == 'zh' else ': '}{values.get(value, value)}"
        for name, value in line.options.items()
    )


ASKED_AFTER = {
    "return": (OrderStatus.RETURN_REQUESTED, OrderStatus.RETURNED, OrderStatus.REFUNDED),
    "exchange": (OrderStatus.EXCHANGE_REQUESTED, OrderStatus.EXCHANGED),
    "refund": (OrderStatus.REFUNDED, OrderStatus.RETURNED, OrderStatus.RETURN_REQUESTED, OrderStatus.CANCELLED),
}
"""The states of orders that somebody asks after who asks after a return, an exchange or a refund."""
