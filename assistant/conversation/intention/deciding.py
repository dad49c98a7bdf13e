"""What a message is for, in its conversation: the classifier's guess, corrected by what the message holds.

Knows no words of its own but those that ask for a thing or put it into a cart.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.conversation.answers.measuring import asks_measure
from assistant.conversation.intention.asking_of import (
    ASKS,
    OF_THESE,
    OVERRULED,
    PLAINLY,
    asks_of_focus,
    asks_of_list,
    asks_of_pointed,
    asks_of_shown,
    asks_plainly,
    asks_which_way,
    questions,
    takes,
)
from assistant.conversation.intention.correcting import COMPARES, SURE, corrected, points_somewhere, states_conditions
from assistant.conversation.intention.goingon import describes, goes_on, only_style, returns, says_on
from assistant.conversation.intention.outside import surely_outside
from assistant.conversation.intention.plainly import plainly
from assistant.conversation.intention.ranking import POPULAR_KIND, asks_most_chosen, asks_utmost
from assistant.conversation.intention.ruling_on import goes_on_with_rule
from assistant.conversation.intention.saying_how import only_says_how
from assistant.conversation.reading import intents
from assistant.conversation.reading.describing import asks_for_ones
from assistant.conversation.reading.framing import PERSONS, content, likes_of_somebody
from assistant.conversation.reading.letting_go import only_lets_go
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.taking import PICKS, SO_MANY, WHOLE
from assistant.conversation.reading.unsaying import asks_to_remember
from assistant.conversation.reading.wishing import (
    NEWEST,
    POPULAR,
    REMEMBERS,
    REPROACHES,
    SIMILAR,
    SUITS,
    hardly_service,
    speaks_of_prices,
)
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding

UNSURE_RULE = 0.5
"""Below this a rule is not asked for where one of those shown is pointed at."""
SURELY_RULED, SURELY = 0.9, 0.8
"""From here on a matter of the rules, and that one is asked for, say more than conditions that a question holds."""
_OF_OTHERS = frozenset({"order_status", "human", "cart_add", "cart_show", "cart_remove", "checkout", "thanks"})
"""What a few words after a rule may be for all the same."""
NEEDS = 0.7
"""Below this what tells a need ("charge my phone on the go") is no wish for service."""


_WHICH_TRAIT = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|but)\W+)*which (?:ones? |of (?:them|these|those) |one of (?:them|these|those) )"
    r"(?:can|could|is|are|has|have|do|does|will|would)\b"
)
UNDOUBTED = {"ask_policy": 0.93, "order_status": 0.9, "human": 0.95, "out_of_scope": 0.99, "cart_add": 0.97}
"""So sure of these, what sounds like a question of a thing asks for them all the same."""
_GOES_ON = frozenset({"find", "refine", "compare", "ask_product", "smalltalk", "out_of_scope", "help"})
"""What a message that goes on with a wish is easily taken for."""

_MISREAD = _GOES_ON | {"complaint", "told", "more", "ask_policy", "cart_remove", "cart_change"}
"""What a message is easily taken for that only finds fault with the assistant."""
_NOTHING_TOLD = frozenset({"out_of_scope", "smalltalk", "told", "find", "help"})
"""What is taken for the wish to have something noted that nobody can note."""
NAMES_CART = re.compile(r"\b(?:cart|basket|trolley)\b|购物[车袋篮]", re.IGNORECASE)
_TAKES_OUT = re.compile(r"\b(?:remove|delete|take out|cancel|drop)\b|删|去掉|拿掉|不要|取消|清空")
_IF = re.compile(r"\b(?:if|in case|suppose)\b|要是|如果|万一|假如", re.IGNORECASE)
_LOOKS = re.compile(
    r"\b(?:show|find|looking for|look for|search|recommend|suggest|i need|i want|i'd like|any|what)\b|"
    r"\b(?:something|anything) (?:to|for)\b|"
    r"推荐|想买|想要|有没有|找|给我|看看|需要"
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


def intention(
    reading: Reading, found: Understanding, state: State, *, guess: intents.Guess, labels: Collection[str] = ()
) -> tuple[str, float]:
    """Return the intent and how sure it is; `labels` name the attributes of the products that were shown."""
    if chosen := _continued(found, state):
        return chosen, 1.0
    if returns(found, state) and not takes(found, ()) and not found.order_number and not state.errand.intent:
        return "refine", 1.0
    noted = asks_to_remember(found.whole) and not _LOOKS.search(found.message.lower())
    if found.told and (noted or not _wishes(found, state)) and not _must_hold(found, state):
        return "told", 1.0
    nothing = not (found.told or found.wish.categories or states_conditions(found)) and guess.intent in _NOTHING_TOLD
    if nothing and asks_to_remember(found.whole):
        return "told", 1.0
    said = found.message.lower()
    waits = state.asked or state.errand.intent
    if only_lets_go(found.message) and not waits and guess.intent in _GOES_ON | {"more"}:
        return "smalltalk", 1.0
    if asks_most_chosen(found, state):
        return "popular", 1.0
    if asks_utmost(found, state):
        return "refine", 1.0
    if _in_another_way(found, state):
        return "refine", 1.0
    if plain := plainly(found, state, guess=guess):
        return plain, 1.0
    if _surely_ruled(found, guess):
        return guess.intent, 1.0
    if goes_on_with_rule(found, state, labels) and guess.intent not in _OF_OTHERS:
        return "ask_policy", 1.0
    if not waits and asks_plainly(found, state) and guess.exact_sure < UNDOUBTED.get(guess.intent, 2.0):
        return "ask_product", 1.0
    if not waits and _which_of_these(found, state):
        return "ask_product", 1.0
    if _of_cart(found, guess):
        return ("cart_remove" if _TAKES_OUT.search(said) else "cart_change"), 1.0
    if WHOLE.search(said) and not found.order_number and not state.order and not found.wish.categories:
        return "cart_show", 1.0
    if (
        found.wish.reduced
        and found.ruled < SURELY_RULED
        and guess.intent in _GOES_ON | {"ask_policy", "more"}
        and not found.told
    ):
        return ("find" if reading.names_thing() or found.wish.categories or not state.shown else "refine"), 1.0
    if found.eased is not None and not found.wish.categories and not questions(found.message):
        return "refine", 1.0
    sure = found.trait or asks_for_ones(said) or guess.intent == "cart_add"
    if sure and says_on(found, state) and not takes(found, ()):
        return "refine", 1.0
    how = describes(found.message) or bool(found.wish.preferences and not found.wish.categories)
    goes = bool(state.shown) and not state.wish.empty and how
    ruled = found.ruled >= SURELY_RULED and guess.intent == "ask_policy" and questions(found.message)
    may_fit = not ruled and _may_fit(found, guess)
    if found.ideas and not (goes or (found.references and points_somewhere(found, state))) and may_fit:
        return "find", 1.0
    if only_says_how(found, state):
        return "refine", 1.0
    states = _states_more(reading, found, state, guess=guess.intent)
    if likes_of_somebody(said) and guess.intent in _GOES_ON | {"told", "thanks"} and not questions(found.message):
        return ("refine", 1.0) if states else ("find", SURE)
    alone = guess.intent in _MISREAD or not reading.rest()
    if REPROACHES.search(said) and alone and not _says_more(reading, found):
        return "reproach", 1.0
    if POPULAR.search(said) and not found.wish.categories and POPULAR_KIND.search(said):
        return "find", SURE  # "most popular toasters" names a thing that we do not know
    sells = POPULAR.search(said) or (NEWEST.search(said) and not found.wish.reduced)
    if sells and not (surely_outside(guess) and content(POPULAR.sub(" ", said))):
        return "popular", 1.0
    if SUITS.search(said) and len(state.shown) > 1 and not state.wish.empty:
        return "compare", 1.0  # "what would you recommend?" of those shown
    if SUITS.search(said) and not found.wish.categories and _only_conditions(found):
        return "suit_me", 1.0
    if _asks_of_shown(found, state, guess=guess.intent, labels=labels):
        return "ask_product", 1.0
    if len(state.shown) > 1 and _weighs_shown(found):
        return "compare", 1.0
    if state.shown and SO_MANY.search(said) and guess.intent in OVERRULED | {"cart_change"}:
        return "cart_add", 1.0
    if state.shown and PICKS.search(said) and found.references and not found.wish.categories:
        return "cart_add", 1.0
    if len(state.shown) > 1 and COMPARES.search(said) and not found.wish.categories and not found.order_number:
        return "compare", 1.0
    if state.shown and OF_THESE.search(said) and not found.wish.categories and questions(found.message):
        return "ask_product", 1.0
    style = only_style(found.message) and guess.intent == "ask_policy"
    if (guess.intent in _GOES_ON or style) and not takes(found, ()) and goes_on(reading, found, state):
        return "refine", 1.0
    if states and not questions(found.message):
        return "refine", 1.0
    likely = guess.intent
    if likely == "ask_policy" and guess.sure < UNSURE_RULE and any(o.which == "place" for o in found.references):
        likely = "ask_product"
    if asks_of_shown(found, state, guess=likely, labels=labels) or asks_of_focus(found, state, guess.intent):
        return "ask_product", 1.0
    return ("refine", 1.0) if states else corrected(reading, found, state, guess=guess)


def _asks_of_shown(found: Understanding, state: State, *, guess: str, labels: Collection[str]) -> bool:
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


def _which_of_these(found: Understanding, state: State) -> bool:
    """Return whether it is asked which of those shown has a trait: "which of them can I take into the bath?"."""
    said, wish = found.message.lower(), found.wish
    stated = wish.options or wish.brands or wish.must_haves or found.step
    asks = bool(_WHICH_TRAIT.search(said)) and not asks_measure(said) and found.trait_sure >= PLAINLY
    return asks and not stated and len(state.shown) > 1 and not found.order_number


def _only_conditions(found: Understanding) -> bool:
    """Return whether what is asked for that may suit is told by conditions alone: "what would suit me for summer?"."""
    left = SUITS.sub(" ", found.message.lower())
    for must in found.wish.must_haves:
        left = left.replace(must.text.lower(), " ")
    for label in found.wish.labels.values():
        left = left.replace(label.lower(), " ")
    return not content(left) or (found.wish.price_max_minor is not None and not found.wish.text)


def _in_another_way(found: Understanding, state: State) -> bool:
    """Return whether the like of those shown is asked for in another way: "like it but cheaper", "what about wool"."""
    said, wish = found.message.lower(), found.wish
    if not state.shown or state.wish.empty or wish.categories or found.order_number or takes(found, ()):
        return False
    if found.step and SIMILAR.search(said) and not speaks_of_prices(said):
        return True
    rest = _WHAT_ABOUT.sub(" ", said)
    states = wish.must_haves or wish.options or wish.excluded
    return bool(rest != said and states and state.focus is None and not found.references and len(content(rest)) <= BARE)


def _of_cart(found: Understanding, guess: intents.Guess) -> bool:
    """Return whether what reads like a change of an order is one of the cart, which is named."""
    changes = guess.exact in ("change_order", "cancel_order", "exchange_item", "return_item")
    return changes and bool(NAMES_CART.search(found.message)) and not found.order_number


def _surely_ruled(found: Understanding, guess: intents.Guess) -> bool:
    """Return whether a question is surely one of the rules, both by what it is for and by its matter."""
    ruled = found.matter and found.ruled >= SURELY_RULED and guess.intent == "ask_policy"
    asked = ruled and guess.sure >= SURELY and questions(found.message)
    supposes = bool(_IF.search(found.message))
    return bool(asked) and not (found.wish.categories or found.references) and (supposes or not found.trait)


def _weighs_shown(found: Understanding) -> bool:
    """Return whether those shown are weighed against each other: 这几个比较一下, "the quietest of them?"."""
    said, all_ = found.message.lower(), all(one.which in ("all", "first_n") for one in found.references)
    if found.wish.categories or found.wish.brands or takes(found, ()):
        return False
    of_some = bool(found.references) and all(one.which == "first_n" for one in found.references)
    if of_some and _WHICH_OF.search(said) and not states_conditions(found):
        return True
    compares = bool(COMPARES.search(said)) and bool(found.references) and all_
    return compares or (all_ and bool(_OF_SHOWN.search(said)))


def _says_more(reading: Reading, found: Understanding) -> bool:
    """Return whether a message that finds fault also says what is wished for, or speaks of an order or a thing."""
    return bool(
        states_conditions(found) or found.step or found.wish.categories or found.order_number or reading.names_thing()
    )


def _states_more(reading: Reading, found: Understanding, state: State, *, guess: str) -> bool:
    """Return whether a message only states what must be so of what is looked for: "it has to be navy", "最多花40美元".

    Whatever its letters look like, a message that holds conditions and names no thing goes on with the wish in force.
    """
    pointed = any(one.which != "focus" for one in found.references)
    told = found.told and not _must_hold(found, state)
    if state.wish.empty or found.wish.categories or pointed or found.order_number or told:
        return False
    if guess not in OVERRULED | {"complaint", "cart_change", "told"} or takes(found, ()):
        return False
    if guess == "ask_policy" and questions(found.message):
        return False  # "can I pay with PayPal?" asks for no thing with PayPal
    return states_conditions(found) and (not reading.names_thing(but=PERSONS) or _must_hold(found, state))


def _may_fit(found: Understanding, guess: intents.Guess) -> bool:
    """Return whether things are wanted that may fit: what tells a need is hardly a wish for service."""
    needs = not found.order_number and (
        hardly_service(found.message.lower(), new=True) if found.wide else guess.exact_sure < NEEDS
    )
    priced = found.wide and found.wish.price_max_minor is not None and not questions(found.message)
    return guess.intent in _GOES_ON | {"told", "thanks", "more"} or needs or priced


def _must_hold(found: Understanding, state: State) -> bool:
    """Return whether an allergy is told that what is looked for now must not meet."""
    return not state.wish.empty and any(must.harmful for must in found.wish.must_haves)


def _wishes(found: Understanding, state: State) -> bool:
    """Return whether a message that tells of oneself asks for something too: "I'm vegan, show me wallets"."""
    wish = found.wish
    asks = bool(ASKS.search(found.message.lower()) or _LOOKS.search(found.message.lower()))
    priced = wish.price_max_minor is not None or wish.price_min_minor is not None
    pointed = found.references and points_somewhere(found, state) and not REMEMBERS.search(found.message.lower())
    return bool(wish.categories or pointed or found.step or found.order_number) or asks or priced


def _continued(found: Understanding, state: State) -> str:
    """Return what the answer to the open question which product to add continues."""
    bare = not content(found.unpointed)
    return "cart_add" if state.asked.startswith("cart_which") and found.references and bare else ""
