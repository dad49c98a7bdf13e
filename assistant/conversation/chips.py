"""Chips of what is understood, their removal, and the JSON form of a wish. Searches nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.conversation.evidence import option_label
from assistant.conversation.parts import Chip
from assistant.conversation.state import Wish
from assistant.wording.phrases import say
from index.money import price_text


def chips(wish: Wish, language: str, currency: str | None) -> tuple[Chip, ...]:
    """Return a removable chip for every condition in force."""
    made: list[Chip] = []
    if wish.price_min_minor is not None:
        price = price_text(wish.price_min_minor, currency, language)
        made.append(Chip("price_min", say("chip_price_min", language, price=price)))
    if wish.price_max_minor is not None:
        price = price_text(wish.price_max_minor, currency, language)
        made.append(Chip("price_max", say("chip_price_max", language, price=price)))
    made += [Chip(f"category:{c}", wish.labels.get(f"category:{c}", c)) for c in wish.categories[:1]]
    made += [Chip(f"brand:{brand}", brand) for brand in wish.brands]
    for name in wish.options:
        shown = wish.labels.get(f"option:{name}") or " / ".join(wish.options[name])
        made.append(Chip(f"option:{name}", f"{option_label(name, language)}: {shown}"))
    if wish.rating_min is not None:
        made.append(Chip("rating", say("chip_rating", language, rating=f"{wish.rating_min:g}")))
    if wish.in_stock:
        made.append(Chip("in_stock", say("chip_in_stock", language)))
    if wish.reduced:
        made.append(Chip("reduced", say("chip_reduced", language)))
    if wish.excluded:
        made.append(Chip("excluded", say("chip_excluded", language, words=_excluded(wish))))
    made += [Chip(f"must:{must.text}", must.text) for must in wish.must_haves]
    made += [Chip(f"prefer:{one.text}", one.text) for one in wish.preferences]
    if wish.sort != "relevance":
        made.append(Chip("sort", say("chip_rating_sort" if wish.sort == "rating" else f"chip_{wish.sort}", language)))
    return tuple(made)


def _excluded(wish: Wish) -> str:
    return wish.labels.get("excluded") or ", ".join(wish.excluded[:3])


def drop(wish: Wish, key: str) -> Wish:
    """Return the wish without the condition of a chip; an unknown key changes nothing.

    >>> drop(Wish(text="red bag", options={"color": ("Red",)}, labels={"option:color": "red"}), "option:color").text
    'bag'
    """
    kind, _, value = key.partition(":")
    if kind == "price_min":
        return replace(wish, price_min_minor=None)
    if kind == "price_max":
        return replace(wish, price_max_minor=None)
    if kind == "rating":
        return replace(wish, rating_min=None)
    if kind == "in_stock":
        return replace(wish, in_stock=False)
    if kind == "reduced":
        return replace(wish, reduced=False)
    if kind == "excluded":
        kept_labels = {name: label for name, label in wish.labels.items() if name != "excluded"}
        return replace(wish, excluded=(), labels=kept_labels)
    if kind == "sort":
        return replace(wish, sort="relevance")
    if kind == "option":
        kept = {name: values for name, values in wish.options.items() if name != value}
        return replace(wish, options=kept, text=_without(wish.text, wish.labels.get(key, "")))
    if kind == "brand":
        return replace(wish, brands=tuple(b for b in wish.brands if b != value), text=_without(wish.text, value))
    if kind == "category":
        return replace(wish, categories=())
    if kind == "prefer":
        kept_preferences = tuple(one for one in wish.preferences if one.text != value)
        return replace(wish, preferences=kept_preferences, text=_without(wish.text, value))
    if kind == "must":
        kept_musts = tuple(m for m in wish.must_haves if m.text != value)
        return replace(wish, must_haves=kept_musts, text=_without(wish.text, value))
    return wish


def _without(text: str, said: str) -> str:
    """Return a search text without words that were said for a condition, in any capitals."""
    for part in filter(None, said.split(" / ")):
        at = text.lower().find(part.lower())
        if at >= 0:
            text = text[:at] + text[at + len(part) :]
    return " ".join(text.split()).strip(" 的,，")


def constraints(wish: Wish) -> dict[str, Any]:
    """Return the JSON form of the conditions in force; what is not asked for is left out."""
    given: dict[str, Any] = {
        "text": wish.text,
        "price_min_minor": wish.price_min_minor,
        "price_max_minor": wish.price_max_minor,
        "brands": list(wish.brands),
        "categories": list(wish.categories),
        "options": {name: list(values) for name, values in wish.options.items()},
        "rating_min": wish.rating_min,
        "in_stock": wish.in_stock,
        "reduced": wish.reduced,
        "excluded": list(wish.excluded),
        "must_haves": [must.text for must in wish.must_haves],
        "preferences": [one.text for one in wish.preferences],
        "sort": wish.sort if wish.sort != "relevance" else "",
    }
    return {name: value for name, value in given.items() if value not in (None, [], {}, "", False)}
