"""What a visitor sees on opening the page: the shop around them, their conversation so far, their cart."""

from __future__ import annotations

from typing import Any

from assistant.errors import NotAllowed
from assistant.people.sessions import Session
from assistant.people.sign_in import DemoCustomer
from assistant.store.records import TurnRecord
from assistant.web.counter import cart_panel
from assistant.web.departments import Departments
from assistant.web.engine_watch import EngineWatch
from assistant.web.rendering import TurnView, page, past_turn
from assistant.web.replies import drawn
from assistant.web.storefront import Storefront
from assistant.web.words import words

MOST_TURNS = 40
"""Earlier turns drawn again after a reload."""


class Opening:
    """Draws the page for one visitor at a time. Blocks on the store: call it from a thread."""

    def __init__(self, shop: Storefront, watch: EngineWatch) -> None:
        self._shop, self._watch = shop, watch
        self._departments = Departments(shop.catalogue)

    def show(self, visit: Session, language: str, *, sign_in: bool) -> dict[str, Any]:
        """Return the page in `language`, with everything that was said and put aside in this session."""
        customers = self._shop.sign_in.offered(language) if sign_in else []
        mine = next((one for one in customers if one.id == visit.principal.customer_id), None)
        return {
            "language": language,
            "title": self._shop.name,
            "words": words(language),
            "page": page(
                language=language,
                shop=self._shop.name,
                customer=_customer(mine, visit),
                customers=customers,
                sign_in=bool(customers),
                departments=self._departments.shown(language),
            ),
            "turns": self._past(visit, language),
            "held": self._shop.tickets.of_session(visit.id) is not None,
            "cart": cart_panel(self._shop.carts.show(visit.id, principal=visit.principal, language=language), language),
            "engine": self._watch.panel(language),
        }

    def _past(self, visit: Session, language: str) -> list[dict[str, Any]]:
        """Return the turns, and what people wrote between them, in the order in which they were."""
        try:
            turns = self._shop.conversations.turns(visit.id, visit.principal, limit=MOST_TURNS)
        except NotAllowed:  # the cookie of a guest whose session has since become a customer's
            return []
        given = {one.turn_id: one.thumb for one in self._shop.feedback.of(visit.id, visit.principal)}
        shown = [(turn.at, _turn(turn, given.get(turn.id, ""))) for turn in turns]
        shown += [(one.at, drawn(one, language)) for one in self._shop.tickets.for_session(visit.id)]
        return [one for _, one in sorted(shown, key=lambda pair: pair[0])]


def _turn(turn: TurnRecord, thumb: str) -> dict[str, Any]:
    view = TurnView(f"turn-{turn.id}", turn.language)
    patches = past_turn(view, turn.parts, turn.id, thumb=thumb)
    return {"id": view.place, "message": turn.message, "language": turn.language, "patches": patches}


def _customer(known: DemoCustomer | None, visit: Session) -> dict[str, str] | None:
    if not visit.principal.customer_id:
        return None
    return {"name": known.first_name if known else visit.principal.customer_id}
