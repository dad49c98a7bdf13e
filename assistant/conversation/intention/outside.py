"""Whether what reads like nothing of a shop's may still name a thing, or ask for what was bought. Searches nothing."""

from __future__ import annotations

import re

from assistant.conversation.intention.asking_of import questions
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.intents import Guess
from assistant.conversation.reading.message import Reading
from assistant.conversation.reading.wishing import HAVE
from assistant.conversation.reading.words import HAN, common_words, words
from assistant.conversation.understanding import Understanding

_LOOKS = re.compile(
    r"\b(?:show|find|looking for|look for|search|recommend|suggest|i need|i want|i'd like|any)\b|"
    r"推荐|想买|想要|有没有|找|给我|看看|需要"
)
_BARE = re.compile(r"^\W*(?:an?|some) (?!joke|story|poem|song|recipe|essay|question|quick question|moment|minute)[a-z]")
"""What is named with an article and nothing before it is wished for: "a poster that makes me smile"."""
_PURCHASES = re.compile(r"\b(?:buy|purchase)\b|买[把个件条台双只点些]|[想要得该]买")
_BOUGHT = re.compile(
    r"\bwhat (?:did|have) i (?:just |last |recently |ever )?(?:buy|bought|order(?:ed)?|purchased?)\b|"
    r"我(?:最近|上次|之前|以前|上周|上个月|都|刚|已经|在你们这(?:里|儿)?){0,3}买(?:了|过)(?:些|的)?(?:什么|哪些|啥|东西)"
)
"""What asks for what was bought before."""
CLOSE, CLOSE_FINER = 0.3, 0.15
"""How little surer of a rule, or of one wish for service, than of what is beyond a shop is hardly sure."""
ASKED = 0.5
"""So sure of what is beyond a shop, a question that seeks nothing names a thing by chance: "what series to watch"."""
CERTAIN = 0.75
_OF_ACCOUNTS = frozenset({"password", "delete_account", "create_account", "edit_account", "switch_account", "sign_in"})
_ELSEWHERE = re.compile(
    r"\b(?:wi-?fi|routers?|i?cloud|facebook|instagram|tiktok|twitter|whatsapp|netflix|spotify|youtube|g-?mail|linkedin|"
    r"steam|windows|i?phone|laptop|bank(?:ing)?|school|e-?mail password|ip address)\b|"
    r"无线网|路由器|微信|抖音|微博|\bqq\b|手机密码|电脑|银行|邮箱密码|校园网",
    re.IGNORECASE,
)
"""What has accounts and passwords of its own."""
_PARCELS = frozenset({"order_status", "order_arrival"})
_OTHER_SENDERS = re.compile(
    r"\b(?:amazon|ebay|etsy|walmart|temu|shein|aliexpress|passport|visa)\b|亚马逊|淘宝|京东|拼多多|唯品会|护照|签证",
    re.IGNORECASE,
)
"""Who sends what this shop did not sell."""
_OF_WORLD = re.compile(
    r"^\W*(?:(?:so|and|ok|hey|hi|tell me|do you know|curious)\W+)*(?:"
    r"who (?:invented|discovered|made the first|designed|wrote|founded)\b|"
    r"where (?:do(?:es)?|did) (?:\w+ ){1,3}(?:come from|grow|live|originate)\b|"
    r"how (?:is|are|was|were) (?!(?:it|this|that|these|those|they|the)\b)(?:\w+ ){1,2}"
    r"(?:made|born|produced|grown|invented)\b|"
    r"why (?:do|does|are|is) (?!(?:it|this|that|these|those|they|there|the|your)\b)(?:\w+ ){1,4}\w+|"
    r"(?:is|are) (?:\w+ ){1,2}(?:bad|good|healthy|dangerous|toxic|ethical) "
    r"(?:for (?:you|me|us|health|the (?:planet|environment))\b|\W*$)|"
    r"(?:what(?:'s| is)|tell me|explain) (?:about )?the (?:history|origin|meaning|invention) of\b)|"
    r"(?:谁(?:发明|发现|写|设计)的?)|(?:的历史|的由来|的起源)|是怎么(?:做|来|产生|发明)的|"
    r"^(?![这那它]|第).{1,8}为什么(?:是|会|不|要|那么|这么)|对(?:身体|健康)(?:好|有害|不好)",
    re.IGNORECASE,
)
"""Asks what the world is like, whatever of the shop it names: "who invented the backpack", "is coffee bad for you"."""
OUTSIDE = 0.8
"""So sure of what is beyond a shop, a word of the catalogue in it is by chance: "the world cup"."""


