"""Service in the chat: who is asking, what they want done, the exact question, and what became of their answer.

What is done is done behind the gate (`assistant.service.gate`): this room reads what is wanted off the words, puts the
gate's own question, and shows the gate's own sentences. No language model takes part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.invoicing import INVOICES, invoice
from assistant.conversation.answers.ordering import told_of
from assistant.conversation.answers.several import each
from assistant.conversation.drafting.matters import STATUS, action_of
from assistant.conversation.drafting.ordered import UNDER_WAY, meant_order, order_numbers, titles_of
from assistant.conversation.drafting.proposing import Lacking, Wanted, fitting, read_action
from assistant.conversation.drafting.weighing import Weighing
from assistant.conversation.evidence import line_name
from assistant.conversation.parts import ActionProposed, Question
from assistant.conversation.sources import Serving
from assistant.conversation.state import Errand
from assistant.service.actions import ByOrder, as_json, kind
from assistant.service.gate import ServiceTurn
from assistant.service.gate.consent import answer
from assistant.service.outcomes import Done, Identified, Refusal
from assistant.store.records import Customer, Order, OrderStatus
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LOOKED_UP = STATUS | INVOICES
_NAMING = frozenset({"find", "refine", "empty", "told", "more", "ask_product"})
_LOOKS = re.compile(
    r"\b(?:show|find|looking|search|recommend|do you (?:have|sell)|is there|are there)\b|有没有|有卖|推荐|找|搜",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:polic(?:y|ies)|rules?|how long|how many days|in general|do you (?:offer|allow|accept|take)|"
    r"what (?:is|are|if)|what's|is it possible|am i allowed)\b|政策|规定|规则|多久|几天|多少天|一般|支持|如果",
    re.IGNORECASE,
)
"""A question about the rule itself; who speaks of an order of theirs wants it done."""
_WONDERS = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|hi|hello|hm+)\W+)*(?:is|are|does|do|can i|could i|may i|who|when|why)\b|"
    r"\bis that free\b|怎么处理|怎么办|吗|收费|要钱|免费|谁出",
    re.IGNORECASE,
)
"""A question that a rule answers as well, asked by somebody who has not said who they are."""
_OWN = re.compile(r"\bmy\b|我的|我买|我要|帮我", re.IGNORECASE)
_SURE = 0.8
"""A wish that is this sure beats the errand that is open."""
_CLEAR = 0.6
"""An order that is less surely meant is asked for."""
_COMES_BACK = frozenset(
    {OrderStatus.RETURN_REQUESTED, OrderStatus.RETURNED, OrderStatus.REFUNDED, OrderStatus.CANCELLED}
)
"""States of an order of which money goes back, or went."""
FEW = 5
"""Words beside the number of an order that still only name it."""
MOST_TOLD = 3
MOST_OFFERED = 6


def heard(asked: Asked, otherwise: Callable[[Asked], Answer]) -> Answer:
    """Return the answer to a message, after what waited for a yes was settled by it; `otherwise` is for all else."""
    serving = asked.sources.serving
    if serving is None:
        return otherwise(asked)
    turn = serving.service.hear(asked.session_id, asked.found.message, asked.principal)
    settled = _settled(turn, asked)
    asked = replace(asked, state=replace(asked.state, errand=Errand())) if settled else asked
    if settled and (isinstance(turn.outcome, Done) or _only_answers(asked)):
        return Answer(state=asked.state, intent="service", notices=settled)

    def one(wish: Asked) -> Answer:
        return _served(turn, wish, serving) if _is_service(wish) else otherwise(_left(wish))

    found = each(asked, one)
    return replace(found, notices=(*settled, *found.notices))


def _settled(turn: ServiceTurn, asked: Asked) -> tuple[Notice, ...]:
    """Return what became of the action that waited for this message."""
    if turn.outcome is None:
        return ()
    text = turn.outcome.said[asked.language]
    if isinstance(turn.outcome, Refusal):
        return (Notice(text, _rule(turn.outcome, asked)),)
    order = turn.outcome.order
    source = f"order:{order.number}#status" if order else f"record:{turn.outcome.record_id}"
    return (Notice(text, (Citation(say("label_done", asked.language), source),), order.number if order else ""),)


def _only_answers(asked: Asked) -> bool:
    """Return whether a message that is no yes says nothing else: "no", "wait", "算了"."""
    return answer(asked.found.message, "address") == "no"


def _is_service(asked: Asked) -> bool:
    """Return whether a message wants something done or looked up, or goes on with an errand that does."""
    found = asked.found
    if found.intent in STATUS:
        return True
    if found.intent in INVOICES or action_of(found.intent, found.message):
        mine = _OWN.search(found.message) or order_numbers(found.message)
        wonders = asked.principal.customer_id is None and not asked.state.errand.text
        asks_rule = _RULE.search(found.message) or (wonders and _WONDERS.search(found.message))
        return bool(mine) or not asks_rule
    if not asked.state.errand.text:
        return False
    if _EMAIL.search(found.message) or order_numbers(found.message):
        return True
    # Naming a thing or an address reads like a wish for one; looking for another begins with a word that says so.
    names = found.intent in _NAMING and not _LOOKS.search(found.message)
    return asked.state.errand.lacks != "identity" and (names or found.sure < _SURE)


def _left(asked: Asked) -> Asked:
    """Return the message with the open errand let go of: something else is talked about."""
    return replace(asked, state=replace(asked.state, errand=Errand())) if asked.state.errand.text else asked


def _served(turn: ServiceTurn, asked: Asked, serving: Serving) -> Answer:
    errand = _errand(asked)
    asked = replace(asked, state=replace(asked.state, errand=errand))
    refused = _identify(turn, errand.text)
    if refused is not None:
        return _refused(refused, asked)
    account = turn.account()
    if isinstance(account, Refusal):
        return _refused(account, asked)
    action = action_of(errand.intent, errand.text)
    if not action:
        return _status(turn, asked, account)
    return _acted(turn, asked, action=action, customer=account, weighing=serving.weighing)


def _errand(asked: Asked) -> Errand:
    """Return what is wanted: this message's wish, or the open one with what the message adds to it."""
    found, held = asked.found, asked.state.errand
    fresh = bool(action_of(found.intent, found.message)) or found.intent in _LOOKED_UP
    if held.text and not (fresh and found.intent != held.intent and not _only_names(found.message)):
        return replace(held, text=f"{held.text}\n{found.message}", lacks="")
    return Errand(found.intent, found.message)


