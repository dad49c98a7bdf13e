"""What a simulated shopper can do in one message, and what a visit ends with. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from eval.visits.must_haves import MustHave

Kind = Literal[
    "hello", "told", "worry", "gift", "wish", "state", "revise", "restate", "reject", "kind", "ask", "compare",
    "cheaper", "pick", "option", "bye",
]  # fmt: skip
Ending = Literal["bought", "chose", "told_none", "left", "out_of_patience"]
"""How it ended: in the cart, in words, told that nothing is there, gone for want of answers, or out of turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One message: what it does, the must-haves it states, and the words in it that no mood may wear.

    `product_id` is the card that it points at.
    """

    kind: Kind
    message: str
    states: tuple[MustHave, ...] = ()
    keep: tuple[str, ...] = ()
    product_id: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """How a visit ended, with which product and variant, and why in a few words."""

    ending: Ending
    why: str
    product_id: str = ""
    variant_id: str = ""
