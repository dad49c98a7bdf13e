"""What a message is for, in its conversation: the first case that decides it, or the classifier's guess corrected.

Knows no words of its own but those that put a thing into a cart or suppose a case of a rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.conversation.intention.asking_of import (
    OF_THESE,
    OVERRULED,
    asks_of_focus,
    asks_of_shown,
    asks_plainly,
    questions,
    takes,
)
from assistant.conversation.intention.correcting import COMPARES, SURE, corrected, points_somewhere, states_conditions
from assistant.conversation.intention.goingon import describes, goes_on, only_style, returns, says_on
from assistant.conversation.intention.outside import surely_outside
from assistant.conversation.intention.plainly import plainly
from assistant.conversation.intention.ranking import POPULAR_KIND, asks_most_chosen, asks_utmost
from assistant.conversation.intention.ruling_on import SURELY_RULED, goes_on_with_rule, surely_ruled
from assistant.conversation.intention.saying_how import only_says_how
from assistant.conversation.intention.stating import (
    GOES_ON,
    LOOKS,
    may_fit,
    must_hold,
    only_conditions,
    says_more,
    states_more,
    wishes_too,
)
from assistant.conversation.intention.weighing import (
    asks_of_some_shown,
    asks_which_of_these,
    wants_another_way,
    weighs_shown,
)
from assistant.conversation.reading import intents
from assistant.conversation.reading.describing import asks_for_ones
from assistant.conversation.reading.framing import content, likes_of_somebody
from assistant.conversation.reading.letting_go import only_lets_go
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.taking import PICKS, SO_MANY, WHOLE
from assistant.conversation.reading.unsaying import asks_to_remember
from assistant.conversation.reading.wishing import NEWEST, POPULAR, REPROACHES, SUITS
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding

UNSURE_RULE = 0.5
"""Below this a rule is not asked for where one of those shown is pointed at."""
_OF_OTHERS = frozenset({"order_status", "human", "cart_add", "cart_show", "cart_remove", "checkout", "thanks"})
"""What a few words after a rule may be for all the same."""


UNDOUBTED = {"ask_policy": 0.93, "order_status": 0.9, "human": 0.95, "out_of_scope": 0.99, "cart_add": 0.97}
"""So sure of these, what sounds like a question of a thing asks for them all the same."""

_MISREAD = GOES_ON | {"complaint", "told", "more", "ask_policy", "cart_remove", "cart_change"}
"""What a message is easily taken for that only finds fault with the assistant."""
_NOTHING_TOLD = frozenset({"out_of_scope", "smalltalk", "told", "find", "help"})
"""What is taken for the wish to have something noted that nobody can note."""
NAMES_CART = re.compile(r"\b(?:cart|basket|trolley)\b|购物[车袋篮]", re.IGNORECASE)
_TAKES_OUT = re.compile(r"\b(?:remove|delete|take out|cancel|drop)\b|删|去掉|拿掉|不要|取消|清空")
_OTHER_KIND = re.compile(
    r"^\W*(?:(?:and|ok|okay|so|hm+)\W+)*(?:what|how) about (?!(?:the|its?|this|that|these|those|their)\b)"
    r"(?P<kind>[\w' -]{3,40})\W*$"
)
"""Comes to another kind of thing, or another of the kind: "what about dog food"."""


@dataclass(frozen=True)
class _Case:
    """A message as it was understood, the conversation that it stands in, and the classifier's guess.

    `labels` name the attributes of the products that were shown.
    """

    reading: Reading
    found: Understanding
    state: State
    guess: intents.Guess
    labels: Collection[str]

    @cached_property
    def said(self) -> str:
        """The message in small letters."""
        return self.found.message.lower()

    @cached_property
    def waits(self) -> bool:
        """Whether something was asked of the shopper that the message may answer."""
        return bool(self.state.asked or self.state.errand.intent)

    @cached_property
    def asks(self) -> bool:
        """Whether the message is a question."""
        return questions(self.found.message)

    @cached_property
    def states(self) -> bool:
        """Whether the message only states more of what must be so of what is looked for."""
        return states_more(self.reading, self.found, self.state, guess=self.guess.intent)


Decided = tuple[str, float] | None
"""An intent and how sure it is, or nothing where a case decides nothing."""


def intention(
    reading: Reading, found: Understanding, state: State, *, guess: intents.Guess, labels: Collection[str] = ()
) -> tuple[str, float]:
    """Return the intent and how sure it is; `labels` name the attributes of the products that were shown.

    The first case that decides is right: what is said outright comes before what goes on, and that before a guess.
    """
    case = _Case(reading, found, state, guess, labels)
    for decided in _CASES:
        if chosen := decided(case):
            return chosen
    return corrected(reading, found, state, guess=guess)


def _continues(case: _Case) -> Decided:
    """What answers which product to add, or takes up an earlier wish."""
    found, state = case.found, case.state
    if state.asked.startswith("cart_which") and found.references and not content(found.unpointed):
        return "cart_add", 1.0
    back = returns(found, state) and not takes(found, ()) and not found.order_number
    return ("refine", 1.0) if back and not state.errand.intent else None


def _tells_of_oneself(case: _Case) -> Decided:
    """What tells of its writer, or wants something noted of them."""
    found, state, guess = case.found, case.state, case.guess
    noted = asks_to_remember(found.whole) and not LOOKS.search(case.said)
    if found.told and (noted or not wishes_too(found, state)) and not must_hold(found, state):
        return "told", 1.0
    nothing = not (found.told or found.wish.categories or states_conditions(found)) and guess.intent in _NOTHING_TOLD
    return ("told", 1.0) if nothing and asks_to_remember(found.whole) else None


def _says_outright(case: _Case) -> Decided:
    """What its words say, whatever the classifier takes it for."""
    found, state, guess = case.found, case.state, case.guess
    if only_lets_go(found.message) and not case.waits and guess.intent in GOES_ON | {"more"}:
        return "smalltalk", 1.0
    if asks_most_chosen(found, state):
        return "popular", 1.0
    if asks_utmost(found, state) or wants_another_way(found, state):
        return "refine", 1.0
    plain = plainly(found, state, guess=guess)
    return (plain, 1.0) if plain else None


def _asks_rule(case: _Case) -> Decided:
    """What asks for a rule, by its matter or as a few words after one."""
    if surely_ruled(case.found, case.guess):
        return case.guess.intent, 1.0
    goes_on_with = goes_on_with_rule(case.found, case.state, case.labels) and case.guess.intent not in _OF_OTHERS
    return ("ask_policy", 1.0) if goes_on_with else None


def _asks_of_thing(case: _Case) -> Decided:
    """What plainly asks something of a thing that was shown."""
    if case.waits:
        return None
    plain = asks_plainly(case.found, case.state) and case.guess.exact_sure < UNDOUBTED.get(case.guess.intent, 2.0)
    other = _OTHER_KIND.search(case.said) if plain and case.found.wish.categories else None
    if other and other["kind"].strip() not in {label.lower() for label in case.labels}:
        return "find", 1.0
    return ("ask_product", 1.0) if plain or asks_which_of_these(case.found, case.state) else None


def _speaks_of_cart(case: _Case) -> Decided:
    """What changes the cart or asks for all of it."""
    found = case.found
    if _of_cart(found, case.guess):
        return ("cart_remove" if _TAKES_OUT.search(case.said) else "cart_change"), 1.0
    whole = WHOLE.search(case.said) and not found.order_number and not case.state.order and not found.wish.categories
    return ("cart_show", 1.0) if whole else None


def _speaks_of_price(case: _Case) -> Decided:
    """What wants things that are reduced, or lets go of a bound that it does not ask after."""
    found, wish, guess = case.found, case.found.wish, case.guess
    if (
        wish.reduced
        and found.ruled < SURELY_RULED
        and guess.intent in GOES_ON | {"ask_policy", "more"}
        and not found.told
    ):
        return ("find" if case.reading.names_thing() or wish.categories or not case.state.shown else "refine"), 1.0
    return ("refine", 1.0) if found.eased is not None and not wish.categories and not case.asks else None


def _says_how(case: _Case) -> Decided:
    """What says how the things wished for must be, or tells a need that some may serve."""
    found, state, guess = case.found, case.state, case.guess
    sure = found.trait or asks_for_ones(case.said) or guess.intent == "cart_add"
    if sure and says_on(found, state) and not takes(found, ()):
        return "refine", 1.0
    how = describes(found.message) or bool(found.wish.preferences and not found.wish.categories)
    goes = bool(state.shown) and not state.wish.empty and how
    ruled = found.ruled >= SURELY_RULED and guess.intent == "ask_policy" and case.asks
    fits = not ruled and may_fit(found, guess)
    if found.ideas and not (goes or (found.references and points_somewhere(found, state))) and fits:
        return "find", 1.0
    if only_says_how(found, state):
        return "refine", 1.0
    likes = likes_of_somebody(case.said) and guess.intent in GOES_ON | {"told", "thanks"} and not case.asks
    if likes:
        return ("refine", 1.0) if case.states else ("find", SURE)
    return None


def _finds_fault(case: _Case) -> Decided:
    """What only finds fault with the assistant."""
    alone = case.guess.intent in _MISREAD or not case.reading.rest()
    fault = REPROACHES.search(case.said) and alone and not says_more(case.reading, case.found)
    return ("reproach", 1.0) if fault else None


def _wants_suggestions(case: _Case) -> Decided:
    """What wants to see what sells, what is new, or what may suit."""
    found, state, said = case.found, case.state, case.said
    if POPULAR.search(said) and not found.wish.categories and POPULAR_KIND.search(said):
        return "find", SURE  # "most popular toasters" names a thing that we do not know
    sells = POPULAR.search(said) or (NEWEST.search(said) and not found.wish.reduced)
    if sells and not (surely_outside(case.guess) and content(POPULAR.sub(" ", said))):
        return "popular", 1.0
    if SUITS.search(said) and len(state.shown) > 1 and not state.wish.empty:
        return "compare", 1.0  # "what would you recommend?" of those shown
    suits = SUITS.search(said) and not found.wish.categories and only_conditions(found)
    return ("suit_me", 1.0) if suits else None


def _speaks_of_shown(case: _Case) -> Decided:
    """What asks of those that are shown, weighs them, or takes one."""
    found, state, said, guess = case.found, case.state, case.said, case.guess
    several, named = len(state.shown) > 1, bool(found.wish.categories)
    if asks_of_some_shown(found, state, guess=guess.intent, labels=case.labels):
        return "ask_product", 1.0
    if several and weighs_shown(found):
        return "compare", 1.0
    if state.shown and SO_MANY.search(said) and guess.intent in OVERRULED | {"cart_change"}:
        return "cart_add", 1.0
    if state.shown and PICKS.search(said) and found.references and not named:
        return "cart_add", 1.0
    if several and COMPARES.search(said) and not named and not found.order_number:
        return "compare", 1.0
    return ("ask_product", 1.0) if state.shown and OF_THESE.search(said) and not named and case.asks else None


def _goes_on(case: _Case) -> Decided:
    """What goes on with the wish in force, or with what is spoken of."""
    found, state, likely = case.found, case.state, case.guess.intent
    style = only_style(found.message) and likely == "ask_policy"
    if (likely in GOES_ON or style) and not takes(found, ()) and goes_on(case.reading, found, state):
        return "refine", 1.0
    if case.states and not case.asks:
        return "refine", 1.0
    placed = any(one.which == "place" for one in found.references)
    if likely == "ask_policy" and case.guess.sure < UNSURE_RULE and placed:
        likely = "ask_product"
    asks = asks_of_shown(found, state, guess=likely, labels=case.labels)
    if asks or asks_of_focus(found, state, case.guess.intent):
        return "ask_product", 1.0
    return ("refine", 1.0) if case.states else None


_CASES: Sequence[Callable[[_Case], Decided]] = (
    _continues,
    _tells_of_oneself,
    _says_outright,
    _asks_rule,
    _asks_of_thing,
    _speaks_of_cart,
    _speaks_of_price,
    _says_how,
    _finds_fault,
    _wants_suggestions,
    _speaks_of_shown,
    _goes_on,
)


def _of_cart(found: Understanding, guess: intents.Guess) -> bool:
    """Return whether what reads like a change of an order is one of the cart, which is named."""
    changes = guess.exact in ("change_order", "cancel_order", "exchange_item", "return_item")
    return changes and bool(NAMES_CART.search(found.message)) and not found.order_number
