"""Finds products for a wish, new or refined; what there is not is `missing`'s to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.alike import from_product
from assistant.conversation.answers.bearing import borne_whole, only_conditions
from assistant.conversation.answers.by_name import called
from assistant.conversation.answers.carrying_over import carried_over
from assistant.conversation.answers.clarify import CHOICES, clarified
from assistant.conversation.answers.fitting_things import fitting_things, spread
from assistant.conversation.answers.for_children import for_children
from assistant.conversation.answers.likeness import compound, generic, heads, not_sold, unlike
from assistant.conversation.answers.missing import (
    emptied_by,
    harmless,
    near_to,
    no_such,
    other_thing,
    refused,
    with_options,
    with_unborne,
)
from assistant.conversation.answers.refining import refined
from assistant.conversation.answers.requiring import requiring, with_requirements
from assistant.conversation.answers.seeking import Candidate, of_other_brands, ranked, search, without_unsaid
from assistant.conversation.answers.settling import settled
from assistant.conversation.answers.showing import CARDS, preface, shown, unsaid_of_all
from assistant.conversation.answers.sizing import offered
from assistant.conversation.answers.suggesting import after_cards
from assistant.conversation.answers.within import narrowed, of_nothing, of_the_wish, resuming, within
from assistant.conversation.intention.goingon import resumed
from assistant.conversation.parts import Question
from assistant.conversation.reading.framing import likes_of_somebody
from assistant.conversation.reading.needs import is_need
from assistant.conversation.reading.stating import naming
from assistant.conversation.state import Wish
from assistant.conversation.understanding import Understanding
from assistant.wording.phrases import say

_CART = re.compile(r"\b(?:cart|basket|trolley)\b|购物[车袋篮]|加购")
_EACH = re.compile(r"\b(?:both|all|each)\b|都")
_ALL = re.compile(r"\b(?:both|all of them|each|either of them)\b|[两都]")
"""What is said of all that is wished for."""
_ANOTHER = re.compile(r"^\W*(?:and|or|what about|how about|also|now)\b|^(?:那|还有|再)|呢[？?]?$")
"""How a message goes on from one kind of thing to another."""


def find(asked: Asked) -> Answer:
    """Return products for a wish that names its thing anew."""
    if (answer := fitting_things(asked, _with_budget(asked, asked.found.wish))) is not None:
        return answer
    if asked.found.wide or asked.found.wish.empty or _only_priced(asked.found.wish):
        return clarified(asked)
    if of_nothing(asked.found.wish) and asked.found.wish.excluded and not asked.state.shown:
        return _asking_what(asked, asked.found.wish)
    if asked.found.wishes and (answer := both(asked)) is not None:
        return _with_missing(asked, answer)
    if (narrower := narrowed(asked) or within(asked)) is not None:
        return refine(narrower)
    if asked.found.wish.categories and resumed(asked.found, asked.state) is not None:
        return refine(asked)
    wish = for_children(asked, carried_over(asked, with_requirements(asked, settled(asked, asked.found.wish))))
    found = _found(asked, _with_budget(asked, _with_needs(asked, wish)), new=True)
    found = _with_missing(asked, _in_question(asked, found))
    return _asking_which(asked, found) if _CART.search(asked.found.message.lower()) else found


def _in_question(asked: Asked, found: Answer) -> Answer:
    """Return the answer with the one product that is surely called by its name as what "it" means."""
    first = found.cards[0].product_id if found.cards else ""
    one = called(asked, surely=True) if first and asked.found.wish.brands else None
    return replace(found, state=found.state.focusing(one.id)) if one is not None and one.id == first else found


def _with_missing(asked: Asked, found: Answer) -> Answer:
    """Return the answer with the news that what else was wished for is not there: "a kettle and a toaster"."""
    beside = Wish(text=asked.found.beside)
    if not beside.text or not found.cards:
        return found
    hits = search(asked, beside, beside.filters()).hits
    if borne_whole([hit.product for hit in hits], beside):
        return found
    sorry = Notice(say("nothing_like", asked.language, what=beside.text))
    return replace(found, notices=(sorry, *found.notices))


def _asking_which(asked: Asked, found: Answer) -> Answer:
    """Return what was found for the cart with the question which of it is meant."""
    if not found.cards or found.question is not None:
        return found
    places = range(1, min(len(found.cards), CHOICES) + 1)
    choices = tuple(say("choice_add", asked.language, place=place) for place in places)
    state = replace(found.state, asked="cart_which")
    return replace(found, state=state, question=Question(say("cart_which", asked.language), choices))


def both(asked: Asked) -> Answer | None:
    """Return the best products for each of several wishes, and which of them nothing was found for.

    `None` where nothing is found for any, or where one names no kind of thing.
    """
    wishes = [offered(asked, wish) for wish in _alike(asked.found)]
    return _beside_each_other(asked, wishes) if all(wish.categories for wish in wishes) else None


def _beside_each_other(asked: Asked, wishes: Sequence[Wish]) -> Answer | None:
    """Return the best products for each of these wishes; `None` where nothing is found for any."""
    every = [(wish, search(asked, wish, wish.filters()).hits) for wish in wishes]
    found = [(wish, ranked(hits, wish, asked.language)) for wish, hits in every if hits]
    if not found:
        return None
    sorry = tuple(
        Notice(say("nothing_found", asked.language, what=with_options(wish))) for wish, hits in every if not hits
    )
    first, *others = (wish for wish, _ in found)
    state = replace(asked.state.wishing(first, new=True), others=tuple(others))
    kept = [one for _, candidates in found for one in candidates[: CARDS // len(found)]]
    return shown(replace(asked, state=state), kept, Wish(), notices=sorry)


def _alike(found: Understanding) -> list[Wish]:
    """Return the wishes of a message, with the options of the last for each where it says so: "both in sage"."""
    if not _EACH.search(found.message.lower()):
        return list(found.wishes)
    shared = found.wishes[-1]
    return [
        replace(wish, options={**shared.options, **wish.options}, labels={**_options(shared), **wish.labels})
        for wish in found.wishes
    ]


def _options(wish: Wish) -> dict[str, str]:
    return {key: label for key, label in wish.labels.items() if key.startswith("option:")}


def _with_needs(asked: Asked, wish: Wish) -> Wish:
    """Return a wish that goes on from the one before ("and chocolate?") with what must not be in either."""
    if not _ANOTHER.search(asked.found.message.lower()):
        return wish
    said = {must.text for must in wish.must_haves}
    needs = [must for must in asked.state.wish.must_haves if is_need(must) and must.text not in said]
    return replace(wish, must_haves=(*wish.must_haves, *needs))


def _with_budget(asked: Asked, wish: Wish) -> Wish:
    """Return the wish for what becomes of a gift with the budget of that: "she loves tea", "a vase sounds nice"."""
    held = asked.state.wish
    bounds = held.price_min_minor, held.price_max_minor
    priced = wish.price_min_minor is not None or wish.price_max_minor is not None
    gift = generic(held.text) or not held.text
    if priced or not (gift or likes_of_somebody(asked.found.message)):
        return wish
    return replace(wish, price_min_minor=bounds[0], price_max_minor=bounds[1])


def refine(asked: Asked) -> Answer:
    """Return products for the wish in force with what the message changes about it."""
    if asked.found.eased is not None:
        asked = replace(asked, state=replace(asked.state, wish=asked.found.eased))
    asked = from_product(asked)
    if asked.state.wish.empty and not asked.state.shown:
        return find(asked)
    if (other := resumed(asked.found, asked.state)) is not None:
        asked = replace(asked, state=resuming(asked.state, other))
    asked = requiring(asked)
    if asked.state.others and _ALL.search(asked.found.message.lower()) and not asked.found.wish.categories:
        held = (asked.state.wish, *asked.state.others)
        every = [refined(replace(asked, state=replace(asked.state, wish=one, others=()))) for one in held]
        if (answer := _beside_each_other(asked, every)) is not None:
            return answer
    wish = refined(asked)
    if of_nothing(wish) and not asked.state.shown:
        return _asking_what(asked, wish)
    return with_unborne(asked, _found(asked, wish, new=False), wish)


def _only_priced(wish: Wish) -> bool:
    """Return whether a wish says no more than what may be spent: "my budget is 50"."""
    priced = wish.price_max_minor is not None or wish.price_min_minor is not None
    return priced and replace(wish, price_max_minor=None, price_min_minor=None, labels={}) == Wish()


def _asking_what(asked: Asked, wish: Wish) -> Answer:
    """Return the question what is looked for, with what must be so of it kept in mind."""
    answer = clarified(replace(asked, found=replace(asked.found, wish=Wish(), step="")))
    return replace(answer, state=asked.state.wishing(wish, new=False))


def more(asked: Asked) -> Answer:
    """Return products for the wish in force that were not shown yet."""
    asked = from_product(asked)
    if asked.state.wish.empty and not asked.state.shown:
        return clarified(asked)
    answer = _found(asked, asked.state.wish, new=False, without=frozenset(asked.state.seen))
    if answer.cards:
        return answer
    notice = Notice(say("no_more", asked.language))
    return Answer(state=asked.state, notices=(notice,), suggestions=answer.suggestions)


def again(asked: Asked, wish: Wish) -> Answer:
    """Return products for the wish in force after a chip was removed."""
    return _found(asked, wish, new=False)


def _found(asked: Asked, wish: Wish, *, new: bool, without: frozenset[str] = frozenset()) -> Answer:
    state = asked.state.wishing(wish, new=new)
    result = search(asked, wish, wish.filters(without=without))
    if not result.hits and without:
        return Answer(state=state, suggestions=after_cards(asked, [], wish))
    if not result.hits:
        return emptied_by(replace(asked, state=state), result, wish)
    kept = [c for c in ranked(result.hits, wish, asked.language) if not _harms(c, wish)]
    if not kept:
        return harmless(replace(asked, state=state), wish)
    kept, unsaid = without_unsaid(spread(kept, wish), wish)
    known = bool(wish.categories or wish.brands) or result.matched or generic(wish.text) or _of_age(kept, wish)
    products = [c.hit.product for c in kept]
    if new and compound(wish, asked.found.named, products, asked.language):
        return other_thing(replace(asked, state=state), kept, wish)
    if new and not asked.found.ideas and not_sold(wish, asked.found, products, asked.language):
        return other_thing(replace(asked, state=state), kept, wish)
    known = known or (any(c.telling for c in kept) and wish.text == " ".join(one.text for one in wish.preferences))
    alike = known and not unlike(wish, products, asked.language)
    if borne_whole(products, wish) or only_conditions(wish) or _all_met(kept, wish) or alike:
        notices = (*preface(asked, kept, wish), *unsaid_of_all(asked, unsaid))
        return shown(replace(asked, state=state), kept, wish, notices=notices)
    if new and likes_of_somebody(asked.found.message):
        return near_to(replace(asked, state=state), kept, wish)
    if not new and asked.state.shown and wish.text == asked.state.wish.text:
        return no_such(asked, wish)
    if wish.brands and (others := of_other_brands(asked, wish)):
        return emptied_by(replace(asked, state=state), others, wish)
    said = asked.found.wish
    if new and wish.categories != said.categories and heads(said, asked.found.doubtful):
        # Its words lead elsewhere, yet it says what kind of thing it is: "a jacket for hiking" is a jacket.
        return _found(asked, said, new=True)
    if new and (meant := of_the_wish(asked)) is not None:
        return refine(meant)
    return refused(replace(asked, state=state), kept, wish, before=asked.state)


def _harms(candidate: Candidate, wish: Wish) -> bool:
    """Return whether a product is known to hold what would harm whom it is for."""
    harmful = {must.text for must in wish.must_haves if must.harmful}
    return any(need.met is False and need.text in harmful for need in candidate.needs)


def _of_age(kept: Sequence[Candidate], wish: Wish) -> bool:
    """Return whether things for somebody of an age were found: whatever suits a child may be what is wished for."""
    aged = any(must.measure is not None and must.measure.unit == "year" for must in wish.must_haves)
    return aged and all(need.met for need in kept[0].needs)


def _all_met(kept: Sequence[Candidate], wish: Wish) -> bool:
    """Return whether all that is wished for are must-haves, and what was found is known to meet them."""
    said = " ".join(must.text for must in wish.must_haves)
    named = naming(wish.text)
    return bool(named and said) and all(word in said for word in named) and all(need.met for need in kept[0].needs)