def _only_names(message: str) -> bool:
    """Return whether a message just names an order or an address: "R-10423", "it is R-10423, kim@example.org"."""
    rest = _EMAIL.sub(" ", message)
    numbers = order_numbers(rest)
    for number in numbers:
        rest = rest.replace(number, " ")
    return bool(numbers or rest != message) and len(re.findall(r"[a-z]+|[\u3400-\u9fff]", rest.lower())) <= FEW


def _identify(turn: ServiceTurn, text: str) -> Refusal | None:
    """Identify whoever names an order with its e-mail address; return why that was refused, if it was."""
    if turn.customer_id is not None:
        return None
    emails, numbers = _EMAIL.findall(text), order_numbers(_EMAIL.sub(" ", text))
    if not emails or not numbers:
        return None
    outcome = turn.identify(ByOrder(order_number=numbers[-1], email=emails[-1]))
    return None if isinstance(outcome, Identified) else outcome


def _refused(refusal: Refusal, asked: Asked) -> Answer:
    """Say which rule forbids it; who is not known yet is asked, and the errand waits for the answer."""
    waits = refusal.rule.startswith("identify") and refusal.rule != "identify-attempts"
    state = asked.state if waits else replace(asked.state, errand=Errand())
    text, sources = refusal.said[asked.language], _rule(refusal, asked)
    person = (say("suggest_person", asked.language),)
    if waits:
        question = Question(text)
        state = replace(state, asked="errand", errand=replace(state.errand, lacks="identity"))
        return Answer(state=state, intent="service", question=question, suggestions=person)
    return Answer(state=state, intent="service", notices=(Notice(text, sources),), suggestions=person)


