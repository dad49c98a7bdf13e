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
from assistant.conversation.answers.policy import asking
from assistant.conversation.answers.several import each
from assistant.conversation.answers.spoken_of import order_meant, telling
from assistant.conversation.answers.wanting import EMAIL, is_service
from assistant.conversation.drafting.matters import STATUS, action_of
from assistant.conversation.drafting.ordered import UNDER_WAY, Meant, order_numbers, titles_of
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

_LOOKED_UP = STATUS | INVOICES
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
        return each(asked, otherwise) if asked.found.parts else otherwise(asked)
    turn = serving.service.hear(asked.session_id, asked.found.whole or asked.found.message, asked.principal)
    settled = _settled(turn, asked)
    asked = replace(asked, state=replace(asked.state, errand=Errand())) if settled else asked
    if settled and (isinstance(turn.outcome, Done) or _only_answers(asked)):
        return Answer(state=asked.state, intent="service", notices=settled)

    def one(wish: Asked) -> Answer:
        return _served(turn, wish, serving) if is_service(wish) else otherwise(_left(wish))

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
    return answer(asked.found.whole or asked.found.message, "address") == "no"


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
    rest = EMAIL.sub(" ", message)
    numbers = order_numbers(rest)
    for number in numbers:
        rest = rest.replace(number, " ")
    return bool(numbers or rest != message) and len(re.findall(r"[a-z]+|[\u3400-\u9fff]", rest.lower())) <= FEW


def _identify(turn: ServiceTurn, text: str) -> Refusal | None:
    """Identify whoever names an order with its e-mail address; return why that was refused, if it was."""
    if turn.customer_id is not None:
        return None
    emails, numbers = EMAIL.findall(text), order_numbers(EMAIL.sub(" ", text))
    if not emails or not numbers:
        return None
    outcome = turn.identify(ByOrder(order_number=numbers[-1], email=emails[-1]))
    return None if isinstance(outcome, Identified) else outcome


def _refused(refusal: Refusal, asked: Asked) -> Answer:
    """Say which rule forbids it; who is not known yet is asked, and the errand waits for the answer."""
    waits = refusal.rule.startswith("identify") and refusal.rule != "identify-attempts"
    errand = asked.state.errand.text
    state = asked.state if waits else asking(replace(asked.state, errand=Errand()), errand, told=refusal.cites)
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
    meant = order_meant(asked, own, fitting=states, titles=_titles(asked, own))
    if meant.unknown:
        number = meant.unknown.upper()
        return Answer(state=done, notices=(Notice(say("no_such_order", asked.language, number=number)),))
    named = meant.sure >= 1.0 and meant.order is not None
    likely = [order for order in own if order.status in states] or own
    shown = [meant.order] if named and meant.order else likely[:MOST_TOLD]
    if errand.intent in INVOICES:
        return Answer(state=done, intent="service", notices=(invoice(shown[0], asked.language),))
    notices = tuple(told_of(order, asked.language, asked.sources.timezone) for order in shown)
    done = asking(telling(done, shown), errand.text)
    return Answer(state=done, notices=notices, suggestions=(say("suggest_return", asked.language),))


def _titles(asked: Asked, own: list[Order]) -> Mapping[str, tuple[str, ...]]:
    bought = {line.product_id for order in own for line in order.lines}
    return titles_of(asked.sources.catalogue.get(sorted(bought)))


def _acted(turn: ServiceTurn, asked: Asked, *, action: str, customer: Customer, weighing: Weighing) -> Answer:
    """Put the action to the shopper, ask for what it lacks, or say which rule forbids it."""
    own, errand, language = _orders(turn), asked.state.errand, asked.language
    titles = _titles(asked, own)
    of_order = action != "user_address"
    meant = order_meant(asked, own, fitting=fitting(action, weighing.rules), titles=titles) if of_order else Meant()
    if meant.order is None and of_order:
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
    told = telling(asked.state, [meant.order]) if meant.order else asked.state
    if isinstance(proposal, Refusal):
        return _refused(proposal, replace(asked, state=told))
    arguments = {name: value for name, value in as_json(made[0]).items() if name != "kind"}
    offered = ActionProposed(kind(made[0]), arguments, proposal.said[language])
    return Answer(state=replace(told, errand=Errand()), intent="service", proposed=offered)


def _which_order(asked: Asked, orders: list[Order]) -> Answer:
    """Ask which of several orders is meant, each with what is in it."""
    language = asked.language
    told = [f"{order.number} ({', '.join(line_name(line) for line in order.lines)})" for order in orders[:MOST_OFFERED]]
    text = say("which_order", language, orders=("; " if language == "en" else "；").join(told))
    question = Question(text, tuple(order.number for order in orders[:MOST_OFFERED]))
    return Answer(state=replace(asked.state, asked="errand"), intent="service", question=question)
