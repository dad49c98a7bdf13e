"""The answer that shows candidates: cards with why each is there, and the points to word of the first of them.

Decides which of several stand where; searches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.preferring import notices
from assistant.conversation.answers.seeking import Candidate, cheap
from assistant.conversation.answers.suggesting import after_cards
from assistant.conversation.cards import card, reduced_from
from assistant.conversation.evidence import product_subject
from assistant.conversation.plan import WORDED, reason, recommendation
from assistant.conversation.reading.sizes import rank
from assistant.conversation.state import Shown, Wish
from assistant.conversation.suiting import Suited, suited
from assistant.conversation.tastes import why_not, why_suits
from assistant.people.portrait import Portrait
from assistant.wording.phrases import say

CARDS = 6
"""Products shown at once."""


def shown(asked: Asked, candidates: Sequence[Candidate], wish: Wish, *, notices: tuple[Notice, ...] = ()) -> Answer:
    """Return the answer that shows these candidates and words the first of them."""
    language = asked.language
    judged = suited(candidates, asked.portrait or Portrait(person=""), wish)[:CARDS]
    top = [one.candidate for one in judged]
    cards = tuple(
        card(one.candidate.hit.product, one.candidate.variant, language=language, why=_why(one, language))
        for one in judged
    )
    points = tuple(
        recommendation(
            c.hit.product,
            c.variant,
            language=language,
            ask=wish.text or asked.found.message,
            needs=c.needs,
            place=place,
            first=c.telling,
        )
        for place, c in enumerate(top[:WORDED])
    )
    state = asked.state.showing(tuple(Shown(c.hit.product.id, c.variant.id) for c in top))
    if len(top) == 1:
        state = state.focusing(top[0].hit.product.id)
    return Answer(
        state=replace(state, asked=""),
        cards=cards,
        points=points,
        notices=notices,
        suggestions=after_cards(asked, [c.hit.product for c in top], wish),
    )


def _why(one: Suited, language: str) -> str:
    """Return why a product is shown: a must-have that it meets, else what suits this shopper, else what it is.

    What it does not meet, or is not known to meet, stands before all: not every card gets a sentence that says so.
    """
    found = one.candidate
    lacking = [need for need in found.needs if not need.met]
    if lacking:
        keys = (("why_unmet" if need.met is False else "why_unstated", need.text) for need in lacking)
        return ("；" if language == "zh" else "; ").join(say(key, language, need=text) for key, text in keys)
    if one.against is not None:
        return why_not(one.against, language)
    met = any(need.met for need in found.needs)
    personal = next((text for line in one.meets if (text := why_suits(line, language))), "")
    return (
        personal
        if personal and not met and not found.telling
        else reason(found.hit.product, found.variant, language=language, needs=found.needs, first=found.telling)
    )


def preface(asked: Asked, kept: Sequence[Candidate], wish: Wish) -> tuple[Notice, ...]:
    """Return what is said before the cards: of money of another currency, and that none meets a must-have."""
    made = []
    if asked.found.foreign:
        own = asked.sources.catalogue.vocabulary().currency
        made.append(Notice(say("foreign_currency", asked.language, own=own, named=asked.found.foreign)))
    if asked.found.other_size and (own := _own_sizes(kept)):
        made.append(Notice(say("other_sizes", asked.language, named=asked.found.other_size, own=own)))
    if wish.must_haves and all(c.unmet for c in kept):
        missing = [need.text for need in kept[0].needs if need.met is False]
        made.append(Notice(say("none_meets", asked.language, needs=_listed(missing, asked.language))))
    if wish.reduced and not any(reduced_from(c.variant) for c in kept):
        made.append(Notice(say("none_reduced", asked.language)))
    if wish.preferences and wish.sort == "relevance" and not cheap(wish):
        made += notices([product_subject(c.hit.product, c.variant, asked.language) for c in kept], wish, asked.language)
    return tuple(made)


def _own_sizes(kept: Sequence[Candidate]) -> str:
    """Return the sizes that these come in, from the smallest to the largest; empty where they come in none."""
    sizes = {size for one in kept for size in one.hit.product.options("size")}
    ordered = sorted((size for size in sizes if rank(size) is not None), key=lambda size: rank(size) or 0.0)
    return "" if not ordered else " – ".join(dict.fromkeys((ordered[0], ordered[-1])))


def unsaid_of_all(asked: Asked, unsaid: Sequence[str]) -> tuple[Notice, ...]:
    """Return that no record here says for whom a thing is, once instead of for each."""
    return (Notice(say("unsaid_of_all", asked.language, need=_listed(unsaid, asked.language))),) if unsaid else ()


def _listed(words: Sequence[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(words)
