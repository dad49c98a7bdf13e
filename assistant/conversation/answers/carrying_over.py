"""What holds on where another kind of thing takes the place of the one before: "make that chinos", "same in skirts".

Only what the other kind comes in, or what its records can tell, is carried over. Searches nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.answers import Asked
from assistant.conversation.fitting import check
from assistant.conversation.state import MustHave, Wish
from index.product import Product
from index.query import Filters

_INSTEAD = re.compile(
    r"^\W*(?:(?:actually|no|nope|wait|sorry|ok|okay|hm+|oh|well|or|and|but|then|please|maybe|now|let me|"
    r"on second thoughts?|you know what)\W+)*"
    r"(?:(?:can you |could you )?(?:make|change|switch|turn) (?:that|it|them|this)(?: to| into)?\b|"
    r"let'?s (?:make (?:it|that)|switch to|go (?:for|with)|do|say|try)\b|switch(?:ing)? to\b|"
    r"(?:the )?same\b|i (?:actually )?(?:meant|mean)\b|(?:i'?d )?rather\b)|"
    r"^\W*(?:(?:no|ok|wait|hm+|sorry|oh)\W+)*actually\b|\binstead\W*(?:please\W*)?$|"
    r"\bin(?:to)? the same (?:size|colou?r|price|budget)\b|"
    r"\b(?:the )?same (?:size|colou?r|price|budget|price range|conditions?|requirements?)\b|"
    r"^(?:还是|不[，,]|算了[，,]?|那|换成|改成)*(?:换成|改成|改看|换)(?!一?[个款件批])|同样(?:的)?(?:尺码|颜色|价位|条件|要求)|一样的(?:尺码|颜色|价位|条件)"
)
"""How a message puts another thing in the place of the one before."""
_ANEW = re.compile(
    r"\b(?:start (?:over|again)|from scratch|something (?:else|completely different)|new search)\b|重新(?:来|找|搜)"
)


def carried_over(asked: Asked, wish: Wish) -> Wish:
    """Return a wish for another thing with what was wished of the one before, where it takes that one's place."""
    held, said = asked.state.wish, asked.found.message.lower()
    new = wish.categories and held.categories and not set(wish.categories) & set(held.categories)
    if not new or not _INSTEAD.search(said) or _ANEW.search(said):
        return wish
    kind = _of_kind(asked, wish)
    options = {
        name: values
        for name, values in held.options.items()
        if name not in wish.options and any(set(values) & set(product.options(name)) for product in kind)
    }
    labels = {f"option:{name}": held.labels[f"option:{name}"] for name in options if f"option:{name}" in held.labels}
    priced = wish.price_min_minor is not None or wish.price_max_minor is not None
    stated = {must.text for must in wish.must_haves}
    musts = tuple(one for one in held.must_haves if one.text not in stated and _told_of(one, kind, asked.language))
    return replace(
        wish,
        price_min_minor=wish.price_min_minor if priced else held.price_min_minor,
        price_max_minor=wish.price_max_minor if priced else held.price_max_minor,
        options={**options, **wish.options},
        labels={**labels, **wish.labels},
        rating_min=wish.rating_min if wish.rating_min is not None else held.rating_min,
        in_stock=wish.in_stock or held.in_stock,
        reduced=wish.reduced or held.reduced,
        excluded=tuple(dict.fromkeys((*wish.excluded, *_still_barred(held, wish)))),
        must_haves=(*wish.must_haves, *musts),
    )


def _of_kind(asked: Asked, wish: Wish) -> list[Product]:
    catalogue = asked.sources.catalogue
    return list(catalogue.get(list(catalogue.matching(Filters(categories=frozenset(wish.categories))))).values())


def _told_of(must: MustHave, kind: list[Product], language: str) -> bool:
    """Return whether any of a kind is known to meet a must-have; what harms somebody holds for every thing."""
    return must.harmful or any(check(must, product, language).met for product in kind)


def _still_barred(held: Wish, wish: Wish) -> tuple[str, ...]:
    """Return what stays barred: all but the thing that is wished for now."""
    wanted = {word.lower() for word in (*wish.categories, *wish.labels.values(), *wish.brands)}
    return tuple(word for word in held.excluded if word.lower() not in wanted)
