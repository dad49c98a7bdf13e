"""Portraits: what events show, what was said, what was hidden, and that replaying gives the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.errors import NotAllowed
from assistant.people.portrait.lines import Evidence, Line, Stage, merged
from assistant.people.portrait.portraits import Portraits, _Kept, supersedes
from assistant.people.portrait.segments import Bought, segments
from assistant.people.portrait.shelf import Shelf
from assistant.people.portrait.stage import stage
from assistant.people.portrait.tastes import observed
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.forecasts import ForecastBook
from assistant.store.orders import Orders
from assistant.store.portraits import PortraitBook, Statement
from assistant.store.principal import GUEST, SYSTEM, Principal
from assistant.store.stock_alerts import StockAlerts
from index.catalogue import Catalogue
from index.product import Availability, Product, Variant, Words

NOW = datetime(2026, 6, 1, 20, tzinfo=UTC)


def product(number, *, brand, colour, price=1000):
    variant = Variant(
        id=f"p{number}-v",
        options={"color": colour, "size": "42"},
        price_minor=price,
        availability=Availability.IN_STOCK,
    )
    words = {"en": Words(title=f"Thing {number}", category=("Home", "Lamps"))}
    return Product(id=f"p{number}", words=words, brand=brand, currency="USD", variants=(variant,))


# Ten lamps: two brands by halves, colours red and blue in turn, dearer and dearer.
LAMPS = [
    product(n, brand="Halden" if n < 5 else "Vesper", colour="Red" if n % 2 else "Blue", price=1000 * (n + 1))
    for n in range(10)
]
SHELF = Shelf(LAMPS)
SIZED = [(lamp, "42" if n % 2 else "39") for n, lamp in enumerate(LAMPS)]


def did(kind, number, *, days=1.0, who="customer:c-1", **more):
    customer = who.removeprefix("customer:") if who.startswith("customer:") else None
    guest = who.removeprefix("anonymous:") if customer is None else None
    return Event(
        id=f"{kind}-{number}-{days}-{who}",
        kind=kind,
        at=NOW - timedelta(days=days),
        customer_id=customer,
        anonymous_id=guest,
        items=(EventItem(product_id=f"p{number}", variant_id=f"p{number}-v"),),
        **more,
    )


def line(lines, key, value):
    return next((one for one in lines if (one.key, one.value) == (key, value)), None)


def test_choosing_something_else_is_no_dislike():
    lines = observed([did(Kind.PURCHASE, n) for n in (5, 7, 9)], SHELF, now=NOW)
    assert not [one for one in lines if one.avoids]


def test_what_is_chosen_more_often_than_the_shelves_offer_it_is_a_taste():
    lines = observed([did(Kind.PURCHASE, n) for n in (5, 7, 9)], SHELF, now=NOW)
    assert line(lines, "brand", "Vesper").strength > 0.3 and line(lines, "color", "Red").strength > 0.3
    assert line(lines, "brand", "Halden") is None
    assert line(lines, "brand", "Vesper").evidence[0] == Evidence(
        "purchase", 3, NOW - timedelta(days=1), ("p9", "p7", "p5")
    )


def test_what_everything_on_the_shelf_has_is_no_taste():
    assert line(observed([did(Kind.PURCHASE, n) for n in range(10)], SHELF, now=NOW), "category", "Lamps") is None


def test_one_product_may_be_chance():
    assert line(observed([did(Kind.PURCHASE, 5)], SHELF, now=NOW), "brand", "Vesper") is None


def test_a_taste_fades_and_a_new_one_takes_its_place():
    old = [did(Kind.PURCHASE, n, days=400) for n in (0, 2, 4)]
    new = [did(Kind.PURCHASE, n) for n in (5, 7, 9)]
    lines = observed(old + new, SHELF, now=NOW)
    assert line(lines, "brand", "Vesper").strength > 0.3 and line(lines, "brand", "Halden") is None


def test_looking_at_a_size_says_nothing_and_buying_it_does():
    sizes = [replace(lamp, variants=(replace(lamp.variants[0], options={"size": size}),)) for lamp, size in SIZED]
    shelf = Shelf(sizes)
    looked, bought = (
        observed([did(kind, n) for n in (5, 7, 9)], shelf, now=NOW) for kind in (Kind.PRODUCT_VIEW, Kind.PURCHASE)
    )
    assert line(looked, "size", "42") is None and line(bought, "size", "42").strength > 0.3


def test_a_millilitre_is_no_size_of_a_person():
    held = [replace(lamp, variants=(replace(lamp.variants[0], options={"size": "150 ml"}),)) for lamp in LAMPS[5:]]
    lines = observed([did(Kind.PURCHASE, n) for n in (5, 7, 9)], Shelf([*LAMPS[:5], *held]), now=NOW)
    assert not [one for one in lines if one.key == "size"]


def test_what_is_held_against_is_renewed_behind_the_back_of_whoever_asks():
    made = iter("abc")
    kept = _Kept(3600.0, lambda: next(made))
    assert kept.get() == kept.get() == "a"
    kept._held = (float("-inf"), "a")
    assert kept.get() == "a"
    kept._renewing.join()
    assert kept.get() == "b"


def test_cheap_things_of_a_kind_are_a_taste_for_low_prices():
    assert line(observed([did(Kind.PURCHASE, n) for n in (0, 1, 2)], SHELF, now=NOW), "price", "low")
    assert line(observed([did(Kind.PURCHASE, n) for n in (7, 8, 9)], SHELF, now=NOW), "price", "high")
    assert not [
        one for one in observed([did(Kind.PURCHASE, n) for n in (0, 5, 9)], SHELF, now=NOW) if one.key == "price"
    ]


def test_what_was_sent_back_counts_against():
    events = [did(Kind.REFUND, n) for n in (5, 7)] + [did(Kind.NOT_INTERESTED, 9), did(Kind.PURCHASE, 0)]
    assert line(observed(events, SHELF, now=NOW), "brand", "Vesper").avoids


def test_a_product_that_is_gone_is_passed_over():
    assert observed([did(Kind.PURCHASE, 77)], SHELF, now=NOW) == []


EVENTS = st.lists(
    st.builds(
        lambda kind, number, days: did(kind, number, days=days),
        st.sampled_from([Kind.PRODUCT_VIEW, Kind.CART_ADD, Kind.PURCHASE, Kind.REFUND, Kind.NOT_INTERESTED]),
        st.integers(0, 9),
        st.floats(0.1, 300),
    ),
    max_size=25,
)


@given(EVENTS, st.randoms(use_true_random=False))
def test_replaying_events_in_any_order_gives_the_same_tastes(events, chance):
    shuffled = list(events)
    chance.shuffle(shuffled)
    one, other = (observed(given_, SHELF, now=NOW) for given_ in (events, shuffled))
    assert {(x.key, x.value): round(x.strength, 9) for x in one} == {
        (x.key, x.value): round(x.strength, 9) for x in other
    }


@given(EVENTS)
def test_strengths_stay_in_their_range(events):
    assert all(-1 <= one.strength <= 1 for one in observed(events, SHELF, now=NOW))


def said(key, value, *, wanted=True):
    return Line(
        key=key, value=value, strength=1.0 if wanted else -1.0, origin="stated", evidence=(Evidence("said", 1, NOW),)
    )


def seen(key, value):
    return Line(key=key, value=value, strength=0.5, origin="observed", evidence=(Evidence("purchase", 2, NOW),))


def test_what_is_stated_beats_what_is_observed():
    lines = merged(
        [said("size", "42"), said("avoid", "Leather", wanted=False), said("brand", "Vesper", wanted=False)],
        [seen("size", "41"), seen("material", "leather"), seen("brand", "Vesper"), seen("color", "Red")],
    )
    assert [(one.key, one.value, one.origin) for one in lines if one.origin == "observed"] == [
        ("color", "Red", "observed")
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], None),
        ([5], Stage.NEW),
        ([200, 180, 160, 20], Stage.WON_BACK),
        ([90, 60, 30, 2], Stage.ACTIVE),
        ([200, 170, 140, 80], Stage.COOLING),
        ([400, 380, 360], Stage.LOST),
    ],
)
def test_stages(days, expected):
    assert stage([NOW - timedelta(days=day) for day in days], NOW) == expected


def test_segments_name_the_best_and_the_lost():
    bought = {f"c{n}": Bought(NOW - timedelta(days=10 * n), 20 - n, 1000 * (20 - n)) for n in range(20)}
    found = segments(bought)
    assert found["c0"].segment == "champion" and found["c19"].segment == "asleep"
    assert segments({"one": Bought(NOW, 1, 10)})["one"].recency == 3


@pytest.fixture
def portraits(tmp_path):
    engine = open_database("", tmp_path)
    catalogue = Catalogue(engine)
    catalogue.create()
    catalogue.put(LAMPS, feed="test")
    made = Portraits(
        events=Events(engine),
        book=PortraitBook(engine),
        forecasts=ForecastBook(engine),
        alerts=StockAlerts(engine),
        orders=Orders(engine),
        catalogue=catalogue,
    )
    yield made, Events(engine)
    engine.dispose()


ONE, OTHER = Principal("shopper", "c-1"), Principal("shopper", "c-2")


def test_an_event_changes_the_portrait_at_once_and_deleting_a_line_forgets_what_it_came_from(portraits):
    held, events = portraits
    events.add([did(Kind.PURCHASE, n) for n in (5, 7, 9)], SYSTEM)
    assert line(held.of("customer:c-1", ONE, now=NOW).lines, "brand", "Vesper")
    held.delete("customer:c-1", ONE, line=("brand", "Vesper"))
    assert line(held.of("customer:c-1", ONE).lines, "brand", "Vesper") is None
    assert line(held.of("customer:c-1", ONE).lines, "color", "Red")


def test_a_hidden_line_is_shown_to_its_owner_alone_and_comes_back(portraits):
    held, events = portraits
    events.add([did(Kind.PURCHASE, n) for n in (5, 7, 9)], SYSTEM)
    held.hide("customer:c-1", ONE, line=("color", "Red"))
    portrait = held.of("customer:c-1", ONE, now=NOW)
    assert line(portrait.lines, "color", "Red") is None and line(portrait.hidden, "color", "Red").hidden
    held.show("customer:c-1", ONE, line=("color", "Red"))
    assert line(held.of("customer:c-1", ONE, now=NOW).lines, "color", "Red")


def test_a_correction_is_a_statement_and_beats_what_follows(portraits):
    held, events = portraits
    events.add([did(Kind.PURCHASE, n) for n in (0, 2, 4)], SYSTEM)
    held.correct("customer:c-1", ONE, line=("size", "42"), value="43")
    sizes = held.of("customer:c-1", ONE, now=NOW).of("size")
    assert [(one.value, one.origin) for one in sizes] == [("43", "stated")]


def test_nothing_is_learned_while_history_is_off(portraits):
    held, events = portraits
    held.switch_history("customer:c-1", ONE, on=False)
    events.add([did(Kind.PURCHASE, n) for n in (5, 7, 9)], SYSTEM)
    held.tell("customer:c-1", ONE, told=Statement(key="diet", value="vegan", wanted=True, said="I am vegan", at=NOW))
    portrait = held.of("customer:c-1", ONE, now=NOW)
    assert portrait.empty and not portrait.recording


def test_a_portrait_is_for_its_owner(portraits):
    held, _ = portraits
    with pytest.raises(NotAllowed):
        held.of("customer:c-1", OTHER)
    with pytest.raises(NotAllowed):
        held.delete("customer:c-1", GUEST, line=("brand", "Vesper"))


def test_what_a_guest_said_goes_with_them_when_they_sign_in(portraits):
    held, _ = portraits
    told = Statement(key="diet", value="vegan", wanted=True, said="I am vegan", at=NOW)
    held.tell("anonymous:s-1", GUEST, told=told)
    held.adopt("s-1", ONE)
    assert held.of("customer:c-1", ONE).of("diet") and not held.of("anonymous:s-1", GUEST).lines


def test_forgetting_leaves_nothing(portraits):
    held, events = portraits
    events.add([did(Kind.PURCHASE, n) for n in (5, 7, 9)], SYSTEM)
    held.correct("customer:c-1", ONE, line=("size", "42"), value="43")
    held.forget("customer:c-1", ONE)
    portrait = held.of("customer:c-1", ONE)
    assert portrait.empty and not portrait.hidden and portrait.visits == 0


@pytest.mark.parametrize(
    ("told", "earlier", "replaced"),
    [
        (("size", "M", True), ("size", "L", True), True),
        (("size", "42", True), ("size", "L", True), False),
        (("size", "42", True), ("size", "41", True), True),
        (("color", "blue", True), ("color", "green", True), False),
        (("material", "leather", True), ("avoid", "leather", False), True),
        (("color", "green", False), ("color", "green", True), True),
    ],
)
def test_what_is_said_now_takes_the_place_of_what_it_contradicts(told, earlier, replaced):
    new, old = (Statement(key=k, value=v, wanted=w, said="", at=NOW) for k, v, w in (told, earlier))
    assert supersedes(new, old) is replaced
