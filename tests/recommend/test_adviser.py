"""Suggestions from a shop's own events: at once, never what is barred, sold out or bought, with the real signal."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event as Signalled

import pytest

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.errors import NotAllowed
from assistant.recommend.adviser import Adviser, Trained
from assistant.recommend.bought_again import bought_again
from assistant.recommend.contract import Signal
from assistant.recommend.from_events import interactions, purchases
from assistant.recommend.popular import Popular
from assistant.recommend.versions import How, Versions
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM, Principal
from index.catalogue import Catalogue
from index.product import Availability, Product, Variant, Words

NOW = datetime.now(UTC) - timedelta(days=1)
KINDS = {"tea": ["tea-green", "tea-black", "tea-mint"], "lamp": ["lamp-desk", "lamp-floor", "lamp-wall"]}


def product(id_, *, stock=5):
    there = Availability.IN_STOCK if stock else Availability.OUT_OF_STOCK
    kind, name = id_.split("-")
    return Product(
        id=id_,
        words={"en": Words(title=f"{name} {kind}", category=(kind,))},
        currency="USD",
        variants=(Variant(id=f"{id_}-1", price_minor=1000, availability=there, stock=stock),),
    )


PRODUCTS = [product(id_) for ids in KINDS.values() for id_ in ids]


def did(who, id_, *, minute=0, kind=Kind.PRODUCT_VIEW):
    return Event(
        id=f"{who}-{id_}-{minute}-{kind}",
        kind=kind,
        at=NOW + timedelta(minutes=minute),
        customer_id=who,
        items=(EventItem(product_id=id_),),
    )


def bought(who, id_, order, *, minute=0):
    return replace(did(who, id_, minute=minute, kind=Kind.PURCHASE), id=order, order_number=order)


@pytest.fixture
def shop(tmp_path):
    """Twenty people who look at all teas or at all lamps, and an adviser that has learned from them."""
    engine = open_database("", tmp_path)
    catalogue, events = Catalogue(engine), Events(engine)
    catalogue.create()
    catalogue.put(PRODUCTS, feed="test")
    for number in range(20):
        kind = list(KINDS.values())[number % 2]
        turned = kind[number % 3 :] + kind[: number % 3]
        events.add([did(f"p{number}", id_, minute=minute) for minute, id_ in enumerate(turned)], SYSTEM)
    versions = Versions(tmp_path / "models")
    adviser = Adviser(events=events, orders=Orders(engine), catalogue=catalogue, versions=versions)
    adviser.begin()
    yield adviser, events, catalogue
    adviser.close()
    engine.dispose()


def ids(adviser, who="new", k=2):
    return [one.id for one in adviser.suggest(f"customer:{who}", Principal("shopper", who), k=k)]


def test_what_is_looked_at_changes_the_very_next_list(shop):
    adviser, events, _ = shop
    events.add([did("new", "lamp-desk")], SYSTEM)
    assert set(ids(adviser)) == {"lamp-floor", "lamp-wall"}
    events.add([did("new", "tea-mint", minute=2), did("new", "tea-black", minute=3)], SYSTEM)
    assert ids(adviser, k=1) == ["tea-green"]


def test_a_reason_names_the_product_that_produced_it(shop):
    adviser, events, _ = shop
    events.add([did("new", "lamp-desk")], SYSTEM)
    first = adviser.suggest("customer:new", Principal("shopper", "new"), k=1)[0]
    assert first.reason.because == "lamp-desk" and first.reason.signal in (Signal.CHOSEN_TOGETHER, Signal.ALIKE)


def test_a_guest_gets_what_many_choose_with_no_false_reason(shop):
    adviser, _, _ = shop
    listed = adviser.suggest("anonymous:s", Principal("guest"), k=3)
    assert len(listed) == 3 and all(one.reason.because is None for one in listed)


def test_not_interested_works_at_once(shop):
    adviser, events, _ = shop
    events.add([did("new", "lamp-desk"), did("new", "lamp-wall", minute=1, kind=Kind.NOT_INTERESTED)], SYSTEM)
    assert "lamp-wall" not in ids(adviser, k=6)


def test_nothing_sold_out_is_shown_even_just_now(shop):
    adviser, events, catalogue = shop
    events.add([did("new", "lamp-desk")], SYSTEM)
    assert "lamp-wall" in ids(adviser)
    catalogue.put([product("lamp-wall", stock=0)], feed="test")
    assert "lamp-wall" not in ids(adviser, k=6)


def test_what_was_bought_is_not_suggested_again(shop):
    adviser, events, _ = shop
    events.add([did("new", "lamp-desk", kind=Kind.PURCHASE)], SYSTEM)
    assert "lamp-desk" not in ids(adviser, k=6)


def test_nobody_gets_suggestions_from_another_ones_history(shop):
    adviser, _, _ = shop
    with pytest.raises(NotAllowed):
        adviser.suggest("customer:p1", Principal("shopper", "p2"))


def test_before_anybody_chose_anything_there_is_no_model_and_no_list(tmp_path):
    engine = open_database("", tmp_path)
    catalogue = Catalogue(engine)
    catalogue.create()
    adviser = Adviser(
        events=Events(engine), orders=Orders(engine), catalogue=catalogue, versions=Versions(tmp_path / "models")
    )
    assert adviser.begin() is None and adviser.train() is None
    assert adviser.suggest("anonymous:s", Principal("guest")) == ()
    engine.dispose()


def test_a_new_version_is_taken_up_behind_the_next_list(shop):
    adviser, events, catalogue = shop
    assert "lamp-new" not in ids(adviser, k=9)
    catalogue.put([product("lamp-new")], feed="more")
    events.add(
        [did(f"q{n}", id_, minute=m) for n in range(9) for m, id_ in enumerate(("lamp-desk", "lamp-new"))], SYSTEM
    )
    events.add([did("new", "lamp-desk")], SYSTEM)
    assert adviser.refresh() is not None
    ids(adviser)
    adviser.close()
    assert "lamp-new" in ids(adviser, k=9)


def test_until_the_app_has_loaded_its_first_model_lists_are_empty(shop, monkeypatch):
    adviser, _, _ = shop
    loaded, load = Signalled(), Versions.load
    monkeypatch.setattr(Versions, "load", lambda *given: (loaded.wait(20), load(*given))[1])
    adviser.start()
    assert ids(adviser) == []
    loaded.set()
    adviser.close()
    assert len(ids(adviser)) == 2


def test_the_night_trains_in_full_after_the_quick_first_model_and_then_takes_up_what_is_new(shop, monkeypatch):
    adviser, events, _ = shop
    monkeypatch.setattr("assistant.recommend.models.PARTS", {"popular": Popular})
    trained = adviser.learn()
    assert trained.version.number == 2 and "quick first" in trained.full_because
    assert adviser.learn() == Trained(version=None, full_because="")
    events.add([did("late", "lamp-desk", minute=900)], SYSTEM)
    trained = adviser.learn()
    assert trained.version.origin.how is How.REFRESHED and trained.full_because == ""


def test_a_night_that_finds_broken_files_trains_in_full(shop, monkeypatch, tmp_path):
    adviser, events, _ = shop
    monkeypatch.setattr("assistant.recommend.models.PARTS", {"popular": Popular})
    adviser.learn()
    (tmp_path / "models" / "0002" / "arrays.npz").write_bytes(b"broken")
    events.add([did("late", "lamp-desk", minute=900)], SYSTEM)
    trained = adviser.learn()
    assert trained.version.origin.how is How.FULL and "missing or was changed" in trained.full_because


def test_only_what_people_buy_again_is_suggested_to_its_buyers(shop):
    adviser, events, _ = shop
    for who in range(6):
        events.add([bought(f"b{who}", "lamp-desk", f"L-{who}"), bought(f"b{who}", "tea-mint", f"T-{who}")], SYSTEM)
    for who in range(4):
        events.add([bought(f"b{who}", "tea-mint", f"U-{who}", minute=60)], SYSTEM)
    told = events.all(SYSTEM, kinds={Kind.PURCHASE})
    assert bought_again(purchases(told), {"lamp-desk": ("lamp",), "tea-mint": ("tea",)}) == {"tea-mint"}
    shown = ids(adviser, "b0", k=9)
    assert "tea-mint" in shown and "lamp-desk" not in shown


def test_an_order_counts_once_and_one_that_was_sent_back_not_at_all():
    told = [
        bought("p", "tea-mint", "A"),
        replace(bought("p", "tea-mint", "A"), id="told again"),
        bought("p", "tea-mint", "B", minute=9),
        replace(bought("p", "tea-mint", "B", minute=90), id="back", kind=Kind.REFUND),
    ]
    assert purchases(told).histories.lengths.tolist() == [1]


def test_a_product_looked_at_carted_and_bought_in_a_row_is_one_step():
    steps = [
        did("p", "tea-mint"),
        did("p", "tea-mint", minute=1, kind=Kind.CART_ADD),
        did("p", "tea-mint", minute=2, kind=Kind.PURCHASE),
        did("p", "lamp-desk", minute=3),
    ]
    known = interactions(steps, {one.id: one for one in PRODUCTS})
    assert [known.items[item] for item in known.histories[0]] == ["tea-mint", "lamp-desk"]
    assert known.histories.weights.tolist() == [5.0, 1.0]


def test_what_is_chosen_most_is_nobody_s_own_list(shop):
    adviser, events, _ = shop
    events.add([did(f"q{n}", "lamp-wall", minute=n) for n in range(9)], SYSTEM)
    events.add([did("new", "tea-mint")], SYSTEM)
    adviser.refresh()
    listed = [one.id for one in adviser.popular(k=50)]
    assert listed[0] == "lamp-wall" and len(listed) == len(PRODUCTS)
