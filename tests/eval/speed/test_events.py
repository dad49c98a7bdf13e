"""The events of the benchmark are ones that a shop takes: none refused, none twice, in both formats."""

import json
import random
from datetime import UTC, datetime

import pytest

from assistant.behaviour.intake import Intake
from assistant.behaviour.reading import read_value
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.principal import SYSTEM
from eval.shops import demo_products
from eval.speed.events import BATCH, EventsLost, _bodies


class Shelf:
    """What the demo sells."""

    def __init__(self):
        self._ids = {product.id for product in demo_products()}

    def sold_as(self, names):
        return {name: (name, None) for name in names if name in self._ids}


@pytest.fixture
def events(tmp_path):
    engine = open_database("", tmp_path)
    yield Events(engine)
    engine.dispose()


def test_every_event_of_the_benchmark_is_taken_once(events):
    bodies = _bodies(2 * BATCH, random.Random(1))
    intake, now = Intake(events, Shelf()), datetime.now(UTC)
    receipts = [intake.take(read_value(json.loads(body), "", now), SYSTEM, received_at=now) for body in bodies]
    assert len(bodies) == 4
    assert [(one.accepted, one.rejected, one.duplicates) for one in receipts] == [(BATCH, 0, 0)] * 4
    assert {one.source for one in events.all(SYSTEM)} == {"ga4", "segment"}


def test_events_that_were_lost_are_said():
    assert "of 10 events 9 were accepted and 8 are kept" in str(EventsLost(10, 9, 8))
