"""Says honestly what the shop does not have, or which condition nothing meets, and shows what is nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Missed, Notice
from assistant.conversation.answers.clarify import CHOICES, departments
from assistant.conversation.answers.likeness import carrying, every_word
from assistant.conversation.answers.seeking import Candidate, in_force, loosened, ranked, search
from assistant.conversation.answers.showing import shown
from assistant.conversation.answers.suggesting import after_cards
from assistant.conversation.condition import condition_text
from assistant.conversation.parts import Question
from assistant.conversation.reading.framing import PERSONS, content, core
from assistant.conversation.reading.stating import naming
from assistant.conversation.reading.words import HAN, stem, stems
from assistant.conversation.state import State, Wish
from assistant.wording.phrases import say
from index.query import Emptied, SearchResult

_PRICES = {"price_max": "price_low", "price_min": "price_high"}
"""By a bound of the price, the order in which what is nearest to it comes first."""


def no_such(asked: Asked, wish: Wish) -> Answer:
    """Return that none of what was found for this wish meets what was changed about it: nothing cheaper is there."""
    blamed = Emptied(condition=in_force(wish), value="", nearest=None, count=0)
    sorry = Notice(say("nothing_found", asked.language, what=_wished(wish, asked)))
    notices = (sorry, Notice(_blamed(blamed, wish, asked)))
    return Answer(state=asked.state, notices=notices, suggestions=after_cards(asked, [], wish))


def harmless(asked: Asked, wish: Wish) -> Answer:
    """Return that all of what was found holds what would harm somebody: none of it is shown."""
    harmful = [must.text for must in wish.must_haves if must.harmful]
    blamed = say("emptied", asked.language, condition=("、" if asked.language == "zh" else ", ").join(harmful))
    notices = (Notice(say("nothing_found", asked.language, what=_wished(wish, asked))), Notice(blamed))
    return Answer(state=asked.state, notices=notices, suggestions=after_cards(asked, [], wish))


def with_unborne(asked: Asked, answer: Answer, wish: Wish) -> Answer:
    """Return the answer with the news that nothing shown is said to be what a refinement added, where that is so."""
    said = asked.state.wish.text.lower()
    stated = [*(must.text for must in wish.must_haves), *(one.text for one in wish.preferences)]
    conditions = " ".join(stated)
    known = (said, conditions, *(brand.lower() for brand in wish.brands))
    added = [word for word in naming(wish.text) if word not in PERSONS and not any(word in text for text in known)]
    if not added or not answer.cards or HAN.search(wish.text):
        return answer
    shown_ = asked.sources.catalogue.get([card.product_id for card in answer.cards]).values()
    there = {one for product in shown_ for words in product.words.values() for one in stems(every_word(words))}
    there |= {
        one for product in shown_ for variant in product.variants for one in stems(" ".join(variant.options.values()))
    }
    if any(stem(word) in there for word in added):
        return answer
    news = Notice(say("unborne", asked.language, what=" ".join(added)))
    return replace(answer, notices=(news, *answer.notices))


def near_to(asked: Asked, kept: Sequence[Candidate], wish: Wish) -> Answer:
    """Return what is nearest to what somebody likes ("cooking"), seldom a thing's name; no sentence praises it."""
    answer = shown(asked, kept, wish)
    return replace(answer, points=(), notices=(Notice(say("closest_shown", asked.language)), *answer.notices))


def other_thing(asked: Asked, kept: Sequence[Candidate], wish: Wish) -> Answer:
    """Return that the shop has no such thing, with what is called so after all, or else what belongs to it."""
    anew = replace(wish, categories=())
    elsewhere = ranked(search(asked, anew, anew.filters()).hits or [c.hit for c in kept], anew, asked.language)
    near = carrying(anew, [c.hit.product for c in elsewhere], asked.language)
    closest = [c for c in elsewhere if c.hit.product in near] or kept
    answer = shown(asked, closest, wish)
    notices = (
        Notice(say("nothing_like", asked.language, what=_wished(wish, asked))),
        Notice(say("closest_shown", asked.language)),
        *answer.notices,
    )
    return replace(answer, points=(), notices=notices)


def refused(asked: Asked, kept: Sequence[Candidate], wish: Wish, *, before: State) -> Answer:
    """Return that the shop has no such thing. Cards speak only for what bears its name; no sentence praises them."""
    question = Question(say("ask_wide", asked.language), departments(asked, CHOICES))
    sorry = Notice(say("nothing_like", asked.language, what=_wished(wish, asked)))
    near = carrying(wish, [c.hit.product for c in kept], asked.language)
    if not near:
        missed = (Missed(asked.found.message, "not_found"),)
        # What was said of price, colour and the like holds for whatever is asked for instead.
        held = before if not before.wish.empty else before.wishing(replace(wish, text=""), new=True)
        return Answer(state=held, intent="find", notices=(sorry,), question=question, missed=missed)
    answer = shown(asked, [c for c in kept if c.hit.product in near], wish)
    closest = Notice(say("closest_shown", asked.language))
    return replace(answer, points=(), notices=(sorry, closest, *answer.notices), question=question)


def emptied_by(asked: Asked, result: SearchResult, wish: Wish) -> Answer:
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
        Notice(say("nearest_shown" if alone and emptied.condition != "excluded" else "closest_shown", asked.language)),
    ]
    sort = _PRICES.get(emptied.condition, wish.sort) if alone else wish.sort
    return shown(asked, ranked(near.hits, replace(wish, sort=sort), asked.language), wish, notices=tuple(notices))


def _blamed(emptied: Emptied, wish: Wish, asked: Asked) -> str:
    """Return which condition nothing meets, or that nothing meets all of them."""
    currency = asked.sources.catalogue.vocabulary().currency
    said = condition_text(emptied, wish, language=asked.language, currency=currency)
    if emptied.condition == "excluded":
        return say("only_such", asked.language, value=wish.labels.get("excluded", ""))
    if "," in emptied.condition or not said:
        return say("emptied_together", asked.language, conditions=said or wish.text)
    return say("emptied", asked.language, condition=said)


def _wished(wish: Wish, asked: Asked) -> str:
    """Return what is wished for in the shopper's own words, as they stand in the message or in an earlier one."""
    whole = asked.found.whole.strip(" .,;!?。，；！？")
    said = (wish.text, core(asked.found.message), " ".join(content(asked.found.message)))
    literal = next((text for text in said if text and text.lower() in whole.lower()), "")
    before = asked.state.wish.text
    return literal or (wish.text if before and before in wish.text else "") or whole or asked.found.message


def with_options(wish: Wish) -> str:
    """Return what a wish is for with the options that it states: "lamp, grey"."""
    said = [label for key, label in wish.labels.items() if key.startswith("option:")]
    return ", ".join((wish.text, *(one for one in said if one.lower() not in wish.text.lower())))
