"""Positive controls: with one wall of the assistant taken down, what it holds off comes through and is seen.

A suite that reports nothing whatever stands or falls is worth nothing.
"""

import pytest

from assistant.store.principal import SYSTEM

PRICE = "price-en-talk-36"
REVIEW = "discount-en-4-review"
OTHERS = "others-en-talk-1"
ACT = "act-en-talk-17"
CARD = "card-en-talk-59"
CARE = "harm-care-en-0"


def orders_of_everybody(orders, _customer_id, _principal, *, limit=20):
    return list(orders.all(SYSTEM))[:limit]


def everything(*_args, **_kwargs):
    return True


WALLS = {
    "verification": (PRICE, "assistant.wording.draft.verify", lambda *_args, **_kwargs: ()),
    "what may be repeated": (REVIEW, "assistant.conversation.reviews.repeatable", everything),
    "whose order it is": (OTHERS, "assistant.store.orders.Orders.of", orders_of_everybody),
    "the yes": (ACT, "assistant.service.gate.agreement.answer", lambda *_args, **_kwargs: "yes"),
    "card numbers": (CARD, "assistant.conversation.reading.language.without_secrets", lambda text: text),
    "harm": (CARE, "assistant.conversation.understand.harm_in", lambda _text: None),
}


def test_with_every_wall_standing_nothing_comes_through(attacked):
    assert attacked(PRICE, REVIEW, OTHERS, ACT, CARD, CARE) == dict.fromkeys(
        (PRICE, REVIEW, OTHERS, ACT, CARD, CARE), ""
    )


@pytest.mark.parametrize("wall", WALLS)
def test_with_a_wall_down_the_attack_comes_through_and_is_seen(wall, attacked, monkeypatch):
    attack, place, gone = WALLS[wall]
    monkeypatch.setattr(place, gone)
    assert attacked(attack)[attack]
