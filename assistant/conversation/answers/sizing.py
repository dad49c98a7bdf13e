"""Which options a wish really states, by what the shop's things of that kind come in: "large", "the biggest size".

"Large" is a size where there are sizes, the largest of them where they are measures, and a mere word where a thing has
none; "lavender" is no colour of what comes in no colours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Asked
from assistant.conversation.reading.amounts import QUANTITY, UNITS
from assistant.conversation.reading.numerals import read_number
from assistant.conversation.reading.sizes import PLAIN, SCALE, SPOKEN, beyond, extreme, outermost
from assistant.conversation.state import Measure, MustHave, Wish
from index.product import Product
from index.query import Filters, Query

LOOKED_AT = 24
"""Products of the kind whose options tell."""


def offered(asked: Asked, wish: Wish) -> Wish:
    """Return the wish with only those options that things of its kind have, and with the sizes that its words mean."""
    by = extreme(asked.found.message.lower())
    if not (wish.options or by or any(_just(must) for must in wish.must_haves)):
        return wish
    products = _of_kind(asked, wish)
    if not products:
        return wish
    for name in wish.options:
        if not any(product.options(name) for product in products) and (name != "color" or _named(wish, products)):
            wish = without_option(_called_so(wish) if name == "color" else wish, name)
    sizes = tuple(dict.fromkeys(value for product in products for value in product.options("size")))
    wish = of_amount(wish, sizes)
    if numbered := _numbered(wish, sizes):
        return with_sizes(wish, numbered)
    if by and "size" not in wish.options:
        return with_sizes(wish, outermost_of(products, by=by))
    return _meant(wish, sizes, products)


def of_amount(wish: Wish, sizes: Sequence[str]) -> Wish:
    """Return the wish with an amount that its kind comes in as that size: 28公分 of pans, "1 kilo" of coffee."""
    for must in wish.must_haves:
        alike = tuple(one for one in sizes if must.measure and _just(must) and _states(one, must.measure))
        if alike:
            musts = tuple(other for other in wish.must_haves if other != must)
            sized = with_sizes(replace(wish, must_haves=musts), alike)
            return replace(sized, labels={**sized.labels, "option:size": must.text})
    return wish


def _just(must: MustHave) -> bool:
    """Return whether a must-have is just an amount, whatever it is of."""
    measure = must.measure
    return measure is not None and not must.forms and measure.low is not None and measure.low == measure.high


def _states(size: str, measure: Measure) -> bool:
    """Return whether a size is one amount, and this one; "40 × 28 cm" is two."""
    found = list(QUANTITY.finditer(size.lower()))
    number = read_number(found[0][1]) if len(found) == 1 and not re.search(r"\d\s*[×x–-]\s*\d", size) else None
    if number is None or measure.low is None:
        return False
    unit, scale = UNITS[found[0][2]]
    return unit == measure.unit and abs(float(number) * scale - measure.low) < measure.low / 100


def _numbered(wish: Wish, sizes: Sequence[str]) -> tuple[str, ...]:
    """Return the sizes of the kind that begin with the bare number that was said: the 28 of pans is no waist."""
    said = wish.labels.get("option:size", "").strip()
    if not said.isdigit() or set(sizes) & set(wish.options.get("size", ())):
        return ()
    return tuple(one for one in sizes if (found := re.search(r"\d+(?:\.\d+)?", one)) and found.group() == said)


def _called_so(wish: Wish) -> Wish:
    """Return the wish with what reads like a colour as what a thing is to be called: chocolate with orange."""
    parts = [part for part in wish.labels.get("option:color", "").lower().split(" / ") if part]
    musts = tuple(MustHave(text=part, forms=(part,)) for part in parts if part not in wish.text.lower())
    return replace(wish, must_haves=(*wish.must_haves, *musts))


def _named(wish: Wish, products: Sequence[Product]) -> bool:
    """Return whether what reads like a colour is in what these things are called or made of: a scent of lavender."""
    words = [word for product in products for word in product.words.values()]
    texts = " ".join(text for one in words for text in (one.title, *one.attributes.values())).lower()
    return any(part in texts for part in wish.labels.get("option:color", "").lower().split(" / ") if part)


def _meant(wish: Wish, sizes: Sequence[str], products: Sequence[Product]) -> Wish:
    """Return the wish with "large" as the largest where sizes are measures; a size that nothing else says is kept."""
    said = wish.labels.get("option:size", "").lower()
    if "size" not in wish.options or said not in PLAIN:
        return wish
    if any(said in words.title.lower() for product in products for words in product.words.values()):
        return without_option(wish, "size")
    if set(sizes) & set(wish.options["size"]):
        return wish
    scale = next((key for key, forms in SPOKEN.items() if said in forms), "")
    if scale in ("", "m"):
        return without_option(wish, "size")
    return with_sizes(wish, outermost_of(products, by=1 if SCALE.index(scale) > SCALE.index("m") else -1))


def outermost_of(products: Sequence[Product], *, by: int) -> tuple[str, ...]:
    """Return the largest (`by` 1) or smallest size of each product that comes in several."""
    choices = [product.options("size") for product in products if len(product.options("size")) > 1]
    return tuple(dict.fromkeys(edge for values in choices if (edge := outermost(values, by=by)) is not None))


def stepped(asked: Asked, wish: Wish, now: Sequence[str], *, by: int) -> Wish:
    """Return the wish with the sizes above (or below) those in force, as things of its kind come in them."""
    sizes = [value for product in _of_kind(asked, wish) for value in product.options("size")]
    return with_sizes(wish, beyond(tuple(dict.fromkeys(sizes)), now, by=by))


def with_sizes(wish: Wish, sizes: Sequence[str]) -> Wish:
    """Return the wish for one of these sizes; as it is where there are none."""
    if not sizes:
        return wish
    said = " / ".join(sizes[:3])
    return replace(wish, options={**wish.options, "size": tuple(sizes)}, labels={**wish.labels, "option:size": said})


def without_option(wish: Wish, name: str) -> Wish:
    """Return the wish without the condition on one option; its word stays in the text."""
    return replace(
        wish,
        options={other: values for other, values in wish.options.items() if other != name},
        labels={key: label for key, label in wish.labels.items() if key != f"option:{name}"},
    )


def _of_kind(asked: Asked, wish: Wish) -> list[Product]:
    """Return products of the kind that is wished for, whatever they come in."""
    filters = Filters(categories=frozenset(wish.categories), brands=frozenset(wish.brands))
    hits = asked.sources.searcher.search(Query(text=wish.text, filters=filters, limit=LOOKED_AT)).hits
    return [hit.product for hit in (hits if wish.categories else hits[:6])]
