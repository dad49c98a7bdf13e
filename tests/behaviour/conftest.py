"""A shop that sells three things, and a place to keep events."""

from datetime import UTC, datetime

import pytest

from assistant.behaviour.intake import Intake
from assistant.behaviour.reading import read_value
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.principal import SYSTEM

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


SOLD = {
    "MUG-1": ("MUG-1", None),
    "MUG-1-RED": ("MUG-1", "MUG-1-RED"),
    "MUG-1-BLUE": ("MUG-1", "MUG-1-BLUE"),
    "LAMP-1": ("LAMP-1", None),
    "TEA-1": ("TEA-1", None),
}
"""A mug in two colours, a lamp and tea."""


class Shelf:
    """What is sold."""

    def sold_as(self, names):
        return {name: SOLD[name] for name in names if name in SOLD}


@pytest.fixture
def events(tmp_path):
    engine = open_database("", tmp_path)
    yield Events(engine)
    engine.dispose()


@pytest.fixture
def system():
    """Who takes in what other systems tell."""
    return SYSTEM


@pytest.fixture
def intake(events):
    """The way in."""
    return Intake(events, Shelf())


@pytest.fixture
def take(intake):
    """Take a payload in as if it came now."""

    def taken(payload, now=NOW, form="auto"):
        return intake.take(read_value(payload, "", now, form=form), SYSTEM, received_at=now)

    return taken
