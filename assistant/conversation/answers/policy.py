"""Answers questions about the shop's rules with the paragraph that says so, cited, or says that no policy does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Missed, Notice, finding
from assistant.conversation.answers.departments import departments_named
from assistant.conversation.evidence import policy_subject
from assistant.conversation.intention import SURE
from assistant.conversation.reading.families import family, label, rule_terms
from assistant.conversation.reading.wishing import CHEAPER_ELSEWHERE
from assistant.conversation.state import State
from assistant.service.policy_search import Before, Paragraph
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
LONGEST = 300
"""Characters kept of a question that may be gone on with."""


def answer(asked: Asked) -> Answer:
    """Return the paragraph that answers best."""
    found = paragraphs(asked, more=_more(asked))
    looks_for = asked.found.sure < SURE or _HAVE.search(asked.found.message)
    if not found and looks_for and asked.found.wish.text:
        # Nobody was sure that this asks for a rule, and no rule speaks of it: it may be a thing that is looked for.
        return finding.find(asked)
    if not found:
        notice = Notice(say("no_policy", asked.language))
        return Answer(state=asked.state, notices=(notice,), missed=(Missed(asked.found.message, "policy"),))
    return told(asked, found, question=asked.found.message)


def paragraphs(asked: Asked, *, before: str = "", more: float = 0.0) -> list[Paragraph]:
    """Return the paragraph that answers a message, or the two that answer it about as well.

    `before` is the question without which it says too little.
    """
    state, question = asked.state, asked.found.unpointed or asked.found.message
    question = f"{question} {rule_terms(asked.found.intent, asked.language)}".strip()
    if CHEAPER_ELSEWHERE.search(question.lower()):
        question = f"{question} {_MATCH[asked.language]}"
    going_on = Before(before or state.rule, state.rule_told, needed=bool(before)) if _just_told(state) else None
    kinds = departments_named(asked)
    return asked.sources.policies.find(
        question, asked.language, 2, before=going_on, kinds=kinds, matter=_matter(asked), more=more, apart=APART
    )


def _matter(asked: Asked) -> str:
    """Return what a message is surely about, in the shop's words; empty where that is not sure."""
    intent = asked.found.intent
    sure = asked.found.sure >= RULED and family(intent) == "ask_policy" != intent
    return label(intent, asked.language) if sure else ""


def _more(asked: Asked) -> float:
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
