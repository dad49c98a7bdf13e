"""Answers questions about the shop's rules with the paragraph that says so, cited, or says that no policy does."""

from __future__ import annotations

from assistant.conversation.answers import Answer, Asked, Notice, finding
from assistant.conversation.evidence import policy_subject
from assistant.conversation.intention import SURE
from assistant.wording.evidence import Point
from assistant.wording.phrases import say

PARAGRAPHS = 1
"""Paragraphs of an answer."""


def answer(asked: Asked) -> Answer:
    """Return the paragraph that answers best."""
    found = asked.sources.policies.find(asked.found.unpointed or asked.found.message, asked.language, PARAGRAPHS)
    if not found and asked.found.sure < SURE and asked.found.wish.text:
        # Nobody was sure that this asks for a rule, and no rule speaks of it: it may be a thing that is looked for.
        return finding.find(asked)
    if not found:
        return Answer(state=asked.state, notices=(Notice(say("no_policy", asked.language)),))
    points = []
    for paragraph in found:
        subject = policy_subject(paragraph)
        points.append(Point(role="policy", subject=subject, facts=subject.facts, ask=asked.found.message))
    return Answer(state=asked.state, points=tuple(points))