def may_be_outside(guess: Guess) -> bool:
    """Return whether what hardly reads like a rule's matter is as likely beyond the shop; a rule that speaks of it says
    so (`answers/ruled`)."""
    close = CLOSE if guess.exact == "ask_policy" else CLOSE_FINER
    ruled = guess.intent == "ask_policy" and guess.second == "out_of_scope"
    return ruled and guess.sure - guess.second_sure < close


def surely_outside(guess: Guess) -> bool:
    """Return whether a message reads like nothing of a shop's, without a doubt: "what's trending on twitter"."""
    return guess.intent == "out_of_scope" and guess.sure >= CERTAIN


def elsewhere(found: Understanding, guess: Guess) -> bool:
    """Return whether a message asks for an account or a password or a parcel that is not this shop's."""
    parcel = guess.exact in _PARCELS and not found.order_number and bool(_OTHER_SENDERS.search(found.message))
    return parcel or (guess.exact in _OF_ACCOUNTS and bool(_ELSEWHERE.search(found.message)))


def asks_of_world(found: Understanding) -> bool:
    """Return whether a message asks what the world is like, and nothing of a product: "where does coffee come from"."""
    pointed = any(one.which != "focus" for one in found.references)
    return not pointed and not found.wish.brands and bool(_OF_WORLD.search(found.message))


def may_be_sold(reading: Reading, found: Understanding, *, sure: float) -> bool:
    """Return whether what reads like nothing of a shop's may still name a thing: the search then says what there is."""
    if names_something(reading, found) and sure < OUTSIDE:
        return True
    said = found.message.lower()
    looks = bool(_LOOKS.search(said) or _PURCHASES.search(said))
    if _BARE.search(said):
        return True
    if found.wish.categories:
        if found.wish.must_haves or found.wish.excluded:
            return True
        least = ASKED if questions(found.message) and not HAVE.search(said) else OUTSIDE
        return looks or sure < least or only_thing(reading) or _mostly_thing(reading)
    return sure < OUTSIDE and bool(_PURCHASES.search(said))


def names_something(reading: Reading, found: Understanding) -> bool:
    """Return whether a message is one bare word, or words that no dictionary knows: that there is no such thing in the
    shop is said by the search."""
    said = content(found.message)
    if not said or any(HAN.search(word) for word in said):
        return False
    bare = len(words(found.message)) <= 2 and len(reading.rest()) == 1
    return bare or not any(word in common_words() for word in said)


def only_thing(reading: Reading) -> bool:
    """Return whether a message is nothing but the name of a kind of thing that the shop has: "show me pasta"."""
    forms = {word for f in reading.terms if f.term.kind == "category" for word in content(f.form)}
    rest = reading.rest()
    return bool(rest) and forms >= set(rest)


def _mostly_thing(reading: Reading) -> bool:
    """Return whether half of a Chinese message or more is the name of a kind of thing: 儿童平衡车 铝的."""
    said = HAN.findall(" ".join(content(reading.message)))
    forms = [f.form for f in reading.terms if f.term.kind == "category"]
    return bool(said) and 2 * max((len(form) for form in forms), default=0) >= len(said)


def asks_what_was_bought(message: str) -> bool:
    """Return whether a message asks for what its writer bought before.

    >>> asks_what_was_bought("what did I order last time"), asks_what_was_bought("我之前都买过哪些")
    (True, True)
    """
    return bool(_BOUGHT.search(message.lower()))
