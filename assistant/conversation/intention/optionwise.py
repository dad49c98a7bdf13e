"""Whether a message asks of the product in question whether it comes in an option, and what it costs in it.

Knows the product's own options; finds no answer.
"""

from __future__ import annotations

import re

from assistant.conversation.intention.asking_of import questions
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.options import options_in
from assistant.conversation.reading.questions import wanted
from assistant.conversation.reading.references import references
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding
from index.product import Product

_AND_IN = re.compile(r"^\W*(?:(?:and|or|so|ok|okay)\W+)*(?:what about|how about|in|and|or)\b|呢[？?]?$")
"""Asks of another option of what is in question: "and in red?", 那红色的呢."""
_IT_IN = re.compile(
    r"\b(?:like|love|want|need|prefer|have|get|do|make|order|buy) (?:it|that|this|that one|this one) in\b|"
    r"\b(?:is|does) (?:it|that|this)(?: one)? (?:come |available |also |made )*in\b|"
    r"(?:它|这个|这款|这[双件条])有(?:没有)?.{1,8}[吗么没]|有没有$"
)
_TAKING_IT = re.compile(r"\b(?:take|add|put|cart|basket|i'll|i will)\b|加|买|就要")
_GOT = re.compile(r"\b(?:got|have you|do you have|stock|left|those|them|it)\b|还?有没?有?货?|现货")
_OTHERS = re.compile(r"\b(?:any|ones?|which|other|else|what)\b|哪|别的|其他|些")


def asks_in_option(found: Understanding, state: State, product: Product) -> bool:
    """Return whether something is asked of the product in question in an option that is named."""
    after = bool(state.meant) and _asks_of_option(found, product)
    return after or _wants_it_in(found, product) or _asks_of_its_option(found, state, product)


def _asks_of_option(found: Understanding, product: Product) -> bool:
    """Return whether a message asks whether what is in question comes in another option, and nothing else."""
    if found.references or found.wish.categories or not _AND_IN.search(found.message.lower()):
        return False
    named = found.wish.options or options_in(product, found.message)[0]
    return bool(named) and not content(_AND_IN.sub(" ", without_options(found, product)))


def _wants_it_in(found: Understanding, product: Product) -> bool:
    """Return whether what is in question is wished for in an option that it may come in: "I'd like it in white"."""
    said = found.message.lower()
    pointed = any(one.which != "focus" for one in found.references)
    if pointed or found.wish.categories or found.wish.brands or not _IT_IN.search(said) or _TAKING_IT.search(said):
        return False
    return bool(options_in(product, found.message)[0] or (found.references and found.wish.options))


def _asks_of_its_option(found: Understanding, state: State, product: Product) -> bool:
    """Return whether the price or the stock of what was just spoken of is asked for in an option: 黑色还有货吗."""
    if any(one.which not in ("focus", "all") for one in found.references) or found.wish.categories:
        return False
    if not spoken_of(state) or found.wish.brands or _OTHERS.search(found.message.lower()):
        return False
    options, rest = options_in(product, found.message)
    asks = wanted(rest)
    left = rest
    for one in asks:
        left = left.replace(one.form, " ")
    sold = any(one.kind in ("offer", "weak") for one in asks) or bool(_GOT.search(found.message.lower()))
    return bool(options) and sold and questions(found.message) and not content(_GOT.sub(" ", left))


def spoken_of(state: State) -> bool:
    """Return whether the message before was of one product alone."""
    before = references(state.last_message.lower())
    return bool(before) and all(one.which not in ("all", "first_n") for one in before)


def without_options(found: Understanding, product: Product | None) -> str:
    """Return what a message says besides options: those of the catalogue, and those of the product in question."""
    said = found.unpointed
    for one in found.named:
        if one.term.kind == "option":
            said = said[: one.start] + " " * (one.end - one.start) + said[one.end :]
    return options_in(product, said)[1] if product is not None else said
