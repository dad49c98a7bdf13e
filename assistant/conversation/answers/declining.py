"""Declines what does harm, kindly and without a lecture; tells somebody in danger where help is. Asks no model."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.state import Errand
from assistant.wording.phrases import say


def declined(asked: Asked) -> Answer | None:
    """Return the answer to a message that asks for harm or tells of danger; `None` where it does neither."""
    if asked.found.harm is None:
        return None
    if asked.sources.serving is not None:
        # What waited for a yes has got none: it does not wait for the message after this one.
        asked.sources.serving.service.hear(asked.session_id, asked.found.whole, asked.principal)
    state = replace(asked.state, errand=Errand(), asked="")
    if asked.found.harm == "care":
        person = (say("suggest_person", asked.language),)
        return Answer(state=state, intent="care", notices=(_care(asked),), suggestions=person)
    return Answer(state=state, intent="declined", notices=(Notice(say("declined", asked.language)),))


def with_care(answer: Answer, asked: Asked) -> Answer:
    """Return an answer of the shop's people, with where help is before it where somebody is in danger."""
    return replace(answer, notices=(_care(asked), *answer.notices)) if asked.found.harm == "care" else answer


def _care(asked: Asked) -> Notice:
    return Notice(say("care", asked.language))
