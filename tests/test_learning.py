"""`python -m assistant learn`: trains on a shop's own events, says so, and does nothing where nothing is new."""

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from filelock import FileLock

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.learning import UNFINISHED, TrainingUnderWay, run
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
    assert run(settings, Namespace(new=False, full=False)) == 0
    assert "nothing new to learn from" in capsys.readouterr().out


def test_it_learns_once_and_then_only_what_is_new(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("assistant.recommend.models.PARTS", {"popular": Popular})
    filled(tmp_path)
    settings = replace(read({}), home=tmp_path)
    assert run(settings, Namespace(new=False, full=False)) == 0
    said = capsys.readouterr().out
    assert "in full, since there is no model yet" in said and f"version 1 of the model {Blend.name!r} is in use" in said
    assert run(settings, Namespace(new=True, full=False)) == 0
    assert "nothing new" in capsys.readouterr().out
    assert [version.number for version in Versions(tmp_path / MODELS).all()] == [1]
    assert not (tmp_path / MODELS / UNFINISHED).exists()


def test_two_trainings_at_once_are_one_too_many(tmp_path):
    (tmp_path / MODELS).mkdir()
    with FileLock(tmp_path / MODELS / "training.lock"), pytest.raises(TrainingUnderWay, match="under way"):
        run(replace(read({}), home=tmp_path), Namespace(new=False, full=True))
