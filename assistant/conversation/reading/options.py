"""Which of one product's own options a text names, however they are said: "M", 白的, "the 1 kg", 一公斤装, "39".

Knows the product's variants and no conversation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conversation.reading.colours import colours
from assistant.conversation.reading.numerals import read_number
from assistant.conversation.reading.sizes import outermost, spoken_sizes
from assistant.conversation.reading.words import HAN, words
from assistant.wording.quantities import Quantity, quantities
from index.product import Product

_AMOUNT = re.compile(
    r"(?<![\d.a-z])(\d+(?:\.\d+)?|[一两二三四五六七八九十半]+)\s*-?\s*"
    r"(kg|kilos?|kilograms?|g|grams?|ml|millilit(?:re|er)s?|l|lit(?:re|er)s?|mm|cm|centimet(?:re|er)s?|"
    r"公斤|千克|克|斤|毫升|升|厘米|公分|毫米|码|号)(?![a-z])"
)
_PLAIN_NUMBER = re.compile(
    r"(?<![\d.a-z×x$])(\d{2,4}(?:\.5)?)(?![\d.]|\s*[%×x$]|[a-z]|[个件双条只台瓶盒套把块元岁年月天人])"
)
_LARGE = ("big", "bigger", "biggest", "large", "larger", "largest")
_ENDS = re.compile(
    rf"\b(?:the|a|in|one|two|three)\s+(?:the\s+)?({'|'.join(_LARGE)}|small|smaller|smallest|little)\s+(?:ones?|size|version)\b"
)
"""The end of the sizes that a thing comes in: "the big one", "in the smaller size"."""
_OF_COLOUR = re.compile(r"色系?")


def options_in(product: Product, text: str) -> tuple[dict[str, tuple[str, ...]], str]:
    """Return the options of the product that a text names, and what is left of the text without them."""
    rest = f" {' '.join(word.text for word in words(text))} "
    found: dict[str, tuple[str, ...]] = {}
    for form, name, value in _forms(product):
        spoken = form if HAN.search(form) else f" {form} "
        if name not in found and form and spoken in rest:
            found[name], rest = (value,), rest.replace(spoken, " " if HAN.search(form) else "  ", 1)
    sizes = product.options("size")
    if sizes and "size" not in found:
        value, left = _measured(sizes, rest)
        if value:
            found["size"], rest = (value,), left
    if len(sizes) > 1 and "size" not in found and (ends := _ENDS.search(rest)):
        edge = outermost(sizes, by=1 if ends[1] in _LARGE else -1)
        if edge:
            found["size"], rest = (edge,), f"{rest[: ends.start()]} {rest[ends.end() :]}"
    return found, rest


def amount_beside(product: Product, text: str) -> str:
    """Return an amount of the kind that the product's sizes are, of which it has none: 6公斤 of 2 kg and 1 kg."""
    kinds = {one.kind for value in product.options("size") for one in quantities(value)}
    if not kinds or options_in(product, text)[0].get("size"):
        return ""
    for match in _AMOUNT.finditer(text.lower()):
        one = _quantity(match[1], match[2])
        if one is not None and one.kind in kinds and one.kind in ("weight", "mass", "volume"):
            return match.group().strip()
    return ""


def _forms(product: Product) -> Sequence[tuple[str, str, str]]:
    """Return every form of every option with its name and value, the longest first."""
    values = sorted({(name, value) for variant in product.variants for name, value in variant.options.items()})
    found = [(form, name, value) for name, value in values for form in _said(product, name, value)]
    claimed: dict[str, set[str]] = {}
    for form, _, value in found:
        claimed.setdefault(form, set()).add(value)
    plain = [one for one in found if len(claimed[one[0]]) == 1 or one[0] == _spoken(one[2])]
    return sorted(plain, key=lambda one: (-len(one[0]), one))


def _said(product: Product, name: str, value: str) -> Iterator[str]:
    own = {value, *(said.option_values.get(value, value) for said in product.words.values())}
    yield from (_spoken(form) for form in own)
    yield from (_spoken(form) for form in spoken_sizes(value))
    if name != "color":
        return
    yield from (f"{_OF_COLOUR.sub('', form)}的" for form in own if HAN.search(form))
    for colour in colours().values():
        if colour.means(value):
            yield from (_spoken(form) for form in colour.english)
            yield from (form if len(form) > 1 else f"{form}的" for form in colour.chinese)


def _spoken(form: str) -> str:
    return " ".join(word.text for word in words(form))


def _measured(sizes: Sequence[str], rest: str) -> tuple[str, str]:
    """Return the one size that states an amount of the text, or whose number it is, and what is left of the text."""
    for match in _AMOUNT.finditer(rest):
        one = _quantity(match[1], match[2])
        alike = [value for value in sizes if one is not None and any(one.equals(other) for other in quantities(value))]
        if len(alike) == 1:
            return alike[0], f"{rest[: match.start()]} {rest[match.end() :]}"
    for match in _PLAIN_NUMBER.finditer(rest):
        alike = [value for value in sizes if re.search(rf"(?<![\d.]){re.escape(match[1])}(?![\d.])", value)]
        if len(alike) == 1:
            return alike[0], f"{rest[: match.start()]} {rest[match.end() :]}"
    return "", rest


def _quantity(number: str, unit: str) -> Quantity | None:
    value = read_number(number) if number != "半" else None
    found = quantities(f"{value if value is not None else 0.5}{unit}")
    return found[0] if found and found[0].kind != "count" else None
