"""Answers what is asked while a question waits for a yes, so that the question can be put again. Changes nothing."""

from __future__ import annotations

import re

from assistant.conversation.answers import Answer, Asked, Notice, policy
from assistant.conversation.answers.acting import Doing, titles
from assistant.conversation.answers.of_order import told as told_of_order
from assistant.conversation.drafting.lines_meant import meant_lines
from assistant.conversation.drafting.proposing import options_of
from assistant.conversation.intention.asking_of import questions
from assistant.conversation.reading.order_questions import asks_of_order
from assistant.service.actions import Action, CancelOrder, ExchangeItems, ReturnItems, kind
from assistant.store.records import Order
from assistant.wording.phrases import say

_WHICH = re.compile(
    r"\b(?:which|what) (?:\w+ )?(?:sizes?|colou?rs?|options?|others?|ones)\b|\bwhat else\b|\b(?:is|"
    r"are) there (?:any )?other\b|"
    r"(?:哪些|什么|啥|几种|有没有别的)(?:尺码|颜色|码|号|规格|可以换|能换)|有[啥什哪].{0,4}(?:可以|能)?[换选]",
    re.IGNORECASE,
)
_COSTS = re.compile(
    r"\bpostage\b|\bpay for (?:the )?(?:shipping|label|return|postage)|\bfee\b|\btake off\b|\bdeduct|\$\s?3\.95|"
    r"\bfree\b|\bcost\b|"
    r"运费|手续费|扣|收费|要钱|免费|3\.95",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:how long|when|how soon|how quick\w*|how many days)\b|多久|什么时候|几天|啥时候", re.IGNORECASE
)
_OPENED = re.compile(
    r"\bopen(?:ed)?\b|\bused\b|\bworn\b|\bwashed\b|\btags?\b|\blabels?\b|\bpackag|\bbox\b|\bseal|拆|打开|用过|穿过|"
    r"洗过|吊牌|包装|盒子",
    re.IGNORECASE,
)
_WHERE_TO = re.compile(
    r"\b(?:to|on|onto) (?:my |the )?(?:\w+ )?(?:card|account|paypal|visa|mastercard)\b|退回?(?:到)?.{0,4}(?:卡|"
    r"支付宝|微信|账户)",
    re.IGNORECASE,
)
_RULES = {
    (CancelOrder, "when"): "payment#charged",
    (CancelOrder, "costs"): "shipping#change",
    (ReturnItems, "when"): "returns#refund-time",
    (ReturnItems, "where"): "returns#refund-time",
    (ReturnItems, "costs"): "returns#cost",
    (ReturnItems, "state"): "returns#condition",
    (ExchangeItems, "when"): "returns#exchange",
    (ExchangeItems, "costs"): "returns#exchange",
    (ExchangeItems, "state"): "returns#condition",
}
"""Which paragraph answers what is most asked of an action, where the shop has it."""


def asks(message: str) -> bool:
    """Return whether a message asks something, be it where the money goes."""
    return questions(message) or asks_choices(message) or bool(_WHERE_TO.search(message))


def asks_choices(message: str) -> bool:
    """Return whether a message asks what else there is of a thing."""
    return bool(_WHICH.search(message))


def told(do: Doing, asked: Asked, action: Action) -> Answer | None:
    """Return the answer to a question about what was asked, `None` where nothing answers it. Blocks."""
    message = asked.found.message
    order = next((one for one in do.orders() if one.number == getattr(action, "order_number", "")), None)
    if order is not None and _WHICH.search(message) and (choices := _choices(do, asked, order)):
        return Answer(state=asked.state, notices=(choices,))
    if paragraph := _paragraph(asked, action):
        return paragraph
    asks = asks_of_order(message)
    if order is not None and asks not in (None, "total", "deadline", "why"):
        named = titles(asked, [order])
        return Answer(state=asked.state, notices=told_of_order(asks, order, asked, do=do, titles=named))
    found = policy.paragraphs(asked)
    return policy.told(asked, found[:1], question=message) if found else None


def _choices(do: Doing, asked: Asked, order: Order) -> Notice | None:
    """Return what else the item in question is to be had in."""
    lines, _ = meant_lines(asked.state.errand.said, order, titles(asked, [order]))
    facts = do.weighing.facts(order.number, do.customer.id)
    told = options_of(lines[0], facts, asked.language)
    between = "、" if asked.language == "zh" else ", "
    return Notice(say("other_options", asked.language, choices=between.join(told))) if told else None


def _paragraph(asked: Asked, action: Action) -> Answer | None:
    message = asked.found.message
    topic = next(
        (
            name
            for name, said in (("costs", _COSTS), ("state", _OPENED), ("when", _WHEN), ("where", _WHERE_TO))
            if said.search(message)
        ),
        "",
    )
    wanted = _RULES.get((type(action), topic))
    found = asked.sources.policies.now(wanted, asked.language) if wanted else None
    return policy.told(asked, [found], question=f"{kind(action)} {message}") if found else None
