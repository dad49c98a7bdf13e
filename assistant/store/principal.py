"""Who asks: every read and write of a person's data names one. Knows no table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["guest", "shopper", "agent", "manager", "system"]


@dataclass(frozen=True, slots=True)
class Principal:
    """A person or program in a role. `customer_id` is set for a signed-in shopper, `None` for a guest."""

    role: Role
    customer_id: str | None = None

    @property
    def who(self) -> str:
        """A name for messages that carries no personal data."""
        return f"{self.role} {self.customer_id}" if self.customer_id else self.role


GUEST = Principal("guest")
SYSTEM = Principal("system")
