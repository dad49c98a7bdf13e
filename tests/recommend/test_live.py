"""A new model takes the old one's place without a pause, and a broken one never does."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from assistant.recommend.items import ItemNeighbours
from assistant.recommend.live import Live
from assistant.recommend.popular import Popular
from assistant.recommend.versions import CURRENT, Versions


@pytest.fixture
def versions(tmp_path, rings):
    made = Versions(tmp_path)
    made.add(Popular.fit(rings))
    return made


@pytest.fixture
def live(versions):
    made = Live(versions, lambda model: model)
    yield made
    made.close()


def test_a_command_waits_for_its_first_model(versions, live):
    assert live.now().name == "popular"


def test_without_a_model_there_is_nothing(tmp_path):
    assert Live(Versions(tmp_path), lambda model: model).now() is None


def test_lists_go_on_with_the_old_model_while_the_new_one_loads(versions, live, rings, monkeypatch):
    assert live.now().name == "popular"
    go_on, load = threading.Event(), Versions.load
    monkeypatch.setattr(Versions, "load", lambda *given: (go_on.wait(20), load(*given))[1])
    versions.add(ItemNeighbours.fit(rings))
    started = time.monotonic()
    for _ in range(20):
        assert live.now().name == "popular"
    assert time.monotonic() - started < 1
    go_on.set()
    live.close()
    assert live.now().name == "items"


def test_an_app_does_not_even_wait_for_its_first_model(versions, live, monkeypatch):
    go_on, load = threading.Event(), Versions.load
    monkeypatch.setattr(Versions, "load", lambda *given: (go_on.wait(20), load(*given))[1])
    live.begin()
    assert live.now() is None
    go_on.set()
    live.close()
    assert live.now().name == "popular"


def test_a_broken_version_is_said_once_and_the_old_one_goes_on(versions, live, rings, tmp_path, caplog):
    assert live.now().name == "popular"
    versions.add(ItemNeighbours.fit(rings))
    (tmp_path / "0002" / "arrays.npz").write_bytes(b"broken")
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert live.now().name == "popular"
            live.close()
    assert [record.getMessage().count("version 2 of the model cannot be used") for record in caplog.records] == [1]
    versions.add(ItemNeighbours.fit(rings))
    live.now()
    live.close()
    assert live.now().name == "items"


def test_a_pointer_that_names_nothing_is_said_once(versions, live, tmp_path, caplog):
    assert live.now().name == "popular"
    (tmp_path / CURRENT).write_text("none")
    for _ in range(3):
        assert live.now().name == "popular"
    assert len(caplog.records) == 1 and "names no version" in caplog.text


def test_whatever_goes_wrong_in_making_it_ready_leaves_the_old_one(versions, rings, caplog):
    def made(model):
        if model.name == "items":
            raise RuntimeError("out of memory")
        return model

    live = Live(versions, made)
    assert live.now().name == "popular"
    versions.add(ItemNeighbours.fit(rings))
    live.now()
    live.close()
    assert live.now().name == "popular" and "out of memory" in caplog.text


def test_going_back_to_an_earlier_version_is_taken_up_too(versions, live, rings):
    versions.add(ItemNeighbours.fit(rings))
    assert live.now().name == "items"
    versions.use(1)
    live.now()
    live.close()
    assert live.now().name == "popular"


def test_lists_go_on_while_versions_are_swapped(versions, live, rings):
    models = [Popular.fit(rings), ItemNeighbours.fit(rings)]
    live.now()
    failures, stop = [], threading.Event()

    def ask():
        while not stop.is_set():
            if len(live.now().recommend([12, 13], 5)) != 5:
                failures.append("a list is short")

    asking = threading.Thread(target=ask)
    asking.start()
    for at in range(4):
        versions.add(models[at % 2])
    stop.set()
    asking.join()
    live.now()
    live.close()
    assert failures == [] and live.now().name == "items"
