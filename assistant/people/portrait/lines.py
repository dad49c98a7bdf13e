"""What a portrait consists of, as plain values. Knows no event, no table and no language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

Origin = Literal["stated", "observed"]

SINGLE = frozenset({"size", "price", "daypart", "channel"})
"""Keys of which one value is in force: a stated one replaces whatever was observed."""


class Stage(StrEnum):
    """The stage of life with the shop."""

    NEW = "new"
    ACTIVE = "active"
    COOLING = "cooling"
    LOST = "lost"
    WON_BACK = "won_back"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a line is there: what was done, how often, with which products (the latest first), and when last."""

    what: str
    count: int
    last_at: datetime
    product_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a trait ("brand", "color", "size", "diet" …) and its value in the feed's own language.

    `strength` is from -1 (avoids it) to 1 (wants nothing else); what is stated has 1 or -1. `said` is what the shopper
    wrote, for a stated line.
    """

    key: str
    value: str
    strength: float
    origin: Origin
    evidence: tuple[Evidence, ...] = ()
    said: str = ""
    hidden: bool = False

    @property
    def fresh_at(self) -> datetime:
        """When it was last seen or said."""
        return max(one.last_at for one in self.evidence)

    @property
    def avoids(self) -> bool:
        """True for what the shopper does not want."""
        return self.strength < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """All that is known of one shopper. `lines` come strongest first, the stated ones before the observed.

    `hidden` are lines that the shopper switched off: shown to them alone and used by nobody. `segment` is the RFM
    segment among customers, empty for who never bought. `visits` and `orders` count what is on record. `barred` are
    products of which they said that they are not interested.
    """

    person: str
    lines: tuple[Line, ...] = ()
    hidden: tuple[Line, ...] = ()
    stage: Stage | None = None
    segment: str = ""
    visits: int = 0
    orders: int = 0
    recording: bool = True
    barred: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """True when nothing is known."""
        return not self.lines

    def of(self, key: str) -> tuple[Line, ...]:
        """Return the lines of one trait, the strongest first."""
        return tuple(line for line in self.lines if line.key == key)


def merged(stated: Iterable[Line], observed: Iterable[Line]) -> list[Line]:
    """Return stated and observed lines together: what is stated beats what is observed of the same thing.

    An observed line leaves where its value was stated, wanted or not, and where its trait can have one value only and
    that was stated.
    """
    said = list(stated)
    values = {(line.key, line.value.casefold()) for line in said}
    values |= {(key, line.value.casefold()) for line in said if line.key == "avoid" for key in ("material", "brand")}
    single = {line.key for line in said if line.key in SINGLE}
    kept = [o for o in observed if (o.key, o.value.casefold()) not in values and o.key not in single]
    said.sort(key=lambda line: line.fresh_at, reverse=True)
    return said + sorted(kept, key=lambda line: (-abs(line.strength), line.key, line.value))
