"""What a turn tells of the shopper: what was said, what was searched for, which products were shown.

Knows no store; the recorder that the shop hands in keeps it, as far as consent allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.behaviour.recorder import deed
from assistant.conversation.parts import Card, Cards, Part
from assistant.store.principal import Principal
from assistant.store.records import TurnRecord

SEARCHES = frozenset({"find", "refine", "more"})
"""Intents whose message says what is looked for."""
LOOKS = "ask_product"
"""The intent of somebody who looks closely at the products shown."""
MOST_QUERY = 500


def deeds(turn: TurnRecord, intent: str, parts: Iterable[Part], *, principal: Principal) -> list[Event]:
    """Return what the shopper did in a turn, the message first."""
    message = turn.message[:MOST_QUERY]
    shown = [card for part in parts if isinstance(part, Cards) for card in part.cards]
    done: list[tuple[Kind, str, Sequence[Card]]] = [(Kind.CHAT, message, ())]
    if intent in SEARCHES and message:
        done.append((Kind.SEARCH, message, ()))
    if shown and intent != LOOKS:
        done.append((Kind.LIST_VIEW, "", shown))
    elif shown:
        done += [(Kind.PRODUCT_VIEW, "", [card]) for card in shown]
    return [
        deed(
            kind,
            turn.session_id,
            principal,
            id=f"turn:{turn.id}:{number}",
            at=turn.at,
            query=query,
            language=turn.language,
            items=tuple(_items(cards)),
            currency=next((card.currency for card in cards), None),
            details={"turn": turn.id, "intent": intent},
        )
        for number, (kind, query, cards) in enumerate(done)
    ]


def _items(cards: Sequence[Card]) -> Iterator[EventItem]:
    for position, card in enumerate(cards):
        yield EventItem(
            product_id=card.product_id,
            variant_id=card.variant_id or None,
            price_minor=card.price_minor,
            position=position,
        )
