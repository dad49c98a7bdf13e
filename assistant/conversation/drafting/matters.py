"""The wishes of one message, each understood for itself, and what kind of answer each gets. Searches nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.conversation.drafting.asking_for import names_address, names_payment, trouble, wants_replacement
from assistant.conversation.drafting.case import Case
from assistant.conversation.drafting.ordered import order_numbers
from assistant.conversation.reading.addresses import without_addresses
from assistant.conversation.reading.families import family
from assistant.conversation.reading.mending import mended
from assistant.conversation.reading.own_orders import WAS_CANCELLED
from assistant.conversation.state import State
from assistant.conversation.understand import Understander
from assistant.conversation.understanding import Understanding

ACTIONS = {
    "cancel_order": "cancel",
    "change_order": "items",
    "change_address": "address",
    "set_address": "user_address",
    "return_item": "return",
    "get_refund": "return",
    "exchange_item": "exchange",
    "damaged_item": "return",
}
"""Intents that want something done, and the action."""
STATUS = frozenset(
    {
        "order_status",
        "order_arrival",
        "refund_status",
        "order_fact",
        "order_lost",
        "order_single",
        "order_state",
        "order_others",
    }
)
"""Intents that have an order looked up; the last five are told from what is said outright (`answers/outright`)."""
_SAID: Mapping[str, re.Pattern[str]] = {
    "cancel": re.compile(r"\bcancel|取消"),
    "exchange": re.compile(
        r"\b(?:exchange|swap)\b|换成(?!.{0,4}(?:支付|地址))|换货|更换|(?:想|要|能|可以|给我|"
        r"帮我)换(?!.{0,6}(?:地址|支付|付款|账号|密码))|"
        r"换(?:个|一个|一?下)?(?:尺码|颜色|大|小|码|号|新的)|换一[件个双条份]"
    ),
    "return": re.compile(
        r"\breturn(?!ed\b|s\b)|\b(?:send|take|sending|taking) (?:\w+ ){0,3}?back\b|"
        r"退掉|退货|(?:想|要|能|可以|申请|帮我)退(?!款|钱|订阅)"
    ),
}
_STOPS = re.compile(
    r"\b(?:stop|halt|scrap|call off|pull)\b.{0,20}\b(?:it|this|that|order|shipment|parcel|shipping|going out)\b|"
    r"\bbe (?:stopped|halted|called off|pulled|undone)\b|拦下|拦截|撤单|撤销|别发货|不要发货|先别发",
    re.IGNORECASE,
)
"""Wants an order stopped, whatever was wrong with it."""
_MONEY = re.compile(r"\brefund|money back|退款|退钱")
_WANTS = re.compile(r"\b(?:want|need|demand|like|give|get|request|claim)\b|要|想|申请|给我|帮我")
_STATE = re.compile(
    r"\b(?:where|when|status|has|have|haven't|did|didn't|yet|still|track|news)\b|"
    r"到账|进度|状态|什么时候|到哪|多久|没收到|还没(?:退|到)"
)
"""Words of somebody who asks after a refund rather than for one."""
_OF_ADDRESSES = frozenset({"change_address", "set_address", "edit_account", "create_account", "out_of_scope"})
_OWN_ADDRESS = re.compile(
    r"\b(?:default|profile|account|save|saved|store|address book|home address|add)\b|"
    r"默认|账户|账号|个人|保存|存一下|添加|新增|地址簿",
    re.IGNORECASE,
)
"""An address of the customer's own, for later, rather than that of an order."""
_APART = frozenset(
    {
        "set_address",
        "complaint",
        "order_arrival",
        "order_fact",
        "order_lost",
        "order_single",
        "order_state",
        "order_others",
    }
)
_OF_RULES = re.compile(
    r"\bhow (?:long|many days|much|late)\b|\bwhat(?:'s| is| are) (?:your|the)\b|\bpolic(?:y|ies)\b|"
    r"\bdo you (?:offer|accept)\b|多久|多长时间|几天|期限|政策|规定|规则|多少钱|费用|收费"
)
_ASKS = re.compile(
    r"^\W*(?:(?:hi|hello|hey)\W+)?(?:how|what|which|when|can|could|may|is it|do you|am i)\b|"
    r"怎么|如何|能不能|可以.*吗|[吗呢]？?$"
)
_LATE = re.compile(
    r"\bany news (?:on|of|about)\b|\bshould have (?:been here|come|arrived)\b|"
    r"\b(?:hasn't|has not|haven't|not yet) (?:come|arrived|shipped)\b|\bstill waiting\b|"
    r"还没(?:到|收到|发货)|发货了吗|到了吗"
)
UNHAPPY = frozenset({"complaint", "damaged_item", "payment_problem"})
COURTESIES = frozenset({"greeting", "thanks", "goodbye", "smalltalk", "told"})


