"""Tells of one's own orders what is asked: where they are, what became of a return, what the record says of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice, policy
from assistant.conversation.answers.acting import CONDITION, EXCEPTIONS, Doing, titles
from assistant.conversation.answers.invoicing import INVOICES, invoice
from assistant.conversation.answers.of_order import ASKED_AFTER, can_come_back, told
from assistant.conversation.answers.ordering import told_of
from assistant.conversation.answers.policy import asking
from assistant.conversation.answers.spoken_of import order_meant, orders_told, telling
from assistant.conversation.drafting.lines_meant import meant_lines
from assistant.conversation.drafting.ordered import ONLY, UNDER_WAY, Meant, described, order_numbers
from assistant.conversation.drafting.proposing import fitting
from assistant.conversation.drafting.told_apart import OPEN
from assistant.conversation.evidence import by_key, order_subject
from assistant.conversation.reading.cancelled import tells_of_cancelling
from assistant.conversation.reading.order_questions import (
    asks_after,
    asks_of_order,
    asks_which_can,
)
from assistant.conversation.state import Errand, State
from assistant.service.policy_search import Paragraph
from assistant.service.rules.terms import levels
from assistant.store.records import Order, OrderStatus
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say
from index.money import price_text

_COMES_BACK = frozenset(
    {OrderStatus.RETURN_REQUESTED, OrderStatus.RETURNED, OrderStatus.REFUNDED, OrderStatus.CANCELLED}
)
"""States of an order of which money goes back, or went."""
_SAID = {"order_single": "no_single_items", "order_others": "only_own_orders"}
"""What is said whatever the orders are."""
_MONEY_BACK = {
    OrderStatus.CANCELLED: "payment#charged",
    OrderStatus.RETURN_REQUESTED: "returns#refund-time",
    OrderStatus.RETURNED: "returns#refund-time",
}
"""The paragraph that says when the money of an order comes back, by where the order is."""
_WHEN = re.compile(
    r"\bwhen\b|\bhow (?:long|soon)\b|\b(?:not|n'?t|still|yet)\b.*\b(?:money|refund\w*)\b|"
    r"\b(?:money|refund\w*)\b.*\b(?:not|n'?t|yet)\b|多久|什么时候|几天|啥时候|"
    r"(?:还没|没有?|还不)(?:见|有)?(?:到账|退|收到|下来|到)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\b(?:money|refund\w*|charged?|pa(?:y|id) back)\b|退款|钱|退还|扣款|到账", re.IGNORECASE)
_BEFORE_THAT = re.compile(
    r"\bbefore (?:that|this|it)(?: one)?\b|\bthe (?:one|order) before\b|\bprevious (?:one|order)\b|(?:再)?(?:前|"
    r"上)(?:面)?(?:那)?一[单笔]"
)
"""Asks for the order before the one that was told of."""
NAMED = 0.95
MOST_TOLD = 3
MOST_LISTED = 6
LOST = "shipping#lost"
"""The paragraph that says what is done about a parcel that does not come."""


def looked_up(do: Doing, asked: Asked) -> Answer:
    """Tell of the order that is meant, else of the latest ones. Blocks."""
    answer, errand = _looked_up(do, asked), asked.state.errand
    if answer.intent not in ("", "order_status"):
        return answer
    refund = errand.intent == "refund_status" or asks_after(errand.text) == "refund"
    return replace(answer, intent="refund_status" if refund else "order_status")


def _looked_up(do: Doing, asked: Asked) -> Answer:
    own, errand = do.orders(), asked.state.errand
    done = replace(asked.state, errand=Errand())
    if errand.intent in _SAID:
        meant = order_meant(asked, own, fitting=UNDER_WAY, titles=titles(asked, own)) if own else Meant()
        if errand.intent == "order_single" and meant.order is not None:
            done = telling(done, [meant.order])
        return Answer(state=done, intent="service", notices=(Notice(say(_SAID[errand.intent], asked.language)),))
    if not own:
        return Answer(state=done, notices=(Notice(say("no_orders", asked.language)),))
    if errand.intent == "order_fact" and (done_with := asks_which_can(asked.found.message)):
        return _which_can(do, asked, own, done_with)
    if errand.intent == "order_fact" and asks_of_order(errand.text) == "list":
        told_apart = orders_told(asked, own)
        none_open = not told_apart and OPEN.search(errand.text) and not any(one.status in UNDER_WAY for one in own)
        listed = _listed(asked, done, told_apart or own)
        first = [Notice(say("none_under_way", asked.language))] if none_open else []
        return replace(listed, notices=(*first, *listed.notices))
    if errand.intent == "order_fact" and (told_all := _of_all(asked, done, own)) is not None:
        return told_all
    if _BEFORE_THAT.search(asked.found.message) and (older := _before(asked, own)):
        notice = told_of(older, asked.language, asked.sources.timezone)
        return Answer(state=telling(done, [older]), intent="order_status", notices=(notice,))
    states = _states(errand)
    shown = _shown(do, asked, own, states)
    if isinstance(shown, Answer):
        return shown
    if errand.intent in INVOICES:
        return Answer(state=telling(done, shown[:1]), intent="service", notices=(invoice(shown[0], asked.language),))
    if errand.intent == "order_lost":
        return _lost(asked, done, shown)
    if errand.intent == "order_state":
        return _in_state(do, asked, done, shown[0])
    of_money = errand.intent in ("refund_status", "order_fact") or bool(_MONEY.search(asked.found.message))
    if of_money and (rule := _when_back(asked, shown)):
        told_rule = policy.told(replace(asked, state=telling(done, shown)), [rule], question=errand.text)
        notices = tuple(told_of(order, asked.language, asked.sources.timezone) for order in shown)
        return replace(told_rule, intent="order_status", notices=notices)
    notices = tuple(notice for order in shown for notice in _told(do, asked, order, own))
    done = asking(telling(done, shown), errand.text)
    return Answer(
        state=done, intent="order_status", notices=notices, suggestions=(say("suggest_return", asked.language),)
    )


def _when_back(asked: Asked, shown: list[Order]) -> Paragraph | None:
    """Return the paragraph that says when the money of an order comes back, where one order waits for it."""
    errand, message = asked.state.errand, asked.found.message
    of_money = (errand.intent == "refund_status" or bool(_MONEY.search(message))) and bool(_WHEN.search(message))
    of_money = of_money or (tells_of_cancelling(errand.text) and bool(_MONEY.search(message)))
    wanted = _MONEY_BACK.get(shown[0].status) if len(shown) == 1 and of_money else None
    return asked.sources.policies.now(wanted, asked.language) if wanted else None


def _states(errand: Errand) -> Collection[OrderStatus]:
    after = asks_after(errand.text) if errand.intent in ("order_fact", "refund_status", "order_status") else ""
    if after:
        return ASKED_AFTER[after]
    if errand.intent == "order_fact" and tells_of_cancelling(errand.text):
        return (OrderStatus.CANCELLED,)
    if errand.intent == "order_fact" and asks_of_order(errand.text) == "why":
        return (OrderStatus.CANCELLED, OrderStatus.REFUNDED, OrderStatus.RETURNED)
    if errand.intent == "order_lost":
        return (OrderStatus.SHIPPED, OrderStatus.DELIVERED)
    return _COMES_BACK if errand.intent == "refund_status" else UNDER_WAY


def _shown(do: Doing, asked: Asked, own: list[Order], states: Collection[OrderStatus]) -> list[Order] | Answer:
    """Return the orders that are told of, or what is said where there is none such."""
    errand = asked.state.errand
    if (asks_after(errand.text) or errand.intent == "refund_status") and not order_numbers(errand.text):
        own = [order for order in own if order.status in states] or own
    if tells_of_cancelling(errand.text) and not order_numbers(errand.text):
        own = [order for order in own if order.status is OrderStatus.CANCELLED] or own
    meant = order_meant(asked, own, fitting=states, titles=titles(asked, own))
    done: State = replace(asked.state, errand=Errand())
    if meant.unknown:
        number = meant.unknown.upper()
        return Answer(state=done, notices=(Notice(say("no_such_order", asked.language, number=number)),))
    after = asks_after(errand.text)
    remembered = meant.order is not None and meant.order.number == asked.state.order
    if (
        meant.order is not None
        and meant.sure >= NAMED
        and not (after and remembered and meant.order.status not in states and not order_numbers(errand.text))
    ):
        return [meant.order]
    if meant.order is not None and meant.shared >= 1 and errand.intent != "order_fact":
        alone = meant.sure >= ONLY or not any(one.status in states for one in (meant.order, *meant.others))
        return [meant.order] if alone else [meant.order, *meant.others][:MOST_TOLD]
    if after in ("return", "exchange") and not any(order.status in states for order in own):
        what = say(f"asked_{after}", asked.language)
        return Answer(state=done, notices=(Notice(say("none_asked_after", asked.language, what=what)),))
    if errand.intent == "order_fact" and asks_of_order(errand.text) == "deadline" and not meant.shared:
        among = orders_told(asked, own) or own
        return [order for order in among if can_come_back(order, do)][:MOST_LISTED] or among[:1]
    if errand.intent == "order_fact" and not after:
        likely = orders_told(asked, own) or ([meant.order] if meant.order else own[:1])
        return likely if len(likely) <= MOST_TOLD else likely[:MOST_TOLD]
    if meant.shared and meant.order is not None:
        holding = [meant.order, *meant.others]
        fit = [order for order in holding if order.status in states]
        if fit or not after:
            return (fit or holding)[:MOST_TOLD]
    likely = [order for order in own if order.status in states]
    if not after:
        likely = orders_told(asked, own) or likely
    return (orders_told(asked, likely) or likely or own)[:MOST_TOLD]


def _told(do: Doing, asked: Asked, order: Order, own: list[Order]) -> tuple[Notice, ...]:
    errand = asked.state.errand
    asks = asks_of_order(errand.text) if errand.intent == "order_fact" and not asks_after(errand.text) else None
    if asks is None:
        return (told_of(order, asked.language, asked.sources.timezone),)
    return told(asks, order, asked, do=do, titles=titles(asked, own))


def _in_state(do: Doing, asked: Asked, done: State, order: Order) -> Answer:
    """Tell in what state things can come back: the exceptions where the order holds any of them, else the rule."""
    lines, _ = meant_lines(asked.found.message, order, titles(asked, [order]))
    offered, facts = do.weighing.rules.returns, do.weighing.facts(order.number, do.customer.id)
    barred = {*offered.final_sale, *offered.sealed} if offered else set()
    goods = [facts.goods[line.variant_id] for line in lines if line.variant_id in facts.goods]
    rule = EXCEPTIONS if any(levels(good) & barred for good in goods) else CONDITION
    found = asked.sources.policies.now(rule, asked.language)
    state = telling(done, [order])
    if found is None:
        return policy.answer(replace(asked, state=state))
    told_rule = policy.told(replace(asked, state=state), [found], question=asked.found.message)
    return replace(told_rule, intent="ask_policy")


def _before(asked: Asked, own: list[Order]) -> Order | None:
    """Return the order that was placed before the one just told of."""
    at = next((at for at, order in enumerate(own) if order.number == asked.state.order), None)
    return own[at + 1] if at is not None and at + 1 < len(own) else None


def _of_all(asked: Asked, done: State, own: list[Order]) -> Answer | None:
    """Tell what was spent on all orders, or whether a thing was ever bought; `None` where neither is asked."""
    errand, language = asked.state.errand, asked.language
    asks = asks_of_order(errand.text)
    if asks == "ever":
        bought, _ = described(asked.found.message, own, titles(asked, own))
        if bought:
            return _listed(asked, done, bought)
        return Answer(state=done, intent="order_status", notices=(Notice(say("never_bought", language)),))
    if asks not in ("spent", "dearest", "cheapest"):
        return None
    among = orders_told(asked, own) or own
    if asks != "spent":
        most = (max if asks == "dearest" else min)(among, key=lambda one: one.total_minor)
        notice = told_of(most, language, asked.sources.timezone)
        return Answer(state=telling(done, [most]), intent="order_status", notices=(notice,))
    paid = sum(one.amount_minor * (-1 if one.kind == "refund" else 1) for order in among for one in order.payments)
    amount = price_text(max(paid, 0), among[0].currency, language)
    text = say("spent", language, count=len(among), amount=amount)
    sources = tuple(Citation(order.number, f"order:{order.number}#payments") for order in among[:MOST_LISTED])
    return Answer(state=telling(done, among), intent="order_status", notices=(Notice(text, sources),))


def _which_can(do: Doing, asked: Asked, own: list[Order], action: str) -> Answer:
    """Tell of which orders something can be done, or that it can be of none."""
    done, statuses = replace(asked.state, errand=Errand()), fitting(action, do.weighing.rules)
    fit = [order for order in own if order.status in statuses]
    if action in ("return", "exchange"):
        fit = [order for order in fit if can_come_back(order, do)]
    if fit:
        return _listed(asked, done, fit)
    return Answer(state=done, intent="order_status", notices=(Notice(say(f"none_to_{action}", asked.language)),))


def _listed(asked: Asked, done: State, orders: list[Order]) -> Answer:
    """Tell of all orders in short, the latest first."""
    language, between = asked.language, "；" if asked.language == "zh" else "; "
    lines = []
    for order in orders[:MOST_LISTED]:
        facts = by_key(order_subject(order, language, asked.sources.timezone))
        values = {"number": order.number, "items": facts["items"].text, "date": facts["placed"].text}
        lines.append(say("order_listed", language, status=facts["status"].text, **values))
    key = "orders_latest" if len(orders) > MOST_LISTED else "orders_listed"
    text = say(key, language, count=len(orders), orders=between.join(lines))
    sources = tuple(Citation(order.number, f"order:{order.number}#status") for order in orders[:MOST_LISTED])
    return Answer(state=telling(done, orders), intent="order_status", notices=(Notice(text, sources),))


def _lost(asked: Asked, done: State, shown: list[Order]) -> Answer:
    """Tell where a parcel is that has not come, and what the shop does about it."""
    notices = tuple(told_of(order, asked.language, asked.sources.timezone) for order in shown[:1])
    state = telling(done, shown[:1])
    person = (say("suggest_person", asked.language),)
    rule = asked.sources.policies.now(LOST, asked.language)
    answer = policy.told(replace(asked, state=state), [rule], question=asked.found.message) if rule else None
    if answer is None:
        return Answer(state=state, intent="order_status", notices=notices, suggestions=person)
    return replace(answer, intent="order_status", notices=notices, suggestions=person)
