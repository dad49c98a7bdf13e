"""The wishes of one message, each understood for itself, and what kind of answer each gets. Searches nothing."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation.drafting.asking_for import names_payment, trouble, wants_replacement
from assistant.conversation.drafting.case import Case
from assistant.conversation.drafting.ordered import order_numbers
from assistant.conversation.reading.families import family
from assistant.conversation.state import State
from assistant.conversation.understand import Understander
from assistant.conversation.understanding import Understanding

ACTIONS = {
    "cancel_order": "cancel",
    "change_order": "items",
    "change_address": "address",
    "set_address": "user_address",
    "return_item": "return",
    "get_refund": "return",
    "exchange_item": "exchange",
    "damaged_item": "return",
}
"""Intents that want something done, and the action."""
STATUS = frozenset({"order_status", "order_arrival", "refund_status"})
UNHAPPY = frozenset({"complaint", "damaged_item", "payment_problem"})
COURTESIES = frozenset({"greeting", "thanks", "goodbye", "smalltalk", "told"})


@dataclass(frozen=True, slots=True)
class Matter:
    """One wish: what is wanted done (`action`, empty where nothing is), its words, and how sure the intent is."""

    intent: str
    action: str
    text: str
    found: Understanding
    sure: float

    @property
    def family(self) -> str:
        """The conversation's own intent that answers it."""
        return family(self.intent)


def matters_of(case: Case, understander: Understander) -> tuple[Understanding, tuple[Matter, ...]]:
    """Return what the whole message says, and each wish in it. Blocks."""
    whole = understander.understand(case.message, State(), language=case.page_language)
    if not whole.errands:
        return whole, (_matter(whole.intent, case.message, whole, whole.sure),)
    found = []
    for one in whole.errands:
        alone = understander.understand(one.text, State(), language=whole.language)
        found.append(_matter(one.intent, one.text, alone, one.sure))
    return whole, tuple(found)


def _matter(intent: str, text: str, found: Understanding, sure: float) -> Matter:
    return Matter(intent, action_of(intent, text), text, found, sure)


def action_of(intent: str, text: str) -> str:
    """Return the action that a message of an intent wants done; empty where it wants none."""
    if intent in ("change_order", "payment_methods", "payment_problem") and names_payment(text):
        return "payment"
    if intent == "refund_policy" and order_numbers(text) and trouble(text):
        return "return"
    if intent == "damaged_item" and wants_replacement(text) and not trouble(text):
        return "exchange"
    return ACTIONS.get(intent, "")
