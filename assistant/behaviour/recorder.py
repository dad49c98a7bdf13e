"""Writes down what people do in the shop's own chat and pages, so that the shop learns from them as from any other.

Handed to the conversation, the cart and the pages where the shop is composed; without one they work as well and nothing
is learned. What cannot be written is logged and lost: a shopper's cart or reply never waits for a note about it.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from assistant.behaviour.event import Event, Kind
from assistant.behaviour.intake import Keeps
from assistant.errors import RegularsError
from assistant.store.principal import Principal

log = logging.getLogger("regulars.events")

SOURCE = "shop"
LONGEST_ID = 128


class Recorder:
    """Writes events of one shop's own pages. Thread-safe; blocks for as long as the store takes to write."""

    def __init__(self, events: Keeps) -> None:
        self._events = events

    def note(self, principal: Principal, *deeds: Event) -> None:
        """Keep what a shopper or a guest did; what staff do is no behaviour of a shopper."""
        if principal.role not in ("guest", "shopper") or not deeds:
            return
        try:
            self._events.add(deeds, principal)
        except RegularsError as error:
            log.warning("what a visitor did was not written down: %s", type(error).__name__)


def deed(kind: Kind, session_id: str, principal: Principal, **facts: Any) -> Event:
    """Return the event of something done just now in a session of the shop's own pages.

    `facts` are the further fields of `Event`; an `id` among them makes a repeat harmless.
    """
    own = {"id": f"{SOURCE}:{uuid4().hex}", "at": datetime.now(UTC), "source": SOURCE, "channel": "chat"}
    named = {"customer_id": principal.customer_id, "anonymous_id": session_id[:LONGEST_ID]}
    return Event(kind=kind, **{**own, **named, **facts})
