"""What a small model may read before the first shopper asks: the constant beginning of each job's prompt.

The thing in these prompts is an example; nothing of what the model says to it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.llm.contract import Request
from assistant.wording.asking import ask_for, ask_for_facts
from assistant.wording.evidence import Fact, Point, Role, Subject

_THING = {"en": ("Lamp", "Price", "a lamp"), "zh": ("台灯", "价格", "台灯")}
_ROLES: tuple[Role, ...] = ("recommend", "answer", "policy")


def openings(languages: Sequence[str] = ("en", "zh")) -> list[Request]:
    """Return a request a job and language, what is asked most first."""
    points = [(role, language) for role in _ROLES for language in languages]
    asked = [ask_for(_point(role, language), _point(role, language).facts, language)[0] for role, language in points]
    facts = [ask_for_facts(_point("recommend", one), _point("recommend", one).facts, one)[0] for one in languages]
    return asked[: len(languages)] + facts + asked[len(languages) :]


def _point(role: Role, language: str) -> Point:
    name, label, wish = _THING[language]
    fact = Fact("price", label, "$10.00", "example")
    return Point(role=role, subject=Subject("example", "product", name, (fact,)), facts=(fact,), ask=wish)
