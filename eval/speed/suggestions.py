"""How long a list of suggestions with its reasons takes in a shop of a hundred thousand products.

The shop is made up (`eval.speed.large_shop`) and kept under its own home, so that only the first run makes it: its
products in a real catalogue, the histories of those who ask as real events, and the blend that ships fitted to
everybody's. What is in the blend is what a shop of that size gets: every model but EASE, which takes no more than
20,000 items. Settings are the models' defaults but for few rounds and epochs, and the weights are even: neither changes
what a list costs.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tqdm import tqdm

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.errors import RegularsError
from assistant.recommend.adviser import MODELS, Adviser
from assistant.recommend.blend import Blend, BlendSettings
from assistant.recommend.contract import Recommender, Run
from assistant.recommend.ease import Ease, EaseSettings
from assistant.recommend.ials import Ials, IalsSettings
from assistant.recommend.models import PARTS
from assistant.recommend.sequence.model import SequenceModel
from assistant.recommend.sequence.settings import SequenceSettings
from assistant.recommend.versions import Versions
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.orders import Orders
from assistant.store.principal import SYSTEM, Principal
from eval.recommendation.fitting import Progress
from eval.speed.large_shop import PEOPLE, LargeShop, large_shop
from index.catalogue import Catalogue

ASKING = 300
"""So many people have their histories in the shop and ask."""
CHUNK = 5_000
SHOWN, WARMING = 6, 10
CHAT = 12
"""So many suggestions the chat asks for, to order them by the portrait; see `conversation.answers.suiting_me`."""


class TooFew(RegularsError):
    """A list that is shorter than asked for, though the shop is full: nothing that is timed so is worth anything."""

    def __init__(self, person: str, got: int, asked: int) -> None:
        self.person, self.got, self.asked = person, got, asked
        super().__init__(f"{person!r} got {got} suggestions and not {asked}: delete the large shop's home, run again")


@contextmanager
def large_shops_adviser(home: Path, *, products: int, seed: int, people: int = PEOPLE) -> Iterator[Adviser]:
    """Open the large shop under a home, made where it is not there, and give who suggests in it."""
    home.mkdir(parents=True, exist_ok=True)
    database = open_database("", home)
    try:
        catalogue, events = Catalogue(database), Events(database)
        catalogue.create()
        versions = Versions(home / MODELS)
        if not (home / "made").exists():
            _make(large_shop(products, seed, people=people), catalogue, events, versions)
            (home / "made").touch()
        adviser = Adviser(events=events, orders=Orders(database), catalogue=catalogue, versions=versions)
        for number in range(WARMING):
            listed_ms(adviser, asking(seed, number), SHOWN)
        yield adviser
    finally:
        database.dispose()


def asking(seed: int, number: int) -> str:
    """Return who asks for a list, by its number."""
    return f"L-{random.Random(f'{seed}:{number}').randrange(ASKING):05}"


def listed_ms(adviser: Adviser, person: str, k: int) -> float:
    """Return the milliseconds that a list of k takes.

    Raises:
        TooFew: it is shorter.
    """
    started = time.perf_counter()
    listed = adviser.suggest(f"customer:{person}", Principal("shopper", person), k=k)
    spent = (time.perf_counter() - started) * 1000
    if len(listed) < k:
        raise TooFew(person, len(listed), k)
    return spent


def _make(shop: LargeShop, catalogue: Catalogue, events: Events, versions: Versions) -> None:
    for start in tqdm(range(0, len(shop.products), CHUNK), desc="a large catalogue"):
        catalogue.put(shop.products[start : start + CHUNK], feed="made up")
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    for person, items in shop.histories[:ASKING]:
        events.add([_look(person, item, begun + timedelta(minutes=at)) for at, item in enumerate(items)], SYSTEM)
    versions.add(_blend(shop))


def _blend(shop: LargeShop) -> Blend:
    known, run = shop.interactions(), Run(progress=Progress())
    large = len(known.items) > EaseSettings().max_items
    takes = {name: kind for name, kind in PARTS.items() if not (large and kind is Ease)}
    given: dict[str, object] = {SequenceModel.name: SequenceSettings(epochs=1), Ials.name: IalsSettings(rounds=3)}
    parts: dict[str, Recommender] = {name: kind.fit(known, given.get(name), run) for name, kind in takes.items()}
    own = {name: part.settings for name, part in parts.items()}
    return Blend(known.items, BlendSettings(parts=own, weights=dict.fromkeys(parts, 1.0)), parts)


def _look(person: str, item: str, at: datetime) -> Event:
    items = (EventItem(product_id=item),)
    return Event(id=f"{person}:{item}", kind=Kind.PRODUCT_VIEW, at=at, customer_id=person, items=items)
