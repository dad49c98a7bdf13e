"""Whether a message surely asks for a rule, or goes on with the one just told: "and express?", 那海外呢.

Decides from what was understood and what the conversation holds; knows no rule.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.conversation.intention.asking_of import questions
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.intents import Guess
from assistant.conversation.reading.questions import wanted
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding

SURELY_RULED, SURELY = 0.9, 0.8
"""From here on a matter of the rules, and that one is asked for, say more than conditions that a question holds."""
_IF = re.compile(r"\b(?:if|in case|suppose)\b|要是|如果|万一|假如", re.IGNORECASE)
MOST, MOST_HAN = 3, 8
"""Words (characters) at most that go on with a rule."""
_AND = re.compile(
    r"^\W*(?:(?:ok|okay|and|but|so|or|then)\W+)*(?:what|how) about\b|^\W*(?:(?:ok|okay)\W+)?(?:and|but|or)\b|"
    r"^\W*what if\b|^那.{1,8}[呢吗？?]|^.{1,6}呢[？?]?$"
)


def goes_on_with_rule(found: Understanding, state: State, labels: Collection[str]) -> bool:
    """Return whether a message asks no more than how the rule just told is in another case.

    `labels` name the attributes of the products that were shown: "and the weight?" asks of those.
    """
    said = found.message.lower().strip()
    just_told = bool(state.rule) and state.rule_at == state.turns - 1
    if not just_told or state.asked or state.errand.intent or not _AND.search(said):
        return False
    wish = found.wish
    things = wish.categories or wish.brands or wish.options or wish.must_haves or wish.preferences or wish.excluded
    pointed = any(one.which != "focus" for one in found.references)
    if things or pointed or found.step or found.order_number or found.ideas or wanted(found.unpointed, labels):
        return False
    left = _AND.sub(" ", said)
    return len(left) <= MOST_HAN if HAN.search(said) else 0 < len(content(left)) <= MOST


def surely_ruled(found: Understanding, guess: Guess) -> bool:
    """Return whether a question is surely one of the rules, both by what it is for and by its matter."""
    ruled = found.matter and found.ruled >= SURELY_RULED and guess.intent == "ask_policy"
    asked = ruled and guess.sure >= SURELY and questions(found.message)
    supposes = bool(_IF.search(found.message))
    return bool(asked) and not (found.wish.categories or found.references) and (supposes or not found.trait)
