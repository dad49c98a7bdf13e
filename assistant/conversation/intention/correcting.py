"""What a message is for where nothing in the conversation decides it: the classifier's guess, corrected.

Knows no words of its own but those that set apart what the classifier mixes up.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from assistant.conversation.intention.asking_of import SUCH_HAN, questions, takes
from assistant.conversation.intention.outside import (
    asks_of_world,
    asks_what_was_bought,
    elsewhere,
    may_be_outside,
    may_be_sold,
    only_thing,
)
from assistant.conversation.reading import intents
from assistant.conversation.reading.families import services
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.taking import PROMISES, USES, refuses_to_take
from assistant.conversation.reading.wishing import (
    BUYS,
    HAVE,
    OF_ME,
    ROBOT_THINGS,
    SIMILAR,
    hardly_service,
    replaces_old,
)
from assistant.conversation.reading.words import common_words
from assistant.conversation.state import State, Wish
from assistant.conversation.understanding import Understanding

SURE = 0.34
"""Below this the classifier is unsure, and a model may be asked."""
COMPARES = re.compile(
    r"\bcompar(?:e|ison)\b|\bversus\b|\bvs\b|\b(?!other|like|contrari|clock)[a-z]{3,}[- ]?wise\b|"
    r"对比|比较(?=[一两几二三四前这那])|比一比|比比看|比一下|"
    r"(?:跟|和|与|同|比起).{1,12}(?:比|相比|比较)(?:呢|起来|怎么样|如何|咋样|一?下|哪个|谁)|"
    r"(?:跟|和|与|同|比).{1,12}(?:相差|差)(?:了|着)?(?:多少|几|在哪|哪)",
    re.IGNORECASE,
)
UNSURE_PERSON = 0.9
"""Below this a person is hardly asked for by who asks whether the shop has something."""
_PAYS = re.compile(
    r"\b(?:pa(?:y|id|ying|yments?)|accept\w*|take|visa|mastercard|amex|paypal|gift|credit|debit|instal\w*)\b|付|支付|收|卡|分期"
)
_THEN = re.compile(r"\bthen\W*$|^\W*(?:and |but |for )?(?:the|those|these)\b|^那(?!么?有没有)")
"""How one settles for a kind of what was looked for: "dark chocolate then", "the mugs in plain white"."""
_WHAT_OF = re.compile(r"^\W*(?:and |ok |then )*(?:what|how) about\b|^那?[^，,]{1,8}呢")
"""How one comes to another thing: 那保鲜盒呢，玻璃的."""
_SOMEBODY = frozenset({"i", "he", "she", "it", "we", "they", "mine", "ours", *"我你他她它"})
"""Who is spoken of, which names nothing."""
UNSURE_TALK = 0.6
"""Below this what states a condition is no talk beside the shop."""
MISTAKEN = 0.6
"""Below this what looks for something is no wish for service."""
DOUBTED = 0.03
"""From here on a comparison of what the shop has not may be of what no shop has: "compare Python and Java"."""
ASKED_BEYOND = 0.18
"""From here on a question of no product is beyond the shop."""
BEYOND = 0.25
"""From here on what is no wish for service, and names no thing, is beyond the shop."""
_SO_OR_NOT = re.compile(
    r"^(?:[这那它]|第[一二三四五六\d])[\u4e00-\u9fff\d]{1,8}不(?:啊|呀)?[?？。]*$|"
    r"^(?!.*(?:[今明后昨]天|天气|下雨|[你我他她]|北京|上海))[\u4e00-\u9fff]{0,6}([\u4e00-\u9fff])不\1[\u4e00-\u9fff]{0,3}[?？。]*$"
)
"""Asks in few words whether something is so: 这个生锈不, 规则难不难."""
_SWAPS = re.compile(
    r"^(?:那就?|还是|算了|要不|不如|就|给我|帮我|不要这[个些种]了?|[，,\s])*(?:换|改(?:成|为|看))(?!货|码|尺|颜)|"
    r"^\W*(?:(?:ok|okay|actually|then|let'?s|can we|no)\W+)*(?:switch|change|swap)(?: (?:it|that|them))? (?:to|for)\b"
)
"""How one comes from those shown to another kind: 还是换成入耳的吧, "switch to over-ear ones"."""
_OTHERS = re.compile(r"^(?:再)?换(?:一)?(?:批|组|拨)(?:看看|吧)?[。！!]?$")
_FOR_SO_MANY = re.compile(
    r"\b\d+\s*-?\s*(?:persons?|people|man)\b|"
    r"\bfor (?:an? |one |two |some )?(?:(?:very |quite )?\w+ )?(?:persons?|people)\b|"
    r"(?:\d+|[一二两三四五六七八九十])\s*个?人(?!工)",
    re.IGNORECASE,
)
"""Says for how many, or for whom, a thing is, and asks for nobody: "2 person tents", "for a tall person"."""
_REACHES = re.compile(
    r"\b(?:numbers?|support|service|agents?|persons?|people|humans?|someone|somebody|e-?mails?|hotline|staff|helpline|"
    r"address|chat|call|desk|team|manager)\b|人工|客服|电话|邮箱|真人|热线|微信|经理|老板|店长|员工"
)
"""Whom or how to reach."""
_NOTIFIES = re.compile(
    r"\b(?:notify|notification|tell me|let me know|alert|e-?mail|remind|message me|when|back|again|restock\w*)\b|"
    r"通知|提醒|到货|补货|告诉我|叫我|什么时候"
)
"""Who wants to hear when something is there again."""
_WORDY = re.compile(r"[^\W\d_]{3}|[\u3400-\u9fff]")  # "I!" calls nobody
_CALLED: Collection[str] = frozenset({"human", "complaint"})
_SOCIAL: Collection[str] = frozenset({"greeting", "thanks", "goodbye"})
"""Said in few words that everyone knows: what holds none of them is something else."""


def corrected(reading: Reading, found: Understanding, state: State, *, guess: intents.Guess) -> tuple[str, float]:
    """Return the classifier's intent, corrected by the conditions that the message states."""
    intent, sure, wish = guess.intent, guess.sure, found.wish
    if may_be_outside(guess):
        intent, sure = guess.second, guess.second_sure
    if intent == "out_of_scope" and points_somewhere(found, state) and _SO_OR_NOT.search(found.message.strip()):
        return "ask_product", SURE  # of what is shown: nothing else was named
    if elsewhere(found, guess) or (not points_somewhere(found, state) and _of_world(reading, found, guess)):
        return "out_of_scope", 1.0
    if asks_what_was_bought(found.message):
        return "order_status", 1.0
    if _OTHERS.search(found.message) and state.shown:
        return "more", 1.0
    said = found.message.lower()
    if SIMILAR.search(said) and points_somewhere(found, state) and not wish.categories:
        return ("refine" if states_conditions(found) or found.step else "more"), 1.0
    if intent == "human" and _FOR_SO_MANY.search(found.message) and (found.wish.categories or not state.wish.empty):
        intent, sure = "find", 0.0
    if guess.exact == "stock_alert" and wish.in_stock and not _NOTIFIES.search(said):
        intent, sure = "find", SURE  # "a tall one, must be in stock"
    if intent == "cart_remove" and OF_ME.search(said):
        return "delete_account", 1.0
    if wish.preferences and intent in ("ask_product", "compare") and not points_somewhere(found, state):
        intent, sure = "find", SURE  # "anything with long battery life?"
    if intent == "cart_add" and refuses_to_take(said):
        return "cart_remove", 1.0
    if intent == "cart_add" and (PROMISES.search(said) or (USES.search(said) and questions(found.message))):
        intent, sure = "ask_product", SURE
    if intent == "human" and (ROBOT_THINGS.search(said) or _asks_for_goods(said, sure)):
        intent, sure = "find", SURE
    new_one = guess.exact == "exchange_item" and replaces_old(said) and not (state.order or state.errand.intent)
    if guess.exact in services() and (new_one or _wants_other_kind(found, state)):
        intent, sure = "find", SURE
    mistaken = guess.exact in services() and guess.exact_sure < MISTAKEN and not found.order_number
    new = not (state.shown or state.order or state.rule or state.errand.intent)
    if mistaken and hardly_service(said, new=new):
        beyond = guess.second == "out_of_scope" and guess.second_sure >= BEYOND and not _needs_thing(reading, found)
        intent, sure = ("out_of_scope", guess.second_sure) if beyond else ("find", SURE)
    if intent == "place_order" and wish.categories and BUYS.search(said):
        intent, sure = "find", SURE
    if intent == "human" and (sure < SURE or not _WORDY.search(said)):
        intent, sure = "find", 0.0  # nobody is called on a guess
    if intent in _CALLED and _unknown(found.whole.lower()) and not intents.knows(intent, found.message):
        intent, sure = "find", 0.0  # a word that nobody knows calls nobody
    if intent in _SOCIAL and not intents.knows(intent, found.message):
        intent, sure = "find", 0.0
    if found.order_number and intent != "ask_policy" and re.search(r"\d{4}", found.order_number):
        return "order_status", 1.0
    if intent == "cart_show" and wish.categories and not takes(found, ()):
        intent, sure = "find", SURE
    if (
        intent in ("cart_change", "cart_remove")
        and (wish.categories or states_conditions(found))
        and not takes(found, ())
    ):
        intent, sure = "find", SURE
    if guess.exact == "place_order" and BUYS.search(said) and reading.names_thing() and not questions(found.message):
        intent, sure = "find", SURE
    if guess.exact == "payment_methods" and _only_named(reading, said):
        intent, sure = "find", SURE  # "a thin wallet just for cards"
    buys = bool(BUYS.search(said)) or wish.price_max_minor is not None or wish.sort != "relevance"
    of_goods = wish.categories or (states_conditions(found) and not reading.rest())
    if intent in ("ask_policy", "human") and of_goods and buys and not questions(found.message):
        intent, sure = "find", SURE
    if intent == "ask_product" and wish.categories and states_conditions(found) and not questions(found.message):
        intent, sure = "find", SURE
    if intent == "ask_product" and SUCH_HAN.search(found.message) and reading.names_thing():
        intent, sure = "find", SURE
    if intent in ("find", "refine", "more", "smalltalk", "out_of_scope", "help") or sure < SURE:
        return _looking(reading, found, state, intent=intent, sure=sure)
    if intent == "ask_product" and not points_somewhere(found, state) and _of_nothing(reading, found, guess):
        return "out_of_scope", guess.second_sure
    if intent in ("ask_product", "compare", "cart_add") and not points_somewhere(found, state):
        about = bool(found.wish.categories or found.wish.brands) and not COMPARES.search(found.message)
        if intent == "ask_product":  # of nothing: without a question it is the name of a thing
            about = reading.names_thing() and bool(HAVE.search(said) or not questions(found.message))
            about = about or bool(found.wish.categories and _WHAT_OF.search(said))
        return ("find", sure) if about else (intent, sure)
    return intent, sure


