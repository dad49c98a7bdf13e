"""Several wishes in one message: each answered for itself, a person asked for last, one change of an order at a time.

Knows answers by their shape alone; what each wish gets is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.drafting.matters import STATUS, action_of, named_action
from assistant.conversation.drafting.ordered import order_numbers
from assistant.conversation.parts import Question
from assistant.conversation.reading import matters
from assistant.conversation.reading.errands import Errand
from assistant.conversation.reading.families import family
from assistant.conversation.reading.order_questions import asks_after
from assistant.conversation.reading.taking import asks_delivery
from assistant.conversation.understanding import Understanding
from assistant.wording.evidence import Point
from assistant.wording.phrases import say

_JOINED = re.compile(r"\b(?:and|also|plus|then|as well)\b|另外|还有|顺便|同时|然后|以及|再帮我", re.IGNORECASE)
"""Joins wishes that stand for themselves."""
_FIRST = frozenset({"cart_add", "cart_change"})
_PERSON = frozenset({"human", "complaint"})
_DELIVERY = {"delivery_options", "delivery_time"}
_PAYS = re.compile(
    r"\bwho(?:'s| is| has| will|'ll)? (?:to )?(?:pay|cover|foot)\w*|\b(?:postage|(?:is|are) (?:it|that) (?:for )?free|"
    r"at my (?:own )?(?:cost|expense))\b|\bdo i (?:have to )?pay\b|谁(?:出|付|承担)|运费|邮费",
    re.IGNORECASE,
)
"""Asks who pays for the way of what is sent back."""
_BACK = "what a return costs"
"""The matter of the rules that says so."""
_REMEDIES = {"return", "exchange"}
_OF_CART = frozenset({"cart_add", "cart_change", "cart_remove"})
_ADDS = re.compile(
    r"^\W*(?:(?:and|also|then|please|can you)\W+)*(?:add|get me|give me)\b|^\W*(?:再|也|还|顺便)*(?:加|来|拿)",
    re.IGNORECASE,
)
"""Wants a thing put in that has still to be found."""
_ANSWERED = frozenset({"ask_policy", "order_status", "human"})
"""Families of wishes that can stand beside another; a search is a conversation of its own."""


def each(asked: Asked, answer: Callable[[Asked], Answer]) -> Answer:
    """Return the answer to all wishes of a message; to the whole where it holds one, or wishes that stand alone."""
    if asked.found.parts:
        return _each_part(asked, answer)
    wishes = asked.found.errands
    if {action_of(one.intent, one.text) for one in wishes} == _REMEDIES:
        # Whoever says what is wrong with a thing and wants another in its place wants one change.
        return answer(replace(asked, found=replace(asked.found, intent="exchange_item", errands=())))
    if one_change := _one_change(asked):
        return answer(replace(asked, found=replace(asked.found, intent=one_change, errands=())))
    if {one.intent for one in wishes} == _DELIVERY:
        # Whether something is sent somewhere and how soon it is there is one question of that place.
        return answer(replace(asked, found=replace(asked.found, errands=())))
    if len(wishes) < 2 or not all(_stands(one) for one in wishes):
        return answer(asked)
    kept = _in_order(wishes)
    made: list[Answer] = []
    for one in kept:
        state = made[-1].state if made else asked.state
        number = next(iter(order_numbers(one.text)), None) or asked.found.order_number
        # A person gets all that was said.
        text = asked.found.message if one.intent in _PERSON else one.text
        if one.intent in _DELIVERY and _PAYS.search(text) and _sends_back(wishes, before=one):
            text = matters.called(_BACK, asked.language)
        intent = "order_fact" if asks_after(text) and asked.principal.customer_id else one.intent
        found = replace(
            asked.found, intent=intent, message=text, unpointed=text.lower(), order_number=number, errands=()
        )
        made.append(answer(replace(asked, found=found, state=state)))
    left = [one for one in wishes if one not in kept]
    return _joined(made, asked, more=bool(left) and not any(one.intent in _PERSON for one in kept))


def _sends_back(wishes: Sequence[Errand], *, before: Errand) -> bool:
    """Return whether a wish before another one is to send something back."""
    return any(action_of(one.intent, one.text) == "return" for one in wishes[: list(wishes).index(before)])


def _one_change(asked: Asked) -> str:
    """Return the intent of several clauses that want one change of one thing: 台灯不想要了，能退掉吗; else nothing."""
    acts = [one for one in asked.found.errands if action_of(one.intent, one.text)]
    actions = [named_action(one.text) for one in acts]
    if len(acts) < 2 or len(acts) < len(asked.found.errands) or _JOINED.search(asked.found.message):
        return ""
    if len(set(order_numbers(asked.found.message))) > 1:
        return ""
    return next((one.intent for one, named in zip(acts, actions, strict=True) if named), acts[0].intent)


def _each_part(asked: Asked, answer: Callable[[Asked], Answer]) -> Answer:
    """Return the answer to a wish for a thing, or for the cart, and to what is wished for beside it."""
    made: list[Answer] = []
    for part in asked.found.parts:
        state = made[-1].state if made else asked.state
        if made and made[0].question is not None and part.intent == "cart_show" and asks_delivery(part.message):
            part = replace(part, intent="delivery_options")  # nothing is in the cart yet
        made.append(answer(replace(asked, found=part, state=state)))
        rest = asked.found.parts[len(made) :]
        ruled = bool(rest) and all(_can_wait(one) for one in rest)
        if part.intent in _FIRST and made[0].question is not None and not ruled:  # the cart is settled first
            first = Notice(say("one_at_a_time", asked.language))
            return replace(made[0], intent=part.intent, closing=(*made[0].closing, first))
    thing, *served = made
    # What is said of the thing is not parted from it by what is said of service.
    later = tuple(notice for one in served for notice in (*one.notices, *one.closing))
    joined = _joined(made, asked, more=False)
    if asked.found.parts[0].intent in _OF_CART and _ADDS.search(asked.found.parts[-1].message) and made[-1].cards:
        joined = _asking_which(joined, asked)
    return replace(
        joined,
        state=replace(joined.state, asked=joined.state.asked or thing.state.asked),
        intent=thing.intent or asked.found.parts[0].intent,
        notices=thing.notices,
        closing=(*thing.closing, *later),
    )


def _asking_which(joined: Answer, asked: Asked) -> Answer:
    """Return the answer with the question which of those found is to be put in."""
    if joined.question is not None:
        return joined
    question = Question(say("cart_which", asked.language))
    return replace(joined, state=replace(joined.state, asked="cart_which"), question=question)


def _can_wait(part: Understanding) -> bool:
    """Return whether what is asked beside can be told while it is open in which option a thing is wanted."""
    asks = part.intent == "cart_show" and asks_delivery(part.message)
    return asks or part.intent == "ask_product" or family(part.intent) == "ask_policy"


def _stands(wish: Errand) -> bool:
    return wish.intent in STATUS or bool(action_of(wish.intent, wish.text)) or family(wish.intent) in _ANSWERED


def _in_order(wishes: Sequence[Errand]) -> list[Errand]:
    """Return the wishes to answer now: the person who is asked for does the changes, else the first change is put."""
    person = [one for one in wishes if one.intent in _PERSON][:1]
    changes = [one for one in wishes if action_of(one.intent, one.text)]
    others = [one for one in wishes if one not in changes and one.intent not in _PERSON]
    return [*others, *(person or changes[:1])]


def _joined(answers: Sequence[Answer], asked: Asked, *, more: bool) -> Answer:
    last = answers[-1]
    later = (Notice(say("one_at_a_time", asked.language)),) if more else ()
    return replace(
        last,
        cards=next((one.cards for one in answers if one.cards), ()),
        comparison=next((one.comparison for one in answers if one.comparison), None),
        cart=next((one.cart for one in reversed(answers) if one.cart), None),
        suggestions=next((one.suggestions for one in answers if one.suggestions), ()),
        notices=tuple(dict.fromkeys(notice for one in answers for notice in one.notices)),
        points=_of_each([point for one in answers for point in one.points]),
        closing=(*(notice for one in answers for notice in one.closing), *later),
        question=next((one.question for one in answers if one.question), None),
        proposed=next((one.proposed for one in answers if one.proposed), None),
        missed=tuple(missed for one in answers for missed in one.missed),
        handoff=next((one.handoff for one in answers if one.handoff), None),
    )


def _of_each(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return one point for each thing, with all that is answered of it."""
    made: dict[tuple[str, str], Point] = {}
    for point in points:
        key = (point.role, point.subject.id)
        made[key] = _both(made[key], point) if key in made else point
    return tuple(made.values())


def _both(one: Point, other: Point) -> Point:
    facts = tuple(dict.fromkeys((*one.subject.facts, *other.subject.facts)))
    return replace(
        one,
        subject=replace(one.subject, facts=facts),
        facts=tuple(dict.fromkeys((*one.facts, *other.facts))),
        needs=tuple(dict.fromkeys((*one.needs, *other.needs))),
        ask=f"{one.ask} {other.ask}",
    )
