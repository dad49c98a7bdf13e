"""Answers questions about the shop's rules with the paragraph that says so, cited, or says that no policy does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant.conversation.answers import Answer, Asked, Missed, Notice, finding
from assistant.conversation.answers.departments import departments_named
from assistant.conversation.evidence import policy_subject
from assistant.conversation.intention.correcting import SURE
from assistant.conversation.reading import matters
from assistant.conversation.reading.complaining import complains_of_thing
from assistant.conversation.reading.families import family, label, rule_terms
from assistant.conversation.reading.places import countries_named
from assistant.conversation.reading.taking import asks_delivery
from assistant.conversation.reading.wishing import CHEAPER_ELSEWHERE, REDUCED_SINCE
from assistant.conversation.state import State
from assistant.service.policy_search import Before, Paragraph
from assistant.service.policy_words import asks_how_much, decisive, says_little, words_of
from assistant.wording.evidence import Point
from assistant.wording.phrases import say

_HAVE = re.compile(
    r"\b(?:do|have) you (?:guys )?(?:have|got|sell|carry|stock)\b|\bis there any\b|有没有|有卖|卖不卖", re.IGNORECASE
)
"""What asks whether the shop has something, whatever the classifier takes it for."""
SELDOM = frozenset(
    {"create_account", "password", "switch_account", "registration_problem", "payment_problem", "check_invoice"}
    | {"get_invoice", "review", "set_address", "stock_alert"}
)
"""What shops seldom have a rule of: a paragraph that answers it speaks of it all the more plainly."""
SELDOM_MORE = 0.15
RULED, RULED_MORE = 0.8, -0.1
"""How sure a wish is one that shops have a rule for, and how much less then speaks for a paragraph."""
APART = 0.15
"""Two paragraphs that are no further apart are both told: of 284 questions that a policy answers, every sixth gets two,
and half of those that got a wrong one get the right one, too."""
_MATCH = {"en": "price match", "zh": "价格保护"}
"""What shops call it to sell for what another shop asks."""
_ABROAD = {"en": "international delivery", "zh": "国际配送"}
"""What rules call it to send something to another country."""
_OWN_PRICE = {"en": "own price drops", "zh": "本店降价"}
_SINCE = re.compile(r"\b(?:bought|ordered|purchased|paid)\b|买了|买的|下单", re.IGNORECASE)
_TOPICS = {
    "warranty": {"en": "what the warranty covers", "zh": "保修范围"},
    "damaged_item": {"en": "faulty or wrong items", "zh": "质量问题与发错货"},
    "return_item": {"en": "returns", "zh": "退货"},
    "exchange_item": {"en": "exchanges", "zh": "换货"},
    "refund_policy": {"en": "when the refund comes", "zh": "退款到账时间"},
    "delivery_time": {"en": "how long delivery takes", "zh": "配送时间"},
}
"""What the rules call the matter of a wish that is told with much that no rule knows."""
_CLAIMS = {"en": "how to claim under the warranty", "zh": "如何申请保修"}
"""What somebody wants to know besides whose thing went wrong."""
_WHERE = {"en": "where do you deliver to", "zh": "配送范围"}
_DELIVERY = frozenset({"delivery_options", "delivery_time"})
_WHOLE_QUESTION = re.compile(r"运费|邮费|配送|\b(?:shipping|delivery|postage)\b", re.IGNORECASE)
"""Asks for delivery by its name, so that nothing need be carried over."""
_COMES = re.compile(r"多久|几天|到|税|海关|\b(?:how (?:long|soon)|arrive|dut(?:y|ies)|customs)\b", re.IGNORECASE)
_COMES = re.compile(r"多久|几天|到|税|海关|\b(?:how (?:long|soon)|arrive|dut(?:y|ies)|customs)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|hm+)\W+)+|^\W*(?:what|how) (?:about|if)\b|\b(?:that|then|there|in that case)\b|"
    r"^(?:那|如果|要是|还有|另外)|呢[？?]?$",
    re.IGNORECASE,
)
"""What goes on with what was told before."""
_HOMES = {"EUR": ""}
"""Where a shop is by its currency, if that is not the country of the currency's name."""
LONGEST = 300
"""Characters kept of a question that may be gone on with."""


def decides(question: str, language: str) -> bool:
    """Return whether a question is about what shops have a rule of or not, whatever it looks like otherwise."""
    return bool(_deciding(question, language))


