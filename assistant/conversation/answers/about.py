"""Which product a question is about, and what it shows; what is answered is `one_question`'s and `apart`'s business."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice, comparing, finding
from assistant.conversation.answers.apart import answered_apart
from assistant.conversation.answers.in_options import fitting, with_own
from assistant.conversation.answers.measuring import ranks
from assistant.conversation.answers.of_each import of_each
from assistant.conversation.answers.pointing import meant, named, none_of_brand, points_past, sharing_the_most
from assistant.conversation.answers.suggesting import about_product
from assistant.conversation.cards import card, chosen
from assistant.conversation.intention.asking_of import asks_of_pointed
from assistant.conversation.parts import Question
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.options import options_in
from assistant.conversation.reading.wishing import HOLDS
from assistant.conversation.reading.words import stems
from assistant.conversation.state import Shown
from assistant.wording.phrases import say
from index.product import Product

_ONE = frozenset({"place", "middle", "last", "focus", "previous", "one"})
"""References to one product, of which a measure is asked rather than which has the most of it."""
_THEY = re.compile(r"\b(?:they|these|those|them)\b|它们|这些|那些|这几[个款]")


def about(asked: Asked) -> Answer:
    """Answer a question about the product that is meant; without one, look for what the message names."""
    one = any(one.which in _ONE for one in asked.found.references) or asks_of_pointed(asked.found)
    several = len(asked.state.shown) > 1 and not one
    they = asked.state.focus is None and bool(_THEY.search(asked.found.message.lower()))
    if several and (ranks(asked.found.message) or (they and comparing.asks_each(asked))):
        return replace(comparing.compare(asked), intent="compare")
    if several and asked.state.focus is None and (answer := of_each(asked)) is not None:
        return answer
    if (ahead := sharing_the_most(asked)) and (answer := of_each(asked, ahead)) is not None:
        return answer
    product = _product(asked)
    if product is None:
        if points_past(asked) and asked.state.shown:
            question = Question(say("which_product", asked.language))
            return Answer(state=asked.state, notices=none_of_brand(asked), question=question)
        if asked.found.wish.categories or asked.found.wish.brands or asked.found.wish.must_haves:
            return finding.find(asked) if asked.state.wish.empty else finding.refine(asked)
        return Answer(
            state=asked.state, notices=_none_called(asked), question=Question(say("which_product", asked.language))
        )
    asked = _without_pointing(asked)
    held = [s.variant_id for s in asked.state.shown if s.product_id == product.id]
    asked = with_own(asked, product)
    named = next(iter(fitting(asked, product)), None)
    before = next((v for v in product.variants if v.id == asked.state.meant), None)
    variant = named or before or chosen(product, held)
    answer = answered_apart(asked, product, variant)
    shown = card(product, variant, language=asked.language)
    state = asked.state.focusing(product.id)
    state = replace(state, meant=named.id) if named is not None else state
    if not state.shown:
        state = state.showing((Shown(product.id, variant.id),))
    return replace(answer, state=state, cards=(shown,), suggestions=about_product(asked, product))


def _without_pointing(asked: Asked) -> Asked:
    """Return the question without what only points at the product: 可以水洗的那双多少钱 asks what it costs."""
    words = " ".join(one.words for one in asked.found.references)
    kept = tuple(must for must in asked.found.wish.must_haves if must.text.lower() not in words)
    return replace(asked, found=replace(asked.found, wish=replace(asked.found.wish, must_haves=kept)))


def _product(asked: Asked) -> Product | None:
    pointed = meant(asked)
    if pointed:
        return pointed[0]
    if one := named(asked):
        return one
    if points_past(asked) and asked.state.shown:
        return None
    wanted = asked.state.focus or (asked.state.shown[0].product_id if asked.state.shown else "")
    product = next(iter(asked.sources.catalogue.get([wanted]).values()), None) if wanted else None
    if product is not None and (words := _called(asked)) and not options_in(product, words)[0]:
        return None  # nothing that was shown is called so
    return None if product is not None and _elsewhere(asked, product) else product


def _called(asked: Asked) -> str:
    """Return the words that a thing is pointed at by: "the vanilla one"; empty where it is by none of its own."""
    words = " ".join(one.words for one in asked.found.references if one.which == "one")
    return words if content(words) else ""


def _none_called(asked: Asked) -> tuple[Notice, ...]:
    """Return that none of those shown is called as the message calls it."""
    words = " ".join(content(_called(asked)))
    said = "utmost_unstated" if re.fullmatch(r"[a-z]{3,}est|most [a-z]+", words) else "none_called"
    return (Notice(say(said, asked.language, words=words)),) if words and asked.state.shown else ()


def _elsewhere(asked: Asked, product: Product) -> bool:
    """Return whether another kind of thing is named: "the power?" asked of a kettle names no power banks."""
    labels = {stems(label) for words in product.words.values() for label in words.attributes}
    kinds = [one for one in asked.found.named if one.term.kind == "category" and stems(one.form) not in labels]
    named = {value for one in kinds for value in one.term.values} & set(asked.found.wish.categories)
    holds = HOLDS.search(asked.found.message.lower())  # what goes into it is another thing
    return not (asked.found.trait or holds) and bool(named - set(asked.state.wish.categories))
