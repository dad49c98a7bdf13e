"""Puts what is wanted done with an order: which order, which of its items, what is lacking, and the exact question.

Nothing is done here: the gate's own question is put, and the next message decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.conversation.answers import Answer, Asked, Notice, policy
from assistant.conversation.answers.refusing import refused
from assistant.conversation.answers.spoken_of import order_meant, telling
from assistant.conversation.drafting import asking_for as wants
from assistant.conversation.drafting.answering import by_state
from assistant.conversation.drafting.lines_meant import meant_lines
from assistant.conversation.drafting.matters import action_of
from assistant.conversation.drafting.ordered import UNDER_WAY, Meant, described, options_named, titles_of
from assistant.conversation.drafting.proposing import Lacking, Wanted, can_return, fitting, read_action
from assistant.conversation.drafting.weighing import Weighing
from assistant.conversation.evidence import line_name
from assistant.conversation.parts import ActionProposed, Question
from assistant.conversation.reading.order_questions import says_used
from assistant.conversation.sources import Serving
from assistant.conversation.state import Errand
from assistant.service.actions import Action, CancelOrder, ExchangeItems, ReturnItems, as_json, kind
from assistant.service.gate import ServiceTurn
from assistant.service.outcomes import Refusal
from assistant.service.rules import ShopRules
from assistant.service.rules.terms import levels
from assistant.store.records import Customer, Order, OrderStatus
from assistant.wording.phrases import say

EXCEPTIONS, CONDITION = "returns#exceptions", "returns#condition"
"""The paragraphs that say what does not come back, and in what state the rest does."""
CLEAR = 0.6
"""An order that is less surely meant is asked for."""
MOST_OFFERED = 6
_WHOLE_ORDER = re.compile(
    r"\b(?:orders?|purchase|everything|all of it)\b|订单|[整那这上]一?[个单笔](?:单|订)|整单|全部|都(?:不要|取消|退)",
    re.IGNORECASE,
)
_SOME_OF = re.compile(r"\b(?:only|just|one) (?:one )?of\b|\bone\b|[一1][个件双条只瓶盒包袋套把本张罐]", re.IGNORECASE)
"""Whether all of an order is spoken of, or one of several pieces."""
_ANOTHER_OPTION = frozenset({"available", "other-option"})
"""Rules that another choice would keep to."""
_COMES_BACK = ("return", "exchange", "items")
_TOGETHER = {"items": ("items", "exchange"), "exchange": ("items", "exchange")}
"""What is one wish to a shopper, and another action by where the order is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Whose order something is to be done with, in which turn of the service."""

    turn: ServiceTurn
    customer: Customer
    weighing: Weighing

    def orders(self) -> list[Order]:
        """Return the customer's own orders, the latest first. Blocks."""
        seen = self.turn.orders(limit=50)
        return [] if isinstance(seen, Refusal) else [one.order for one in seen]


def doing(turn: ServiceTurn, serving: Serving) -> Doing | Refusal:
    """Return for whom something can be done in a turn, or why for nobody. Blocks."""
    account = turn.account()
    return account if isinstance(account, Refusal) else Doing(turn=turn, customer=account, weighing=serving.weighing)


def action_wanted(errand: Errand) -> str:
    """Return the action that an errand wants done, empty where it only looks something up."""
    return errand.action or action_of(errand.intent, errand.text)


def titles(asked: Asked, own: Sequence[Order]) -> Mapping[str, tuple[str, ...]]:
    """Return the titles of all that was bought, in every language and in the words of the message. Blocks."""
    lines = [line for order in own for line in order.lines]
    named = asked.found.named
    titled = titles_of(asked.sources.catalogue.get(sorted({line.product_id for line in lines})), named)
    return {**titled, **{line.variant_id: of for line in lines if (of := options_named(line, named))}}


def acted(do: Doing, asked: Asked) -> Answer:
    """Put the action to the shopper, ask for what it lacks, or say which rule forbids it."""
    made = action_meant(do, asked)
    return made if isinstance(made, Answer) else put(do, asked, made)


def action_meant(do: Doing, asked: Asked) -> Action | Answer:
    """Return the action that the open errand means, or what is said where it means none yet."""
    wanted = _wanted(do, asked)
    if isinstance(wanted, Answer):
        return wanted
    made = read_action(wanted, do.weighing)
    if isinstance(made, Lacking):
        return _lacking(made, asked)
    return _with_reason(made[0], asked.state.errand.text, do.weighing.rules)


