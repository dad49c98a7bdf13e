"""Answers by a rule of the shop what is taken for something else: what a paragraph surely speaks of, asks for it.

"What if a parcel vanishes?" reads like small talk to whoever has learned no such phrase. Knows no phrase itself.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, policy
from assistant.conversation.answers.about import about
from assistant.conversation.answers.departments import POINTS
from assistant.conversation.answers.wanting import BY_THEN, WOULD_COME, asks_in_general
from assistant.conversation.drafting.matters import ACTIONS, STATUS
from assistant.conversation.intention.asking_of import PLAINLY, questions
from assistant.conversation.intention.goingon import returning
from assistant.conversation.reading import matters
from assistant.conversation.reading.families import family
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.occasions import gives
from assistant.conversation.reading.wishing import ASKS_WHAT_I_CAN, HAVE, ROBOT_THINGS, SIMILAR
from assistant.service.policy_search import Paragraph

_OF_THINGS = 0.6
"""So sure of a question about a thing, one that was shown is meant."""
_DELIVERED = {"en": "how long does international delivery take", "zh": "国际配送多久"}
_TIME = "how long delivery takes"
_REFUNDED = "when the refund is paid and how"
_THERE = re.compile(
    r"\b(?:how (?:fast|soon|quick(?:ly)?|long|much)|when|what day)\b.*"
    r"\b(?:be|get|gets|reach|arrive|come|have|take|it|they|that)\b|"
    r"多久|几天|多少钱|什么时候",
    re.IGNORECASE,
)
SURELY = 0.05
"""How much more than enough the score of such a paragraph is: of 222 questions that no rule answers, 5 get as far."""
_WEAK = frozenset({"find", "out_of_scope", "ask_product", "told", "smalltalk", "help"})
_TAKEN_FOR = _WEAK | {
    "refine",
    "more",
    "compare",
    "suit_me",
    "popular",
    "place_order",
    "stock_alert",
    "ask_policy",
    "human",
}
"""What a question of the rules is easily taken for, that names a thing or tells a story first."""
_ASKS_WITHIN = re.compile(
    r"\b(?:can|could|will|would|do|does|did|is|are|am|was|should|must|may|what|how|who|where|when|which|why|if|whether|"
    r"suppose|any)\b|[?？]|吗|么|不$|怎么|如何|多久|几天|多少|谁|哪|要是|如果|万一|能|可以",
    re.IGNORECASE,
)
_SUREST = 0.95
"""How surely a rule is asked for by what is most often something else."""
_IF = re.compile(r"\b(?:if|once|after|unless)\b|如果|要是|万一|的话", re.IGNORECASE)
_KNOWN = {"smalltalk": 0.5, "help": 0.5, "out_of_scope": 0.85}
"""How sure of these is sure enough that nothing else is meant."""
_LOOKS = re.compile(
    r"\b(?:show|find|looking|recommend|suggest|add|buy|cart|got any|any)\b|"
    r"推荐|找|买|看看|有没有|有卖|卖吗|^[^，。]{1,8}有[吗么][？?]?$|购物车",
    re.IGNORECASE,
)


def as_rule(asked: Asked) -> Asked:
    """Return the message as a question of the rules where it surely asks one, whatever it reads like.

    Who is told of a rule loses nothing by it: what is put into the cart, done with an order of one's own or looked for
    in so many words stays what it is.
    """
    found = asked.found
    of_thing = found.trait and not _IF.search(found.message)
    waits = found.order_number or asked.state.errand.text or asked.state.asked or found.parts or of_thing
    if found.ruled < _least(asked) or waits or not _ASKS_WITHIN.search(found.message):
        return asked
    if ASKS_WHAT_I_CAN.search(found.message):
        return asked
    own = asked.principal.customer_id is not None
    said = found.message.lower()
    looks = bool(found.wish.categories) and bool(HAVE.search(said))
    looks = (
        looks
        or (bool(found.ideas) and not questions(said))
        or (gives(said) and bool(found.wish.categories) and not questions(said))
    )
    looks = looks or bool(found.wish.categories and returning(said))
    stated = found.wish.must_haves or found.wish.options or found.wish.excluded
    looks = looks or bool(found.wish.categories and stated and not questions(said))
    looks = looks or bool(found.step and asked.state.shown and SIMILAR.search(said))
    if looks or not (found.intent in _TAKEN_FOR or (not own and family(found.intent) == "order_status")):
        return asked
    return replace(asked, found=replace(found, intent="ask_policy", sure=found.ruled, errands=()))


def _least(asked: Asked) -> float:
    """Return how surely a message has to ask for a rule: the surer, the likelier it is something else."""
    found = asked.found
    known = found.sure >= _KNOWN.get(found.intent, 2.0)
    comes = found.matter == _TIME and WOULD_COME.search(found.message) and BY_THEN.search(found.message)
    if comes and found.intent == "find" and not found.wish.categories:
        return matters.SURE  # "can it be in Texas by Friday?" looks for nothing
    goes_on = found.intent in ("find", "refine", "more") and not asked.state.wish.empty
    if known or found.intent == "human" or (goes_on and not _IF.search(found.message)):
        return _SUREST
    return matters.SURE if _IF.search(found.message) and questions(found.message) else matters.SURER


def of_rules(asked: Asked) -> Answer | None:
    """Return the rule that answers a message, `None` where it is not surely one that does."""
    found = asked.found
    done = found.intent in ACTIONS and asked.sources.serving is not None
    if family(found.intent) == "order_status" and (done or (found.intent in STATUS and asks_in_general(asked))):
        # Who wanted it done was served already: this asks whether it can be.
        told = policy.paragraphs(asked) or _how_soon(asked)
        return replace(policy.told(asked, told, question=found.message), intent=found.intent) if told else None
    if found.wish.reduced and found.ruled < matters.SURE:
        return None  # "what is on sale?" asks for things
    if found.intent == "ask_product" and found.trait and (asked.state.focus is not None or found.trait_sure >= PLAINLY):
        return None  # "how long does the battery last" is asked of the thing in question
    if found.intent == "ask_policy" and _points_at_shown(asked) and not policy.found(asked):
        return replace(about(asked), intent="ask_product")
    if found.intent not in _WEAK or found.order_number or ROBOT_THINGS.search(found.message.lower()):
        return None
    if found.intent in ("find", "refine") and not (found.wish.text or found.wish.empty or questions(found.message)):
        return None  # "my budget is $100" states a condition, whatever rule names the amount
    if not content(found.message):
        return None  # "the one" names nothing
    if found.ideas:
        return None  # a need that a thing serves: a spill in a bag is no accident that a rule covers
    if policy.decides(found.message, asked.language) and not found.wish.categories:
        return replace(policy.answer(asked, finds=False), intent="ask_policy")
    if _delivered_abroad(asked) and (told := policy.paragraphs(asked, before=_DELIVERED[asked.language])):
        return replace(policy.told(asked, told[:1], question=found.message), intent="ask_policy")
    if by_matter := _by_matter(asked):
        return by_matter
    named = found.wish.categories or found.wish.brands or found.references
    known = found.sure >= _KNOWN.get(found.intent, 2.0)
    if known or named or _LOOKS.search(found.message) or _asks_of_shown(asked):
        return None
    told = asked.sources.policies.find(found.message, asked.language, 1, more=SURELY)
    return replace(policy.told(asked, told, question=found.message), intent="ask_policy") if told else None


def _by_matter(asked: Asked) -> Answer | None:
    """Return what the rules say of the matter that a message surely asks about; `None` where it may be of a thing."""
    found = asked.found
    least = matters.SURE if found.sure >= _OF_THINGS else matters.LEAST
    if (
        not found.matter
        or found.ruled < least
        or (found.ideas and not questions(found.message))
        or found.wish.categories
        or found.wish.brands
        or _asks_of_shown(asked)
    ):
        return None
    told = policy.paragraphs(asked) or policy.of_matter(asked)
    answer = policy.told(asked, told, question=found.message) if told else policy.answer(asked, finds=False)
    return replace(answer, intent="ask_policy")


def _how_soon(asked: Asked) -> list[Paragraph]:
    """Return how long delivery takes, or how money comes back, where somebody asks that of what is still to be."""
    if asked.found.intent not in STATUS:
        return []
    if asked.found.intent == "refund_status":
        return asked.sources.policies.find(matters.called(_REFUNDED, asked.language), asked.language, 1)
    return asked.sources.policies.find(matters.called(_TIME, asked.language), asked.language, 1)


def _points_at_shown(asked: Asked) -> bool:
    """Return whether something that was shown is pointed at: "will they work with my phone?"."""
    return bool(asked.state.shown or asked.state.focus) and bool(POINTS.search(asked.found.message))


def _asks_of_shown(asked: Asked) -> bool:
    """Return whether what reads like a question of a thing, or a wish for one, may be about what was shown."""
    found, shown = asked.found, asked.state.shown or asked.state.focus
    wishes = found.intent in ("find", "refine") and not questions(found.message)
    return bool(shown) and (wishes or (found.intent == "ask_product" and found.sure >= _OF_THINGS))


def _delivered_abroad(asked: Asked) -> bool:
    """Return whether it is asked how soon, or for how much, something would be in another country."""
    return bool(_THERE.search(asked.found.message)) and policy.sent_abroad(asked.found.message, "", asked)


def _ruled(intent: str) -> str:
    """Return what a wish is that a rule answers: the state of a refund is none, how refunds are is."""
    return {"refund_status": "refund_policy", "order_arrival": "delivery_time", "order_status": "ask_policy"}.get(
        intent, intent
    )
