"""A language model that judges replies: one by a criterion, or two beside each other. Any engine will do.

Everything is asked twice, with the choices (or the two replies) the other way round: a judge that follows the order
rather than the reply is seen by it, and a verdict that turns counts for neither side. Knows no labels, and not whether
it can be trusted (`agreement`, `guards`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import RegularsError
from assistant.llm.contract import Engine, Message, Request, complete
from eval.judging.criteria import Criterion
from prompts.render import Turn, render

PLACES = ("first", "second", "same")
_PLACES = {"en": PLACES, "zh": ("第一个", "第二个", "一样")}
_OR = {"en": " or ", "zh": "或"}
REASON_LETTERS = 100
MAX_NEW_TOKENS = 140
"""Room for a reason of that length in Chinese, and the verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A reply and what it answers. `earlier` is what the shopper wrote before, `shown` what was shown beside it."""

    message: str
    reply: str
    language: str
    earlier: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the judge: the choices in the order given, what it said of them, and why.

    `said` is `None` where it gave no verdict; `reason` then says what happened instead.
    """

    choices: tuple[str, ...]
    said: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Rating:
    """A judgment by a criterion: the mean of both askings as a number of `criteria`, `None` where one gave nothing."""

    value: float | None
    asked: tuple[Asked, ...]

    @property
    def reason(self) -> str:
        """Why, as first said."""
        return self.asked[0].reason


@dataclass(frozen=True, slots=True)
class Preference:
    """Which of two replies is better: "first" or "second" as they were given, "same" where both or neither are.

    `flipped` is true where the place won rather than the reply.
    """

    better: str | None
    flipped: bool
    asked: tuple[Asked, ...]


class Judge:
    """Asks an engine for verdicts; greedy, so that the same question gets the same answer.

    A large model gives its reason first and concludes from it; a small one its verdict first, since it believes any
    reason that comes to it (of a dozen replies that people judged, the 1.5B default was right about a third after a
    reason, and about half without one).
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    async def rate(self, case: Case, criterion: Criterion) -> Rating:
        """Return the judgment of a reply by a criterion."""
        words = criterion.words[case.language]
        given = _fields(case) | {"reply": case.reply, "criterion": criterion.name}
        asked = [await self._ask("judge", case.language, order, given) for order in (words[::-1], words)]
        numbers = [words.index(one.said) for one in asked if one.said is not None]
        return Rating(sum(numbers) / 2 if len(numbers) == 2 else None, tuple(asked))

    async def prefer(self, case: Case, other: str) -> Preference:
        """Return whether the case's reply ("first") or another to the same message ("second") is better."""
        asked: list[Asked] = []
        for first, second in ((case.reply, other), (other, case.reply)):
            given = _fields(case) | {"first": first, "second": second}
            asked.append(await self._ask("judge_pair", case.language, _PLACES[case.language], given))
        said = [PLACES[one.choices.index(one.said)] for one in asked if one.said is not None]
        if len(said) < 2:
            return Preference(None, False, tuple(asked))
        turned = {"first": "second", "second": "first", "same": "same"}[said[1]]
        agreed = said[0] if said[0] == turned else "same"
        return Preference(agreed, said[0] == said[1] != "same", tuple(asked))

    async def _ask(self, job: str, language: str, choices: Sequence[str], given: Mapping[str, str]) -> Asked:
        prompt, info = render(job, language, choices=_OR[language].join(choices), **given), self.engine.info
        order = ("reason", "verdict") if info.large else ("verdict", "reason")
        request = Request(
            messages=tuple(_message(turn, order) for turn in prompt.turns),
            max_new_tokens=MAX_NEW_TOKENS,
            schema=_schema(choices, order) if "schema" in info.constraints else None,
            slot=f"{job}.{language}",
        )
        try:
            text = await complete(self.engine, request)
        except RegularsError as error:
            return Asked(tuple(choices), None, f"no verdict: {error}")
        return _read(text, tuple(choices))


def place_of(one: Asked) -> str | None:
    """Return which place a verdict on two replies named, in English."""
    return None if one.said is None else PLACES[one.choices.index(one.said)]


def _fields(case: Case) -> dict[str, str]:
    return {"message": case.message, "earlier": case.earlier, "shown": case.shown}


def _read(text: str, choices: tuple[str, ...]) -> Asked:
    """Read an answer strictly: what is not JSON with one of the choices is no verdict."""
    start, end = text.find("{"), text.rfind("}")
    try:
        said: Any = json.loads(text[start : end + 1])
        verdict, reason = str(said["verdict"]).strip(), str(said["reason"]).strip()
    except (ValueError, KeyError, TypeError):
        return Asked(choices, None, f"no verdict in {text[:120]!r}")
    if verdict not in choices:
        return Asked(choices, None, f"the verdict {verdict!r} is none of {', '.join(choices)}")
    return Asked(choices, verdict, reason)


def _message(turn: Turn, order: Sequence[str]) -> Message:
    """Return a turn of the prompt; an example's answer has its parts in the order that is asked for."""
    text = turn.text
    if turn.role == "assistant":
        said = json.loads(text)
        text = json.dumps({part: said[part] for part in order}, ensure_ascii=False)
    return Message(turn.role, text)  # type: ignore[arg-type]


def _schema(choices: Sequence[str], order: Sequence[str]) -> dict[str, Any]:
    """Return what an answer must look like; its parts are decoded in this order."""
    parts = {
        "reason": {"type": "string", "maxLength": REASON_LETTERS},
        "verdict": {"type": "string", "enum": list(choices)},
    }
    return {
        "type": "object",
        "properties": {part: parts[part] for part in order},
        "required": list(order),
        "additionalProperties": False,
    }