def put(do: Doing, asked: Asked, action: Action, *notices: Notice) -> Answer:
    """Put an action to the shopper, or say which rule forbids it."""
    if (used := used_already(do, asked, action)) is not None:
        return replace(used, notices=(*notices, *used.notices))
    proposal = do.turn.propose(action)
    number = getattr(action, "order_number", "")
    named = [order for order in do.orders() if order.number == number]
    told = telling(asked.state, named) if named else asked.state
    if isinstance(proposal, Refusal):
        said = refused(proposal, replace(asked, state=told), *notices)
        if proposal.rule not in _ANOTHER_OPTION:
            return said
        errand = replace(asked.state.errand, lacks="new_variant_ids", action=kind(action))
        return replace(said, state=replace(said.state, errand=errand))
    arguments = {name: value for name, value in as_json(action).items() if name != "kind"}
    offered = ActionProposed(kind(action), arguments, proposal.said[asked.language])
    errand = replace(asked.state.errand, lacks="yes", action=kind(action), listed=())
    notices = (*notices, *(one for one in _all_of_it(action, named, asked) if one not in notices))
    choice = _or_else(action, do.weighing.rules, asked)
    return Answer(state=replace(told, errand=errand), intent="service", notices=(*notices, *choice), proposed=offered)


def _all_of_it(action: Action, orders: Sequence[Order], asked: Asked) -> tuple[Notice, ...]:
    """Say that no single item is cancelled, where one of several was named and the whole order can be cancelled."""
    said = asked.state.errand.said
    if not isinstance(action, CancelOrder) or not orders or any(_WHOLE_ORDER.search(text) for text in said):
        return ()
    lines, sure = meant_lines(said, orders[0], titles(asked, orders))
    counts = any(_SOME_OF.search(text) for text in said) and any(line.quantity > 1 for line in lines)
    some = sure >= CLEAR and (len(lines) < len(orders[0].lines) or counts)
    return (Notice(say("no_single_items", asked.language)),) if some else ()


def used_already(do: Doing, asked: Asked, action: Action) -> Answer | None:
    """Return the rule on the state of things, where what is to go back is said to be used or opened."""
    if not isinstance(action, (ReturnItems, ExchangeItems)) or not says_used(asked.state.errand.text):
        return None
    offered, facts = do.weighing.rules.returns, do.weighing.facts(action.order_number, do.customer.id)
    if offered is None or action.reason in offered.window.excused:
        return None
    goods = [facts.goods[one] for one in action.variant_ids if one in facts.goods]
    kept = any(levels(good).intersection((*offered.final_sale, *offered.sealed)) for good in goods)
    rule = asked.sources.policies.now(EXCEPTIONS if kept else CONDITION, asked.language)
    if rule is None:
        return None
    state = replace(asked.state, errand=Errand())
    return replace(policy.told(replace(asked, state=state), [rule], question=asked.found.message), intent="service")


def _wanted(do: Doing, asked: Asked) -> Wanted | Answer:
    own, errand = do.orders(), asked.state.errand
    action, named = action_wanted(errand), titles(asked, own)
    meant = Meant()
    if action != "user_address":
        meant = order_meant(asked, own, fitting=_fitting(action, do.weighing.rules), titles=named)
        if meant.order is None:
            return _no_order(asked, meant)
        meant = _latest(_narrowed(meant, do, asked, action), do, asked, action=action)
        if meant.sure < CLEAR and meant.others and meant.order is not None:
            return _which_order(asked, [meant.order, *meant.others])
        action = by_state(_remedy(action, errand), errand.intent, meant.order) if meant.order else action
    return Wanted(
        kind=action,
        text=errand.text,
        meant=meant,
        customer=do.customer,
        language=asked.language,
        sure=1.0,
        titles=named,
        zone=asked.sources.timezone,
        said=errand.said,
        listed=len(errand.said) > 1,
    )


def _fitting(action: str, rules: ShopRules) -> frozenset[OrderStatus]:
    kinds = _TOGETHER.get(action, (action,))
    return frozenset(status for one in kinds for status in fitting(one, rules))


