"""Whether a product comes in the option that is asked for, whether that can be had, and what it costs in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.conversation.answers import Asked, Notice
from assistant.conversation.answers.cart_shown import titled
from assistant.conversation.answers.option_choices import size_for
from assistant.conversation.cards import option_text, shown_price, stock_text
from assistant.conversation.reading.options import amount_beside, options_in
from assistant.conversation.reading.questions import Wanted
from assistant.conversation.state import MustHave
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say
from assistant.wording.quantities import quantities
from index.product import Product, Variant

_OF_OPTIONS = frozenset({"stock", "color_choices", "size_choices"})


def with_own(asked: Asked, product: Product) -> Asked:
    """Return the question with the product's own options as it names them, and an amount that it does not come in."""
    wish, message = asked.found.wish, asked.found.message
    options, labels = dict(options_in(product, message)[0]), dict(wish.labels)
    if "size" not in options and (size := size_for(product, message)):
        options["size"], labels["option:size"] = (size,), size
    elif amount := amount_beside(product, message):
        options["size"], labels["option:size"] = (amount,), amount
    musts = tuple(must for must in wish.must_haves if "size" not in options or not _measures(must))
    others = {name: values for name, values in wish.options.items() if name not in options}
    wish = replace(wish, options={**others, **options}, labels=labels, must_haves=musts)
    return replace(asked, found=replace(asked.found, wish=wish))


def _measures(must: MustHave) -> bool:
    """Return whether what must be so is only how large something is that a size is for: "fit a 75 cm dog"."""
    return must.measure is not None or bool(quantities(must.text))


def fitting(asked: Asked, product: Product) -> list[Variant]:
    """Return the variants in the options that are asked for, those that can be had first; none where none is named."""
    wanted = {name: values for name, values in asked.found.wish.options.items() if product.options(name)}
    fits = [v for v in product.variants if all(v.options.get(name) in values for name, values in wanted.items())]
    wished = {name: values for name, values in asked.state.wish.options.items() if name not in wanted}
    other = [one for one in fits if any(one.options.get(name) not in values for name, values in wished.items())]
    return sorted(fits, key=lambda one: (not one.in_stock, one in other)) if wanted else []


def missing(asked: Asked, product: Product) -> Notice | None:
    """Return that the product does not come in a colour or size that was asked for, and what it does come in."""
    said = product.said(asked.language).option_values
    for name, values in asked.found.wish.options.items():
        there = product.options(name)
        if there and not set(there) & set(values):
            label = asked.found.wish.labels.get(f"option:{name}", values[0])
            return _lacking(asked, product, label, [said.get(v, v) for v in there], name=name)
    wanted = {name: values for name, values in asked.found.wish.options.items() if product.options(name)}
    if len(wanted) > 1 and not fitting(asked, product):
        label = ", ".join(said.get(values[0], values[0]) for values in wanted.values())
        name, values = next(iter(wanted.items()))
        there = tuple(option_text(product, v, asked.language) for v in product.variants if v.options[name] in values)
        return _lacking(asked, product, label, list(there), name=name)
    return None


def _lacking(asked: Asked, product: Product, label: str, there: Sequence[str], *, name: str) -> Notice:
    listed = ("、" if asked.language == "zh" else ", ").join(there)
    text = say("not_in_option", asked.language, title=product.said(asked.language).title, value=label, there=listed)
    return Notice(text, (Citation(name, f"product:{product.id}#{name}"),), product.id)


def in_option(asked: Asked, product: Product, asks: Sequence[Wanted], *, plain: bool) -> Notice | None:
    """Return what is so of the variants that are asked for: their price, or whether they can be had.

    `plain` tells that nothing else is asked of the product: "does it come in L".
    """
    fits, kinds = fitting(asked, product), {one.key for one in asks if one.kind in ("offer", "weak")}
    if not fits or not (kinds or plain) or not kinds <= _OF_OPTIONS | {"price"}:
        return None
    if "price" in kinds:
        return _notice(asked, product, fits[:1], [shown_price(product, fits[0], asked.language)], what="price")
    ready = [one for one in fits if one.in_stock]
    if ready:
        return _notice(asked, product, ready, [stock_text(ready[0], asked.language)], what="stock")
    others = _others(asked, product, fits)
    return _notice(asked, product, fits[:1], [stock_text(fits[0], asked.language), *others], what="stock")


def _notice(asked: Asked, product: Product, fits: Sequence[Variant], told: Sequence[str], *, what: str) -> Notice:
    """Return a sentence about these variants, called by their options where they are few."""
    language = asked.language
    named = [name for name in asked.found.wish.options if product.options(name)]
    same = {name: value for name, value in fits[0].options.items() if name in named}
    first = fits[0] if len(fits) == 1 else replace(fits[0], options=same)
    key = "variant_is_out" if len(told) > 1 else "variant_is"
    values = {"others": told[1]} if len(told) > 1 else {}
    text = say(key, language, title=titled(product, first, language), text=told[0], **values)
    return Notice(text, (Citation(say("label_stock", language), f"product:{product.id}#{what}"),), product.id)


def _others(asked: Asked, product: Product, fits: Collection[Variant]) -> list[str]:
    """Return the variants that can be had instead, in words; nothing where there are none."""
    texts = dict.fromkeys(option_text(product, v, asked.language) for v in product.variants if v.in_stock)
    listed = ("、" if asked.language == "zh" else "; ").join(list(texts)[:4])
    return [listed] if listed and fits else []
