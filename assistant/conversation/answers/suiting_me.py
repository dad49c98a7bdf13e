"""Answers "what would suit me?": the shop's suggestions for this shopper, each with the signal that produced it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.clarify import clarified
from assistant.conversation.answers.seeking import Candidate
from assistant.conversation.answers.showing import CARDS
from assistant.conversation.answers.suggesting import after_cards
from assistant.conversation.cards import card, chosen
from assistant.conversation.plan import WORDED, recommendation
from assistant.conversation.state import Shown, Wish
from assistant.conversation.suiting import Suited, suited
from assistant.people.portrait import Portrait
from assistant.recommend.contract import Reason
from assistant.recommend.shelf import Suggestion
from assistant.store.event import person
from assistant.wording.phrases import say
from index.product import Product
from index.query import Hit

LOOKED_AT = 12
"""Suggestions among which the portrait decides the order."""


def suit_me(asked: Asked) -> Answer:
    """Return what suits this shopper, or ask what they are looking for where nothing has been learned yet."""
    suggestions = _suggestions(asked)
    products = asked.sources.catalogue.get([one.id for one in suggestions])
    if not products:
        return clarified(asked)
    why = {one.id: one.reason for one in suggestions}
    candidates = [Candidate(Hit(p, tuple(v.id for v in p.variants), 0.0), chosen(p), ()) for p in products.values()]
    portrait = asked.portrait or Portrait(person="")
    judged = [one for one in suited(candidates, portrait, Wish()) if one.against is None][:CARDS]
    language = asked.language
    cards = tuple(
        card(_product(one), one.candidate.variant, language=language, why=_why(asked, _product(one), why))
        for one in judged
    )
    points = tuple(
        recommendation(_product(one), one.candidate.variant, language=language, ask="", place=place)
        for place, one in enumerate(judged[:WORDED])
    )
    shown = tuple(Shown(_product(one).id, one.candidate.variant.id) for one in judged)
    state = asked.state.wishing(Wish(), new=True).showing(shown)
    lead = say("suits_you" if any(why[s.product_id].because for s in shown) else "suits_many", language)
    return Answer(
        state=replace(state, asked=""),
        cards=cards,
        points=points,
        notices=(Notice(lead),),
        suggestions=after_cards(asked, [_product(one) for one in judged], Wish()),
    )


def _suggestions(asked: Asked) -> tuple[Suggestion, ...]:
    adviser = asked.sources.adviser
    if adviser is None:
        return ()
    whose = person(asked.principal.customer_id, asked.session_id)
    return adviser.suggest(whose, asked.principal, k=LOOKED_AT)


def _product(one: Suited) -> Product:
    return one.candidate.hit.product


def _why(asked: Asked, product: Product, why: Mapping[str, Reason]) -> str:
    """Return the signal behind a suggestion in words, by the product of their own history where there is one."""
    reason, language = why[product.id], asked.language
    if reason.because == product.id:
        return say("signal_again", language)
    known = asked.sources.catalogue.get([reason.because]) if reason.because else {}
    if reason.because in known:
        title = known[reason.because].said(language).title
        return say(f"signal_{reason.signal.value}_because", language, title=title)
    return say(f"signal_{reason.signal.value}", language)
