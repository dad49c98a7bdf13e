"""Whether a few words go on with the rule that was just told: "and express?", "what about Canada?", 那海外呢.

Decides from what was understood and what the conversation holds; knows no rule.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.conversation.reading.framing import content
from assistant.conversation.reading.questions import wanted
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding

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
