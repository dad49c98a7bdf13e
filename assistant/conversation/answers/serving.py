"""Service in the chat: who is asking, what they want done, the exact question, and what became of their answer.

What is done is done behind the gate (`assistant.service.gate`): this room reads what is wanted off the words, puts the
gate's own question, and shows the gate's own sentences. No language model takes part.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice, policy, waiting
from assistant.conversation.answers.acting import acted, action_wanted, doing
from assistant.conversation.answers.invoicing import INVOICES
from assistant.conversation.answers.looking_up import looked_up
from assistant.conversation.answers.policy import asking
from assistant.conversation.answers.refusing import refused, rule_source
from assistant.conversation.answers.several import each
from assistant.conversation.answers.spoken_of import telling
from assistant.conversation.answers.wanting import EMAIL, NO_ACCOUNT, NO_NUMBER, answers_what_was_asked, is_service
from assistant.conversation.drafting.asking_for import names_address
from assistant.conversation.drafting.matters import STATUS, action_of
from assistant.conversation.drafting.ordered import order_numbers
from assistant.conversation.drafting.told_apart import tells_apart
from assistant.conversation.intention.asking_of import questions
from assistant.conversation.parts import Question
from assistant.conversation.reading import matters
from assistant.conversation.reading.giving_up import gives_up
from assistant.conversation.sources import Serving
from assistant.conversation.state import Errand
from assistant.service.actions import ByOrder
from assistant.service.gate import ServiceTurn
from assistant.service.gate.consent import answer
from assistant.service.outcomes import Done, Identified, Refusal
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say

_LOOKED_UP = STATUS | INVOICES
_CHANGED = "changing or cancelling an order"
_MATTERS = {
    "order_lost": "late or lost parcels",
    "damaged_item": "what arrives damaged, faulty or wrong",
    "return_item": "how to start a return",
    "exchange_item": "exchanges for another size or colour",
    "cancel_order": _CHANGED,
    "change_order": _CHANGED,
    "change_address": _CHANGED,
}
"""What the rules call the matter of a wish for something of one's own."""
_OTHER_ACTS = frozenset({"payment", "address", "cancel"})
"""What is wanted of an order and is no choice of what an item shall be exchanged for."""
FEW = 5
"""Words beside the number of an order that still only name it."""
_CALLS_IT = re.compile(
    r"\b(?:sure|yes|yeah|ok|okay|so|of course|here(?: you (?:go|are))?|it(?:'?s| is)?|that(?:'?s| is)|is|and|"
    r"with|under|"
    r"the|my|an?|order(?:ed)?|number|no|nr|e-?mail(?:ed)?|mail|address|account|thanks|please|i|used|using|to|"
    r"was|placed|"
    r"registered|which)\b|"
    r"(?:我的?|你好|好的?|嗯|那个?|就|用的?|下单|注册|的|是|为|叫|这个)*(?:订单号码?|单号|编号|号码|订单|"
    r"电子邮箱|邮箱|邮件|地址|号)"
    r"(?:地址|是|为|的)*",
    re.IGNORECASE,
)
"""How a number or an address is introduced: "my order number is … and the e-mail is …"."""


def heard(asked: Asked, otherwise: Callable[[Asked], Answer]) -> Answer:
    """Return the answer to a message, after what waited for a yes was settled by it; `otherwise` is for all else."""
    serving = asked.sources.serving
    if serving is None:
        return each(asked, otherwise) if asked.found.parts else otherwise(asked)
    turn = serving.service.hear(asked.session_id, asked.found.whole or asked.found.message, asked.principal)
    if (kept := waiting.kept_open(asked, turn, serving)) is not None:
        return kept
    settled = _settled(turn, asked)
    if settled and isinstance(turn.outcome, Done):
        done = replace(asked.state, errand=Errand())
        done = telling(done, [turn.outcome.order]) if turn.outcome.order else done
        return Answer(state=asking(done, asked.state.errand.text), intent="service", notices=settled)
    if settled and ((_only_answers(asked) and not _asks_more(asked)) or waiting.gives_all_up(asked)):
        errand = replace(asked.state.errand, lacks="no")
        return Answer(state=replace(asked.state, errand=errand), intent="service", notices=settled)
    if (given_up := waiting.given_up(asked)) is not None and not settled:
        return given_up
    if settled or asked.state.errand.lacks in ("yes", "no"):
        asked = replace(asked, state=replace(asked.state, errand=Errand()))

    def one(wish: Asked) -> Answer:
        if not is_service(wish):
            return otherwise(_left(wish))
        return waiting.let_be(wish) if gives_up(wish.found.message) else _served(turn, wish, serving)

    found = each(asked, one)
    return replace(found, notices=(*settled, *found.notices))


def _settled(turn: ServiceTurn, asked: Asked) -> tuple[Notice, ...]:
    """Return what became of the action that waited for this message."""
    if turn.outcome is None:
        return ()
    text = turn.outcome.said[asked.language]
    if isinstance(turn.outcome, Refusal):
        return (Notice(text, rule_source(turn.outcome, asked)),)
    order = turn.outcome.order
    source = f"order:{order.number}#status" if order else f"record:{turn.outcome.record_id}"
    return (Notice(text, (Citation(say("label_done", asked.language), source),), order.number if order else ""),)


def _only_answers(asked: Asked) -> bool:
    """Return whether a message that is no yes says nothing else: "no", "wait", "算了"."""
    return answer(asked.found.whole or asked.found.message, "address") == "no"


