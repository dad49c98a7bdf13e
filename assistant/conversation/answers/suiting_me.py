"""Answers "what would suit me?": the shop's suggestions for this shopper, each with the signal that produced it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.clarify import clarified
from assistant.conversation.answers.seeking import Candidate
from assistant.conversation.answers.showing import CARDS
from assistant.conversation.answers.suggesting import after_cards
from assistant.conversation.cards import card, chosen
from assistant.conversation.intention.ranking import asks_most_chosen
from assistant.conversation.plan import WORDED, reason, recommendation
from assistant.conversation.reading.wishing import NEWEST
from assistant.conversation.state import Shown, Wish
from assistant.conversation.suiting import Suited, suited
from assistant.people.portrait import Portrait
from assistant.recommend.contract import Reason
from assistant.recommend.shelf import Suggestion
from assistant.store.event import person
from assistant.wording.phrases import say
from index.product import Product
from index.query import Filters, Hit

ALL = 10_000
"""Products among which those of a kind are looked for that many choose."""
OFTEN = 50
"""The most chosen of all, of which it may be said that many choose them."""
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


def popular(asked: Asked) -> Answer:
    """Return what many choose, of the kind of thing that is named; of what is new no record tells."""
    if asks_most_chosen(asked.found, asked.state):
        return _chosen_of_shown(asked)
    adviser, wish, language = asked.sources.adviser, asked.found.wish, asked.language
    fitting = asked.sources.catalogue.matching(wish.filters()) if wish.filters() != Filters() else None
    ids = [one.id for one in (adviser.popular(k=ALL) if adviser else ())]
    chosen_ids = [id_ for id_ in ids if fitting is None or id_ in fitting][:CARDS]
    products = list(asked.sources.catalogue.get(chosen_ids).values())
    new = bool(NEWEST.search(asked.found.message.lower()))
    lead = (Notice(say("new_unknown", language)),) if new else ()
    if not products:
        return replace(clarified(asked), notices=lead)
    points = tuple(
        recommendation(product, chosen(product), language=language, ask="", place=place)
        for place, product in enumerate(products[:WORDED])
    )
    state = asked.state.wishing(replace(wish, text=wish.text if wish.categories else "", sort="relevance"), new=True)
    return Answer(
        state=replace(state.showing(tuple(Shown(p.id, chosen(p).id) for p in products)), asked=""),
        cards=tuple(card(p, chosen(p), language=language, why=_why_popular(p, ids, language)) for p in products),
        points=points,
        notices=(*lead, Notice(say("chosen_most", language))),
        suggestions=after_cards(asked, products, wish),
    )


def _chosen_of_shown(asked: Asked) -> Answer:
    """Return those shown by how many choose them, the one chosen most first; the wish in force stays."""
    adviser, language, held = asked.sources.adviser, asked.language, asked.state.shown
    ranks = {one.id: place for place, one in enumerate(adviser.popular(k=ALL) if adviser else ())}
    ordered = sorted(held, key=lambda one: ranks.get(one.product_id, len(ranks)))
    catalogued = asked.sources.catalogue.get([one.product_id for one in ordered])
    kept = [one for one in ordered if one.product_id in catalogued]
    pairs = [(catalogued[one.product_id], chosen(catalogued[one.product_id], [one.variant_id])) for one in kept]
    if not pairs or pairs[0][0].id not in ranks:
        return clarified(asked)
    points = tuple(
        recommendation(product, variant, language=language, ask="", place=place)
        for place, (product, variant) in enumerate(pairs[:WORDED])
    )
    lead = say("chosen_most_of_these", language, title=pairs[0][0].said(language).title)
    return Answer(
        state=replace(asked.state.showing(tuple(kept)).focusing(pairs[0][0].id), asked=""),
        cards=tuple(card(p, v, language=language, why=_why_popular(p, list(ranks), language)) for p, v in pairs),
        points=points,
        notices=(Notice(lead),),
        suggestions=after_cards(asked, [product for product, _ in pairs], asked.state.wish),
    )


def _why_popular(product: Product, ids: Sequence[str], language: str) -> str:
    """Return that many choose it where it is among the most chosen of all, else what its record says."""
    often = product.id in ids[:OFTEN]
    return say("signal_many_chose", language) if often else reason(product, chosen(product), language=language)


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
    signal, language = why[product.id], asked.language
    if signal.because == product.id:
        return say("signal_again", language)
    known = asked.sources.catalogue.get([signal.because]) if signal.because else {}
    if signal.because in known:
        title = known[signal.because].said(language).title
        return say(f"signal_{signal.signal.value}_because", language, title=title)
    return say(f"signal_{signal.signal.value}", language)
