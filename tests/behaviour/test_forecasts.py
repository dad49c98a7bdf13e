"""What is expected: learned from a small made-up shop, kept, told with reasons, forgotten."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.behaviour.features import Traits, features
from assistant.behaviour.forecasts.kept import current, keep, last_read, load
from assistant.behaviour.forecasts.learning import Known, learn
from assistant.behaviour.forecasts.outlook import Outlook
from assistant.behaviour.models.segments import learn_segments
from assistant.errors import BadRecord, NotAllowed
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.forecasts import ForecastBook
from assistant.store.principal import SYSTEM, Principal

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
TRAITS = {
    "tea": Traits("Food", "Leaf", "low"),
    "pot": Traits("Kitchen", "Clay", "high"),
    "mug": Traits("Kitchen", "Clay", "low"),
}
DAYS = 200


def shop_events(seed=3, people=160):
    """Half of the people drink tea, come often, early, and mostly buy; the others look at pots in the evening."""
    chance, made = random.Random(seed), []

    def add(who, at, kind, product):
        items = (EventItem(product_id=product, price_minor=900),) if product else ()
        number = len(made)
        made.append(
            Event(
                id=f"e{number}",
                kind=kind,
                at=at,
                customer_id=f"c{who}",
                items=items,
                order_number=f"o{number}" if kind is Kind.PURCHASE else None,
                channel="email" if who % 2 else "direct",
            )
        )

    for who in range(people):
        tea = bool(who % 2)
        day = chance.uniform(0, 60)
        while day < DAYS:
            hour = 8 if tea else 20
            at = NOW - timedelta(days=DAYS - int(day)) + timedelta(hours=hour - 12, minutes=chance.uniform(0, 40))
            product = "tea" if tea else chance.choice(["pot", "mug"])
            add(who, at, Kind.PRODUCT_VIEW, product)
            add(who, at + timedelta(minutes=2), Kind.PRODUCT_VIEW, product)
            if chance.random() < (0.7 if tea else 0.15):
                add(who, at + timedelta(minutes=3), Kind.CART_ADD, product)
                add(who, at + timedelta(minutes=5), Kind.PURCHASE, product)
            day += chance.expovariate(1 / (14 if tea else 40))
    return [event for event in made if event.at < NOW]


@pytest.fixture(scope="module")
def events():
    return shop_events()


@pytest.fixture(scope="module")
def learned(events):
    return learn(Known(events, TRAITS, NOW))


def test_features_are_sparse_and_their_shares_add_up(events):
    found = features(events, TRAITS, now=NOW)
    assert found.matrix.format == "csr" and found.matrix.shape == (len(found.ids), len(found.names))
    row = found.matrix[found.ids.index("customer:c1")].toarray()[0]
    share = {name: value for name, value in zip(found.names, row, strict=True) if value}
    assert share["category", "Food"] == 1 and share["daypart", "morning"] > 0.9 and share["channel", "email"] == 1


def test_features_look_at_nothing_later(events):
    day = NOW - timedelta(days=60)
    early = features([event for event in events if event.at <= day], TRAITS, now=day)
    cut = features(events, TRAITS, now=day)
    assert early.ids == cut.ids and (early.matrix != cut.matrix).nnz == 0


def test_segments_part_those_who_differ(events):
    people = features(events, TRAITS, now=NOW)
    found = learn_segments(people, seed=0)
    tea = {
        label for who, label in zip(people.ids, found.labels, strict=True) if int(who.removeprefix("customer:c")) % 2
    }
    others = {label for who, label in zip(people.ids, found.labels, strict=True) if not int(who.split(":c")[1]) % 2}
    assert not tea & others and found.silhouette > 0.3
    assert ("category", "Food") in {trait for label in tea for trait in found.segments[label].traits}


def test_too_few_people_are_no_segments(events):
    few = features([event for event in events if event.customer_id in ("c1", "c2")], TRAITS, now=NOW)
    with pytest.raises(BadRecord, match="2 people are too few"):
        learn_segments(few, seed=0)


def test_regulars_are_expected_back_and_are_worth_more(learned):
    rows = learned.rows["customer"]
    tea = [row for who, row in rows.items() if "returns" in row and int(who.split(":c")[1]) % 2]
    pots = [row for who, row in rows.items() if "returns" in row and not int(who.split(":c")[1]) % 2]
    mean = lambda found, key: sum(row[key] for row in found) / len(found)  # noqa: E731
    assert mean(tea, "returns") > mean(pots, "returns") + 0.2
    assert mean(tea, "worth_minor") > 2 * mean(pots, "worth_minor")


def test_demand_is_expected_by_category(learned):
    assert set(learned.rows["category"]) == {"Food", "Kitchen"}
    food = learned.rows["category"]["Food"]
    assert food["low"] <= food["pieces"] <= food["high"] and food["pieces"] > 10


def test_a_young_shop_learns_what_it_can_and_says_what_not(events):
    made = learn(Known(events[:30], TRAITS, NOW))
    assert {"visits", "returning", "segments"} <= set(made.missing) and not made.rows["segment"]
    assert made.rows["shop"]["learned"]["missing"] == made.missing


@pytest.fixture
def shop(tmp_path, events, learned):
    engine = open_database("", tmp_path)
    store, book = Events(engine), ForecastBook(engine)
    store.add(events, SYSTEM)
    for kind, rows in learned.rows.items():
        book.replace(kind, rows, SYSTEM)
    keep(tmp_path / "forecasts", learned.models, read=len(events))
    yield Outlook(events=store, book=book, folder=tmp_path / "forecasts"), book, store
    engine.dispose()


def test_a_customer_is_told_with_reasons(shop, learned):
    outlook, _, _ = shop
    told = outlook.customer("customer:c1", Principal("shopper", "c1"))
    assert told.returns.chance == pytest.approx(learned.rows["customer"]["customer:c1"]["returns"])
    assert told.returns.reasons and told.segment and told.sure > 0.6


def test_nobody_sees_what_is_expected_of_somebody_else(shop):
    outlook, book, _ = shop
    with pytest.raises(NotAllowed):
        outlook.customer("customer:c1", Principal("shopper", "c2"))
    with pytest.raises(NotAllowed):
        book.about("customer", Principal("shopper", "c2"))


def test_the_visit_in_progress_is_judged_anew_with_each_event(shop):
    outlook, _, store = shop
    who, me = "customer:c4", Principal("shopper", "c4")
    assert outlook.visit(who, me, now=NOW) is None

    def did(kind, minute):
        item = EventItem(product_id="tea", price_minor=900)
        at = NOW + timedelta(minutes=minute)
        store.add([Event(id=f"n{minute}", kind=kind, at=at, customer_id="c4", items=(item,))], SYSTEM)
        return outlook.visit(who, me, now=at)

    looked = did(Kind.PRODUCT_VIEW, 0)
    carted = did(Kind.CART_ADD, 2)
    assert carted.events == 2 and carted.buys.chance > looked.buys.chance + 0.05
    assert carted.buys.reasons[0].moves > 0


def test_forgetting_takes_the_forecast_too(shop):
    outlook, book, _ = shop
    book.forget("customer:c1", Principal("shopper", "c1"))
    assert outlook.customer("customer:c1", SYSTEM) is None


def test_models_that_were_changed_or_are_of_other_libraries_are_refused(tmp_path, learned, monkeypatch):
    keep(tmp_path, learned.models, read=7)
    keep(tmp_path, learned.models, read=9)
    name = current(tmp_path)
    assert last_read(tmp_path) == 9 and load(tmp_path, name).buying is not None
    assert len(list(tmp_path.glob("made-*"))) == 1
    monkeypatch.setattr("assistant.behaviour.forecasts.kept.version", lambda _name: "0")
    with pytest.raises(BadRecord, match="other libraries"):
        load(tmp_path, name)
    monkeypatch.undo()
    with (tmp_path / name / "models.pickle").open("ab") as file:
        file.write(b"x")
    with pytest.raises(BadRecord, match="was changed"):
        load(tmp_path, name)