def _deciding(question: str, language: str) -> list[str]:
    """Return the words of a question that only a rule which speaks of the same can answer."""
    return sorted(word.removeprefix("@") for word in decisive(words_of(question, language), language))


def answer(asked: Asked, *, finds: bool = True) -> Answer:
    """Return the paragraph that answers best; with `finds`, what no rule speaks of may be looked for as a thing."""
    alone = found(asked)
    held = alone or _going_on(asked)
    finds = finds and not decides(asked.found.message, asked.language) and asked.found.ruled < matters.SURER
    looks_for = finds and (asked.found.sure < SURE or _HAVE.search(asked.found.message))
    if not held and looks_for and asked.found.wish.text:
        # Nobody was sure that this asks for a rule, and no rule speaks of it: it may be a thing that is looked for.
        return finding.find(asked)
    if not held:
        return Answer(
            state=asked.state,
            notices=(Notice(say("no_policy", asked.language)),),
            closing=(Notice(say("no_policy_ask", asked.language)),),
            suggestions=(say("suggest_person", asked.language),),
            missed=(Missed(asked.found.message, "policy"),),
        )
    before = just_asked(asked.state) if not alone else _abroad_before(asked)
    return told(asked, held, question=f"{before} {asked.found.message}".strip())


def _going_on(asked: Asked) -> list[Paragraph]:
    """Return what answers a question together with the one that a rule has just answered; empty where none was."""
    before = just_asked(asked.state)
    goes_on = before and not asked.found.matter and not decides(asked.found.message, asked.language)
    return paragraphs(asked, before=before)[:1] if goes_on and _POINTS_BACK.search(asked.found.message) else []


def signing_in(asked: Asked) -> Answer:
    """Return what the rules say of signing in, else how an order is found without."""
    if held := paragraphs(asked, more=SELDOM_MORE):
        return told(asked, held, question=asked.found.message)
    return Answer(state=asked.state, notices=(Notice(say("sign_in_how", asked.language)),))


def found(asked: Asked) -> list[Paragraph]:
    """Return the paragraphs that answer a message which asks for a rule; empty where none does."""
    if len(asked.found.matters) > 1 and (both := of_each(asked)):
        return both
    more, matter = more_for(asked), asked.found.matter
    if matter and asked.found.ruled >= matters.SURE and not of_matter(asked):
        return paragraphs(asked, more=max(more, SELDOM_MORE))  # the rules speak of no such matter
    surely = with_matter(asked, paragraphs(asked, more=max(more, 0.0)))
    return surely or (paragraphs(asked, more=more) if more < 0.0 else []) or _of_topic(asked)