def asks_of_rules(text: str, *, sure: float) -> bool:
    """Return whether a message asks how something is done rather than to have it done.

    `sure` is how sure it is which order is meant: a plain question is taken for a wish only where one is.

    >>> asks_of_rules("How long do I have to return things?", sure=0.9), asks_of_rules("Can I return it?", sure=0.9)
    (True, False)
    """
    said = text.lower().strip()
    if order_numbers(said):
        return False
    return bool(_OF_RULES.search(said)) or (sure < 0.6 and bool(_ASKS.search(said)))


@dataclass(frozen=True, slots=True)
class Matter:
    """One wish: what is wanted done (`action`, empty where nothing is), its words, and how sure the intent is."""

    intent: str
    action: str
    text: str
    found: Understanding
    sure: float

    @property
    def family(self) -> str:
        """The conversation's own intent that answers it."""
        return family(self.intent)


def matters_of(case: Case, understander: Understander) -> tuple[Understanding, tuple[Matter, ...]]:
    """Return what the whole message says, and each wish in it. Blocks."""
    whole = understander.understand(case.message, State(), language=case.page_language)
    if not whole.errands:
        return whole, (_matter(whole.intent, case.message, whole, whole.sure),)
    found = []
    for one in whole.errands:
        alone = understander.understand(one.text, State(), language=whole.language)
        found.append(_matter(one.intent, one.text, alone, one.sure))
    return whole, tuple(found)


def _matter(intent: str, text: str, found: Understanding, sure: float) -> Matter:
    asks_else = intent not in ACTIONS and family(intent) in ("find", "refine", "ask_product", "ask_policy")
    if asks_else and _LATE.search(text.lower()):
        intent = "order_arrival"
    return Matter(intent, action_of(intent, text), text, found, sure)


def action_of(intent: str, text: str) -> str:
    """Return the action that a message of an intent wants done; empty where it wants none.

    Where an order is named, the words themselves say more than the intent: "exchange the lamp of order R-10423".

    >>> action_of("order_status", "exchange the lamp of order R-10423"), action_of("ask_policy", "can I return?")
    ('exchange', '')
    """
    if intent in ("change_order", "payment_methods", "payment_problem") and names_payment(text):
        return "payment"
    if WAS_CANCELLED.search(text):
        return ""
    if intent == "change_order" and _STOPS.search(text):
        return "cancel"
    if intent == "damaged_item" and wants_replacement(text) and not trouble(text):
        return "exchange"
    if order_numbers(without_addresses(text)) and intent not in _APART:
        return _said(text) or ACTIONS.get(intent, "")
    if intent in _OF_ADDRESSES and names_address(text) and _OWN_ADDRESS.search(text):
        return "user_address"
    return ACTIONS.get(intent, "")


def named_action(text: str) -> str:
    """Return the action whose name a text holds: cancel, exchange or return; empty where it holds none.

    >>> named_action("can you cancel it instead?"), named_action("我想换货"), named_action("it is too big")
    ('cancel', 'exchange', '')
    """
    said = mended(text.lower())
    return next((action for action, pattern in _SAID.items() if pattern.search(said)), "")


def _said(text: str) -> str:
    """Return the action that the words name outright; empty where they name none."""
    said = mended(text.lower())
    if named := named_action(text):
        return named
    if names_address(text):
        return "address"
    wants = trouble(text) or (_WANTS.search(said) and not _STATE.search(said))
    return "return" if wants and _MONEY.search(said) else ""
