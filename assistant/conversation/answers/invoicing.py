"""The invoice of an order, told line by line from the record: what was bought, for how much, and how it was paid."""

from __future__ import annotations

from assistant.conversation.answers import Notice
from assistant.conversation.evidence import line_name
from assistant.store.records import Order
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say
from index.money import price_text

INVOICES = frozenset({"get_invoice", "check_invoice"})


def invoice(order: Order, language: str) -> Notice:
    """Return the invoice of an order in one notice."""

    def money(minor: int) -> str:
        return price_text(minor, order.currency, language)

    items = [f"{line.quantity} × {line_name(line)} {money(line.price_minor * line.quantity)}" for line in order.lines]
    added = [
        say(f"invoice_{name}", language, amount=money(minor))
        for name, minor in (
            ("shipping", order.shipping_minor),
            ("tax", order.tax_minor),
            ("discount", order.discount_minor),
        )
        if minor
    ]
    paid = [
        say(f"invoice_{one.kind}", language, amount=money(one.amount_minor), method=one.method_label)
        for one in order.payments
    ]
    between = "；" if language == "zh" else "; "
    text = say(
        "invoice",
        language,
        number=order.number,
        items=between.join([*items, *added]),
        total=money(order.total_minor),
        paid=between.join(paid) or say("invoice_unpaid", language),
    )
    keys = ("items", "total", "payments")
    sources = tuple(Citation(say(f"label_invoice_{key}", language), f"order:{order.number}#{key}") for key in keys)
    return Notice(text, sources, order.number)
