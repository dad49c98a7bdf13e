"""Which other variant of a product a message wants: by name, by a shade of a colour, by the next size.

Knows a product and its variants; no order and no rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conversation.reading.colours import Colour, colours
from assistant.conversation.reading.sizes import beyond, rank, spoken_sizes
from assistant.conversation.reading.words import HAN, words
from index.product import Product, Variant

_LARGER = re.compile(
    r"\b(?:larger|bigger|longer|roomier|size up|sizes? (?:larger|bigger))\b|大[一1]?[点些号码]|[换要]大的|"
    r"大[一1]个?[号码]",
    re.IGNORECASE,
)
_SMALLER = re.compile(
    r"\b(?:smaller|tighter|shorter|size down|sizes? smaller)\b|小[一1]?[点些号码]|[换要]小的|小[一1]个?[号码]",
    re.IGNORECASE,
)
_TOO_SMALL = re.compile(r"\btoo (?:small|tight|short|narrow)\b|太小|偏小|太紧|太短|小了|紧了", re.IGNORECASE)
_TOO_LARGE = re.compile(r"\btoo (?:big|large|loose|long|wide)\b|太大|偏大|太松|太长|大了|松了", re.IGNORECASE)
_ALTERED = re.compile(r"\b(?:exchange|swap|another|different|other|instead|change)\b|换", re.IGNORECASE)


def other_variant(text: str, product: Product, held: str) -> Variant | None:
    """Return the variant that a message wants instead of the one held; `None` where it does not tell one."""
    now = next((one for one in product.variants if one.id == held), None)
    if now is None:
        return None
    wanted = dict(now.options)
    for name, value in _options_in(text, product, now):
        if now.options.get(name) != value:
            wanted[name] = value
    if wanted.get("size") == now.options.get("size") and (size := _next_size(text, product, now)):
        wanted["size"] = size
    if wanted == dict(now.options):
        return None
    return next((one for one in product.variants if dict(one.options) == wanted), None)


def _options_in(text: str, product: Product, now: Variant) -> list[tuple[str, str]]:
    """Return the options of the product that a text names, what is named last last."""
    spoken = f" {' '.join(word.text for word in words(text.lower()))} "
    found: list[tuple[int, int, str, str]] = []
    for name, value in {pair for variant in product.variants for pair in variant.options.items()}:
        for form in _forms(name, value, product):
            like = " ".join(word.text for word in words(form.lower()))
            like = like if HAN.search(like) else f" {like} "
            if like.strip() and (at := spoken.rfind(like)) >= 0:
                found.append((at, len(like), name, value))
    return [(name, value) for _, _, name, value in sorted(found)] or _shades_in(text, product, now)


def _forms(name: str, value: str, product: Product) -> set[str]:
    said = {value, *(one.option_values.get(value, value) for one in product.words.values())}
    return said | ({form for one in said for form in spoken_sizes(one)} if name == "size" else set())


def _shades_in(text: str, product: Product, now: Variant) -> list[tuple[str, str]]:
    """Return the one colour of the product that is a shade of a colour that a text names: navy for "the blue one"."""
    values = {one.options["color"] for one in product.variants if "color" in one.options}
    values.discard(now.options.get("color", ""))
    shades = {value for colour in _colours_in(text) for value in colour.among(values)}
    return [("color", value) for value in shades] if len(shades) == 1 else []


def _colours_in(text: str) -> Iterator[Colour]:
    spoken = f" {' '.join(word.text for word in words(text.lower()))} "
    for colour in colours().values():
        if any(f" {form} " in spoken for form in colour.english) or any(
            len(form) > 1 and form in text for form in colour.chinese
        ):
            yield colour


def _next_size(text: str, product: Product, now: Variant) -> str:
    """Return the next size up or down that can be had, where a text asks for one; else empty."""
    by = _direction(text)
    size = now.options.get("size")
    if not by or size is None:
        return ""
    alike = [one for one in product.variants if one.in_stock and _same_but_size(one, now)]
    further = beyond(_sizes(alike), (size,), by=by)
    return min(further, key=lambda value: by * (rank(value) or 0.0), default="")


def size_wanted(text: str) -> str:
    """Return whether a text asks for the next size: "up", "down" or empty.

    >>> size_wanted("have you got it one bigger?"), size_wanted("换小一号"), size_wanted("in red")
    ('up', 'down', '')
    """
    return {1: "up", -1: "down"}.get(_direction(text), "")


def _direction(text: str) -> int:
    if _LARGER.search(text):
        return 1
    if _SMALLER.search(text):
        return -1
    altered = _ALTERED.search(text)
    return (1 if _TOO_SMALL.search(text) else -1 if _TOO_LARGE.search(text) else 0) if altered else 0


def _sizes(variants: Sequence[Variant]) -> list[str]:
    return [one.options["size"] for one in variants if "size" in one.options]


def _same_but_size(one: Variant, other: Variant) -> bool:
    return {**one.options, "size": ""} == {**other.options, "size": ""}
