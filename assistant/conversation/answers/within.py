"""What a message that names no new thing says of the wish in force: a part of it, a word of it, a condition of it.

Decides by what the kinds wished for hold in the catalogue; finds nothing itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.conversation.answers import Asked
from assistant.conversation.answers.bearing import borne_whole
from assistant.conversation.intention.goingon import states_condition
from assistant.conversation.reading.stating import naming
from assistant.conversation.reading.wishing import asks_thing
from assistant.conversation.state import State, Wish
from index.product import Product
from index.query import Filters

FEW = 3
"""Words at most of which a message that names no thing may say more of the wish in force."""
_FOR = re.compile(r"^\W*(?:(?:and|but|only|just|it'?s|they'?re|i mean)\W+)*for\b|[的用]\W*$")
"""How a message says nothing but what a thing is for."""
_OR = re.compile(r"\bor\b|或者?")
_ABOUT = re.compile(r"\b(?:he|she|it|they|we|i|his|her|my)\b|[他她它我]")
"""Who or what a sentence about the wish in force speaks of."""
_DESCRIBES = re.compile(
    r"\bones?\b|\bthan\b|^\W*(?:(?:and|but|only|just|any|some|anything|something|ok|okay|maybe|no)\W+)*"
    r"(?:with|without|in|from|made|not|rather|also|only)\b|(?:的|[一有]?点儿?|一些)(?:吗|吧|呢)?\W*$|"
    r"^(?:给|要)?[男女](?:孩子?|生|士|童|款|宝宝?|人)(?:用|穿|戴)?的?\W*$"
)
"""How a message says no more than how something should be: "softer ones", "any with a lid"."""
_ASKS = re.compile(r"^\W*(?:(?:and|but|so|ok)\W+)*(?:what|why|how|when|who|where|did|do i|am i|was)\b|[什怎哪谁]|为啥")


def narrowed(asked: Asked) -> Asked | None:
    """Return "for the face" as a change of the wish in force: a part of the shop that holds some of it."""
    said, held = asked.found.wish.categories, asked.state.wish.categories
    if len(said) != 1 or len(held) < 2 or said[0] in held or not _FOR.search(asked.found.message.lower()):
        return None
    below = {product.words[product.language].category[-1] for product in _of_kinds(asked, said)}
    kept = tuple(kind for kind in held if kind in below)
    if not kept:
        return None
    labels = {key: label for key, label in asked.found.wish.labels.items() if not key.startswith("category:")}
    found = replace(asked.found, wish=replace(asked.found.wish, text="", categories=kept, labels=labels))
    return replace(asked, found=found)


def within(asked: Asked) -> Asked | None:
    """Return "over ear" as a change of a wish for headphones: some of the kind bear all that is said."""
    said, held = asked.found.wish, asked.state.wish.categories
    if said.categories or said.brands or not held or not 0 < len(naming(said.text)) <= FEW:
        return None
    kind = list(_of_kinds(asked, held))
    either = [Wish(text=one) for one in _OR.split(said.text)]
    return asked if any(borne_whole(kind, one) for one in (said, *either)) else None


def of_the_wish(asked: Asked) -> Asked | None:
    """Return a sentence about the wish in force that names no thing as a change of it: "he chews it all, so wooden"."""
    found, held, said = asked.found, asked.state.wish.categories, asked.found.message.lower()
    states, words = states_condition(found), naming(found.wish.text)
    describes = bool(_DESCRIBES.search(said)) and not _ASKS.search(said) and 0 < len(words) <= FEW
    talks = describes or (states and _ABOUT.search(said))
    if not held or found.wish.categories or not talks or asks_thing(found.message):
        return None
    kind = list(_of_kinds(asked, held))
    borne = [word for word in words if borne_whole(kind, Wish(text=word))]
    kept = borne if borne or states else words
    return replace(asked, found=replace(found, wish=replace(found.wish, text=" ".join(kept))))


def _of_kinds(asked: Asked, kinds: Sequence[str]) -> Collection[Product]:
    """Return all products of these kinds."""
    catalogue = asked.sources.catalogue
    return catalogue.get(list(catalogue.matching(Filters(categories=frozenset(kinds))))).values()


def resuming(state: State, wish: Wish) -> State:
    """Return the state with a wish in force again, and what was in force beside or before it."""
    rest = tuple(one for one in (state.wish, *state.others) if one != wish)
    if wish in state.others:
        return replace(state, wish=wish, others=rest)
    left = (*rest, *(one for one in state.left if one != wish))
    return replace(state, wish=wish, others=(), left=left, focus=None, shown=())


def of_nothing(wish: Wish) -> bool:
    """Return whether a wish says only what a thing must be or must not be, and names none."""
    return not (wish.text or wish.categories or wish.brands or wish.options) and bool(wish.excluded or wish.must_haves)
