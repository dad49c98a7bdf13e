"""Which answer an intent gets. Knows intents and answers, nothing of what they do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from assistant.conversation.answers import (
    Answer,
    Asked,
    Notice,
    alerting,
    by_name,
    carting,
    changing,
    comparing,
    finding,
    handing,
    ordering,
    policy,
    serving,
    spoken_of,
    talking,
    telling,
)
from assistant.conversation.answers.about import about
from assistant.conversation.answers.cart_delivery import with_delivery
from assistant.conversation.answers.declining import declined, with_care
from assistant.conversation.answers.following import following
from assistant.conversation.answers.measuring import asks_measure, ranks
from assistant.conversation.answers.outright import of_parcel, said_outright
from assistant.conversation.answers.ruled import as_rule, of_rules
from assistant.conversation.answers.suiting_me import popular, suit_me
from assistant.conversation.answers.taken_up import taken_up
from assistant.conversation.answers.wanting import TOLD_OUTRIGHT, asks_of_matter
from assistant.conversation.answers.why_shown import why_shown
from assistant.conversation.answers.within import within
from assistant.conversation.intention.deciding import NAMES_CART
from assistant.conversation.reading.families import family
from assistant.conversation.reading.language import LONGEST
from assistant.wording.phrases import say

_ANSWERS: Mapping[str, Callable[[Asked], Answer]] = {
    "find": finding.find,
    "refine": finding.refine,
    "more": finding.more,
    "compare": comparing.compare,
    "ask_product": about,
    "ask_policy": policy.answer,
    "cart_add": carting.add,
    "cart_change": changing.change,
    "cart_remove": changing.remove,
    "cart_show": carting.show,
    "checkout": carting.checkout,
    "order_status": ordering.status,
    "greeting": talking.greeting,
    "thanks": partial(talking.fixed, "thanks"),
    "goodbye": partial(talking.fixed, "goodbye"),
    "smalltalk": talking.small_talk,
    "help": partial(talking.fixed, "help"),
    "reproach": talking.reproached,
    "out_of_scope": talking.out_of_scope,
    "empty": talking.lost,
    "told": telling.told,
    "known_of_me": telling.known,
    "forget": telling.forget,
    "sign_in": policy.signing_in,
    "suit_me": suit_me,
    "why_shown": why_shown,
    "popular": popular,
    "stock_alert": alerting.alert,
    "human": handing.hand_over,
    "complaint": partial(handing.hand_over, reason="complaint"),
    "contact": handing.reached,
}


_OF_CART = frozenset({"cart_add", "cart_change", "cart_remove", "cart_show", "checkout"})
_ASTRAY = frozenset({"out_of_scope", "smalltalk", "help"})
"""What a few words of a record are easily taken for."""
_COSTS = "what delivery costs"
"""The matter that what is in the cart decides."""
_WARRANTY = "warranty"
"""The trait that a product states of itself, and else a rule of the shop."""
_ITS_WARRANTY = {"en": "the warranty", "zh": "保修"}


def prepare(asked: Asked) -> Answer:
    """Return the answer to a message, decided from records alone. Blocks while it searches."""
    if held := handing.held(asked):
        return with_care(held, asked)
    asked = as_rule(_of_its_warranty(of_parcel(taken_up(_of_rules_alone(asked)))))
    answer = _answer(asked if asked.found.parts else said_outright(spoken_of.going_on(spoken_of.placed(asked))))
    if asked.found.hid:
        return replace(answer, notices=(Notice(say("blanked_out", asked.language)), *answer.notices))
    return answer


def _of_its_warranty(asked: Asked) -> Asked:
    """Return the message as a question of the thing in question, where it asks how long that is under warranty."""
    found, state = asked.found, asked.state
    ruled = found.intent in (_WARRANTY, "ask_policy") or bool(found.errands)
    pointed = state.focus and any(one.which in ("focus", "all", "one") for one in found.references)
    they = state.focus and re.search(r"\b(?:they|these|those|them)\b", found.message.lower())
    if found.trait != _WARRANTY or not ruled or not (pointed or they) or state.errand.text or found.order_number:
        return asked
    text = _ITS_WARRANTY[asked.language]
    return replace(
        asked, found=replace(found, intent="ask_product", message=text, unpointed=text, errands=(), sure=1.0)
    )


def _of_rules_alone(asked: Asked) -> Asked:
    """Return the message as one question of the rules, where its clauses read like several wishes."""
    found = asked.found
    served = found.errands or family(found.intent) == "order_status"
    if found.parts or not served or not asks_of_matter(asked):
        return asked
    return replace(asked, found=replace(found, intent="ask_policy", errands=()))


def _answer(asked: Asked) -> Answer:
    waits = asked.state.errand.lacks == "yes" or asked.found.intent in TOLD_OUTRIGHT
    goes_on = None if asked.found.parts or waits else following(asked)
    answer = declined(asked) or goes_on or alerting.with_news(asked, serving.heard(asked, _answered))
    return replace(answer, intent=answer.intent or asked.found.intent)


def _answered(asked: Asked) -> Answer:
    """Return the answer to what is neither a person's nor the service's to answer."""
    if pair := by_name.several_called(asked):
        return replace(comparing.compared(asked, pair), intent="compare")
    if _ranks_shown(asked):
        return replace(comparing.compare(asked), intent="compare")
    called = by_name.of_named(asked)
    intent = _of_others(called)
    if called is not asked:
        return replace(_ANSWERS[intent](called), intent=intent)
    if intent == "cart_change" and asked.found.wish.options and asked.found.quantity is None:
        other = changing.change if NAMES_CART.search(asked.found.message) else finding.refine
        return changing.swapped(asked) or replace(other(asked), intent="refine" if other is finding.refine else intent)
    if ruled := of_rules(asked):
        return ruled
    if intent in _ASTRAY and asked.state.shown and (narrower := within(asked)) is not None:
        return replace(finding.refine(narrower), intent="refine")  # "dark roast", which no shop's word tells
    # A finer wish without an answer of its own gets its family's (`reading/intents.tsv`).
    answer = (_ANSWERS.get(intent) or _ANSWERS[family(intent)])(asked)
    answer = with_delivery(asked, answer if intent == asked.found.intent else replace(answer, intent=intent))
    if asked.found.intent in _OF_CART and not answer.points and (told := policy.of_each(asked)):
        points = policy.told(asked, told, question=asked.found.message).points
        answer = replace(answer, points=points)
    if asked.found.matter == _COSTS and answer.points and asked.state.cart_at >= 0 and not answer.cart:
        answer = replace(answer, closing=(*answer.closing, *carting.comes_to(asked)))
    if asked.found.told and asked.found.intent != "told":
        answer = replace(answer, notices=(*telling.noted(asked), *answer.notices))
    if asked.found.cut:
        notice = Notice(say("message_cut", asked.language, count=LONGEST))
        answer = replace(answer, notices=(notice, *answer.notices))
    return answer


def _of_others(asked: Asked) -> str:
    """Return the intent, corrected where it compares what was not shown, or asks something of several at once."""
    found = asked.found
    if found.intent == "compare" and found.wish.preferences and found.wish.categories and not _among_shown(asked):
        return "find"  # 头灯哪个最亮, of camping stoves
    several = [one for one in found.references if one.which == "place"]
    return "compare" if found.intent == "ask_product" and len(several) > 1 else found.intent


def _among_shown(asked: Asked) -> bool:
    """Return whether something of the kind that a message names was shown."""
    wanted = set(asked.found.wish.categories)
    shown = asked.sources.catalogue.get([one.product_id for one in asked.state.shown]).values()
    return any(wanted & set(words.category) for product in shown for words in product.words.values())


def _ranks_shown(asked: Asked) -> bool:
    """Return whether it is asked which of the things shown has the most or least of something."""
    found = asked.found
    asks = found.intent in ("find", "refine") and bool(re.search(r"\bwhich\b|^what|[哪谁]", found.message.lower()))
    # "Which has the greatest capacity?" must not have anything: that is what is asked.
    must = [one for one in found.wish.must_haves if not asks_measure(one.text)]
    stated = found.wish.categories or found.wish.options or must
    return asks and not stated and len(asked.state.shown) > 1 and ranks(found.message)
