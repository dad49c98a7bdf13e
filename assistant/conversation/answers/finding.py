"""Finds products for a wish, new or refined, and says honestly what could not be met."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Missed, Notice
from assistant.conversation.answers.alike import from_product
from assistant.conversation.answers.bearing import borne_whole
from assistant.conversation.answers.clarify import CHOICES, clarified, departments
from assistant.conversation.answers.likeness import carrying, compound, generic, heads, unlike
from assistant.conversation.answers.refining import refined
from assistant.conversation.answers.seeking import Candidate, in_force, loosened, of_other_brands, ranked, search
from assistant.conversation.answers.settling import settled
from assistant.conversation.answers.sizing import offered
from assistant.conversation.answers.suggesting import after_cards
from assistant.conversation.cards import card
from assistant.conversation.condition import condition_text
from assistant.conversation.goingon import resumed
from assistant.conversation.parts import Question
from assistant.conversation.plan import WORDED, reason, recommendation
from assistant.conversation.reading.framing import content, likes_of_somebody
from assistant.conversation.reading.needs import is_need
from assistant.conversation.reading.stating import naming
from assistant.conversation.state import Shown, State, Wish
from assistant.conversation.suiting import Suited, suited
from assistant.conversation.tastes import why_not, why_suits
from assistant.conversation.understanding import Understanding
from assistant.people.portrait import Portrait
from assistant.wording.phrases import say
from index.query import Emptied, SearchResult

CARDS = 6
"""Products shown at once."""
_PRICES = {"price_max": "price_low", "price_min": "price_high"}
"""By a bound of the price, the order in which what is nearest to it comes first."""
_CART = re.compile(r"\b(?:cart|basket|trolley)\b|购物[车袋篮]|加购")
_EACH = re.compile(r"\b(?:both|all|each)\b|都")
_ANOTHER = re.compile(r"^\W*(?:and|or|what about|how about|also|now)\b|^(?:那|还有|再)|呢[？?]?$")
"""How a message goes on from one kind of thing to another."""


def find(asked: Asked) -> Answer:
    """Return products for a wish that names its thing anew."""
    if asked.found.wide or asked.found.wish.empty:
        return clarified(asked)
    if asked.found.wishes and (answer := both(asked)) is not None:
        return answer
    found = _found(asked, _with_budget(asked, _with_needs(asked, settled(asked, asked.found.wish))), new=True)
    return _asking_which(asked, found) if _CART.search(asked.found.message.lower()) else found


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
    if not all(wish.categories for wish in wishes):
        return None
    every = [(wish, search(asked, wish, wish.filters()).hits) for wish in wishes]
    found = [(wish, ranked(hits, wish, asked.language)) for wish, hits in every if hits]
    if not found:
        return None
    sorry = tuple(
        Notice(say("nothing_found", asked.language, what=_with_options(wish))) for wish, hits in every if not hits
    )
    first, *others = (wish for wish, _ in found)
    state = replace(asked.state.wishing(first, new=True), others=tuple(others))
    kept = [one for _, candidates in found for one in candidates[: CARDS // len(found)]]
    return shown(replace(asked, state=state), kept, Wish(), notices=sorry)


def _with_options(wish: Wish) -> str:
    """Return what a wish is for with the options that it states: "lamp, grey"."""
    said = [label for key, label in wish.labels.items() if key.startswith("option:")]
    return ", ".join((wish.text, *(one for one in said if one.lower() not in wish.text.lower())))


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
    """Return the wish for what somebody likes with the budget of the gift that it goes on from: "she loves tea"."""
    bounds = asked.state.wish.price_min_minor, asked.state.wish.price_max_minor
    priced = wish.price_min_minor is not None or wish.price_max_minor is not None
    if priced or not likes_of_somebody(asked.found.message):
        return wish
    return replace(wish, price_min_minor=bounds[0], price_max_minor=bounds[1])


def refine(asked: Asked) -> Answer:
    """Return products for the wish in force with what the message changes about it."""
    asked = from_product(asked)
    if asked.state.wish.empty and not asked.state.shown:
        return find(asked)
    if (other := resumed(asked.found, asked.state)) is not None:
        rest = tuple(one for one in (asked.state.wish, *asked.state.others) if one != other)
        asked = replace(asked, state=replace(asked.state, wish=other, others=rest))
    return _found(asked, refined(asked), new=False)


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
        return _emptied(replace(asked, state=state), result, wish)
    kept = ranked(result.hits, wish, asked.language)
    known = bool(wish.categories or wish.brands) or result.matched or generic(wish.text) or _of_age(kept, wish)
    products = [c.hit.product for c in kept]
    if new and compound(wish, asked.found.named, products, asked.language):
        return _other_thing(replace(asked, state=state), kept, wish)
    liked = new and likes_of_somebody(asked.found.message)
    if (
        liked
        or borne_whole(products, wish)
        or _all_met(kept, wish)
        or (known and not unlike(wish, products, asked.language))
    ):
        return shown(replace(asked, state=state), kept, wish, notices=_preface(asked, kept, wish))
    if not new and asked.state.shown and wish.text == asked.state.wish.text:
        return _no_such(asked, wish)
    if wish.brands and (others := of_other_brands(asked, wish)):
        return _emptied(replace(asked, state=state), others, wish)
    said = asked.found.wish
    if new and wish.categories != said.categories and heads(said, asked.found.doubtful):
        # Its words lead elsewhere, yet it says what kind of thing it is: "a jacket for hiking" is a jacket.
        return _found(asked, said, new=True)
    return _refused(replace(asked, state=state), kept, wish, before=asked.state)


def _of_age(kept: Sequence[Candidate], wish: Wish) -> bool:
    """Return whether things for somebody of an age were found: whatever suits a child may be what is wished for."""
    aged = any(must.measure is not None and must.measure.unit == "year" for must in wish.must_haves)
    return aged and all(need.met for need in kept[0].needs)


def _all_met(kept: Sequence[Candidate], wish: Wish) -> bool:
    """Return whether all that is wished for are must-haves, and what was found is known to meet them."""
    said = " ".join(must.text for must in wish.must_haves)
    named = naming(wish.text)
    return bool(named and said) and all(word in said for word in named) and all(need.met for need in kept[0].needs)


def _no_such(asked: Asked, wish: Wish) -> Answer:
    """Return that none of what was found for this wish meets what was changed about it: nothing cheaper is there."""
    blamed = Emptied(condition=in_force(wish), value="", nearest=None, count=0)
    sorry = Notice(say("nothing_found", asked.language, what=_wished(wish, asked)))
    notices = (sorry, Notice(_blamed(blamed, wish, asked)))
    return Answer(state=asked.state, notices=notices, suggestions=after_cards(asked, [], wish))


def _other_thing(asked: Asked, kept: Sequence[Candidate], wish: Wish) -> Answer:
    """Return that the shop has no such thing, with what is called so after all, or else what belongs to it."""
    anew = replace(wish, categories=())
    elsewhere = ranked(search(asked, anew, anew.filters()).hits or [c.hit for c in kept], anew, asked.language)
    near = carrying(anew, [c.hit.product for c in elsewhere], asked.language)
    closest = [c for c in elsewhere if c.hit.product in near] or kept
    answer = shown(asked, closest, wish)
    notices = (
        Notice(say("nothing_like", asked.language, what=wish.text)),
        Notice(say("closest_shown", asked.language)),
        *answer.notices,
    )
    return replace(answer, points=(), notices=notices)


def _refused(asked: Asked, kept: Sequence[Candidate], wish: Wish, *, before: State) -> Answer:
    """Return that the shop has no such thing. Cards speak only for what bears its name; no sentence praises them."""
    question = Question(say("ask_wide", asked.language), departments(asked, CHOICES))
    sorry = Notice(say("nothing_like", asked.language, what=wish.text))
    near = carrying(wish, [c.hit.product for c in kept], asked.language)
    if not near:
        missed = (Missed(asked.found.message, "not_found"),)
        # What was said of price, colour and the like holds for whatever is asked for instead.
        held = before if not before.wish.empty else before.wishing(replace(wish, text=""), new=True)
        return Answer(state=held, intent="find", notices=(sorry,), question=question, missed=missed)
    answer = shown(asked, [c for c in kept if c.hit.product in near], wish)
    closest = Notice(say("closest_shown", asked.language))
    return replace(answer, points=(), notices=(sorry, closest, *answer.notices), question=question)


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
        if personal and not met
        else reason(found.hit.product, found.variant, language=language, needs=found.needs)
    )


def _preface(asked: Asked, kept: Sequence[Candidate], wish: Wish) -> tuple[Notice, ...]:
    made = []
    if asked.found.foreign:
        own = asked.sources.catalogue.vocabulary().currency
        made.append(Notice(say("foreign_currency", asked.language, own=own, named=asked.found.foreign)))
    if wish.must_haves and all(c.unmet for c in kept):
        missing = [need.text for need in kept[0].needs if need.met is False]
        made.append(Notice(say("none_meets", asked.language, needs=_listed(missing, asked.language))))
    return tuple(made)


def _listed(words: Sequence[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(words)


def _emptied(asked: Asked, result: SearchResult, wish: Wish) -> Answer:
    """Return what to say when nothing meets the conditions: which one emptied it, and the nearest that would not."""
    emptied = result.emptied
    notices = [Notice(say("nothing_found", asked.language, what=_wished(wish, asked)))]
    if emptied is None or emptied.nearest is None:
        return Answer(state=asked.state, notices=tuple(notices), suggestions=after_cards(asked, [], wish))
    alone = "," not in emptied.condition and emptied.condition != "categories"
    priced = emptied.condition in _PRICES
    nearest = replace(wish, price_min_minor=None, price_max_minor=None).filters() if priced else emptied.nearest
    near = search(asked, wish, nearest) if alone else loosened(asked, wish)
    if not near.hits:
        return Answer(state=asked.state, notices=tuple(notices), suggestions=after_cards(asked, [], wish))
    blamed = emptied if alone else replace(emptied, condition=in_force(wish))
    notices += [
        Notice(_blamed(blamed, wish, asked)),
        Notice(say("nearest_shown" if alone else "closest_shown", asked.language)),
    ]
    sort = _PRICES.get(emptied.condition, wish.sort) if alone else wish.sort
    return shown(asked, ranked(near.hits, replace(wish, sort=sort), asked.language), wish, notices=tuple(notices))


def _blamed(emptied: Emptied, wish: Wish, asked: Asked) -> str:
    """Return which condition nothing meets, or that nothing meets all of them."""
    currency = asked.sources.catalogue.vocabulary().currency
    said = condition_text(emptied, wish, language=asked.language, currency=currency)
    if "," in emptied.condition or not said:
        return say("emptied_together", asked.language, conditions=said or wish.text)
    return say("emptied", asked.language, condition=said)


def _wished(wish: Wish, asked: Asked) -> str:
    return wish.text or " ".join(content(asked.found.message)) or asked.found.message
