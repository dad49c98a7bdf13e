"""What a model is asked for one point: the prompt of its role, filled with that point's facts alone.

Knows no engine. The part of a prompt that changes comes last, so that an engine keeps what comes before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from assistant.llm.contract import Message, Request
from assistant.wording.evidence import Fact, Plan, Point
from assistant.wording.quantities import quantities
from assistant.wording.record import short_name
from assistant.wording.support import is_instruction
from assistant.wording.wish import spoken_wish
from prompts.render import Rendered, render

FACTS_AT_ONCE = 5
_TOKENS = {"recommend": 68, "facts": 64, "answer": 72, "policy": 120, "order": 110, "smalltalk": 40}


def usable(facts: Sequence[Fact], language: str) -> list[Fact]:
    """Return the facts that describe; one that speaks to a machine ("ignore …") is neither asked for nor shown."""
    return [fact for fact in facts if fact.text.strip() and not is_instruction(fact.text, language)]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as a model is told it."""

    label: str
    text: str


def told(facts: Sequence[Fact], language: str) -> list[Told]:
    """Return the facts as a small model words them best: a mean and its count together, never a bare count.

    >>> rating, count = Fact("rating", "Rating", "4.6 out of 5", ""), Fact("rating_count", "Ratings", "87", "")
    >>> [fact.text for fact in told([rating, count], "en")]
    ['4.6 out of 5 from 87 ratings']
    """
    counts = {fact.key: fact.text for fact in facts if fact.key == "rating_count"}
    has_rating = any(fact.key == "rating" for fact in facts)
    form = "{0}（{1} 条评价）" if language == "zh" else "{0} from {1} ratings"
    made = []
    for fact in facts:
        if fact.key == "rating" and counts and not quantities(fact.text)[1:]:
            made.append(Told(fact.label, form.format(fact.text, counts["rating_count"])))
        elif fact.key == "rating_count" and not has_rating:
            made.append(Told("评价数" if language == "zh" else "Number of ratings", fact.text))
        elif fact.key != "rating_count":
            made.append(Told(fact.label, fact.text))
    return made


def ask_for(point: Point, facts: Sequence[Fact], language: str) -> tuple[Request, Rendered]:
    """Return the request that words a point, and the prompt it was made with."""
    name, chosen = short_name(point.subject), list(facts)[:FACTS_AT_ONCE]
    if point.role == "recommend":
        wish = spoken_wish(point.ask, point.subject, language)
        if not wish:
            return ask_for_facts(point, chosen, language)
        return _request(
            "recommend", language, render("recommend", language, wish=wish, name=name, facts=told(chosen, language))
        )
    if point.role == "policy":
        paragraph = " ".join(fact.text for fact in chosen)
        prompt = render("policy", language, question=point.ask, name=name, paragraph=paragraph)
        return _request("policy", language, prompt)
    if point.role == "smalltalk":
        return _request("smalltalk", language, render("smalltalk", language, message=point.ask))
    job = "order" if point.role == "order" else "answer"
    return _request(job, language, render(job, language, question=point.ask, name=name, facts=told(chosen, language)))


def ask_for_facts(point: Point, facts: Sequence[Fact], language: str) -> tuple[Request, Rendered]:
    """Return the request for one short sentence that says these facts and is told nothing else."""
    chosen = list(facts)[:FACTS_AT_ONCE]
    prompt = render("facts", language, name=short_name(point.subject), facts=told(chosen, language))
    return _request("facts", language, prompt)


def ask_for_plan(plan: Plan, points: Sequence[tuple[int, Point]]) -> tuple[Request, Rendered]:
    """Return the request that words all points in one call, each on lines that begin with its number."""
    rows = [
        {
            "number": number,
            "name": short_name(point.subject),
            "facts": told(usable(point.facts, plan.language), plan.language),
        }
        for number, point in points
    ]
    prompt = render("plan", plan.language, message=plan.message, points=rows)
    request = Request(messages=_messages(prompt), max_new_tokens=90 * len(rows) + 30, slot=f"plan.{plan.language}")
    return request, prompt


def _request(job: str, language: str, prompt: Rendered) -> tuple[Request, Rendered]:
    request = Request(messages=_messages(prompt), max_new_tokens=_TOKENS[job], stop=("\n",), slot=f"{job}.{language}")
    return request, prompt


def _messages(prompt: Rendered) -> tuple[Message, ...]:
    return tuple(Message(cast("Literal['system', 'user', 'assistant']", turn.role), turn.text) for turn in prompt.turns)
