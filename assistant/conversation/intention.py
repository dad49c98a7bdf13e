"""What a message is for, in its conversation: the classifier's guess, corrected by what the message holds.

Knows no words of its own but those that ask for a thing or put it into a cart.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from assistant.conversation.asking_of import (
    ASKS,
    OF_THESE,
    OVERRULED,
    asks_of_focus,
    asks_of_shown,
    questions,
    takes,
)
from assistant.conversation.goingon import goes_on, only_style, returns, says_on
from assistant.conversation.outside import asks_what_was_bought, may_be_outside, may_be_sold, only_thing
from assistant.conversation.plainly import plainly
from assistant.conversation.reading import intents
from assistant.conversation.reading.describing import asks_for_ones
from assistant.conversation.reading.families import services
from assistant.conversation.reading.framing import PERSONS, content, likes_of_somebody
from assistant.conversation.reading.letting_go import only_lets_go
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.taking import PICKS, PROMISES, SO_MANY, USES, refuses_to_take
from assistant.conversation.reading.wishing import (
    BUYS,
    HAVE,
    NEWEST,
    OF_ME,
    POPULAR,
    REPROACHES,
    ROBOT_THINGS,
    SIMILAR,
    SUITS,
    hardly_service,
)
from assistant.conversation.reading.words import common_words
from assistant.conversation.saying_how import only_says_how
from assistant.conversation.state import State, Wish
from assistant.conversation.understanding import Understanding

UNSURE_RULE = 0.5
"""Below this a rule is not asked for where one of those shown is pointed at."""
SURE = 0.34
"""Below this the classifier is unsure, and a model may be asked."""
UNSURE_PERSON = 0.9
"""Below this a person is hardly asked for by who asks whether the shop has something."""
NEEDS = 0.7
"""Below this what tells a need ("charge my phone on the go") is no wish for service."""


_GOES_ON = frozenset({"find", "refine", "compare", "ask_product", "smalltalk", "out_of_scope", "help"})
"""What a message that goes on with a wish is easily taken for."""

_MISREAD = _GOES_ON | {"complaint", "told", "more", "ask_policy", "cart_remove", "cart_change"}
"""What a message is easily taken for that only finds fault with the assistant."""
_LOOKS = re.compile(
    r"\b(?:show|find|looking for|look for|search|recommend|suggest|i need|i want|i'd like|any|what)\b|"
    r"\b(?:something|anything) (?:to|for)\b|"
    r"推荐|想买|想要|有没有|找|给我|看看|需要"
)
_THEN = re.compile(r"\bthen\W*$|^\W*(?:and |but |for )?(?:the|those|these)\b|^那(?!么?有没有)")
"""How one settles for a kind of what was looked for: "dark chocolate then", "the mugs in plain white"."""
MISTAKEN = 0.6
"""Below this what looks for something is no wish for service."""
_COMPARES = re.compile(
    r"\bcompar(?:e|ison)\b|\bversus\b|\bvs\b|对比|比较(?=[一两几二三四前这那])|比一比|比比看|比一下", re.IGNORECASE
)
_OF_SHOWN = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|then|but)\W+)*(?:which(?: one)?(?: is|'?s| has| of)?|what(?:'?s| is))?\W*"
    r"(?:the )?\w+est (?:one )?(?:of|out of|among) "
    r"(?:them|these|those|the (?:lot|bunch|two|three|four|five|six|\d))(?: all)?\W*$"
)
"""The one that is most so of those shown: "the quietest of them?"."""
_WHICH_OF = re.compile(r"\bwhich (?:one )?(?:of|out of|among)\b|[个款件双](?:里面?|中|之中|当中)?哪")
_OTHERS = re.compile(r"^(?:再)?换(?:一)?(?:批|组|拨)(?:看看|吧)?[。！!]?$")
_FOR_SO_MANY = re.compile(
    r"\b\d+\s*-?\s*(?:persons?|people|man)\b|"
    r"\bfor (?:an? |one |two |some )?(?:(?:very |quite )?\w+ )?(?:persons?|people)\b",
    re.IGNORECASE,
)
"""Says for how many, or for whom, a thing is, and asks for nobody: "2 person tents", "for a tall person"."""
_REACHES = re.compile(
    r"\b(?:numbers?|support|service|agents?|persons?|people|humans?|someone|somebody|e-?mails?|hotline|staff|helpline|"
    r"address|chat|call|desk|team|manager)\b|人工|客服|电话|邮箱|真人|热线|微信|经理|老板|店长|员工"
)
"""Whom or how to reach."""
_WORDY = re.compile(r"[^\W\d_]{3}|[\u3400-\u9fff]")  # "I!" calls nobody
_CALLED: Collection[str] = frozenset({"human", "complaint"})
_SOCIAL: Collection[str] = frozenset({"greeting", "thanks", "goodbye"})
"""Said in few words that everyone knows: what holds none of them is something else."""


def intention(
    reading: Reading, found: Understanding, state: State, *, guess: intents.Guess, labels: Collection[str] = ()
) -> tuple[str, float]:
    """Return the intent and how sure it is; `labels` name the attributes of the products that were shown."""
    if chosen := _continued(found, state):
        return chosen, 1.0
    if returns(found, state) and not takes(found, ()) and not found.order_number and not state.errand.intent:
        return "refine", 1.0
    if found.told and not _wishes(found) and not _must_hold(found, state):
        return "told", 1.0
    said = found.message.lower()
    waits = state.asked or state.errand.intent
    if only_lets_go(found.message) and not waits and guess.intent in _GOES_ON | {"more"}:
        return "smalltalk", 1.0
    if plain := plainly(found, state, guess=guess):
        return plain, 1.0
    if found.wish.reduced and guess.intent in _GOES_ON | {"ask_policy", "more"} and not found.told:
        return ("find" if reading.names_thing() or found.wish.categories or not state.shown else "refine"), 1.0
    if found.eased is not None and not found.wish.categories and not questions(found.message):
        return "refine", 1.0
    sure = found.trait or asks_for_ones(said) or guess.intent == "cart_add"
    if sure and says_on(found, state) and not takes(found, ()):
        return "refine", 1.0
    if found.ideas and not (found.references and _points_somewhere(found, state)) and _may_fit(found, guess):
        return "find", 1.0
    if only_says_how(found, state):
        return "refine", 1.0
    states = _states_more(reading, found, state, guess=guess.intent)
    if likes_of_somebody(said) and guess.intent in _GOES_ON | {"told", "thanks"} and not questions(found.message):
        return ("refine", 1.0) if states else ("find", SURE)
    alone = guess.intent in _MISREAD or not reading.rest()
    if REPROACHES.search(said) and alone and not _says_more(reading, found):
        return "reproach", 1.0
    if POPULAR.search(said) or (NEWEST.search(said) and not found.wish.reduced):
        return "popular", 1.0
    if SUITS.search(said) and len(state.shown) > 1 and not state.wish.empty:
        return "compare", 1.0  # "what would you recommend?" of those shown
    if SUITS.search(said) and not found.wish.categories and not content(SUITS.sub(" ", said)):
        return "suit_me", 1.0
    if len(state.shown) > 1 and _weighs_shown(found):
        return "compare", 1.0
    if state.shown and SO_MANY.search(said) and guess.intent in OVERRULED | {"cart_change"}:
        return "cart_add", 1.0
    if state.shown and PICKS.search(said) and found.references and not found.wish.categories:
        return "cart_add", 1.0
    if len(state.shown) > 1 and _COMPARES.search(said) and not found.wish.categories and not found.order_number:
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
    return ("refine", 1.0) if states else _corrected(reading, found, state, guess=guess)


def _weighs_shown(found: Understanding) -> bool:
    """Return whether those shown are weighed against each other: 这几个比较一下, "the quietest of them?"."""
    said, all_ = found.message.lower(), all(one.which in ("all", "first_n") for one in found.references)
    if found.wish.categories or found.wish.brands or takes(found, ()):
        return False
    of_some = bool(found.references) and all(one.which == "first_n" for one in found.references)
    if of_some and _WHICH_OF.search(said) and not _conditions(found):
        return True
    compares = bool(_COMPARES.search(said)) and bool(found.references) and all_
    return compares or (all_ and bool(_OF_SHOWN.search(said)))


def _says_more(reading: Reading, found: Understanding) -> bool:
    """Return whether a message that finds fault also says what is wished for, or speaks of an order or a thing."""
    return bool(
        _conditions(found) or found.step or found.wish.categories or found.order_number or reading.names_thing()
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
    return _conditions(found) and (not reading.names_thing(but=PERSONS) or _must_hold(found, state))


def _conditions(found: Understanding) -> bool:
    """Return whether a message states a condition other than the thing itself."""
    return replace(found.wish, text="", categories=(), sort="relevance", labels={}) != Wish()


def _may_fit(found: Understanding, guess: intents.Guess) -> bool:
    """Return whether things are wanted that may fit: what tells a need is hardly a wish for service."""
    needs = not found.wide and guess.exact_sure < NEEDS and not found.order_number
    return guess.intent in _GOES_ON | {"told", "thanks", "more"} or needs


def _must_hold(found: Understanding, state: State) -> bool:
    """Return whether an allergy is told that what is looked for now must not meet."""
    return not state.wish.empty and any(must.harmful for must in found.wish.must_haves)


def _wishes(found: Understanding) -> bool:
    """Return whether a message that tells of oneself asks for something too: "I'm vegan, show me wallets"."""
    wish = found.wish
    asks = bool(ASKS.search(found.message.lower()) or _LOOKS.search(found.message.lower()))
    priced = wish.price_max_minor is not None or wish.price_min_minor is not None
    return bool(wish.categories or found.references or found.step or found.order_number) or asks or priced


def _continued(found: Understanding, state: State) -> str:
    """Return what the answer to the open question which product to add continues."""
    bare = not content(found.unpointed)
    return "cart_add" if state.asked.startswith("cart_which") and found.references and bare else ""


def _corrected(reading: Reading, found: Understanding, state: State, *, guess: intents.Guess) -> tuple[str, float]:
    """Return the classifier's intent, corrected by the conditions that the message states."""
    intent, sure, wish = guess.intent, guess.sure, found.wish
    if may_be_outside(guess):
        intent, sure = guess.second, guess.second_sure
    if asks_what_was_bought(found.message):
        return "order_status", 1.0
    if _OTHERS.search(found.message) and state.shown:
        return "more", 1.0
    said = found.message.lower()
    if SIMILAR.search(said) and _points_somewhere(found, state) and not wish.categories:
        return ("refine" if _conditions(found) or found.step else "more"), 1.0
    if intent == "human" and _FOR_SO_MANY.search(found.message) and (found.wish.categories or not state.wish.empty):
        intent, sure = "find", 0.0
    if intent == "cart_remove" and OF_ME.search(said):
        return "delete_account", 1.0
    if wish.preferences and intent in ("ask_product", "compare") and not _points_somewhere(found, state):
        intent, sure = "find", SURE  # "anything with long battery life?"
    if intent == "cart_add" and refuses_to_take(said):
        return "cart_remove", 1.0
    if intent == "cart_add" and (PROMISES.search(said) or (USES.search(said) and questions(found.message))):
        intent, sure = "ask_product", SURE
    if intent == "human" and (ROBOT_THINGS.search(said) or _asks_for_goods(said, sure)):
        intent, sure = "find", SURE
    mistaken = guess.exact in services() and guess.exact_sure < MISTAKEN and not found.order_number
    new = not (state.shown or state.order or state.rule or state.errand.intent)
    if mistaken and hardly_service(said, new=new):
        intent, sure = "find", SURE
    if intent == "place_order" and wish.categories and BUYS.search(said):
        intent, sure = "find", SURE
    if intent == "human" and (sure < SURE or not _WORDY.search(said)):
        intent, sure = "find", 0.0  # nobody is called on a guess
    if intent in _CALLED and said.isascii() and said.isalpha() and said not in common_words():
        intent, sure = "find", 0.0  # a word that nobody knows calls nobody
    if intent in _SOCIAL and not intents.knows(intent, found.message):
        intent, sure = "find", 0.0
    if found.order_number and intent != "ask_policy" and re.search(r"\d{4}", found.order_number):
        return "order_status", 1.0
    if intent == "cart_show" and wish.categories and not takes(found, ()):
        intent, sure = "find", SURE
    if intent in ("cart_change", "cart_remove") and (wish.categories or _conditions(found)) and not takes(found, ()):
        intent, sure = "find", SURE
    if guess.exact == "place_order" and BUYS.search(said) and reading.names_thing() and not questions(found.message):
        intent, sure = "find", SURE
    buys = bool(BUYS.search(said)) or wish.price_max_minor is not None
    if intent in ("ask_policy", "human") and wish.categories and buys and not questions(found.message):
        intent, sure = "find", SURE
    if intent == "ask_product" and wish.categories and _conditions(found) and not questions(found.message):
        intent, sure = "find", SURE
    if intent in ("find", "refine", "more", "smalltalk", "out_of_scope", "help") or sure < SURE:
        return _looking(reading, found, state, intent=intent, sure=sure)
    if intent in ("ask_product", "compare", "cart_add") and not _points_somewhere(found, state):
        about = bool(found.wish.categories or found.wish.brands) and not _COMPARES.search(found.message)
        if intent == "ask_product":  # of nothing: without a question it is the name of a thing
            about = reading.names_thing() and bool(HAVE.search(said) or not questions(found.message))
        return ("find", sure) if about else (intent, sure)
    return intent, sure


