"""The typed parts of a turn, in the order in which they leave: the chat page, the HTTP stream and the evals read these.

Values only. `as_json` gives the form in which a part travels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from assistant.wording.evidence import Citation


@dataclass(frozen=True, slots=True)
class Chip:
    """Something understood, shown to the shopper and removable: `key` ("price_max", "color:red"), `label` as shown."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What the message was taken to mean. `constraints` is the JSON form of the filters and wishes in force now."""

    language: str
    intent: str
    chips: tuple[Chip, ...] = ()
    constraints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A product as shown. Prices are in minor units; `why` is a short true reason in the reply's language, or empty.

    `variant_id` is the variant that met the conditions and would go into the cart; `price_minor` is its price.
    """

    product_id: str
    variant_id: str
    title: str
    brand: str | None
    price_minor: int | None
    list_price_minor: int | None
    currency: str | None
    price_text: str
    in_stock: bool
    stock_text: str
    rating: float | None
    rating_count: int | None
    image: str | None
    url: str | None
    options: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table: a header of product titles, then rows of a label and one cell a product, as shown."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """Products found for this turn, best first, and a table where a comparison was asked for."""

    cards: tuple[Card, ...]
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One verified sentence. `by` is "model", "record" or "notice" (see `wording.evidence.Written`)."""

    text: str
    subject_id: str
    by: str
    citations: tuple[Citation, ...] = ()
    reached: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    """The keys of the facts that the plan wanted of this subject; `reached` are those in the text so far."""


@dataclass(frozen=True, slots=True)
class Question:
    """A clarifying question with answers that can be clicked."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CartLine:
    """A line of the cart as shown; `price_minor` is of one unit."""

    variant_id: str
    product_id: str
    title: str
    options_text: str
    quantity: int
    price_minor: int | None
    currency: str | None
    price_text: str
    image: str | None


@dataclass(frozen=True, slots=True)
class CartShown:
    """The cart after this turn, with the link to check-out (`None` while it is empty)."""

    lines: tuple[CartLine, ...]
    total_text: str
    checkout_url: str | None


@dataclass(frozen=True, slots=True)
class ActionProposed:
    """A write that waits for an explicit yes."""

    name: str
    arguments: Mapping[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class Handoff:
    """The conversation goes to a person. Never silent.

    `ticket` is its id in the queue, empty where nobody can join; `summary`, `wish` (as in `Understood.constraints`),
    `evidence` and `sentiment` are what the agent gets; `answered_from` (ISO, UTC) is when people answer next, empty
    where somebody is there now.
    """

    reason: str
    text: str
    ticket: str = ""
    summary: str = ""
    wish: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Citation, ...] = ()
    sentiment: str = ""
    urgency: str = ""
    answered_from: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the shopper may like to ask next, in their language."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The end of the turn. `trace` holds timings (`…_ms`), engine, prompt hashes, `turn_id`, and what was rejected."""

    trace: Mapping[str, Any]


Part = Understood | Cards | Sentence | Question | CartShown | ActionProposed | Handoff | Suggestions | Done


def as_json(part: Part) -> dict[str, Any]:
    """Return the part as it travels: its type in snake case under `type`, then its fields."""
    name = type(part).__name__
    kind = "".join("_" + c.lower() if c.isupper() and i else c.lower() for i, c in enumerate(name))
    return {"type": kind, **asdict(part)}
