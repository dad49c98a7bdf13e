"""What a visitor does besides asking: the cart, thumbs, a look at the engine. Blocks: call it from a thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, cast

from assistant.behaviour.event import EventItem, Kind
from assistant.behaviour.recorder import deed
from assistant.errors import NotFound, RegularsError
from assistant.people.sessions import Session
from assistant.service.cart import CartOutcome
from assistant.store.event import person
from assistant.store.records import Feedback
from assistant.web.counter import CHANGED, cart_panel, outcome_text
from assistant.web.engine_watch import EngineWatch
from assistant.web.storefront import Storefront
from assistant.web.words import say

log = logging.getLogger("regulars.web")

REASONS = frozenset({"", "understood", "fits", "clear", "misunderstood", "wrong", "no_fit", "slow"})
MOST_TEXT = 500
Answer = dict[str, Any]


class Acts:
    """Does what was asked, as the visitor that asks, and answers with what changed or why nothing did."""

    def __init__(self, shop: Storefront, watch: EngineWatch) -> None:
        self._shop, self._watch = shop, watch
        self._known: Mapping[str, Callable[[Session, Mapping[str, Any], str], Answer]] = {
            "add": self._add,
            "change": self._change,
            "feedback": self._feedback,
            "opened": self._opened,
            "bar": self._bar,
            "engine": lambda _visit, _asked, language: {"engine": self._watch.panel(language)},
        }

    def do(self, visit: Session, asked: Mapping[str, Any], language: str) -> Answer:
        """Return the answer to one act; what cannot be done is said in one sentence and changes nothing."""
        try:
            return self._known[str(asked["name"])](visit, asked, language)
        except (KeyError, TypeError, ValueError, RegularsError) as error:
            log.warning("an act was refused: %s", type(error).__name__)
        except Exception:
            log.exception("an act failed")
        return {"problem": say("error_action", language)}

    def _add(self, visit: Session, asked: Mapping[str, Any], language: str) -> Answer:
        outcome = self._shop.carts.add(
            visit.id, str(asked["variant"]), principal=visit.principal, quantity=1, language=language
        )
        return self._cart(visit, outcome, language)

    def _change(self, visit: Session, asked: Mapping[str, Any], language: str) -> Answer:
        outcome = self._shop.carts.change(
            visit.id,
            str(asked["variant"]),
            quantity=int(asked["quantity"]),
            principal=visit.principal,
            language=language,
        )
        return self._cart(visit, outcome, language)

    def _cart(self, visit: Session, outcome: CartOutcome, language: str) -> Answer:
        cart = self._shop.carts.show(visit.id, principal=visit.principal, language=language)
        text = outcome_text(outcome, cart, language)
        said = {"announce": text} if outcome.kind in CHANGED else {"problem": text}
        return {"cart": cart_panel(cart, language), **said}

    def _opened(self, visit: Session, asked: Mapping[str, Any], language: str) -> Answer:
        """Write down that a product was looked at more closely: by a question about it, or on the shop's own page."""
        self._noted(Kind.PRODUCT_VIEW, visit, asked, language)
        return {}

    def _bar(self, visit: Session, asked: Mapping[str, Any], language: str) -> Answer:
        """Write down that a product is not wanted: from now on it is neither suggested nor shown among others."""
        self._noted(Kind.NOT_INTERESTED, visit, asked, language)
        kept = self._shop.portraits.recording(person(visit.principal.customer_id, visit.id))
        return {"announce": say("barred" if kept else "barred_off", language)}

    def _noted(self, kind: Kind, visit: Session, asked: Mapping[str, Any], language: str) -> None:
        product_id = str(asked["product"])
        product = self._shop.catalogue.get([product_id]).get(product_id)
        if product is None:
            raise NotFound("product", product_id[:80])
        prices = product.prices_minor()
        item = EventItem(product_id=product.id, price_minor=prices[0] if prices else None)
        done = deed(kind, visit.id, visit.principal, items=(item,), currency=product.currency, language=language)
        self._shop.recorder.note(visit.principal, done)

    def _feedback(self, visit: Session, asked: Mapping[str, Any], language: str) -> Answer:
        thumb, reason = asked["thumb"], str(asked.get("reason") or "")
        if thumb not in ("up", "down") or reason not in REASONS:
            raise ValueError("no such thumb or reason")
        opinion = Feedback(
            turn_id=str(asked["turn"]),
            session_id=visit.id,
            thumb=cast(Literal["up", "down"], thumb),
            reason=reason,
            text=str(asked.get("text") or "")[:MOST_TEXT],
            at=datetime.now(UTC),
        )
        self._shop.feedback.give(opinion, visit.principal)
        details = {"turn": opinion.turn_id, "thumb": thumb, "reason": reason}
        done = deed(Kind.FEEDBACK, visit.id, visit.principal, language=language, details=details)
        self._shop.recorder.note(visit.principal, done)
        return {"announce": say("feedback_thanks", language)}