def _asks_for_goods(said: str, sure: float) -> bool:
    """Return whether a message asks whether the shop has something, and no way to reach anybody."""
    return sure < UNSURE_PERSON and bool(HAVE.search(said)) and not _REACHES.search(said)


def _points_somewhere(found: Understanding, state: State) -> bool:
    return bool(state.shown or state.focus)


def _looking(reading: Reading, found: Understanding, state: State, *, intent: str, sure: float) -> tuple[str, float]:
    """Return find or refine for what states conditions, by whether a thing is named anew."""
    wish, said = found.wish, found.message.lower()
    stated = replace(wish, text="", sort="relevance", labels={}) != Wish() or found.step != ""
    stated_more = _conditions(found) or found.step != ""
    says_more = reading.names_thing() and intent in ("find", "refine", "more")
    names_thing = bool(wish.categories) or (says_more and not _only_step(reading, found))
    if intent == "out_of_scope" and may_be_sold(reading, found, sure=sure):
        return "find", SURE if wish.categories else 0.0
    if intent in ("smalltalk", "out_of_scope", "help") and not (stated and sure < 0.6) and not only_thing(reading):
        return intent, sure
    if names_thing:
        same = bool(wish.categories) and bool(set(wish.categories) & set(state.wish.categories))
        goes = (stated_more and len(reading.rest()) <= 1) or (not state.errand.intent and _THEN.search(said))
        return ("refine" if same and goes else "find"), max(sure, SURE) if wish.categories else sure
    if stated or wish.sort != "relevance":
        return ("refine" if not state.wish.empty or state.shown else "find"), max(sure, SURE)
    return intent, sure


def _only_step(reading: Reading, found: Understanding) -> bool:
    return found.step != "" and len(reading.rest()) <= 1 and not found.wish.categories
