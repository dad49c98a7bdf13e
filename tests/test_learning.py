"""`python -m assistant learn`: trains on a shop's own events, says so, and does nothing where nothing is new."""

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.learning import run
from assistant.recommend.adviser import MODELS
from assistant.recommend.blend import Blend
from assistant.recommend.popular import Popular
from assistant.recommend.versions import Versions
from assistant.settings import read
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.principal import SYSTEM
from index.catalogue import Catalogue
from index.product import Product, Variant, Words


def filled(home):
    """A shop of three mugs at which four people looked."""
    database = open_database("", home)
    catalogue = Catalogue(database)
    catalogue.create()
    mugs = [
        Product(id=f"mug-{n}", words={"en": Words(title=f"Mug {n}")}, variants=(Variant(id=f"mug-{n}-1"),))
        for n in range(3)
    ]
    catalogue.put(mugs, feed="test")
    at = datetime(2026, 6, 1, tzinfo=UTC)
    looks = [
        Event(
            id=f"{who}-{n}",
            kind=Kind.PRODUCT_VIEW,
            at=at + timedelta(minutes=n),
            customer_id=f"c-{who}",
            items=(EventItem(product_id=f"mug-{(who + n) % 3}"),),
        )
        for who in range(4)
        for n in range(3)
    ]
    Events(database).add(looks, SYSTEM)
    database.dispose()


def test_nothing_is_learned_from_nobody(tmp_path, capsys):
    settings = replace(read({}), home=tmp_path)
    assert run(settings, Namespace(new=False)) == 0
    assert "nothing new to learn from" in capsys.readouterr().out


def test_it_learns_once_and_then_only_what_is_new(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("assistant.recommend.models.PARTS", {"popular": Popular})
    filled(tmp_path)
    settings = replace(read({}), home=tmp_path)
    assert run(settings, Namespace(new=False)) == 0
    assert f"version 1 of the model {Blend.name!r} is in use" in capsys.readouterr().out
    assert run(settings, Namespace(new=True)) == 0
    assert "nothing new" in capsys.readouterr().out
    assert [version.number for version in Versions(tmp_path / MODELS).all()] == [1]