def _wants_other_kind(found: Understanding, state: State) -> bool:
    """Return whether another kind is wanted in the place of those shown, and nothing that was bought is exchanged."""
    speaks_of_order = bool(state.order or state.errand.intent or found.order_number)
    swaps = _SWAPS.search(found.message.lower())
    return bool(state.shown and found.wish.categories and swaps) and not speaks_of_order


def _only_named(reading: Reading, said: str) -> bool:
    """Return whether a thing is named, and nothing is asked or said of paying."""
    named = any(one.term.kind == "category" for one in reading.terms)
    return named and not questions(said) and not _PAYS.search(said)


def _of_world(reading: Reading, found: Understanding, guess: intents.Guess) -> bool:
    """Return whether nothing that a shop has is asked about: the world, or a comparison of what is not sold."""
    compares = guess.intent == "compare" and guess.second == "out_of_scope" and guess.second_sure > DOUBTED
    compares = compares and not (found.references or found.wish.brands or reading.terms or found.ideas)
    return asks_of_world(found) or (compares and not states_conditions(found) and bool(found.wish.text))


def _of_nothing(reading: Reading, found: Understanding, guess: intents.Guess) -> bool:
    """Return whether what is asked is of no product, and may be beyond the shop: "how many bones has a shark"."""
    beyond = guess.second == "out_of_scope" and guess.second_sure >= ASKED_BEYOND
    return beyond and not (found.references or reading.terms or found.wish.brands or HAVE.search(found.message.lower()))


