"""What a product is to be had in: the sizes left in a colour, the size that fits a measure. Words one sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from assistant.conversation.answers import Asked, Notice
from assistant.conversation.evidence import option_label
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.options import options_in
from assistant.conversation.reading.questions import Wanted
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say
from assistant.wording.quantities import quantities
from index.product import Product

CHOICES = {"size_choices": "size", "color_choices": "color"}
_FITS = re.compile(
    r"\b(?:(?:which|what) size|size (?:for|of|is|would|do|should)|"
    r"(?:will|would|does|do|can) (?:it|they|this|that|one) (?:fit|suit|be)|"
    r"fits?|big enough|right for)\b|[哪几什][么个]?(?:码|号|尺码|尺寸|大)|合适|够大|能穿|装得下|戴得",
    re.IGNORECASE,
)
"""Asks which size is right for a measure, or whether one is."""
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*[–-]\s*(\d+(?:\.\d+)?)\s*(?:cm|厘米)")
_YEARS = re.compile(r"(\d{1,2})\s*[–-]\s*(\d{1,2})\s*(?:years?|岁)")
_AGE = re.compile(
    r"\b(?:is|he'?s|she'?s|turn(?:s|ed|ing)|aged?|for an?|nearly|almost)\s+(\d{1,2})\b(?!\s*(?:cm|kg|kilos?|%))|"
    r"(\d{1,2})\s*(?:years? old|year-olds?|岁)"
)
"""How old the one is whom a size is for."""
_OF_HAVING = re.compile(
    r"\b(?:add|take|buy|get|cart|basket|order|put|comes?|available|availability|stock|left|sold|out|made|make|have|got|"
    r"sizes?|colou?rs?|version|one|still|also|smaller|larger|bigger|womens?|mens?|kids?|me|like|how|many|much|cost|price|"
    r"his|her|their|my|our|is|are|does|do|what|which|any|in|too|then|and|or|instead|choose|choices|options?|shades?|only|other|others|let|know)\b|"
    r"有货|库存|现货|尺码|颜色|哪些|什么|还有|多少钱|价格|剩|几个?|码|号|色"
)
"""Words about having a thing in an option that ask for nothing else of it."""


def asks_else(asked: Asked, product: Product) -> bool:
    """Return whether a message that names an option asks for something else than to have it: "is the red one warm"."""
    rest = options_in(product, asked.found.unpointed)[1]
    return bool(content(_OF_HAVING.sub(" ", rest)))


def choices_left(asked: Asked, product: Product, asks: Sequence[Wanted]) -> Notice | None:
    """Return what can be had of one option in another: "what sizes are left in grey"; `None` where it is not asked."""
    wanted = {name: values for name, values in asked.found.wish.options.items() if product.options(name)}
    name = next((CHOICES[one.key] for one in asks if one.key in CHOICES), "")
    if not name or name in wanted or not wanted or not product.options(name):
        return None
    fits = [v for v in product.variants if all(v.options.get(other) in held for other, held in wanted.items())]
    language, said = asked.language, product.said(asked.language).option_values
    comma = "、" if language == "zh" else ", "
    ready = dict.fromkeys(said.get(v.options[name], v.options[name]) for v in fits if v.in_stock and name in v.options)
    held = comma.join(said.get(value, value) for values in wanted.values() for value in values[:1])
    key = "choices_left" if ready else "choices_none"
    text = say(
        key,
        language,
        title=product.said(language).title,
        value=held,
        label=option_label(name, language).lower(),
        there=comma.join(ready),
    )
    return Notice(text, (Citation(name, f"product:{product.id}#{name}"),), product.id)


def size_for(product: Product, message: str) -> str:
    """Return the size that fits a measure which a question names, in centimetres; empty where none does or none is."""
    if not _FITS.search(message):
        return ""
    if (aged := _AGE.search(message.lower())) and (size := _of_age(product.options("size"), int(aged[1] or aged[2]))):
        return size
    asked = [one.size for one in quantities(message) if one.kind == "length"]
    return _fitting(product.options("size"), asked[0]) if len(asked) == 1 else ""


def _of_age(sizes: Collection[str], age: int) -> str:
    """Return the size that is for children of an age in years; empty where none is.

    >>> _of_age(("98 (2–3 years)", "110 (4–5 years)"), 5), _of_age(("S", "M"), 5)
    ('110 (4–5 years)', '')
    """
    spans = [(span, size) for size in sizes for span in _YEARS.finditer(size)]
    return next((size for span, size in spans if int(span[1]) <= age <= int(span[2])), "")


def _fitting(sizes: Collection[str], measure: Decimal) -> str:
    """Return the size whose range holds a measure, else the smallest that is as long; `measure` is in millimetres.

    >>> _fitting(("M, 55–59 cm", "L, 59–63 cm"), Decimal(570)), _fitting(("S, 60 cm", "L, 100 cm"), Decimal(750))
    ('M, 55–59 cm', 'L, 100 cm')
    """
    for size in sizes:
        if (span := _SPAN.search(size)) and Decimal(span[1]) * 10 <= measure <= Decimal(span[2]) * 10:
            return size
    if any(_SPAN.search(size) for size in sizes):
        return ""
    long = [(one.size, size) for size in sizes if len(found := quantities(size)) == 1 for one in found]
    enough = [(length, size) for length, size in long if length >= measure]
    return min(enough)[1] if enough and len(long) == len(sizes) else ""