def _remedy(action: str, errand: Errand) -> str:
    """Return what becomes of something that came in a bad state: a new one or the money, as was said last."""
    if action not in ("return", "exchange") or not wants.trouble(errand.text):
        return action
    for text in errand.said:
        if wants.wants_money(text):
            return "return"
        if wants.wants_replacement(text):
            return "exchange"
    return action


def _latest(meant: Meant, do: Doing, asked: Asked, *, action: str) -> Meant:
    """Return the latest order of what is spoken of where it is under way, and nothing of the one meant comes back."""
    if meant.order is None or not meant.shared or meant.order.status in UNDER_WAY or action not in _COMES_BACK:
        return meant
    own, said = do.orders(), asked.state.errand.said
    held, _ = described(said[0], own, titles(asked, own))
    wanted = Wanted(
        kind=action, text=asked.state.errand.text, meant=meant, customer=do.customer, language=asked.language,
        sure=1.0, titles={},
    )  # fmt: skip
    under_way = bool(held) and held[0].status in UNDER_WAY and held[0].placed_at > meant.order.placed_at
    return Meant(held[0], CLEAR) if under_way and not can_return(meant.order, do.weighing, wanted) else meant


def _narrowed(meant: Meant, do: Doing, asked: Asked, action: str) -> Meant:
    """Return the order that is meant without those of which nothing can be done any more, where any is left."""
    if meant.sure >= CLEAR or meant.order is None or not meant.others:
        return meant
    among = [meant.order, *meant.others]
    fit = [order for order in among if order.status in _fitting(action, do.weighing.rules)]
    if action in ("return", "exchange"):
        wanted = Wanted(
            kind=action, text=asked.state.errand.text, meant=meant, customer=do.customer, language=asked.language,
            sure=1.0, titles={},
        )  # fmt: skip
        pending = [order for order in fit if order.status is OrderStatus.PENDING]
        fit = [order for order in fit if order in pending or can_return(order, do.weighing, wanted)]
    if len(fit) > 1:
        return replace(meant, order=fit[0], others=tuple(fit[1:]))
    return Meant((fit or among)[0], CLEAR, (), shared=meant.shared)


def _no_order(asked: Asked, meant: Meant) -> Answer:
    key = "no_such_order" if meant.unknown else "no_orders"
    values = {"number": meant.unknown.upper()} if meant.unknown else {}
    state = replace(asked.state, errand=Errand())
    return Answer(state=state, intent="service", notices=(Notice(say(key, asked.language, **values)),))


def _lacking(made: Lacking, asked: Asked) -> Answer:
    errand = replace(asked.state.errand, lacks=made.missing, listed=())
    number = str(made.arguments.get("order_number", ""))
    state = replace(asked.state, asked="errand", errand=errand)
    if number:
        state = replace(state, order=number, order_at=state.turns)
    question = Question(made.text)
    return Answer(
        state=state, intent="service", question=question, suggestions=(say("suggest_person", asked.language),)
    )


def _with_reason(action: Action, text: str, rules: ShopRules) -> Action:
    """Return a return or an exchange with the reason that was said, where nothing is wrong with the goods."""
    offered = rules.returns if isinstance(action, ReturnItems) else rules.exchange
    if isinstance(action, (ReturnItems, ExchangeItems)) and not action.reason and offered and not offered.reasons:
        return replace(action, reason=wants.why_return(text))
    return action


def _or_else(action: Action, rules: ShopRules, asked: Asked) -> tuple[Notice, ...]:
    """Say that a new one can be had instead of the money, where something came in a bad state."""
    excused = rules.exchange.window.excused if rules.exchange else ()
    if not isinstance(action, ReturnItems) or action.reason not in excused:
        return ()
    if wants.wants_money(asked.state.errand.text):
        return ()
    return (Notice(say("or_replaced", asked.language)),)


def _which_order(asked: Asked, orders: list[Order]) -> Answer:
    """Ask which of several orders is meant, each with what is in it."""
    language, offered = asked.language, orders[:MOST_OFFERED]
    told = [f"{order.number} ({', '.join(line_name(line) for line in order.lines)})" for order in offered]
    text = say("which_order", language, orders=("; " if language == "en" else "；").join(told))
    numbers = tuple(order.number for order in offered)
    errand = replace(asked.state.errand, lacks="order", listed=numbers)
    state = replace(asked.state, asked="errand", errand=errand)
    return Answer(state=state, intent="service", question=Question(text, numbers))
