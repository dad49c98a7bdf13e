"""What a turn tells of the shopper: the message, the search, the products shown; and nothing where nobody listens."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.behaviour.event import Kind
from assistant.behaviour.recorder import Recorder
from assistant.conversation.noting import deeds
from assistant.conversation.parts import Card, Cards, Understood
from assistant.errors import StoreUnavailable
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.records import TurnRecord

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
TURN = TurnRecord(id="t1", session_id="s1", message="a red mug", language="en", parts=(), at=AT)
SHOPPER = Principal("shopper", "c-1")


def card(product):
    return Card(
        product_id=product,
        variant_id=f"{product}-A",
        title=product,
        brand=None,
        price_minor=950,
        list_price_minor=None,
        currency="USD",
        price_text="$9.50",
        in_stock=True,
        stock_text="In stock",
        rating=None,
        rating_count=None,
        image=None,
        url=None,
    )


PARTS = [Understood("en", "find"), Cards((card("M1"), card("M2")))]


def test_a_search_is_a_message_a_search_and_a_list():
    chat, search, shown = deeds(TURN, "find", PARTS, principal=SHOPPER)
    assert [one.kind for one in (chat, search, shown)] == [Kind.CHAT, Kind.SEARCH, Kind.LIST_VIEW]
    assert chat.query == search.query == "a red mug" and chat.at == AT and chat.person == "customer:c-1"
    assert [(one.product_id, one.position, one.price_minor) for one in shown.items] == [("M1", 0, 950), ("M2", 1, 950)]
    assert shown.currency == "USD" and shown.details == {"turn": "t1", "intent": "find"}


def test_a_question_about_a_product_is_a_closer_look():
    kinds = [one.kind for one in deeds(TURN, "ask_product", [*PARTS[:1], Cards((card("M1"),))], principal=GUEST)]
    assert kinds == [Kind.CHAT, Kind.PRODUCT_VIEW]


def test_small_talk_is_a_message_alone():
    [only] = deeds(TURN, "smalltalk", [], principal=GUEST)
    assert only.kind is Kind.CHAT and only.person == "anonymous:s1"


def test_the_same_turn_noted_twice_is_the_same_deeds():
    assert [one.id for one in deeds(TURN, "find", PARTS, principal=GUEST)] == ["turn:t1:0", "turn:t1:1", "turn:t1:2"]


class Keeps:
    """Remembers what it was asked to keep, or is away."""

    def __init__(self, away=False):
        self.kept, self._away = [], away

    def add(self, batch, principal):
        if self._away:
            raise StoreUnavailable("shop.db", "disk is full")
        self.kept += batch


@pytest.mark.parametrize(("principal", "kept"), [(GUEST, 3), (SHOPPER, 3), (SYSTEM, 0), (Principal("agent"), 0)])
def test_what_staff_do_is_not_noted(principal, kept):
    keeps = Keeps()
    Recorder(keeps).note(principal, *deeds(TURN, "find", PARTS, principal=principal))
    assert len(keeps.kept) == kept


def test_a_store_that_is_away_disturbs_nobody(caplog):
    Recorder(Keeps(away=True)).note(GUEST, *deeds(TURN, "find", PARTS, principal=GUEST))
    assert "was not written down" in caplog.text and "red mug" not in caplog.text


def test_a_real_turn_is_noted_after_it_is_kept(shop, talk):
    keeps = Keeps()
    before, shop._sources = shop._sources, replace(shop._sources, recorder=Recorder(keeps))
    try:
        talk.say("show me backpacks under $100")
    finally:
        shop._sources = before
    assert [one.kind for one in keeps.kept] == [Kind.CHAT, Kind.SEARCH, Kind.LIST_VIEW]
    assert set(keeps.kept[2].product_ids) == {"BP1", "BP2", "BP3"}