def _rule(refusal: Refusal, asked: Asked) -> tuple[Citation, ...]:
    """Return the paragraph of the policies that a rule comes from; without one the rule itself."""
    label = say("label_rule", asked.language)
    if refusal.cites:
        return (Citation(label, asked.sources.policies.source(refusal.cites, asked.language)),)
    return (Citation(label, f"rule:{refusal.rule}"),)


def _orders(turn: ServiceTurn) -> list[Order]:
    seen = turn.orders(limit=50)
    return [] if isinstance(seen, Refusal) else [one.order for one in seen]


def _status(turn: ServiceTurn, asked: Asked, customer: Customer) -> Answer:
    """Tell of the order that is meant, else of the latest ones."""
    own, errand = _orders(turn), asked.state.errand
    done = replace(asked.state, errand=Errand())
    if not own:
        return Answer(state=done, notices=(Notice(say("no_orders", asked.language)),))
    states = _COMES_BACK if errand.intent == "refund_status" else UNDER_WAY
    meant = meant_order([errand.text], own, fitting=states, titles=_titles(asked, own))
    if meant.unknown:
        number = meant.unknown.upper()
        return Answer(state=done, notices=(Notice(say("no_such_order", asked.language, number=number)),))
    named = meant.sure >= 1.0 and meant.order is not None
    likely = [order for order in own if order.status in states] or own
    shown = [meant.order] if named and meant.order else likely[:MOST_TOLD]
    if errand.intent in INVOICES:
        return Answer(state=done, intent="service", notices=(invoice(shown[0], asked.language),))
    notices = tuple(told_of(order, asked.language, asked.sources.timezone) for order in shown)
    return Answer(state=done, notices=notices, suggestions=(say("suggest_return", asked.language),))


def _titles(asked: Asked, own: list[Order]) -> Mapping[str, tuple[str, ...]]:
    bought = {line.product_id for order in own for line in order.lines}
    return titles_of(asked.sources.catalogue.get(sorted(bought)))


def _acted(turn: ServiceTurn, asked: Asked, *, action: str, customer: Customer, weighing: Weighing) -> Answer:
    """Put the action to the shopper, ask for what it lacks, or say which rule forbids it."""
    own, errand, language = _orders(turn), asked.state.errand, asked.language
    titles = _titles(asked, own)
    meant = meant_order([errand.text], own, fitting=fitting(action, weighing.rules), titles=titles)
    if meant.order is None and action != "user_address":
        key = "no_such_order" if meant.unknown else "no_orders"
        values = {"number": meant.unknown.upper()} if meant.unknown else {}
        state = replace(asked.state, errand=Errand())
        return Answer(state=state, intent="service", notices=(Notice(say(key, language, **values)),))
    if meant.order is not None and meant.sure < _CLEAR and meant.others:
        return _which_order(asked, [meant.order, *meant.others])
    wanted = Wanted(
        kind=action,
        text=errand.text,
        meant=meant,
        customer=customer,
        language=language,
        sure=1.0,
        titles=titles,
        zone=asked.sources.timezone,
    )
    made = read_action(wanted, weighing)
    if isinstance(made, Lacking):
        question = Question(made.text)
        state = replace(asked.state, asked="errand")
        return Answer(state=state, intent="service", question=question, suggestions=(say("suggest_person", language),))
    proposal = turn.propose(made[0])
    if isinstance(proposal, Refusal):
        return _refused(proposal, asked)
    arguments = {name: value for name, value in as_json(made[0]).items() if name != "kind"}
    offered = ActionProposed(kind(made[0]), arguments, proposal.said[language])
    return Answer(state=replace(asked.state, errand=Errand()), intent="service", proposed=offered)


def _which_order(asked: Asked, orders: list[Order]) -> Answer:
    """Ask which of several orders is meant, each with what is in it."""
    language = asked.language
    told = [f"{order.number} ({', '.join(line_name(line) for line in order.lines)})" for order in orders[:MOST_OFFERED]]
    text = say("which_order", language, orders=("; " if language == "en" else "；").join(told))
    question = Question(text, tuple(order.number for order in orders[:MOST_OFFERED]))
    return Answer(state=replace(asked.state, asked="errand"), intent="service", question=question)
