"""Short fixed answers: greetings, thanks, what we can do, what we cannot, and people to talk to."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Missed, Notice
from assistant.conversation.answers.clarify import departments
from assistant.conversation.evidence import policy_source
from assistant.conversation.parts import Handoff, Question
from assistant.conversation.reading.wishing import ASKS_WHAT_I_AM, HOW_TO
from assistant.wording.evidence import Citation
from assistant.wording.phrases import say

_CONTACT = re.compile(r"contact|customer (?:service|care|support)|helpline|联系我们|联系客服|客服|热线", re.IGNORECASE)
"""What a paragraph says that tells how to reach people; an address for one purpose alone does not count."""


def greeting(asked: Asked) -> Answer:
    """Greet and offer departments."""
    return Answer(state=asked.state, notices=(Notice(say("greeting", asked.language)),), suggestions=_starts(asked))


def fixed(key: str, asked: Asked) -> Answer:
    """Say one fixed sentence and offer where to start."""
    return Answer(state=asked.state, notices=(Notice(say(key, asked.language)),), suggestions=_starts(asked))


def small_talk(asked: Asked) -> Answer:
    """Say one kind sentence; to who asks whether a person answers, that none does."""
    return fixed("what_i_am" if ASKS_WHAT_I_AM.search(asked.found.message) else "small_talk", asked)


def out_of_scope(asked: Asked) -> Answer:
    """Say that this is nothing that the shop can help with, and remember that it was asked."""
    key = "no_advice" if HOW_TO.search(asked.found.message.lower()) else "out_of_scope"
    return replace(fixed(key, asked), missed=(Missed(asked.found.message, "out_of_scope"),))


def reproached(asked: Asked) -> Answer:
    """Say sorry for not having understood, ask for other words, and offer a person."""
    notice = Notice(say("reproached", asked.language))
    return Answer(state=asked.state, notices=(notice,), suggestions=(say("suggest_person", asked.language),))


def lost(asked: Asked) -> Answer:
    """Say that nothing was understood, and ask with choices."""
    question = Question(say("ask_wide", asked.language), departments(asked, 5))
    return Answer(state=asked.state, notices=(Notice(say("not_understood", asked.language)),), question=question)


def contact(asked: Asked) -> Answer:
    """Say honestly how a person can be reached: what the policies say of contact, else that it is not on record."""
    found = asked.sources.policies.find(say("contact_question", asked.language), asked.language, 1)
    if found and _CONTACT.search(found[0].text):
        paragraph = found[0]
        source = policy_source(paragraph)
        text = say("human_contact", asked.language)
        notice = Notice(paragraph.text, (Citation(paragraph.heading, source),), source)
        return Answer(state=asked.state, handoff=Handoff("asked", text), closing=(notice,))
    handoffs = asked.sources.handoffs
    if handoffs is not None and handoffs.answers():
        return Answer(state=asked.state, notices=(Notice(say("contact_here", asked.language)),))
    return Answer(state=asked.state, handoff=Handoff("asked", say("human_none", asked.language)))


def _starts(asked: Asked) -> tuple[str, ...]:
    """Return what can be asked at the start of a conversation."""
    language = asked.language
    wanted = [say("suggest_department", language, name=name) for name in departments(asked, 2)]
    return (*wanted, say("suggest_policy", language))
