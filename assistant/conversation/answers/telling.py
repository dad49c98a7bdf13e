"""Says what was noted of what shoppers tell of themselves, and shows anew what they were looking for, in that light."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.clarify import CHOICES, departments
from assistant.conversation.answers.finding import again
from assistant.conversation.parts import Question
from assistant.conversation.reading.self_told import Told
from assistant.conversation.tastes import taste_text
from assistant.wording.phrases import say


def told(asked: Asked) -> Answer:
    """Note what was told; with a wish in force, order what answers it anew, else ask what is wished for."""
    if not asked.state.wish.empty:
        answer = again(asked, asked.state.wish)
        return replace(answer, notices=(*noted(asked), *answer.notices))
    question = Question(say("ask_wide", asked.language), departments(asked, CHOICES))
    return Answer(state=asked.state, notices=noted(asked), question=question)


def noted(asked: Asked) -> tuple[Notice, ...]:
    """Return what was noted in one sentence, or that nothing is while the shopper's history is off."""
    if asked.portrait is None:
        return ()
    if not asked.portrait.recording:
        return (Notice(say("told_off", asked.language)),)
    comma = "；" if asked.language == "zh" else "; "
    what = comma.join(_said(one, asked.language) for one in asked.found.told)
    return (Notice(say("told", asked.language, what=what)),)


def _said(one: Told, language: str) -> str:
    return taste_text(one.key, one.value, language, avoids=not one.wanted)
