"""Says which rule of the shop forbids what was wanted, with the paragraph that says so."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.policy import asking
from assistant.conversation.parts import Question
from assistant.conversation.state import Errand
from assistant.service.outcomes import Refusal
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say


def refused(refusal: Refusal, asked: Asked, *notices: Notice) -> Answer:
    """Say which rule forbids it; who is not known yet is asked, and the errand waits for the answer."""
    waits = refusal.rule.startswith("identify") and refusal.rule != "identify-attempts"
    errand = asked.state.errand.text
    left = replace(asked.state, errand=Errand(), refused=asked.state.errand, refused_at=asked.state.turns)
    state = asked.state if waits else asking(left, errand, told=refusal.cites)
    text, sources = refusal.said[asked.language], rule_source(refusal, asked)
    person = (say("suggest_person", asked.language),)
    if waits:
        question = Question(text)
        state = replace(state, asked="errand", errand=replace(state.errand, lacks="identity"))
        return Answer(state=state, intent="service", notices=notices, question=question, suggestions=person)
    return Answer(state=state, intent="service", notices=(*notices, Notice(text, sources)), suggestions=person)


def rule_source(refusal: Refusal, asked: Asked) -> tuple[Citation, ...]:
    """Return the paragraph of the policies that a rule comes from; without one the rule itself."""
    label = say("label_rule", asked.language)
    if refusal.cites:
        return (Citation(label, asked.sources.policies.source(refusal.cites, asked.language)),)
    return (Citation(label, f"rule:{refusal.rule}"),)
