"""Which variant of a product goes into the cart, or what must be asked first. Puts nothing into it.

A variant that is in stock is never passed over for one that is not, and no size is chosen for the shopper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.conversation.answers import Asked, Notice
from assistant.conversation.cards import chosen, option_text
from assistant.conversation.evidence import option_label
from assistant.conversation.parts import Question
from assistant.conversation.reading.sizes import extreme, outermost
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say
from index.product import Product, Variant

SEEN = "color"
"""The option that a card shows: what was shown there is what is meant."""
MOST = 6
"""Choices offered at once."""


@dataclass(frozen=True, slots=True)
class Picked:
    """The variant to add, or, where it is `None`, what is said and asked instead."""

    variant: Variant | None
    question: Question | None = None
    notice: Notice | None = None


def picked(asked: Asked, product: Product) -> Picked:
    """Return the variant that is meant: by the message, by the wish in force, by the card that was shown."""
    named = {name: values for name, values in asked.found.wish.options.items() if product.options(name)}
    named = {**_by_size(asked.found.message.lower(), product), **named}
    fitting = _fitting(product.variants, named)
    if not fitting:
        return _instead(asked, product, "not_in_option_now")
    held = [v for v in fitting if v.id in {s.variant_id for s in asked.state.shown}]
    asked_after = next((v.options for v in product.variants if v.id == asked.state.meant), {})
    wished = {name: values for name, values in asked.state.wish.options.items() if product.options(name)}
    # Of the variant that was asked after, what the wish says otherwise was never asked: gold, but not its size.
    after = {name: (value,) for name, value in asked_after.items() if value in wished.get(name, (value,))}
    named = {**after, **named}
    fitting = _fitting(product.variants, named) or fitting
    if SEEN not in named and held:
        fitting = [v for v in fitting if v.options.get(SEEN) == held[0].options.get(SEEN)]
    own = _fitting(fitting, {**wished, **named})
    if not own and after and "size" in wished and set(wished["size"]) & set(product.options("size")):
        return _instead(asked, product, "not_in_option_now")  # in that colour there is none of the size looked for
    fitting = own or fitting
    ready = _affordable([v for v in fitting if v.in_stock], asked)
    if not ready and any(v.in_stock for v in product.variants):
        return _instead(asked, product, "not_in_stock_now")
    if open_option := _open(ready, {**wished, **named}):
        return Picked(None, _which(asked, product, open_option, ready))
    return Picked(chosen(product, [v.id for v in ready or fitting]))


_LARGER, _SMALLER = (
    re.compile(r"(?:larger|bigger) (?:one|size)|大(?:的|号|一?点的?)那?"),
    re.compile(r"smaller (?:one|size)|小(?:的|号|一?点的?)那?"),
)


def _by_size(said: str, product: Product) -> dict[str, tuple[str, ...]]:
    """Return the size that is meant by its place among the product's own: the biggest, of two the bigger."""
    sizes = product.options("size")
    by = extreme(said)
    if len(sizes) == 2 and not by:
        by = 1 if _LARGER.search(said) else -1 if _SMALLER.search(said) else 0
    edge = outermost(sizes, by=by) if by and len(sizes) > 1 else None
    return {"size": (edge,)} if edge else {}


def _affordable(ready: Sequence[Variant], asked: Asked) -> list[Variant]:
    """Return those within the price that the wish sets, all where none is: no size that costs more is offered."""
    most = asked.state.wish.price_max_minor
    within = [v for v in ready if most is None or (v.price_minor is not None and v.price_minor <= most)]
    return within or list(ready)


def _fitting(variants: Sequence[Variant], wanted: Mapping[str, Sequence[str]]) -> list[Variant]:
    return [v for v in variants if all(v.options.get(name) in values for name, values in wanted.items())]


def _open(ready: Sequence[Variant], settled: Mapping[str, Sequence[str]]) -> str:
    """Return an option that nobody has settled and that still leaves a choice."""
    names = dict.fromkeys(name for v in ready for name in v.options if name != SEEN and name not in settled)
    return next((name for name in names if len({v.options.get(name) for v in ready}) > 1), "")


def _which(asked: Asked, product: Product, option: str, ready: Sequence[Variant]) -> Question:
    language, said = asked.language, product.said(asked.language).option_values
    label = option_label(option, language)
    values = dict.fromkeys(v.options[option] for v in ready if option in v.options)
    choices = tuple(say("choice_option", language, label=label, value=said.get(v, v)) for v in values)[:MOST]
    return Question(say("ask_option", language, label=label, title=product.said(language).title), choices)


def _instead(asked: Asked, product: Product, key: str) -> Picked:
    """Return that this one cannot be had, and the variants that can, to choose from."""
    language = asked.language
    ready = [v for v in product.variants if v.in_stock]
    notice = Notice(
        say(key, language, title=product.said(language).title),
        (Citation(say("label_stock", language), f"product:{product.id}#stock"),),
        product.id,
    )
    choices = tuple(dict.fromkeys(option_text(product, v, language) for v in ready))[:MOST]
    question = Question(say("ask_instead", language), choices) if ready else None
    return Picked(None, question, notice)