def _needs_thing(reading: Reading, found: Understanding) -> bool:
    """Return whether a message names a thing, says how one is, or looks for something."""
    return bool(states_conditions(found) or found.ideas) or may_be_sold(reading, found, sure=1.0)


def _asks_for_goods(said: str, sure: float) -> bool:
    """Return whether a message asks whether the shop has something, and no way to reach anybody."""
    return sure < UNSURE_PERSON and bool(HAVE.search(said)) and not _REACHES.search(said)


def _unknown(said: str) -> bool:
    """Return whether all that was typed is one word that no dictionary knows."""
    return said.isascii() and said.isalpha() and said not in common_words()


def points_somewhere(found: Understanding, state: State) -> bool:
    """Return whether there is anything that a message may point at."""
    return bool(state.shown or state.focus)


def _looking(reading: Reading, found: Understanding, state: State, *, intent: str, sure: float) -> tuple[str, float]:
    """Return find or refine for what states conditions, by whether a thing is named anew."""
    wish, said = found.wish, found.message.lower()
    stated = replace(wish, text="", sort="relevance", labels={}) != Wish() or found.step != ""
    stated_more = states_conditions(found) or found.step != ""
    says_more = reading.names_thing() and intent in ("find", "refine", "more")
    names_thing = bool(wish.categories) or (says_more and not _only_step(reading, found))
    if intent == "out_of_scope" and may_be_sold(reading, found, sure=sure):
        return "find", SURE if wish.categories else 0.0
    only_states = stated and (sure < UNSURE_TALK or not set(reading.rest()) - _SOMEBODY)
    if intent in ("smalltalk", "out_of_scope", "help") and not only_states and not only_thing(reading):
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


def states_conditions(found: Understanding) -> bool:
    """Return whether a message states a condition other than the thing itself."""
    return replace(found.wish, text="", categories=(), sort="relevance", labels={}) != Wish()