def with_matter(asked: Asked, told: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with the one of the matter that a message surely asks about, where they say nothing of "
    "it."""
    own = of_matter(asked, least=matters.SURER if told else matters.LEAST)
    return [*own, *told[:1]] if own and own[0].id not in {one.id for one in told} else list(told)


def of_each(asked: Asked) -> list[Paragraph]:
    """Return what the rules say of each matter that clauses of a message surely ask about."""
    language, policies = asked.language, asked.sources.policies
    told: dict[str, Paragraph] = {}
    for matter, clause in asked.found.matters:
        name = matters.called(matter, language)
        for one in policies.find(clause, language, 1, matter=name) or policies.find(name, language, 1):
            told[one.id] = one
    return list(told.values())


def of_matter(asked: Asked, *, least: float = matters.LEAST) -> list[Paragraph]:
    """Return what the rules say of the matter that a message likely asks about, however it is worded."""
    matter, language = asked.found.matter, asked.language
    if not matter or asked.found.ruled < least:
        return []
    return asked.sources.policies.find(matters.called(matter, language), language, 1)


def _of_topic(asked: Asked) -> list[Paragraph]:
    """Return what the rules say of the matter, where all else that is told of it drowns the question."""
    said, language = asked.found.message.lower(), asked.language
    if REDUCED_SINCE.search(said):
        topic = _OWN_PRICE[language]
    elif CHEAPER_ELSEWHERE.search(said):
        since = _OWN_PRICE[language] if _SINCE.search(said) else ""
        topic = " ".join((_MATCH[language], since, *_deciding(said, language)))
    elif asked.found.intent in _TOPICS and asked.found.sure >= SURE:
        topic = _TOPICS[asked.found.intent][language]
    else:
        return []
    kinds = departments_named(asked)
    held = asked.sources.policies.find(topic, language, 1, kinds=kinds)
    claims = _CLAIMS[language] if asked.found.intent == "warranty" and complains_of_thing(said) else ""
    more = asked.sources.policies.find(claims, language, 1) if claims else []
    return [*held, *(one for one in more if one.id not in {first.id for first in held})]


def paragraphs(asked: Asked, *, before: str = "", more: float = 0.0) -> list[Paragraph]:
    """Return the paragraph that answers a message, or the two that answer it about as well.

    `before` is the question without which it says too little.
    """
    state, question = asked.state, asked.found.unpointed or asked.found.message
    going_on = Before(before or state.rule, state.rule_told, needed=bool(before)) if _just_told(state) else None
    abroad = sent_abroad(question, before, asked)
    question = f"{in_rules(question, asked)} {rule_terms(asked.found.intent, asked.language)}".strip()
    find = partial(asked.sources.policies.find, language=asked.language, before=going_on, more=more)
    if abroad and (found := find(f"{question} {_ABROAD[asked.language]}", limit=1, must=_ABROAD[asked.language])):
        return found
    little = says_little(asked.found.message, asked.language)
    matter = "" if before and little else _matter(asked, least=matters.SURE if before else matters.SURER)
    return find(question, limit=2, kinds=departments_named(asked), matter=matter, apart=APART)


def in_rules(question: str, asked: Asked) -> str:
    """Return a question as rules would put it: what costs less elsewhere is matched, a place is one of delivery."""
    language = asked.language
    if CHEAPER_ELSEWHERE.search(question.lower()):
        return f"{question} {_MATCH[language]}"
    if asked.found.intent in _DELIVERY and _abroad(question, asked) and not asks_how_much(question, language):
        return f"{question} {_WHERE[language]}"
    return question


def sent_abroad(question: str, before: str, asked: Asked) -> bool:
    """Return whether a question asks what it costs, or how long it takes, to send something abroad."""
    place = question if countries_named(question) else before or _abroad_before(asked)
    return _abroad(place, asked) and asks_how_much(f"{before} {question}", asked.language)


def _abroad_before(asked: Asked) -> str:
    """Return the question before, where it was of a place abroad and what is asked now is of delivery, too."""
    before, said = just_asked(asked.state), asked.found.message
    delivered = asked.found.intent in _DELIVERY or asks_delivery(asked.found.message) or bool(_COMES.search(said))
    anew = _WHOLE_QUESTION.search(said) and not _POINTS_BACK.search(said)
    return before if delivered and not anew and countries_named(before) else ""


def _abroad(question: str, asked: Asked) -> bool:
    """Return whether a place is named that is not in the shop's own country."""
    currency = asked.sources.catalogue.vocabulary().currency or ""
    home = _HOMES.get(currency, currency[:2])
    return any(home and country != home for country in countries_named(question))


def _matter(asked: Asked, *, least: float = matters.SURER) -> str:
    """Return what a message is surely about, in the shop's words; empty where that is not sure."""
    intent = asked.found.intent
    if asked.found.ruled >= least:
        return matters.called(asked.found.matter, asked.language)
    sure = least >= matters.SURER and asked.found.sure >= RULED and family(intent) == "ask_policy" != intent
    return label(intent, asked.language) if sure else ""


def more_for(asked: Asked) -> float:
    """Return how much more than enough has to speak for a paragraph; less, where the wish is surely one of a rule."""
    intent, ruled = asked.found.intent, family(asked.found.intent) == "ask_policy" != asked.found.intent
    if intent in SELDOM:
        return SELDOM_MORE
    return RULED_MORE if ruled and asked.found.sure >= RULED else 0.0


def just_asked(state: State) -> str:
    """Return the question that a rule answered in the turn before this one, empty where none did."""
    return state.rule if _just_told(state) else ""


def _just_told(state: State) -> bool:
    return bool(state.rule) and state.rule_at == state.turns - 1


def told(asked: Asked, found: Sequence[Paragraph], *, question: str) -> Answer:
    """Return the answer that tells these paragraphs; what is asked next may go on with the question."""
    points = []
    for paragraph in found:
        subject = policy_subject(paragraph)
        points.append(Point(role="policy", subject=subject, facts=subject.facts, ask=asked.found.message))
    opened = asking(asked.state, question, told=found[0].id)
    return Answer(state=opened, points=tuple(points))


def asking(state: State, question: str, *, told: str = "") -> State:
    """Return the state in which what is asked next may go on with a question."""
    return replace(state, rule=question[:LONGEST], rule_told=told, rule_at=state.turns)
