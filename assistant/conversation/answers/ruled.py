"""Answers by a rule of the shop what is taken for something else: what a paragraph surely speaks of, asks for it.

"What if a parcel vanishes?" reads like small talk to whoever has learned no such phrase. Knows no phrase itself.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, policy
from assistant.conversation.answers.wanting import asks_in_general
from assistant.conversation.drafting.matters import ACTIONS, STATUS
from assistant.conversation.reading.families import family

SURELY = 0.05
"""How much more than enough the score of such a paragraph is: of 222 questions that no rule answers, 5 get as far."""
_WEAK = frozenset({"find", "out_of_scope", "ask_product", "told", "smalltalk", "help"})
_KNOWN = {"smalltalk": 0.5, "help": 0.5, "out_of_scope": 0.85}
"""How sure of these is sure enough that nothing else is meant."""
_LOOKS = re.compile(
    r"\b(?:show|find|looking|recommend|suggest|add|buy|cart|got any|any)\b|推荐|找|买|看看|有没有|购物车", re.IGNORECASE
)


def of_rules(asked: Asked) -> Answer | None:
    """Return the rule that answers a message, `None` where it is not surely one that does."""
    found = asked.found
    done = found.intent in ACTIONS and asked.sources.serving is not None
    if family(found.intent) == "order_status" and (done or (found.intent in STATUS and asks_in_general(asked))):
        # Who wanted it done was served already: this asks whether it can be.
        told = policy.paragraphs(asked)
        return replace(policy.told(asked, told, question=found.message), intent=found.intent) if told else None
    if found.wish.reduced:
        return None  # "what is on sale?" asks for things
    if found.intent == "ask_product" and found.trait and asked.state.focus is not None:
        return None  # "how long does the battery last" is asked of the thing in question
    named = found.wish.categories or found.wish.brands or found.references or found.order_number
    known = found.sure >= _KNOWN.get(found.intent, 2.0)
    if found.intent not in _WEAK or known or named or _LOOKS.search(found.message):
        return None
    told = asked.sources.policies.find(found.message, asked.language, 1, more=SURELY)
    return replace(policy.told(asked, told, question=found.message), intent="ask_policy") if told else None


def _ruled(intent: str) -> str:
    """Return what a wish is that a rule answers: the state of a refund is none, how refunds are is."""
    return {"refund_status": "refund_policy", "order_arrival": "delivery_time", "order_status": "ask_policy"}.get(
        intent, intent
    )