_AND_ASKS = re.compile(
    r"[,.;!]\s*(?:(?:hm+|and|but|so|ok(?:ay)?|actually|then)\W+)*(?:what|which|how|when|where|who|show|find|is|are|"
    r"do|does|can|could|"
    r"will)\b(?: \S+){2,}|[，。！]\s*(?:那)?.{0,6}(?:什么|哪|怎么|多少|吗)",
    re.IGNORECASE,
)
"""Goes on after a no to something else that is asked."""


def _asks_more(asked: Asked) -> bool:
    """Return whether a message asks something after its no: "no not that one, what else have I got open"."""
    return bool(_AND_ASKS.search(asked.found.whole or asked.found.message))


def _left(asked: Asked) -> Asked:
    """Return the message with the open errand let go of: something else is talked about."""
    return replace(asked, state=replace(asked.state, errand=Errand())) if asked.state.errand.text else asked


def _served(turn: ServiceTurn, asked: Asked, serving: Serving) -> Answer:
    if (told := waiting.rule_meanwhile(asked, turn, serving)) is not None:
        return told
    errand = _errand(asked)
    asked = replace(asked, state=replace(asked.state, errand=errand))
    identified = _identify(turn, errand.text)
    if identified is None and turn.customer_id is None and (lacking := _half_known(errand.text, asked)):
        return lacking
    if identified is not None:
        return refused(identified, asked)
    do = doing(turn, serving)
    if isinstance(do, Refusal):
        return _with_rule(refused(do, asked), asked)
    return acted(do, asked) if action_wanted(errand) else looked_up(do, asked)


def _with_rule(answer: Answer, asked: Asked) -> Answer:
    """Return the request to say who one is with the rule on what is wanted: that is told to anybody."""
    found = asked.found
    matter = found.matter if found.ruled >= matters.SURE else _MATTERS.get(asked.state.errand.intent, "")
    if order_numbers(found.message) or answer.question is None:
        return answer
    if asked.state.errand.text != found.message:
        rule = policy.found(asked)[:1] if questions(found.message) else []
    else:
        name = matters.called(matter, asked.language)
        rule = asked.sources.policies.find(name, asked.language, 1) if matter else []
    return replace(answer, points=policy.told(asked, rule, question=found.message).points) if rule else answer


def _errand(asked: Asked) -> Errand:
    """Return what is wanted: this message's wish, or the open one with what the message adds to it."""
    found, held = asked.found, asked.state.errand
    action = action_of(found.intent, found.message)
    if action == "user_address" and _of_told(asked):
        action = "address"  # that of the order just told of
    fresh = bool(action) or found.intent in _LOOKED_UP
    another = held.lacks == "new_variant_ids" and action in _OTHER_ACTS
    answers = answers_what_was_asked(asked) and not another
    goes_on = _only_names(found.message) or answers or _of_remedy(held, action, found.message)
    if held.text and (goes_on or not fresh or found.intent == held.intent):
        lacks = "" if held.lacks == "identity" else held.lacks
        if action_wanted(held) == "items" and names_address(found.message):
            held = replace(held, intent="change_address", action="address")  # it was where it goes that was meant
        return replace(held, text=f"{held.text}\n{found.message}", lacks=lacks)
    return Errand(found.intent, found.message, action=action)


def _of_told(asked: Asked) -> bool:
    """Return whether a message tells one of the orders apart that were just told of, or there is but one."""
    state = asked.state
    told = bool(state.orders) and state.order_at == state.turns - 1
    return told and (len(state.orders) == 1 or tells_apart(asked.found.message))


def _of_remedy(held: Errand, action: str, message: str) -> bool:
    """Return whether a message says what is to become of the things that are spoken of: the money, or new ones."""
    remedies = ("return", "exchange")
    return action_wanted(held) in remedies and action in remedies and not order_numbers(message)


def _only_names(message: str) -> bool:
    """Return whether a message just names an order or an address: "R-10423", "it is R-10423, kim@example.org"."""
    rest = EMAIL.sub(" ", message)
    numbers = order_numbers(rest)
    for number in numbers:
        rest = rest.replace(number, " ")
    rest, named = _CALLS_IT.sub(" ", rest), bool(numbers or rest != message)
    return named and len(re.findall(r"[a-z]+|[\u3400-\u9fff]", rest.lower())) <= FEW


def _half_known(text: str, asked: Asked) -> Answer | None:
    """Return the question for the other half of what tells whose an order is, where one half was given."""
    email, numbers = EMAIL.search(text), order_numbers(EMAIL.sub(" ", text))
    if not numbers and NO_NUMBER.search(asked.found.message):
        notice = Notice(say("no_number", asked.language))
        person = (say("suggest_person", asked.language),)
        return Answer(state=asked.state, intent="service", notices=(notice,), suggestions=person)
    if not numbers and not email and not NO_ACCOUNT.search(text):
        return None
    if email and numbers:
        return None
    if numbers:
        question = Question(say("need_email", asked.language, number=numbers[-1].upper()))
    else:
        question = Question(say("need_number" if email else "as_guest", asked.language))
    state = replace(asked.state, asked="errand", errand=replace(asked.state.errand, lacks="identity"))
    person = (say("suggest_person", asked.language),)
    return Answer(state=state, intent="service", question=question, suggestions=person)


def _identify(turn: ServiceTurn, text: str) -> Refusal | None:
    """Identify whoever names an order with its e-mail address; return why that was refused, if it was."""
    if turn.customer_id is not None:
        return None
    emails, numbers = EMAIL.findall(text), order_numbers(EMAIL.sub(" ", text))
    if not emails or not numbers:
        return None
    outcome = turn.identify(ByOrder(order_number=numbers[-1], email=emails[-1]))
    return None if isinstance(outcome, Identified) else outcome
