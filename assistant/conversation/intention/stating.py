"""What a message states beside what it asks: conditions that go on with the wish, a need, something of its writer.

Decides from what was understood and what the conversation holds; knows no catalogue.
"""

from __future__ import annotations

import re

from assistant.conversation.intention.asking_of import ASKS, OVERRULED, questions, takes
from assistant.conversation.intention.correcting import points_somewhere, states_conditions
from assistant.conversation.reading import intents
from assistant.conversation.reading.framing import PERSONS, content
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.wishing import REMEMBERS, SUITS, hardly_service
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding

LOOKS = re.compile(
    r"\b(?:show|find|looking for|look for|search|recommend|suggest|i need|i want|i'd like|any|what)\b|"
    r"\b(?:something|anything) (?:to|for)\b|"
    r"推荐|想买|想要|有没有|找|给我|看看|需要"
)
"""Asks for something, whatever else is told."""
NEEDS = 0.7
"""Below this what tells a need ("charge my phone on the go") is no wish for service."""
GOES_ON = frozenset({"find", "refine", "compare", "ask_product", "smalltalk", "out_of_scope", "help"})
"""What a message that goes on with a wish is easily taken for."""


def states_more(reading: Reading, found: Understanding, state: State, *, guess: str) -> bool:
    """Return whether a message only states what must be so of what is looked for: "it has to be navy", "最多花40美元".

    Whatever its letters look like, a message that holds conditions and names no thing goes on with the wish in force.
    """
    pointed = any(one.which != "focus" for one in found.references)
    told = found.told and not must_hold(found, state)
    if state.wish.empty or found.wish.categories or pointed or found.order_number or told:
        return False
    if guess not in OVERRULED | {"complaint", "cart_change", "told"} or takes(found, ()):
        return False
    if guess == "ask_policy" and questions(found.message):
        return False  # "can I pay with PayPal?" asks for no thing with PayPal
    return states_conditions(found) and (not reading.names_thing(but=PERSONS) or must_hold(found, state))


def must_hold(found: Understanding, state: State) -> bool:
    """Return whether an allergy is told that what is looked for now must not meet."""
    return not state.wish.empty and any(must.harmful for must in found.wish.must_haves)


def wishes_too(found: Understanding, state: State) -> bool:
    """Return whether a message that tells of oneself asks for something too: "I'm vegan, show me wallets"."""
    wish = found.wish
    asks = bool(ASKS.search(found.message.lower()) or LOOKS.search(found.message.lower()))
    priced = wish.price_max_minor is not None or wish.price_min_minor is not None
    pointed = found.references and points_somewhere(found, state) and not REMEMBERS.search(found.message.lower())
    return bool(wish.categories or pointed or found.step or found.order_number) or asks or priced


def says_more(reading: Reading, found: Understanding) -> bool:
    """Return whether a message that finds fault also says what is wished for, or speaks of an order or a thing."""
    return bool(
        states_conditions(found) or found.step or found.wish.categories or found.order_number or reading.names_thing()
    )


def only_conditions(found: Understanding) -> bool:
    """Return whether what is asked for that may suit is told by conditions alone: "what would suit me for summer?"."""
    left = SUITS.sub(" ", found.message.lower())
    for must in found.wish.must_haves:
        left = left.replace(must.text.lower(), " ")
    for label in found.wish.labels.values():
        left = left.replace(label.lower(), " ")
    return not content(left) or (found.wish.price_max_minor is not None and not found.wish.text)


def may_fit(found: Understanding, guess: intents.Guess) -> bool:
    """Return whether things are wanted that may fit: what tells a need is hardly a wish for service."""
    needs = not found.order_number and (
        hardly_service(found.message.lower(), new=True) if found.wide else guess.exact_sure < NEEDS
    )
    priced = found.wide and found.wish.price_max_minor is not None and not questions(found.message)
    return guess.intent in GOES_ON | {"told", "thanks", "more"} or needs or priced
