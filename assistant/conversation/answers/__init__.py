"""An answer to each intent: what to show, what to say, what to remember. Blocks; a turn runs it in a thread."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation.parts import ActionProposed, Card, CartShown, Comparison, Handoff, Question
from assistant.conversation.sources import Sources
from assistant.conversation.state import State
from assistant.conversation.understanding import Understanding
from assistant.people.portrait import Portrait
from assistant.store.knowledge_gaps import GapKind
from assistant.store.principal import Principal
from assistant.wording.evidence import Citation, Plan, Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A message as understood, in its conversation, with what an answer may draw upon."""

    found: Understanding
    state: State
    sources: Sources
    session_id: str
    principal: Principal
    portrait: Portrait | None = None

    @property
    def language(self) -> str:
        """The language of the reply."""
        return self.found.language


@dataclass(frozen=True, slots=True)
class Notice:
    """A fixed sentence, and where what it says comes from."""

    text: str
    citations: tuple[Citation, ...] = ()
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that nothing the shop knows answered, and what was missing."""

    question: str
    kind: GapKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a turn shows and says, decided before any model is asked. `state` is what is remembered."""

    state: State
    intent: str = ""
    cards: tuple[Card, ...] = ()
    comparison: Comparison | None = None
    cart: CartShown | None = None
    notices: tuple[Notice, ...] = ()
    points: tuple[Point, ...] = ()
    closing: tuple[Notice, ...] = ()
    question: Question | None = None
    proposed: ActionProposed | None = None
    handoff: Handoff | None = None
    suggestions: tuple[str, ...] = ()
    missed: tuple[Missed, ...] = ()

    def plan(self, asked: Asked) -> Plan | None:
        """Return the plan to be worded, `None` where nothing is left to a model."""
        if not self.points:
            return None
        return Plan(language=asked.language, message=asked.found.message, points=self.points, shop=asked.sources.name)
