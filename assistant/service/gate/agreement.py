"""A proposal as it waits, and an agreement: a proposal with the words that said yes to it.

An `Agreement` cannot be made without an explicit yes to exactly that proposal while it was good, and it is all that the
writes take: so nothing is written without one. Knows no database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from assistant.errors import RegularsError
from assistant.service.actions import Action, as_json, from_json, kind
from assistant.service.gate.consent import answer
from assistant.service.outcomes import Proposal, Terms

_TERMS: TypeAdapter[Terms] = TypeAdapter(Terms)
_TIME: TypeAdapter[datetime] = TypeAdapter(datetime)


class NoYes(RegularsError):
    """Words that are no explicit yes to the proposal, or come too late. `expired` says which."""

    def __init__(self, proposal: Proposal, *, expired: bool) -> None:
        self.proposal, self.expired = proposal, expired
        why = "it has expired" if expired else "nobody said an explicit yes to it"
        super().__init__(f"the proposal {proposal.id!r} cannot be carried out: {why}; propose it again")


@dataclass(frozen=True, slots=True)
class Agreement:
    """A proposal and the words that agree to it.

    Raises:
        NoYes: they do not, or they come too late.
    """

    proposal: Proposal
    words: str
    at: datetime

    def __post_init__(self) -> None:
        if answer(self.words, kind(self.proposal.action), names=names(self.proposal.action)) != "yes":
            raise NoYes(self.proposal, expired=False)
        if self.at >= self.proposal.expires_at:
            raise NoYes(self.proposal, expired=True)


def names(action: Action) -> frozenset[str]:
    """Return the numbers and ids that an action names, in lower case: a yes may repeat them."""
    named: set[str] = set()
    for value in as_json(action).values():
        named.update([value] if isinstance(value, str) else value if isinstance(value, list) else [])
    return frozenset(one.lower() for one in named if any(letter.isdigit() for letter in one))


def kept(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as JSON."""
    return {
        "id": proposal.id,
        "action": as_json(proposal.action),
        "terms": _TERMS.dump_python(proposal.terms, mode="json"),
        "said": dict(proposal.said),
        "expires_at": proposal.expires_at.isoformat(),
    }


def waiting(row: Mapping[str, Any]) -> Proposal:
    """Return the proposal that `kept` wrote."""
    return Proposal(
        id=row["id"],
        action=from_json(row["action"]),
        terms=_TERMS.validate_python(row["terms"]),
        said=row["said"],
        expires_at=_TIME.validate_python(row["expires_at"]),
    )
