"""What is asked of those that are shown, together: which of them, the most of them, the like of them in another way.

Decides from what was understood and what the conversation holds; knows no catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.conversation.answers.measuring import asks_measure
from assistant.conversation.intention.asking_of import (
    OVERRULED,
    PLAINLY,
    asks_of_list,
    asks_of_pointed,
    asks_which_way,
    questions,
    takes,
)
from assistant.conversation.intention.correcting import COMPARES, states_conditions
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.wishing import SIMILAR, speaks_of_prices
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding

_WHICH_TRAIT = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|but)\W+)*which (?:ones? |of (?:them|these|those) |one of (?:them|these|those) )"
    r"(?:can|could|is|are|has|have|do|does|will|would)\b"
)
_OF_SHOWN = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|then|but)\W+)*(?:which(?: one)?(?: is|'?s| has| of)?|what(?:'?s| is))?\W*"
    r"(?:the )?\w+est (?:one )?(?:of|out of|among) "
    r"(?:them|these|those|the (?:lot|bunch|two|three|four|five|six|\d))(?: all)?\W*$"
)
"""The one that is most so of those shown: "the quietest of them?"."""
_WHAT_ABOUT = re.compile(
    r"^\W*(?:(?:ok|okay|and|so|hm+|or|then|well)\W+)*(?:what|how) about(?: (?:in|with|an?|some|the))?\b"
)
BARE = 2
"""Words at most that ask for another way alone: "what about pure wool"."""
_WHICH_OF = re.compile(r"\bwhich (?:one )?(?:of|out of|among)\b|[个款件双](?:里面?|中|之中|当中)?哪")


def asks_of_some_shown(found: Understanding, state: State, *, guess: str, labels: Collection[str]) -> bool:
    """Return whether something is asked of the one shown that has most of something, or of all that is shown."""
    if not state.shown or guess not in OVERRULED | {"compare"} or found.order_number or takes(found, {"attribute"}):
        return False
    ends = any(one.which not in ("focus", "previous", "all", "first_n") for one in found.references)
    named = found.wish.categories or found.wish.brands or found.step
    if asks_which_way(found) and not named and (found.trait or found.wish.must_haves or found.references):
        return True
    if ends and not named and asks_of_pointed(found) and questions(found.message):
        return True
    return asks_of_list(found, state, guess=guess, labels=labels)


def asks_which_of_these(found: Understanding, state: State) -> bool:
    """Return whether it is asked which of those shown has a trait: "which of them can I take into the bath?"."""
    said, wish = found.message.lower(), found.wish
    stated = wish.options or wish.brands or wish.must_haves or found.step
    asks = bool(_WHICH_TRAIT.search(said)) and not asks_measure(said) and found.trait_sure >= PLAINLY
    return asks and not stated and len(state.shown) > 1 and not found.order_number


def wants_another_way(found: Understanding, state: State) -> bool:
    """Return whether the like of those shown is asked for in another way: "like it but cheaper", "what about wool"."""
    said, wish = found.message.lower(), found.wish
    if not state.shown or state.wish.empty or wish.categories or found.order_number or takes(found, ()):
        return False
    if found.step and SIMILAR.search(said) and not speaks_of_prices(said):
        return True
    rest = _WHAT_ABOUT.sub(" ", said)
    states = wish.must_haves or wish.options or wish.excluded
    return bool(rest != said and states and state.focus is None and not found.references and len(content(rest)) <= BARE)


def weighs_shown(found: Understanding) -> bool:
    """Return whether those shown are weighed against each other: 这几个比较一下, "the quietest of them?"."""
    said, all_ = found.message.lower(), all(one.which in ("all", "first_n") for one in found.references)
    if found.wish.categories or found.wish.brands or takes(found, ()):
        return False
    of_some = bool(found.references) and all(one.which == "first_n" for one in found.references)
    if of_some and _WHICH_OF.search(said) and not states_conditions(found):
        return True
    compares = bool(COMPARES.search(said)) and bool(found.references) and all_
    return compares or (all_ and bool(_OF_SHOWN.search(said)))
