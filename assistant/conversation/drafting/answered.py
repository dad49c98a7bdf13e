"""What is said to one wish before any model is asked. Values only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.conversation.drafting.draft import DraftSentence, ProposedAction
from assistant.conversation.drafting.phrasing import phrase
from assistant.wording.evidence import Citation, Point

CLEAR = 0.8
"""What is this sure is not in doubt."""
ASKED_BACK, UNKNOWN = 0.5, 0.3
"""How sure an answer is that asks the customer back, and one that does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is said to one wish: `sentences` as they are, `points` for a writer, `actions` beside them."""

    sentences: tuple[DraftSentence, ...] = ()
    points: tuple[Point, ...] = ()
    actions: tuple[ProposedAction, ...] = ()
    sure: float = 1.0
    doubt: str = ""

    @property
    def orders(self) -> frozenset[str]:
        """The numbers of the orders that it tells of; empty where a sentence tells of anything else."""
        told = [{_number(citation) for citation in one.citations} for one in self.sentences]
        return frozenset().union(*told) if all(told) and all("" not in one for one in told) else frozenset()


def fixed(key: str, language: str, *, sure: float, doubt: str, **values: object) -> Answered:
    """Return an answer of one fixed sentence that states no fact, marked as what it is."""
    text = phrase(key, language, "plain", **values)
    return Answered(sentences=(DraftSentence(text=text, sure=sure, doubt=doubt),), sure=sure, doubt=doubt)


def actions_of(answers: Iterable[Answered]) -> tuple[ProposedAction, ...]:
    """Return all that is wanted done, the same action once."""
    found: list[ProposedAction] = []
    for one in (action for answered in answers for action in answered.actions):
        if not any((one.name, one.arguments) == (other.name, other.arguments) for other in found):
            found.append(one)
    return tuple(found)


def _number(citation: Citation) -> str:
    kind, _, name = citation.source.partition(":")
    return name.partition("#")[0] if kind == "order" else ""
