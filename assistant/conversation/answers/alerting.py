"""Stock alerts: notes what a shopper waits for, and tells them at their next message once it can be had again."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.pointing import meant, named
from assistant.conversation.cards import card, chosen
from assistant.conversation.evidence import product_subject
from assistant.conversation.parts import Question
from assistant.conversation.reading.framing import core
from assistant.store.event import person
from assistant.store.stock_alerts import StockAlert
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say
from index.product import Product, Variant
from index.query import Query


def alert(asked: Asked) -> Answer:
    """Note that the shopper waits for the product that is meant; one that is there already is shown instead."""
    alerts = asked.sources.stock_alerts
    product = _product(asked)
    if product is None:
        return Answer(state=asked.state, question=Question(say("which_product", asked.language)))
    variant = _variant(asked, product)
    name = product_subject(product, variant or product.variants[0], asked.language).name
    state = asked.state.focusing(product.id)
    there = variant.in_stock if variant else product.in_stock
    if there:
        shown = card(product, variant or chosen(product), language=asked.language)
        notice = _of(product, say("alert_there", asked.language, name=name), asked)
        return Answer(state=state, cards=(shown,), notices=(notice,))
    if alerts is None:
        return Answer(state=state, notices=(_of(product, say("alert_none", asked.language, name=name), asked),))
    whose = person(asked.principal.customer_id, asked.session_id)
    alerts.ask(whose, StockAlert(product.id, variant.id if variant else ""), asked.principal)
    key = "alert_noted" if asked.principal.customer_id else "alert_noted_guest"
    return Answer(state=state, notices=(_of(product, say(key, asked.language, name=name), asked),))


def with_news(asked: Asked, answer: Answer) -> Answer:
    """Return an answer with what the shopper waited for and can be had again, said once."""
    alerts = asked.sources.stock_alerts
    if alerts is None:
        return answer
    whose = person(asked.principal.customer_id, asked.session_id)
    waiting = alerts.waiting(whose, asked.principal)
    if not waiting:
        return answer
    held = asked.sources.catalogue.get([one.product_id for one in waiting])
    back = [one for one in waiting if one.product_id in held and _there(held[one.product_id], one)]
    if not back:
        return answer
    alerts.told(whose, back, asked.principal)
    news = tuple(_of(held[one.product_id], _news(held[one.product_id], asked), asked) for one in back)
    return replace(answer, notices=(*news, *answer.notices))


def _product(asked: Asked) -> Product | None:
    pointed = meant(asked)
    if pointed:
        return pointed[0]
    if one := named(asked) or _titled(asked):
        return one
    held = asked.sources.catalogue.get([asked.state.focus]) if asked.state.focus else {}
    return next(iter(held.values()), None)


def _titled(asked: Asked) -> Product | None:
    """Return a product whose whole title stands in the message, as Chinese ones do without a space around them."""
    said = asked.found.message.lower()
    for hit in asked.sources.searcher.search(Query(text=core(asked.found.message), limit=5)).hits:
        if any(words.title.lower() in said for words in hit.product.words.values()):
            return hit.product
    return None


def _variant(asked: Asked, product: Product) -> Variant | None:
    """Return the variant that the message or the card names; `None` where any will do."""
    wanted = asked.found.wish.options
    for one in product.variants if wanted else ():
        if all(one.options.get(name) in values for name, values in wanted.items()):
            return one
    return product.variants[0] if len(product.variants) == 1 else None


def _there(product: Product, one: StockAlert) -> bool:
    if not one.variant_id:
        return product.in_stock
    return any(variant.id == one.variant_id and variant.in_stock for variant in product.variants)


def _news(product: Product, asked: Asked) -> str:
    return say("alert_back", asked.language, name=product_subject(product, chosen(product), asked.language).name)


def _of(product: Product, text: str, asked: Asked) -> Notice:
    source = Citation(say("label_stock", asked.language), f"product:{product.id}#stock")
    return Notice(text, (source,), product.id)
