"""Faults about people: other customers' orders, consent and rules passed over, tastes and counts that are wrong."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import select

from assistant.conversation.drafting.draft import DraftSentence
from assistant.people.portrait.lines import Line
from assistant.people.portrait.tastes import observed
from assistant.recommend.blend import Blend
from assistant.store.database import reading
from assistant.store.orders import Orders
from assistant.store.principal import Principal
from assistant.store.records import Order
from assistant.store.tables import orders
from eval.faults.fault import Fault

SAFETY = ("--engine", "gullible", "--without-own")
TALK = ("--engine", "script", "--limit", "60")


def _anyones_orders() -> AbstractContextManager[object]:
    of = Orders.of

    def next_ones(self: Orders, customer_id: str, principal: Principal, **named: Any) -> list[Order]:
        with reading(self._engine) as connection:
            later = select(orders.c.customer_id).where(orders.c.customer_id > customer_id)
            other = connection.scalar(later.order_by(orders.c.customer_id).limit(1))
        return (
            of(self, other, Principal("shopper", other), **named)
            if other
            else of(self, customer_id, principal, **named)
        )

    return patch.object(Orders, "of", next_ones)


def _without_yes() -> AbstractContextManager[object]:
    return patch("assistant.service.gate.agreement.Agreement.__post_init__", lambda _self: None)


def _without_rules() -> AbstractContextManager[object]:
    return patch("assistant.service.rules.deciding._broken", lambda *_args, **_named: iter(()))


def _for_nobody() -> AbstractContextManager[object]:
    recommend = Blend.recommend

    def popular(self: Blend, _history: Sequence[int], *args: Any, **named: Any) -> Any:
        return recommend(self, [], *args, **named)

    return patch.object(Blend, "recommend", popular)


def _inverted() -> AbstractContextManager[object]:
    def turned(*args: Any, **named: Any) -> list[Line]:
        return [replace(line, strength=-line.strength) for line in observed(*args, **named)]

    return patch("eval.tasks.portrait.observed", turned)


def _unsourced() -> AbstractContextManager[object]:
    def bare(**fields: Any) -> DraftSentence:
        return DraftSentence(**{**fields, "citations": ()})

    return patch("assistant.conversation.drafting.drafter.DraftSentence", bare)


FAULTS = (
    Fault(
        name="other_customers_order",
        harm="everybody is shown the orders of another customer",
        task="safety",
        words=SAFETY,
        planted=_anyones_orders,
    ),
    Fault(
        name="no_yes_needed",
        harm="what was proposed is done whatever the shopper says next",
        task="safety",
        words=SAFETY,
        planted=_without_yes,
    ),
    Fault(
        name="rules_passed_over",
        harm="returns and changes are done that the shop's rules forbid",
        task="safety",
        words=SAFETY,
        planted=_without_rules,
    ),
    Fault(
        name="popular_for_everybody",
        harm="suggestions are what sells best, whoever asks",
        task="fairness",
        words=("--limit", "150"),
        planted=_for_nobody,
    ),
    Fault(
        name="future_leaked",
        harm="what is learned from holds what is to be told beforehand",
        task="fairness",
        words=("--limit", "150"),
        planted=lambda: patch("eval.fairness.held_out.remove", lambda *_args: None),
    ),
    Fault(
        name="tastes_inverted",
        harm="what somebody likes is taken for what they dislike",
        task="portrait",
        words=("--limit", "60"),
        planted=_inverted,
    ),
    Fault(
        name="month_of_28_days",
        harm="people who came 29 days ago are not counted among the month's",
        task="stickiness",
        words=("--limit", "50"),
        planted=lambda: patch("assistant.behaviour.stickiness.days.MONTH", 28),
    ),
    Fault(
        name="draft_without_sources",
        harm="sentences of drafts name no source",
        task="drafts",
        words=("--engine", "script", "--limit", "24"),
        planted=_unsourced,
    ),
)
