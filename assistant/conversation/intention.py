"""What a message is for, in its conversation: the classifier's guess, corrected by what the message holds.

Knows no words of its own but those that ask for a thing or put it into a cart.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from assistant.conversation.goingon import goes_on, says_on
from assistant.conversation.outside import asks_what_was_bought, may_be_outside, may_be_sold, only_thing
from assistant.conversation.reading import intents
from assistant.conversation.reading.framing import PERSONS, content, likes_of_somebody
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.questions import wanted, yes_or_no
from assistant.conversation.reading.references import Reference
from assistant.conversation.reading.taking import PICKS, PROMISES, SO_MANY, USES, speaks_of_taking
from assistant.conversation.reading.wishing import (
    ASKS_WHAT_I_AM,
    BROWSES,
    BUYS,
    HAVE,
    KNOWN_OF_ME,
    NEWEST,
    OF_ME,
    OTHER,
    POPULAR,
    SIMILAR,
    SUITS,
    speaks_of_prices,
)
from assistant.conversation.state import State, Wish
from assistant.conversation.understanding import Understanding

UNSURE_RULE = 0.5
"""Below this a rule is not asked for where one of those shown is pointed at."""
SURE = 0.34
"""Below this the classifier is unsure, and a model may be asked."""


_ASKS = re.compile(
    r"^\W*(?:(?:and|so|but|ok|please|hi|hello)\W+)*(?:what|what's|whats|how|is|are|does|do|did|can|could|who|"
    r"which|where|tell me|has|have)\b|[吗呢么嘛不没][？?]?\s*$"
)
_ASKS_ZH = re.compile(
    r"多[久少大重长高宽厚深亮快]|几|哪|什么|啥|怎么|如何|会不会|能不能|可不可以|是不是|有没有|吗|呢|(.)不\1"
)

_OF_THESE = re.compile(
    r"^\W*(?:(?:and|so|but|ok)\W+)*(?:are|do|does|have|can|is|were|will) (?:they|these|those)(?: all| both)?\b"
    r"(?!.*\b(?:cheaper|ship\w*|deliver\w*|return\w*|arrive\w*|others?)\b)|^(?:这些|它们|这几[个款件])都?(?!有哪|里|哪)"
)
"""Asks of all that was shown whether something is so: "are they waterproof"."""
_HOW_MUCH = re.compile(
    r"多[久少大长高宽重]|是?(?:什么|几|哪)[的样个里年月天]?|怎么?样?|\bhow (?:long|much|big|many)\b|\bwhat\b"
)
_LIKENESS = re.compile(
    r"\b(?:something|anything|ones?|more|similar|same)\b.*\blike\b|\b(?:similar|instead of|than|alike)\b|"
    r"类似|同款|相似|[像比]"
)
_ONE: Collection[str] = frozenset({"place", "last", "cheapest", "dearest", "best", "one", "previous"})
_OVERRULED: frozenset[str] = frozenset({
    "find", "refine", "more", "ask_policy", "cart_add", "smalltalk", "out_of_scope", "help", "order_status", "thanks",
    "human", "ask_product",
})  # fmt: skip

_GOES_ON = frozenset({"find", "refine", "compare", "ask_product", "smalltalk", "out_of_scope", "help"})
"""What a message that goes on with a wish is easily taken for."""

_LOOKS = re.compile(
    r"\b(?:show|find|looking for|look for|search|recommend|suggest|i need|i want|i'd like|any|what)\b|"
    r"\b(?:something|anything) (?:to|for)\b|"
    r"推荐|想买|想要|有没有|找|给我|看看|需要"
)
_COMPARES = re.compile(r"\bcompar(?:e|ison)\b|\bversus\b|\bvs\b|对比|比较(?=[一两几二三四前这那])", re.IGNORECASE)
_OTHERS = re.compile(r"^(?:再)?换(?:一)?(?:批|组|拨)(?:看看|吧)?[。！!]?$")
_FOR_SO_MANY = re.compile(r"\b\d+\s*-?\s*(?:persons?|people|man)\b", re.IGNORECASE)
"""Says how many a thing is for, and asks for nobody: "2 person tents"."""
_WORDY = re.compile(r"[^\W\d_]{3}|[\u3400-\u9fff]")  # "I!" calls nobody
_SOCIAL: Collection[str] = frozenset({"greeting", "thanks", "goodbye"})
"""Said in few words that everyone knows: what holds none of them is something else."""


def intention(
    reading: Reading, found: Understanding, state: State, *, guess: intents.Guess, labels: Collection[str] = ()
) -> tuple[str, float]:
    """Return the intent and how sure it is; `labels` name the attributes of the products that were shown."""
    if chosen := _continued(found, state):
        return chosen, 1.0
    if found.told and not _wishes(found) and not _must_hold(found, state):
        return "told", 1.0
    said = found.message.lower()
    if ASKS_WHAT_I_AM.search(said):
        return "smalltalk", 1.0
    if BROWSES.search(said):
        return "greeting", 1.0
    if KNOWN_OF_ME.search(said):
        return "known_of_me", 1.0
    if speaks_of_prices(said):
        return "ask_policy", 1.0
    if found.wish.reduced and guess.intent in _GOES_ON | {"ask_policy", "more"} and not found.told:
        return ("find" if reading.names_thing() or found.wish.categories or not state.shown else "refine"), 1.0
    if found.trait and says_on(found, state) and not _takes(found, ()):
        return "refine", 1.0
    if likes_of_somebody(said) and guess.intent in _GOES_ON | {"told", "thanks"} and not questions(found.message):
        return "find", SURE
    if POPULAR.search(said) or (NEWEST.search(said) and not found.wish.reduced):
        return "popular", 1.0
    if SUITS.search(said) and len(state.shown) > 1 and not state.wish.empty:
        return "compare", 1.0  # "what would you recommend?" of those shown
    if SUITS.search(said) and not found.wish.categories and not content(SUITS.sub(" ", said)):
        return "suit_me", 1.0
    if state.shown and SO_MANY.search(said) and guess.intent in _OVERRULED | {"cart_change"}:
        return "cart_add", 1.0
    if state.shown and PICKS.search(said) and found.references and not found.wish.categories:
        return "cart_add", 1.0
    if state.shown and _OF_THESE.search(said) and not found.wish.categories and questions(found.message):
        return "ask_product", 1.0
    if guess.intent in _GOES_ON and not _takes(found, ()) and goes_on(reading, found, state):
        return "refine", 1.0
    states = _states_more(reading, found, state, guess=guess.intent)
    if states and not questions(found.message):
        return "refine", 1.0
    likely = guess.intent
    if likely == "ask_policy" and guess.sure < UNSURE_RULE and any(o.which == "place" for o in found.references):
        likely = "ask_product"
    if asks_of_shown(found, state, guess=likely, labels=labels) or _asks_of_focus(found, state, guess.intent):
        return "ask_product", 1.0
    return ("refine", 1.0) if states else _corrected(reading, found, state, guess=guess)


def questions(message: str) -> bool:
    """Return whether a message is a question by its form."""
    said = message.lower()
    return bool(_ASKS.search(said) or _ASKS_ZH.search(said)) or message.rstrip().endswith(("?", "？"))


def _states_more(reading: Reading, found: Understanding, state: State, *, guess: str) -> bool:
    """Return whether a message only states what must be so of what is looked for: "it has to be navy", "最多花40美元".

    Whatever its letters look like, a message that holds conditions and names no thing goes on with the wish in force.
    """
    pointed = any(one.which != "focus" for one in found.references)
    told = found.told and not _must_hold(found, state)
    if state.wish.empty or found.wish.categories or pointed or found.order_number or told:
        return False
    if guess not in _OVERRULED | {"complaint", "cart_change", "told"} or _takes(found, ()):
        return False
    if guess == "ask_policy" and questions(found.message):
        return False  # "can I pay with PayPal?" asks for no thing with PayPal
    return _conditions(found) and not reading.names_thing(but=PERSONS)


def _conditions(found: Understanding) -> bool:
    """Return whether a message states a condition other than the thing itself."""
    return replace(found.wish, text="", categories=(), sort="relevance", labels={}) != Wish()


def _must_hold(found: Understanding, state: State) -> bool:
    """Return whether an allergy is told that what is looked for now must not meet."""
    return not state.wish.empty and any(must.harmful for must in found.wish.must_haves)


def _wishes(found: Understanding) -> bool:
    """Return whether a message that tells of oneself asks for something too: "I'm vegan, show me wallets"."""
    wish = found.wish
    asks = bool(_ASKS.search(found.message.lower()) or _LOOKS.search(found.message.lower()))
    priced = wish.price_max_minor is not None or wish.price_min_minor is not None
    return bool(wish.categories or found.references or found.step or found.order_number) or asks or priced


def _continued(found: Understanding, state: State) -> str:
    """Return what the answer to the open question which product to add continues."""
    bare = not content(found.unpointed)
    return "cart_add" if state.asked.startswith("cart_which") and found.references and bare else ""


def asks_of_shown(found: Understanding, state: State, *, guess: str, labels: Collection[str] = ()) -> bool:
    """Return whether a message asks something of one product that was shown, whatever it looks like otherwise."""
    if not (state.shown or state.focus) or guess not in _OVERRULED:
        return False
    if found.step or (found.wish.sort != "relevance" and not found.references) or _LIKENESS.search(found.unpointed):
        return False
    if not found.references:
        return _only_names(found.unpointed, labels, of_list=state.focus is None)
    # "The first one, what about its height": the second only repeats the first.
    pointing = [one for one in found.references if one.which != "focus"] or list(found.references)
    asked = _asked(found.unpointed, labels, guess=guess)
    if len(pointing) > 1 or found.order_number or (guess == "ask_policy" and not asked) or _takes(found, asked):
        return False
    if pointing[0].which == "focus":
        return _of_it(pointing[0], found, asked=asked, guess=guess)
    means = bool(asked) or bool(found.trait)
    return pointing[0].which in _ONE and (means or _open_question(pointing[0], found))


def _asks_of_focus(found: Understanding, state: State, guess: str) -> bool:
    """Return whether a question that means a trait of the product in question asks of it, and looks for no other.

    Of a list, what looks like a wish may be one: "a lock?" narrows it.
    """
    if not found.trait or guess not in _OVERRULED or found.step or found.order_number:
        return False
    if state.focus is None and guess in ("find", "refine", "more"):
        return False
    wish, pointed = found.wish, any(one.which != "focus" for one in found.references)
    named = wish.brands or wish.price_max_minor is not None or wish.price_min_minor is not None or wish.in_stock
    looks = OTHER.search(found.message.lower()) or _LIKENESS.search(found.unpointed)
    return not (pointed or named or looks or _takes(found, {"attribute"}))


def _asked(text: str, labels: Collection[str], *, guess: str) -> set[str]:
    """Return the kinds of what is asked for; beside a rule only what a record surely states counts."""
    asked = wanted(text, labels)
    if guess == "ask_policy":
        asked = [one for one in asked if one.kind in ("attribute", "offer", "opinion") or one.key == "warranty"]
    return {one.kind for one in asked}


def _takes(found: Understanding, asked: Collection[str]) -> bool:
    """Return whether a message is about taking a product rather than asking of it."""
    said = found.message.lower()
    return speaks_of_taking(said) and not (set(asked) - {"details"} and _ASKS.search(said))


def _open_question(reference: Reference, found: Understanding) -> bool:
    """Return whether what no word of ours asks for is asked of the product all the same, or nothing but it is named."""
    if reference.which in ("one", "cheapest", "dearest", "best"):
        return False
    wish = found.wish
    if wish.options or wish.categories or wish.brands or wish.price_max_minor is not None:
        return _belongs(found, reference)
    asks = bool(_ASKS.search(found.message.lower()) or _ASKS_ZH.search(found.unpointed)) or yes_or_no(found.unpointed)
    return asks or _belongs(found, reference) or not content(found.unpointed)


def _belongs(found: Understanding, reference: Reference) -> bool:
    """Return whether something of the product is meant: "第一款的…", "the … of the first one", "the first one's …"."""
    before, after = found.message[: reference.start].lower(), found.message[reference.end :].lower()
    return bool(re.match(r"的.|'s\b", after) or re.search(r"\b(?:of|about)\s+(?:the\s+)?$", before))


def _only_names(text: str, labels: Collection[str], *, of_list: bool = False) -> bool:
    """Return whether a message is nothing but an attribute's name ("Material?"), or what is offered ("the price?").

    Of a list only what buyers say, or what is plainly asked for (保质期多久), is asked of what it shows first.
    """
    asked = [one for one in wanted(text, labels) if one.kind in ("attribute", "offer", "opinion", "summary")]
    named = [one for one in asked if one.kind != "summary"]
    for one in asked:
        text = text.replace(one.form.lower(), " ")
    plainly = _HOW_MUCH.sub(" ", text)
    surely = not of_list or any(one.kind == "opinion" for one in named) or plainly != text
    return bool(named) and surely and not content(plainly)


def _of_it(reference: Reference, found: Understanding, *, asked: Collection[str], guess: str) -> bool:
    """Return whether "it" asks: a loose word, so that only an attribute's name or a plain question will do."""
    if found.wish.categories or found.wish.brands or guess in ("order_status", "human", "cart_add"):
        return False
    said = found.message.lower()[reference.start : reference.end]
    if said in ("this", "that") and "attribute" not in asked:
        return False
    return bool({"attribute", "offer", "opinion", "summary"} & set(asked)) and bool(_ASKS.search(found.message.lower()))


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
    if intent == "human" and _FOR_SO_MANY.search(found.message) and found.wish.categories:
        intent, sure = "find", 0.0
    if intent == "cart_remove" and OF_ME.search(said):
        return "delete_account", 1.0
    if wish.preferences and intent in ("ask_product", "compare") and not _points_somewhere(found, state):
        intent, sure = "find", SURE  # "anything with long battery life?"
    if intent == "cart_add" and (PROMISES.search(said) or (USES.search(said) and questions(found.message))):
        intent, sure = "ask_product", SURE
    if intent == "human" and (sure < SURE or not _WORDY.search(said)):
        intent, sure = "find", 0.0  # nobody is called on a guess
    if intent in _SOCIAL and not intents.knows(intent, found.message):
        intent, sure = "find", 0.0
    if found.order_number and intent != "ask_policy" and re.search(r"\d{4}", found.order_number):
        return "order_status", 1.0
    if intent == "cart_show" and wish.categories and not _takes(found, ()):
        intent, sure = "find", SURE
    if intent in ("cart_change", "cart_remove") and (wish.categories or _conditions(found)) and not _takes(found, ()):
        intent, sure = "find", SURE
    if guess.exact == "place_order" and BUYS.search(said) and reading.names_thing() and not questions(found.message):
        intent, sure = "find", SURE
    if intent in ("ask_policy", "human") and wish.categories and BUYS.search(said) and not questions(found.message):
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


def _points_somewhere(found: Understanding, state: State) -> bool:
    return bool(state.shown or state.focus)


def _looking(reading: Reading, found: Understanding, state: State, *, intent: str, sure: float) -> tuple[str, float]:
    """Return find or refine for what states conditions, by whether a thing is named anew."""
    wish = found.wish
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
        return ("refine" if same and stated_more and len(reading.rest()) <= 1 else "find"), max(
            sure, SURE
        ) if wish.categories else sure
    if stated or wish.sort != "relevance":
        return ("refine" if not state.wish.empty or state.shown else "find"), max(sure, SURE)
    return intent, sure


def _only_step(reading: Reading, found: Understanding) -> bool:
    return found.step != "" and len(reading.rest()) <= 1 and not found.wish.categories
