"""Hands a conversation to a person, and passes on what is said while a person has it. Never silent, never a loop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from babel.dates import format_datetime

from assistant.conversation.answers import Answer, Asked, Notice
from assistant.conversation.answers.talking import contact
from assistant.conversation.chips import constraints
from assistant.conversation.parts import Handoff
from assistant.service.handing.handoffs import Handed, Wanted
from assistant.store.records import TurnRecord
from assistant.store.tickets import Author, Urgency
from assistant.wording.evidence import Citation
from assistant.wording.phrases import notices, say

EARLIER = 8
"""Turns before this one that an agent gets."""
SAID = 3
"""Messages that a summary repeats."""
_LEVELS: Mapping[str, Urgency] = {"low": Urgency.LOW, "normal": Urgency.NORMAL, "high": Urgency.HIGH}


def hand_over(asked: Asked, reason: str = "asked") -> Answer:
    """Put the conversation into the queue with what was said, and say so; where nobody ever answers, say that."""
    handoffs = asked.sources.handoffs
    if handoffs is None:
        return contact(asked)
    earlier = asked.sources.conversations.turns(asked.session_id, asked.principal, limit=EARLIER)
    evidence = _evidence(earlier)
    found, summary = asked.found, _summary(asked, earlier, reason)
    handed = handoffs.hand_over(
        Wanted(
            session_id=asked.session_id,
            principal=asked.principal,
            language=asked.language,
            reason=reason,
            summary=summary,
            urgency=_LEVELS[found.urgency.level],
            facts={
                "wish": constraints(asked.state.wish),
                "evidence": [{"label": one.label, "source": one.source} for one in evidence],
                "sentiment": {"feeling": found.sentiment.feeling, "score": found.sentiment.score},
                "why_urgent": list(found.urgency.reasons),
                "intent": found.intent,
            },
            said=[*_written(earlier), ("shopper", found.message)],
            segment=asked.portrait.segment if asked.portrait else "",
        )
    )
    if not handed.now and handed.answered_from is None:
        handoffs.go_back(asked.session_id)
        return contact(asked)
    part = Handoff(
        reason=reason,
        text=_announced(handed, asked.language),
        ticket=handed.ticket.id,
        summary=summary,
        wish=constraints(asked.state.wish),
        evidence=evidence,
        sentiment=found.sentiment.feeling,
        urgency=handed.ticket.urgency.name.lower(),
        answered_from="" if handed.now or not handed.answered_from else _iso(handed.answered_from),
    )
    return Answer(state=asked.state, handoff=part, suggestions=(say("suggest_assistant", asked.language),))


def reached(asked: Asked) -> Answer:
    """Say how a person is reached, and call one where that is done here."""
    answer = contact(asked)
    return answer if answer.handoff else replace(hand_over(asked), notices=answer.notices)


def held(asked: Asked) -> Answer | None:
    """Return the answer while a person has the conversation; `None` where the assistant answers."""
    handoffs = asked.sources.handoffs
    handed = handoffs.held(asked.session_id) if handoffs else None
    if handoffs is None or handed is None:
        return None
    if _goes_back(asked.found.message):
        handoffs.go_back(asked.session_id)
        return Answer(state=asked.state, intent="back", notices=(Notice(say("handed_back", asked.language)),))
    handoffs.pass_on(handed, asked.found.message, asked.principal)
    key = "handed_already" if asked.found.intent in ("human", "contact") else "handed_passed"
    text = say(key, asked.language)
    if not handed.now and handed.answered_from is not None:
        text = say("handed_passed_later", asked.language, when=_when(handed.answered_from, asked.language))
    back = (say("suggest_assistant", asked.language),)
    if asked.found.intent == "thanks":
        return Answer(state=asked.state, notices=(Notice(say("thanks", asked.language)),), suggestions=back)
    return Answer(state=asked.state, intent="handed", notices=(Notice(text),), suggestions=back)


def _goes_back(message: str) -> bool:
    wanted = message.strip().casefold().rstrip(".!。！")
    return wanted in {notices(language)["suggest_assistant"].casefold() for language in ("en", "zh")}


def _announced(handed: Handed, language: str) -> str:
    if not handed.now and handed.answered_from is not None:
        return say("handed_later", language, when=_when(handed.answered_from, language))
    text = say("handed", language)
    space = "" if language == "zh" else " "
    return text + space + say("handed_ahead", language, count=handed.ahead) if handed.ahead else text


def _when(moment: datetime, language: str) -> str:
    """Return a moment as people say it: the day of the week, the date and the hour."""
    form = "M月d日EEEE HH:mm" if language == "zh" else "EEEE d MMMM, HH:mm"
    return str(format_datetime(moment, form, tzinfo=moment.tzinfo, locale=language))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="minutes")


def _summary(asked: Asked, earlier: Sequence[TurnRecord], reason: str) -> str:
    """Return what an agent reads first, from what was said and shown alone."""
    language, found = asked.language, asked.found
    said = [*[turn.message for turn in earlier if turn.message][1 - SAID :], found.message]
    quoted = (", " if language == "en" else "，").join(f"“{text[:160]}”" for text in said)
    orders = dict.fromkeys(
        citation.source.removeprefix("order:").partition("#")[0]
        for citation in _evidence(earlier)
        if citation.source.startswith("order:")
    )
    if found.order_number:
        orders.setdefault(found.order_number)
    titles = _shown_last(earlier)
    why = f" ({', '.join(found.urgency.reasons)})" if found.urgency.reasons else ""
    lines = [
        say("summary_wants", language, reason=say(f"reason_{reason}", language)),
        say("summary_said", language, said=quoted),
        say("summary_orders", language, orders=", ".join(orders)) if orders else "",
        say("summary_products", language, products=", ".join(titles)) if titles else "",
        say(
            "summary_feeling",
            language,
            feeling=say(f"feeling_{found.sentiment.feeling}", language),
            urgency=say(f"urgency_{found.urgency.level}", language),
            why=why,
        ),
    ]
    return ("" if language == "zh" else " ").join(line for line in lines if line)


def _evidence(earlier: Iterable[TurnRecord]) -> tuple[Citation, ...]:
    """Return what earlier replies rested on, each once."""
    found = [
        Citation(str(citation["label"]), str(citation["source"]))
        for turn in earlier
        for part in turn.parts
        if part.get("type") == "sentence"
        for citation in part.get("citations", ())
    ]
    return tuple(dict.fromkeys(found))


def _shown_last(earlier: Sequence[TurnRecord]) -> list[str]:
    for turn in reversed(earlier):
        for part in turn.parts:
            if part.get("type") == "cards":
                return [str(card["title"]) for card in part["cards"][:3]]
    return []


def _written(earlier: Iterable[TurnRecord]) -> list[tuple[Author, str]]:
    """Return the conversation as text, message by message."""
    made: list[tuple[Author, str]] = []
    for turn in earlier:
        if turn.message:
            made.append(("shopper", turn.message))
        if text := " ".join(_texts(turn.parts)):
            made.append(("assistant", text))
    return made


def _texts(parts: Iterable[Mapping[str, Any]]) -> list[str]:
    kinds = ("sentence", "question", "handoff", "action_proposed")
    return [str(part["text"]) for part in parts if part.get("type") in kinds]
