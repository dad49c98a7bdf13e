"""Answers questions about the shop's rules with the paragraph that says so, cited, or says that no policy does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Missed, Notice, finding
from assistant.conversation.evidence import policy_subject
from assistant.conversation.intention import SURE
from assistant.service.policy_search import Paragraph
from assistant.wording.evidence import Point
from assistant.wording.phrases import say

_HAVE = re.compile(
    r"\b(?:do|have) you (?:guys )?(?:have|got|sell|carry|stock)\b|\bis there any\b|有没有|有卖|卖不卖", re.IGNORECASE
)
"""What asks whether the shop has something, whatever the classifier takes it for."""
PARAGRAPHS = 1
"""Paragraphs of an answer."""
LONGEST = 300
"""Characters kept of a question that may be gone on with."""


def answer(asked: Asked) -> Answer:
    """Return the paragraph that answers best."""
    found = asked.sources.policies.find(asked.found.unpointed or asked.found.message, asked.language, PARAGRAPHS)
    looks_for = asked.found.sure < SURE or _HAVE.search(asked.found.message)
    if not found and looks_for and asked.found.wish.text:
        # Nobody was sure that this asks for a rule, and no rule speaks of it: it may be a thing that is looked for.
        return finding.find(asked)
    if not found:
        notice = Notice(say("no_policy", asked.language))
        return Answer(state=asked.state, notices=(notice,), missed=(Missed(asked.found.message, "policy"),))
    return told(asked, found, question=asked.found.message)


def told(asked: Asked, found: Sequence[Paragraph], *, question: str) -> Answer:
    """Return the answer that tells these paragraphs; what is asked next may go on with the question."""
    points = []
    for paragraph in found:
        subject = policy_subject(paragraph)
        points.append(Point(role="policy", subject=subject, facts=subject.facts, ask=asked.found.message))
    state = replace(asked.state, rule=question[:LONGEST], rule_at=asked.state.turns)
    return Answer(state=state, points=tuple(points))
