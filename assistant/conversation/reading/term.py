"""A word of the catalogue's and its place in a message. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["brand", "category", "option", "attribute"]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a form can mean: values of a brand, a category, an option or an attribute, as the records have them."""

    kind: Kind
    name: str
    values: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Found:
    """A term and its place in the message. `form` is how it was written."""

    term: Term
    start: int
    end: int
    form: str
