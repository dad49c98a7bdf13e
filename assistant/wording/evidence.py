"""What a reply may be made of: things with facts, and a plan that says which facts of which thing to word.

Values only. Every fact carries its source, so that every sentence can be traced to a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

SubjectKind = Literal["product", "review", "policy", "order", "cart", "shop", "portrait"]
Role = Literal["recommend", "answer", "policy", "order", "smalltalk", "refuse"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is so.

    `key` names it in English in lower case (`price`, `list_price`, `rating`, `rating_count`, `stock`, `brand`, `color`,
    `size`, `material`, `review_quote`, `review_count`, any attribute's name, `paragraph`, `status`, `date` …).
    `label` and `text` are as shown in the reply's language ("Price", "$39.99"; "价格", "$39.99"). `source` names the
    record ("product:LAMP-01#price", "review:r-17", "policy:returns#refund-time", "order:1042#status").
    """

    key: str
    label: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that a sentence can be about, with all the facts that are known of it.

    `record` is free text of the same record in the reply's language (description, highlights): claims may be supported
    by it too. What reviewers wrote belongs into facts (`review_quote`, `review_count`), which support only what is told
    as theirs. It is data, never instruction.
    """

    id: str
    kind: SubjectKind
    name: str
    facts: tuple[Fact, ...]
    record: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A must-have that the shopper stated, as shown ("under $50", "waterproof"), and whether the subject meets it.

    `met` is `None` where the record does not say: the reply then says that it is not stated.
    """

    text: str
    met: bool | None
    fact: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One part of a reply: what to say of one subject. `facts` must reach the text, most important first.

    `ask` is what the shopper wants to know of this subject (a question, or their wish). `needs` are declared in the
    text where unmet or unknown.
    """

    role: Role
    subject: Subject
    facts: tuple[Fact, ...]
    ask: str = ""
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole reply, decided before any model is asked: points in order.

    `language` is "en" or "zh". `shop` is the shop's name.
    """

    language: str
    message: str
    points: tuple[Point, ...]
    shop: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence's claim comes from, as shown: a label and the source of the fact."""

    label: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A sentence that has been verified and may be shown.

    `by` is who worded it: "model", "record" (the plain sentence that replaces one that failed) or "notice" (a fixed
    form of words that no model is asked for: the result of an action, an unmet condition). `reached` are the keys of
    the plan's facts that the sentence holds.
    """

    text: str
    subject_id: str
    by: Literal["model", "record", "notice"]
    reached: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    attempts: int = 1
    rejected: tuple[str, ...] = ()
    """Sentences that failed, for the trace; never shown."""
