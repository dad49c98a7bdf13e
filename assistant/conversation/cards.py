"""Products as cards: the variant that met the conditions, its price and stock as shown. Decides no reply."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation.parts import Card
from assistant.wording.phrases import say
from assistant.wording.repeatable import repeatable
from index.money import price_text
from index.product import Availability, Product, Variant

FEW_LEFT = 5
"""At most this many units are counted out to the shopper."""


def chosen(product: Product, variant_ids: Sequence[str] = ()) -> Variant:
    """Return the variant to show: of those that met the conditions the first in stock, else the first."""
    named = frozenset(variant_ids)
    fitting = [v for v in product.variants if not named or v.id in named] or list(product.variants)
    return next((v for v in fitting if v.in_stock), fitting[0])


def stock_text(variant: Variant, language: str) -> str:
    """Return in a few words whether a variant can be sent now."""
    if variant.availability is Availability.PREORDER:
        return say("stock_preorder", language)
    if variant.availability is Availability.BACKORDER:
        return say("stock_backorder", language)
    if variant.in_stock:
        few = variant.stock is not None and variant.stock <= FEW_LEFT
        return say("stock_few", language, count=variant.stock) if few else say("stock_in", language)
    known = variant.availability is not Availability.UNKNOWN
    return say("stock_out", language) if known else say("stock_unknown", language)


def shown_price(product: Product, variant: Variant, language: str) -> str:
    """Return the price as shown, or that it is not known."""
    if variant.price_minor is None:
        return say("price_unknown", language)
    return price_text(variant.price_minor, product.currency, language)


def option_text(product: Product, variant: Variant, language: str) -> str:
    """Return a variant's options as shown ("Red, M"), in the language where the record has it."""
    words = product.said(language)
    return ", ".join(words.option_values.get(value, value) for value in variant.options.values() if repeatable(value))


def card(product: Product, variant: Variant, *, language: str, why: str = "") -> Card:
    """Return the card of a product and the variant of it that is offered."""
    words = product.said(language)
    return Card(
        product_id=product.id,
        variant_id=variant.id,
        title=words.title,
        brand=product.brand if product.brand and repeatable(product.brand) else None,
        price_minor=variant.price_minor,
        list_price_minor=reduced_from(variant),
        currency=product.currency,
        price_text=shown_price(product, variant, language),
        in_stock=variant.in_stock,
        stock_text=stock_text(variant, language),
        rating=product.rating,
        rating_count=product.rating_count,
        image=variant.image or next(iter(product.images), None),
        url=product.url,
        options={
            name: words.option_values.get(value, value) for name, value in variant.options.items() if repeatable(value)
        },
        why=why,
    )


def reduced_from(variant: Variant) -> int | None:
    """Return the price before a reduction, `None` where there is no reduction."""
    if variant.list_price_minor is None or variant.price_minor is None:
        return None
    return variant.list_price_minor if variant.list_price_minor > variant.price_minor else None
