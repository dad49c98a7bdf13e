"""Says what was noted of what shoppers tell of themselves, and shows anew what they were looking for, in that light."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.clarify import CHOICES, departments
from assistant.conversation.answers.finding import again
from assistant.conversation.answers.refining import refined
from assistant.conversation.parts import Question
from assistant.conversation.reading.self_asked import known_key
from assistant.conversation.reading.self_told import Told
from assistant.conversation.reading.unsaying import Unsaid
from assistant.conversation.state import Wish
from assistant.conversation.tastes import SPOKEN, taste_text
from assistant.people.portrait import Line
from assistant.store.event import person
from assistant.wording.phrases import say

MOST = 6
"""Tastes that are told at once."""


ROUNDS = 5
"""Times that is looked for what comes up in the place of what was forgotten."""


def told(asked: Asked) -> Answer:
    """Note what was told; with a wish in force, order what answers it anew, else ask what is wished for."""
    if not asked.found.told:
        return Answer(state=asked.state, notices=(Notice(say("told_nothing", asked.language)),))
    if not asked.state.wish.empty:
        answer = again(asked, _without(asked))
        return replace(answer, notices=(*noted(asked), *answer.notices))
    question = Question(say("ask_wide", asked.language), departments(asked, CHOICES))
    return Answer(state=asked.state, notices=noted(asked), question=question)


def _without(asked: Asked) -> Wish:
    """Return the wish in force without what the message says that its writer does not like or bear."""
    said = asked.found.wish
    barred = tuple(must for must in said.must_haves if must.absent)
    if not said.excluded and not barred:
        return asked.state.wish
    labels = {key: label for key, label in said.labels.items() if key == "excluded"}
    refusal = Wish(excluded=said.excluded, must_haves=barred, labels=labels)
    return refined(replace(asked, found=replace(asked.found, wish=refusal, step="")))


def known(asked: Asked) -> Answer:
    """Say what is known of the shopper, what they said of themselves first, and where they see and change all of it."""
    language, portrait = asked.language, asked.portrait
    lines = sorted(portrait.lines, key=lambda line: line.origin != "stated") if portrait else []
    spoken = [line for line in lines if line.key in SPOKEN or line.key == "avoid"]
    if key := known_key(asked.found.message):
        spoken = [line for line in spoken if line.key == key]
    spoken = spoken[:MOST]
    if not spoken:
        return Answer(
            state=asked.state, notices=(Notice(say("known_not_that" if key and lines else "known_nothing", language)),)
        )
    comma = "；" if language == "zh" else "; "
    what = comma.join(taste_text(line.key, line.value, language, avoids=line.avoids) for line in spoken)
    return Answer(state=asked.state, notices=(Notice(say("known", language, what=what)),))


def forget(asked: Asked) -> Answer:
    """Forget what was asked to be, and say what that was; what is not known need not be forgotten."""
    language, portraits, portrait = asked.language, asked.sources.portraits, asked.portrait
    lines = [*portrait.lines, *portrait.hidden] if portrait else []
    gone = [line for line in lines if any(_meant(one, line) for one in asked.found.unsaid)]
    if portraits is None or not gone:
        return Answer(state=asked.state, notices=(Notice(say("forgot_nothing", language)),))
    whose = person(asked.principal.customer_id, asked.session_id)
    left = gone
    for _ in range(ROUNDS):
        for line in left:
            portraits.delete(whose, asked.principal, line=(line.key, line.value))
        # What was less likely before may come up in the place of what is gone.
        now = portraits.of(whose, asked.principal).lines
        left = [line for line in now if any(not one.value and _meant(one, line) for one in asked.found.unsaid)]
        if not left:
            break
    comma = "；" if language == "zh" else "; "
    spoken = [line for line in gone if line.key in SPOKEN or line.key == "avoid"][:MOST]
    what = comma.join(taste_text(line.key, line.value, language, avoids=line.avoids) for line in spoken)
    every = Unsaid() in asked.found.unsaid
    key = ("forgot_all" if what else "forgot_rest") if every else "forgot"
    return Answer(state=asked.state, notices=(Notice(say(key, language, **({"what": what} if what else {}))),))


def _meant(unsaid: Unsaid, line: Line) -> bool:
    """Return whether a line is one of those that are to be forgotten; what is avoided goes by its value alone."""
    if unsaid.value:
        same = line.value.casefold() == unsaid.value.casefold()
        return same and (line.key == unsaid.key or "avoid" in (line.key, unsaid.key))
    return not unsaid.key or line.key == unsaid.key or (unsaid.key == "avoid" and line.avoids)


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
