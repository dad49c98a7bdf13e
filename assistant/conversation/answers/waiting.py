"""What is said while a question waits for a yes: reasons, questions, another choice, a half-hearted "ok".

The gate has let go of the question by then, whatever was said; it is put anew, in the same words or for what is wanted
now. Nothing is ever done here without the next message being an explicit yes to exactly what is put.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice, asked_meanwhile, policy
from assistant.conversation.answers.acting import CLEAR, Doing, action_meant, doing, put, titles, used_already
from assistant.conversation.answers.wanting import LOOKS
from assistant.conversation.drafting import asking_for as wants
from assistant.conversation.drafting.lines_meant import meant_lines
from assistant.conversation.drafting.matters import STATUS, named_action
from assistant.conversation.drafting.ordered import order_numbers, score
from assistant.conversation.drafting.told_apart import places
from assistant.conversation.intention.asking_of import questions
from assistant.conversation.reading import matters
from assistant.conversation.reading.addresses import without_addresses
from assistant.conversation.reading.families import family
from assistant.conversation.reading.giving_up import gives_up
from assistant.conversation.sources import Serving
from assistant.conversation.state import Errand
from assistant.service.actions import Action, CancelOrder
from assistant.service.gate import ServiceTurn
from assistant.service.gate.consent import answer
from assistant.service.outcomes import Refusal
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say

_AFTER_ALL = re.compile(
    r"^\W*(?:(?:actually|oh|ok(?:ay)?|hm+|wait|sorry|well|on second thoughts?|but|then|no)\W+)+|^(?:等等|还是|那|"
    r"哦|唉|那还是)+[，, ]*",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset(
    {
        "order_lost",
        "cart_add",
        "cart_show",
        "checkout",
        "greeting",
        "compare",
        "human",
        "complaint",
        "contact",
        "more",
        "suit_me",
    }
    | {"known_of_me", "place_order", "stock_alert"}
)
"""Intents that leave what was asked."""
_INTENTS = {"return": "return_item", "exchange": "exchange_item", "cancel": "cancel_order", "address": "change_address"}
"""What may be wanted instead of what was asked, and the intent of who wants it."""
_SHOWS = re.compile(
    r"\b(?:show|find|recommend|search for|look(?:ing)? for)\b|\bdo you (?:have|sell|stock|carry)\b|推荐|帮我找|"
    r"想买",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:by the way|btw)\b|\b(?:present|gift|something) for (?:my|a|an|the)\b|"
    r"\b(?:birthday|wedding|christmas) (?:present|gift)\b|"
    r"顺便|对了|送(?:给)?(?:我|朋友|同事|老师).{0,3}(?:的)?(?:礼物|什么)|礼物",
    re.IGNORECASE,
)
"""What is spoken of beside an open question: something to give, or another matter by the way."""
_MONEY_RATHER = re.compile(
    r"\b(?:give|have|want|get|take|like|prefer|rather|just|with)\b[^.?!]{0,20}\b(?:the|my) (?:money|cash)\b"
    r"(?! (?:go|come))|"
    r"\b(?:money|refund) (?:instead|back|rather)\b|\ba refund\b|(?:还是)?(?:退钱|退款|要钱|把钱退)",
    re.IGNORECASE,
)
"""Wants the money in place of another thing."""
_OTHER_OPTION = re.compile(
    r"\breplac|\b(?:smaller|larger|bigger|(?:an)?other (?:size|colou?r)|different (?:size|colou?r)|(?:in|"
    r"for) (?:a )?(?:size )?(?:xs|s|m|l|xl|xxl)\b)|"
    r"换(?:成|个|一|大|小)|(?:大|小)一号",
    re.IGNORECASE,
)


def kept_open(asked: Asked, turn: ServiceTurn, serving: Serving) -> Answer | None:
    """Return the answer that puts the open question anew, `None` where the message settles it or leaves it."""
    errand, refusal = asked.state.errand, turn.outcome
    do = doing(turn, serving) if errand.lacks in ("yes", "no") else None
    if do is None or isinstance(do, Refusal):
        return None
    if errand.lacks == "no":
        return _again(do, asked) if _agrees_after_all(asked) else None
    waits = isinstance(refusal, Refusal) and refusal.rule in ("explicit-yes", "yes-expired")
    if not waits or _leaves(do, asked):
        return None
    before = action_meant(do, asked)
    if isinstance(before, Answer):
        return None
    if (changed := _changed(do, asked, before)) is not None:
        return changed
    if (single := _of_one_item(do, asked, before)) is not None:
        return single
    if gives_up(_words(asked)) or (_says_no(asked) and not wants.why_return(_words(asked))):
        return None
    return _asked_again(do, asked, before)


def rule_meanwhile(asked: Asked, turn: ServiceTurn, serving: Serving) -> Answer | None:
    """Return the rule that is asked about while something is still lacking, and what lacks asked again."""
    errand, found = asked.state.errand, asked.found
    lacks = errand.lacks in ("new_variant_ids", "variant_ids", "address", "order", "payment_method_id")
    least = matters.LEAST if found.intent in STATUS else matters.SURE
    if not lacks or found.ruled < least or not questions(found.message):
        return None
    do, told = doing(turn, serving), policy.found(asked)
    if isinstance(do, Refusal) or not told:
        return None
    again = action_meant(do, asked)
    if not isinstance(again, Answer):
        return None
    return replace(again, points=policy.told(asked, told, question=found.message).points)


def given_up(asked: Asked) -> Answer | None:
    """Return the answer to somebody who gives up what was asked of them, `None` where nobody does."""
    errand = asked.state.errand
    open_ = bool(errand.text) and errand.lacks not in ("yes", "no")
    return let_be(asked) if open_ and gives_all_up(asked) else None


def gives_all_up(asked: Asked) -> bool:
    """Return whether a message gives up what was wanted, and says nothing after it."""
    said = asked.found.message
    rest = asked.found.whole and said != asked.found.whole and not gives_up(said)
    return gives_up(_words(asked)) and not rest


def let_be(asked: Asked) -> Answer:
    """Say that everything stays as it is."""
    state = replace(asked.state, errand=Errand())
    return Answer(state=state, intent="service", notices=(Notice(say("given_up", asked.language)),))


def _words(asked: Asked) -> str:
    return asked.found.whole or asked.found.message


def _says_no(asked: Asked) -> bool:
    return answer(_words(asked), "address") == "no"


def _agrees_after_all(asked: Asked) -> bool:
    """Return whether somebody who said no says yes now: "actually yes, cancel it"."""
    words = _AFTER_ALL.sub("", _words(asked))
    kind = asked.state.errand.action or "cancel"
    return answer(words, kind) == "yes" or answer(f"yes, {words}", kind) == "yes"


def _again(do: Doing, asked: Asked) -> Answer | None:
    made = action_meant(do, asked)
    return None if isinstance(made, Answer) else put(do, asked, made)


def _leaves(do: Doing, asked: Asked) -> bool:
    """Return whether a message speaks of something else than what was asked."""
    found, errand = asked.found, asked.state.errand
    listed = places(found.message) and not found.wish.categories
    if listed or asked_meanwhile.asks_choices(found.message):
        return False
    if errand.action == "return" and wants.wants_replacement(found.message) and not found.wish.categories:
        return False
    if found.intent in _ELSEWHERE or family(found.intent) == "human" or len(found.errands) > 1:
        return True
    numbers = {number.upper() for number in order_numbers(without_addresses(found.message))}
    if numbers - {number.upper() for number in order_numbers(errand.text)} - {asked.state.order}:
        return True
    if turns_elsewhere(asked):
        return True
    looks = found.intent in ("find", "refine") and (found.wish.categories or found.wish.price_max_minor is not None)
    if _SHOWS.search(found.message):
        return True
    return bool(LOOKS.search(found.message) or looks) and not _of_order(do, asked)


def turns_elsewhere(asked: Asked) -> bool:
    """Return whether a message, by the way, asks for something to buy: "need a present for my brother"."""
    found = asked.found
    gift = bool(found.ideas) or bool(_PRESENT.search(found.message))
    return found.intent in ("find", "refine", "suit_me", "popular") and gift


def _of_order(do: Doing, asked: Asked) -> bool:
    """Return whether a message names something of the order that the question is about."""
    order = next((one for one in do.orders() if one.number == asked.state.order), None)
    named = titles(asked, [order]) if order else {}
    return order is not None and any(score(asked.found.message, line, named) > 0 for line in order.lines)


def _changed(do: Doing, asked: Asked, before: Action) -> Answer | None:
    """Put what is wanted now, where a message changes it: another size, another item, store credit, an exchange."""
    found, errand = asked.found, asked.state.errand
    action = _other_action(found.message, errand)
    changed = replace(errand, text=f"{errand.text}\n{found.message}", action=action or errand.action, lacks="")
    if action:
        changed = replace(changed, intent=_INTENTS[action])
    anew = replace(asked, state=replace(asked.state, errand=changed))
    made = action_meant(do, anew)
    if isinstance(made, Answer):
        return made if action else None
    if (used := used_already(do, anew, made)) is not None:
        return used
    if made == before:
        return None
    weighed = do.weighing.weigh(made, do.customer.id)
    if weighed.allowed:
        return put(do, anew, made)
    cited = (Citation(say("label_rule", asked.language), f"policy:{weighed.cites}"),) if weighed.cites else ()
    return put(do, asked, before, Notice(weighed.said[asked.language], cited))


def _of_one_item(do: Doing, asked: Asked, before: Action) -> Answer | None:
    """Say that no single item is cancelled, where a message names some of those of the order."""
    order = next((one for one in do.orders() if one.number == getattr(before, "order_number", "")), None)
    if order is None or not isinstance(before, CancelOrder):
        return None
    lines, sure = meant_lines(asked.found.message, order, titles(asked, [order]))
    if sure < CLEAR or len(lines) == len(order.lines) or questions(asked.found.message):
        return None
    return put(do, asked, before, Notice(say("no_single_items", asked.language)))


def _other_action(message: str, errand: Errand) -> str:
    """Return the action that a message wants instead of the one that was asked about; empty where it wants none."""
    named = named_action(message) or ("address" if wants.names_address(message) else "")
    if named == "address" and errand.action == "user_address":
        return ""  # the address of the account is corrected, not that of an order
    if not named and errand.action == "return" and _OTHER_OPTION.search(message):
        named = "exchange"
    if not named and errand.action == "exchange" and _MONEY_RATHER.search(message):
        named = "return"
    return named if named in _INTENTS and named != errand.action else ""


def _asked_again(do: Doing, asked: Asked, action: Action) -> Answer:
    """Answer a question about what was asked, or take a remark, and put the question again."""
    found = asked.found
    told = (
        asked_meanwhile.told(do, asked, action)
        if asked_meanwhile.asks(found.message) or found.intent in STATUS
        else None
    )
    notices = told.notices if told else (Notice(say("not_yet", asked.language)),)
    again = put(do, asked, action, *notices)
    return replace(again, points=told.points) if told else again
