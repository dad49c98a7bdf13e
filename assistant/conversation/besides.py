"""A wish beside another in one message: "a grey rug, and what is your return policy?", "is it soft and how big is it?".

Each is understood for itself, and each is answered. Knows no model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.conversation.intention.asking_of import questions
from assistant.conversation.reading.each_question import each_question
from assistant.conversation.reading.errands import apart
from assistant.conversation.reading.families import family, services
from assistant.conversation.reading.intents import Guess
from assistant.conversation.reading.taking import asks_delivery, puts_and_asks, speaks_of_taking
from assistant.conversation.reading.wishing import BUYS
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding

_SERVED = frozenset({"ask_policy", "order_status", "human", "contact"})
_ASKED = frozenset({"ask_product", "compare", "ask_policy"})
_OF_SHOWN = frozenset({"cart_add", "cart_remove", "cart_change", "refine", "more"})
"""What is said of products that were shown."""
_HAD = re.compile(
    r"\b(?:bought|ordered|purchased|received|arrived|returned|paid|got (?:it|this|them|my)|gave|sent me|"
    r"my (?:last |latest |recent |new |old )?(?:order|parcel|package|purchase))\b|"
    r"(?<![没能会])到了|到货了|拿到|买了|买的|买过|订了|下单|收到|我的订单|退掉|(?<!没)[洗穿用拆戴]过了?|掉色|起球|"
    r"(?<!never )\b(?:washed|worn|wore|opened)\b(?! out)|不(?:想)?要了|不喜欢了|"
    r"买[小大错贵多早重短长]了|[穿戴用]着?(?:太|有点)?[小大紧松短长]了|"
    r"\b(?:don'?t|do not|no longer) (?:want|need)\b.*\b(?:any ?more|after all)\b",
    re.IGNORECASE,
)
"""What tells of something that the writer has already."""
_WISHES = re.compile(
    r"\b(?:looking|search(?:ing)?|need|want|after|show|find|recommend|suggest|buy|get|like|love|interested|"
    r"(?:do|have) you|got any|is there|are there|any|prefer|gift|present)\b|"
    r"想|要|找|推荐|有没有|有[^没]*吗|看看|买|来|送",
    re.IGNORECASE,
)
_MAY_BE = re.compile(
    r"\b(?:suppose|supposing|imagine|say i|if i (?:buy|bought|order|ordered|get|got))\b|"
    r"假如|要是我?买|如果我?买",
    re.IGNORECASE,
)
"""What may come to be bought, and is not looked for."""
_ASKS_BACK = re.compile(
    r"^\W*(?:will|would|is|does|can|could|should|must) (?:that|this|it)\b|^(?:这|那)(?:样|会|有)?.*[吗么]",
    re.IGNORECASE,
)
"""Asks about what was just said."""
_CART = frozenset({"cart_add", "cart_remove", "cart_change"})
_THEN_LOOKS = re.compile(
    r"(?:[,，;；。.!！]\s*|\b(?:and|then)\s+)(?=(?:再|顺便|然后|另外|还|也|帮我|给我|我)*(?:看看?|找|推荐|有没有|"
    r"想(?:买|看|要))|"
    r"(?:then |also |now |please |can you )*(?:show|find|look|search)\b)",
    re.IGNORECASE,
)
"""Where something else is looked for after what is said of the cart."""
_THEN_DOES = re.compile(
    r"(?:\s*[,.;!]\s+|\s+)(?:(?:and|then|also|but|plus)\s+)*(?:then |also |please |now |can you |could you |i'd "
    r"like to |i want to )*"
    r"(?=(?:add|put (?:in|an?|some)|remove|take out|take off|drop|delete|swap|change|make it|make that|make the|"
    r"i also (?:need|want)|i (?:need|want) (?:an?|some)|"
    r"get me|give me|show me|find me|do you have|have you got)\b)|"
    r"[,，;；。.!！]\s*(?:再|然后|顺便|另外|还|也)(?=(?:加|来|要|拿|换|改|去掉|删|看看|找))|"
    r"[,，;；。.!！]\s*(?=(?:然后|再|就|把|帮我|给我|那)*(?:第[一二三四五六\d]|最后[一那])[个件款双条只瓶盒]"
    r".{0,4}(?:改|换|加|来|要|拿|删|减|去掉|不要|买))",
    re.IGNORECASE,
)
"""Where another thing is wanted after what is said of the cart."""
MOST_CUTS = 3
_THEN_ASKS = re.compile(
    r"(?:\s*[.,;!?]+\s*(?:(?:and|but|so)\s+)?|\s+and\s+)(?=(?:(?:how|what|when|where)\b.{0,24}?\b)?(?:is|are|does|do|can|could|will|has|have|was)"
    r" (?:it|they|those|these|you (?:use|put|wash) (?:it|them))\b)|"
    r"[，,。；;？?！!]\s*(?=(?:它|是|能|可以|会|有没有|带|多|几|用)[^，,。]{0,12}(?:[吗么呢不没]|多[少久大重长]|几|什么|还是))",
    re.IGNORECASE,
)
"""Where something is asked of what was named just before."""
_THE = re.compile(
    r"^\W*(?:(?:oo+h|oh|ok|okay|and|hm+|so|well|yes|great)\W+)*"
    r"(?:the (?!\w+ ones?\b)|(?:what|how) about (?!the|it|that|this))",
    re.IGNORECASE,
)
"""Names a thing that is known to be there: "ooh the earl grey"."""
_LOOKED_FOR = frozenset({"find", "refine"})
_OF_PUT = frozenset({"ask_product", "cart_show", "order_arrival", "delivery_time"})
"""What is asked of a thing that was just put into the cart."""
_DOES = re.compile(r"[加要来拿买放删减改换订选]|去掉|\b(?:take|make|swap|change|want|have|go)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[，,。.;；!！]\s*|\b(?:and|then|but)\s+|(?:另外|顺便|再|还)(?=问)", re.IGNORECASE)
SURELY = 0.8
"""So sure of a wish, it is one for a thing, also where no kind of thing that the shop has is named."""
BARE, BARE_HAN = 7, 10
"""Words, or characters, of a thing that is only named."""


def both(
    message: str,
    state: State,
    *,
    guessed: Callable[[Sequence[str]], Sequence[Guess]],
    understood: Callable[[str], Understanding],
) -> Understanding | None:
    """Return the wish for a thing with the questions beside it as its `parts`; `None` where there are no such two.

    `guessed` tells what each of several texts is for, `understood` what one text says.
    """
    rest, served = apart(message, guessed)
    if not rest or not served or _HAD.search(rest):
        return None
    thing = understood(rest)
    if not _wished(thing, rest, state):
        return None
    asked = [understood(text) for text in served]
    instead = BUYS.search(rest) and any(one.wish.categories for one in asked) and not thing.wish.categories
    if instead or not all(_serves(one) for one in asked):
        return None
    return replace(thing, parts=(thing, *asked))


def cart_and_thing(message: str, state: State, *, understood: Callable[[str], Understanding]) -> Understanding | None:
    """Return what is done with the cart, and the thing looked for after it, as `parts`; `None` without such two."""
    if not (state.shown or state.focus):
        return None
    for cut in _THEN_LOOKS.finditer(message):
        act = understood(message[: cut.start()])
        if act.intent not in _CART or act.parts:
            continue
        thing = understood(message[cut.end() :])
        if thing.intent == "find" and _wished(thing, message[cut.end() :], state):
            return replace(act, parts=(act, thing))
    return None


def cart_and_more(message: str, state: State, *, understood: Callable[[str], Understanding]) -> Understanding | None:
    """Return two changes of the cart, or one and a thing that is looked for after it, as `parts`: "just 2, add a "
    "honey"."""
    if not (state.shown or state.focus or state.cart_at >= 0):
        return None
    for cut in list(_THEN_DOES.finditer(message))[:MOST_CUTS]:
        if not message[: cut.start()].strip():
            continue
        act, more = understood(message[: cut.start()]), understood(message[cut.end() :])
        if act.intent not in _CART or act.parts or more.parts or more.harm:
            continue
        if act.intent == "cart_add" and act.change is None and not act.references:
            continue
        if more.intent == "find" and (more.wish.categories or more.wishes):
            return replace(act, parts=(act, more))
        if more.intent in _CART and (more.change or more.references or more.wish.categories):
            return replace(act, parts=(act, more))
    return None


def thing_and_question(
    message: str, state: State, *, understood: Callable[[str, State], Understanding]
) -> Understanding | None:
    """Return another thing than those shown, and what is asked of it, as `parts`: "ok the grinder. is it electric?"."""
    cut = _THEN_ASKS.search(message) if state.shown else None
    if cut is None or not message[: cut.start()].strip():
        return None
    asked = understood(message[cut.end() :], state)
    of_it = any(one.which == "focus" for one in asked.references)
    if asked.parts or asked.intent != "ask_product" or (asked.wish.categories and not of_it):
        return None
    thing = understood(message[: cut.start()], state)
    other = set(thing.wish.categories) - set(state.wish.categories)
    named = (thing.intent == "find" and bool(other)) or (thing.intent in _LOOKED_FOR and bool(_THE.search(message)))
    return replace(thing, parts=(thing, asked)) if named and not (thing.parts or thing.references) else None


def questions_apart(
    message: str, state: State, *, understood: Callable[[str, State], Understanding]
) -> Understanding | None:
    """Return what is asked of products that were shown, each question as one of the `parts`; `None` for one alone."""
    texts = each_question(message) if state.shown or state.focus else []
    if len(texts) < 2:
        return None
    asked: list[Understanding] = []
    before = state
    for text in texts:
        one = understood(text, state)
        if one.parts or one.harm or family(one.intent) not in _ASKED:
            return None
        asked.append(one)
        state = _in_question(one, state)
    if _of_list(asked, before):
        return None
    return replace(asked[0], parts=tuple(asked)) if any(one.intent == "ask_product" for one in asked) else None


def _of_list(asked: Sequence[Understanding], state: State) -> bool:
    """Return whether all is asked of everything that was shown, which answers as one."""
    pointed = any(one.which != "all" for found in asked for one in found.references)
    return state.focus is None and not pointed and all(one.intent == "ask_product" for one in asked)


def _in_question(found: Understanding, state: State) -> State:
    """Return the state in which "it" is what a question points at, or what was shown first."""
    places = [one.number for one in found.references if one.which == "place"]
    at = places[0] - 1 if places else 0
    pointed = bool(places) or state.focus is None
    return state.focusing(state.shown[at].product_id) if pointed and 0 <= at < len(state.shown) else state


def cart_and_question(
    message: str, state: State, *, understood: Callable[[str, State], Understanding]
) -> Understanding | None:
    """Return what is done with the cart, and what is asked after it, as `parts`; `None` without such two.

    What is asked is of the thing that was just put there: 第一个加上，几个月能玩.
    """
    if not (state.shown or state.focus or state.cart_at >= 0) or puts_and_asks(message):
        return None
    for cut in reversed(list(_CLAUSE.finditer(message))):
        first, rest = message[: cut.start()], message[cut.end() :]
        if not first or not (questions(rest) or asks_delivery(rest)):
            continue
        act = understood(first, state)
        if act.intent not in _CART or act.parts or act.errands or not _does(first):
            continue
        after = replace(state, cart_at=state.turns)
        about = next((one.number for one in act.references if one.which == "place"), 0)
        if 0 < about <= len(state.shown):
            after = after.focusing(state.shown[about - 1].product_id)
        asked = understood(rest, after)
        if asked.intent in _OF_PUT or (family(asked.intent) == "ask_policy" and not asked.parts):
            return replace(act, parts=(act, asked))
    return None


def _does(said: str) -> bool:
    """Return whether a text has words for doing something with the cart, rather than pointing at a thing alone."""
    return speaks_of_taking(said) or bool(_DOES.search(said))


def _serves(one: Understanding) -> bool:
    """Return whether what stands beside a thing asks for service, and says nothing of how the thing must be."""
    says_how = one.step or one.wish.sort != "relevance" or one.wish.price_max_minor is not None
    plainly = one.intent in services() or not says_how
    return family(one.intent) in _SERVED and not one.parts and plainly


def _wished(thing: Understanding, said: str, state: State) -> bool:
    """Return whether a text wishes for a thing, or something of those that were shown."""
    if thing.parts or thing.errands or thing.harm:
        return False
    if thing.intent in _OF_SHOWN:
        return bool(state.shown or state.focus)
    if _MAY_BE.search(said) or (not thing.wish.categories and not thing.wishes and _ASKS_BACK.search(said)):
        return False
    named = bool(thing.wish.categories or thing.wishes) or (thing.sure >= SURELY and bool(thing.wish.text))
    short = len(said.split()) <= BARE if said.isascii() else bool(thing.wish.categories) and len(said) <= BARE_HAN
    return thing.intent == "find" and named and (bool(_WISHES.search(said)) or short)
