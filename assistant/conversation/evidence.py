"""Products, policies and orders as subjects with sourced facts, in the language of the reply. Decides nothing.

Facts of a product carry the source `product:ID#what`, of a review `review:ID`, of a policy
`policy:NAME@VERSION#paragraph`, of an order `order:NUMBER#what`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from assistant.conversation.cards import reduced_from, stock_text
from assistant.conversation.reading.colours import colours
from assistant.service.policy_search import Paragraph
from assistant.store.records import Order, OrderLine
from assistant.wording.evidence import Fact, Subject
from assistant.wording.phrases import say
from assistant.wording.repeatable import described, own_words, repeatable, sayable_name
from index.money import price_text
from index.product import Product, Variant

LONGEST_RECORD = 6000
"""Characters of free text kept of one product."""


def product_subject(product: Product, variant: Variant, language: str, *, extra: tuple[Fact, ...] = ()) -> Subject:
    """Return a product with every fact its record states of it and of the variant that is offered."""
    words = product.said(language)
    facts = (*_offer(product, variant, language), *_options(product, variant, language), *_stated(product, language))
    record = described("\n".join((*words.highlights, words.description))[:LONGEST_RECORD])
    name = sayable_name(words.title) or (words.category[-1] if words.category else product.id)
    return Subject(product.id, "product", name, (*facts, *extra), record)


def _offer(product: Product, variant: Variant, language: str) -> Iterator[Fact]:
    """Yield what it costs, whether it can be sent, and how it is rated."""
    if variant.price_minor is not None:
        yield _fact(product, "price", price_text(variant.price_minor, product.currency, language), language)
    before = reduced_from(variant)
    if before is not None and variant.price_minor is not None:
        yield _fact(product, "list_price", price_text(before, product.currency, language), language)
        yield _fact(product, "saving", f"{round(100 * (before - variant.price_minor) / before)}%", language)
    if product.rating is not None:
        yield _fact(product, "rating", say("stars", language, rating=f"{product.rating:.1f}"), language)
    if product.rating_count:
        yield _fact(product, "rating_count", str(product.rating_count), language)
    yield _fact(product, "stock", stock_text(variant, language), language)
    if product.brand and repeatable(product.brand):
        yield _fact(product, "brand", product.brand, language)
    if category := product.said(language).category:
        yield _fact(product, "category", category[-1], language)


def _options(product: Product, variant: Variant, language: str) -> Iterator[Fact]:
    """Yield the offered variant's options, then all values that there are of each."""
    said = product.said(language).option_values
    for name, value in variant.options.items():
        if not repeatable(value):
            continue
        yield _fact(product, name, said.get(value) or _colour(name, value, language), language)
        every = [one for one in product.options(name) if repeatable(one)]
        if len(every) > 1:
            listed = say("and", language).join(_listed([said.get(v, v) for v in every], language))
            yield Fact(f"{name}_choices", option_label(name, language), listed, f"product:{product.id}#{name}")


def _colour(name: str, value: str, language: str) -> str:
    """Return a colour in the reply's language where the record has none in it and the value is one plain colour.

    >>> _colour("color", "Black", "zh"), _colour("color", "Black/Carbon", "zh"), _colour("size", "Black", "zh")
    ('黑色', 'Black/Carbon', 'Black')
    """
    if name != "color" or language == "en":
        return value
    plain = (one for one in colours().values() if value.lower() in one.english)
    return next((one.label(language) for one in plain), value)


def _listed(values: list[str], language: str) -> list[str]:
    comma = "、" if language == "zh" else ", "
    return [comma.join(values[:-1]), values[-1]] if len(values) > 1 else values


def _stated(product: Product, language: str) -> Iterator[Fact]:
    """Yield attributes and highlights; a key is the attribute's name in the record's main language where both align."""
    words, main = product.said(language), product.words[product.language]
    aligned = tuple(main.attributes) if len(main.attributes) == len(words.attributes) else tuple(words.attributes)
    for key, (label, text) in zip(aligned, words.attributes.items(), strict=True):
        if text.strip() and repeatable(f"{label}: {text}"):
            yield Fact(key.lower(), label, text, f"product:{product.id}#{key.lower()}")
    for number, text in enumerate(words.highlights, start=1):
        if repeatable(text):
            yield Fact("highlight", say("label_highlight", language), text, f"product:{product.id}#highlight-{number}")


def option_label(name: str, language: str) -> str:
    """Return the name of an option as shown; one that we have no word for keeps its own name."""
    known = {"color", "size", "material", "capacity", "style", "flavor", "scent", "pattern", "age_group", "gender"}
    return say(f"label_{name}", language) if name in known else name.replace("_", " ").capitalize()


def _fact(product: Product, key: str, text: str, language: str) -> Fact:
    shown = {"price", "list_price", "saving", "rating", "rating_count", "stock", "brand", "category"}
    label = say(f"label_{key}", language) if key in shown else option_label(key, language)
    return Fact(key, label, text, f"product:{product.id}#{key}")


def policy_source(paragraph: Paragraph) -> str:
    """Return where a paragraph is cited from, with the version that says so."""
    return paragraph.source


def policy_subject(paragraph: Paragraph) -> Subject:
    """Return a paragraph of a policy as the one fact of a subject; what in it is no rule is left out."""
    source, text = policy_source(paragraph), own_words(paragraph.text)
    return Subject(
        source,
        "policy",
        paragraph.heading,
        (Fact("paragraph", paragraph.heading, text, source),),
        text,
    )


def order_subject(order: Order, language: str, zone: str = "UTC") -> Subject:
    """Return an order of the customer who asks, with its status, dates, lines and parcels."""
    return Subject(
        order.number,
        "order",
        say("order_name", language, number=order.number),
        tuple(_order_facts(order, language, zone)),
    )


def _order_facts(order: Order, language: str, zone: str) -> Iterator[Fact]:
    def fact(key: str, text: str) -> Fact:
        return Fact(key, say(f"label_order_{key}", language), text, f"order:{order.number}#{key}")

    yield fact("status", say(f"order_{order.status.value}", language))
    yield fact("placed", _day(order.placed_at, language, zone))
    yield fact("updated", _day(order.updated_at, language, zone))
    items = "；" if language == "zh" else "; "
    yield fact("items", items.join(f"{line.quantity} × {line_name(line)}" for line in order.lines))
    yield fact("total", price_text(order.total_minor, order.currency, language))
    for shipment in order.shipments[-1:]:
        yield fact("carrier", shipment.carrier)
        yield fact("tracking", shipment.tracking_number)
        if shipment.delivered_at:
            yield fact("delivered", _day(shipment.delivered_at, language, zone))
        elif shipment.expected_on:
            yield fact("expected", _day(datetime.fromisoformat(shipment.expected_on), language, ""))


def line_name(line: OrderLine) -> str:
    """Return how what was bought is called: by its title as far as that may be repeated, else by its product's id."""
    return sayable_name(line.title) or line.product_id


def _day(at: datetime, language: str, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone)) if zone and at.tzinfo else at
    return str(format_date(local, format="long", locale="zh_CN" if language == "zh" else "en_US"))


def by_key(subject: Subject) -> Mapping[str, Fact]:
    """Return the first fact of each key."""
    found: dict[str, Fact] = {}
    for fact in subject.facts:
        found.setdefault(fact.key, fact)
    return found
