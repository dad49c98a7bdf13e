"""Tastes read off a shopper's events: which traits they choose more often than the shelves offer them.

Each event weighs by what it shows (a purchase more than a look) and halves in weight every `HALF_LIFE_DAYS`. The
strength of a trait is how far its share among what was chosen lies above its share on the shelves, shrunk while there
is little evidence. Deterministic: the same events give the same lines. Knows no table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.behaviour.event import Event, EventItem, Kind
from assistant.behaviour.visits import daypart
from assistant.people.portrait.lines import Evidence, Line
from assistant.people.portrait.shelf import Shelf

HALF_LIFE_DAYS = 60.0
"""Tastes drift: what was done two months ago counts half."""
WEIGHTS = {
    Kind.PRODUCT_CLICK: 0.5,
    Kind.PRODUCT_VIEW: 1.0,
    Kind.SHARE: 2.0,
    Kind.WISHLIST_ADD: 3.0,
    Kind.CART_ADD: 3.0,
    Kind.PURCHASE: 5.0,
    Kind.CART_REMOVE: -1.5,
    Kind.REFUND: -4.0,
    Kind.NOT_INTERESTED: -4.0,
}
"""What an event shows of a product; a review by its stars, from -4 for one to 4 for five."""
DOUBT = 6.0
"""Weight of a shopper who chooses as the shelves offer, added before shares are taken: few events say little."""
LEAST = 0.08
"""A weaker taste is no line."""
PRODUCTS = 2
"""A taste shows in so many different products; one may be chance."""
MOST = 4
"""Lines of one trait."""
SHOWN = 3
"""Products named as evidence of a line."""
CHEAP, DEAR, PRICED = 0.35, 0.65, 3
"""A mean price rank outside these bounds over at least `PRICED` products is a taste for low or high prices."""
HABIT, HABITS = 0.5, 5
"""A habit is what holds for at least this share of at least so many events."""
_ONE_EACH = frozenset({"size"})
"""Traits that only what was put into the cart or bought tells: looking at a size means nothing."""
_TAKEN = frozenset({Kind.CART_ADD, Kind.PURCHASE})


@dataclass
class _Seen:
    """What was seen of one trait so far."""

    weight: float = 0.0
    products: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    last_at: dict[str, datetime] = field(default_factory=dict)
    by_kind: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: Kind, product_id: str, *, weight: float, at: datetime) -> None:
        self.weight += weight
        self.products.append(product_id)
        self.counts[kind.value] += 1
        self.last_at[kind.value] = max(at, self.last_at.get(kind.value, at))
        self.by_kind[kind.value].append(product_id)

    def evidence(self) -> tuple[Evidence, ...]:
        """Return what was done, what shows most first."""
        kinds = sorted(self.counts, key=lambda kind: (-abs(WEIGHTS.get(Kind(kind), 2.0)), kind))
        return tuple(
            Evidence(kind, self.counts[kind], self.last_at[kind], _latest(self.by_kind[kind])) for kind in kinds
        )


def observed(
    events: Iterable[Event],
    shelf: Shelf,
    *,
    now: datetime,
    zone: str = "UTC",
    forgotten: Mapping[tuple[str, str], datetime] | None = None,
) -> list[Line]:
    """Return the lines that a shopper's events support, the strongest of each trait first.

    Args:
        events: of one shopper, in any order.
        shelf: the yardstick.
        now: tastes are weighed as of then; later events are left out.
        zone: the shop's time zone, for the time of day.
        forgotten: lines that the shopper deleted, and when: nothing before that counts for them.
    """
    past = forgotten or {}
    # In one order, so that sums of fractions come out alike however the events come.
    held = sorted((event for event in events if event.at <= now), key=lambda event: (event.at, event.id))
    seen, total = _gathered(held, shelf, now, past)
    later = {key: max(at for line, at in past.items() if line[0] == key) for key in {line[0] for line in past}}
    since = {key: [event for event in held if event.at > at] for key, at in later.items()}
    return [
        *_tastes(seen, total, shelf),
        *_price(since.get("price", held), shelf, now),
        *_habit("daypart", since.get("daypart", held), zone),
        *_habit("channel", since.get("channel", held), zone),
    ]


def weight_of(event: Event, now: datetime) -> float:
    """Return what an event shows of its products as of `now`, from -5 to 5; 0 for one that shows nothing."""
    if event.kind is Kind.REVIEW:
        base = 2.0 * (event.rating - 3.0) if event.rating is not None else 0.0
    else:
        base = WEIGHTS.get(event.kind, 0.0)
    age = (now - event.at) / timedelta(days=1)
    return base * float(0.5 ** (age / HALF_LIFE_DAYS))


def _gathered(
    events: Sequence[Event], shelf: Shelf, now: datetime, forgotten: Mapping[tuple[str, str], datetime]
) -> tuple[dict[tuple[str, str], _Seen], dict[str, float]]:
    """Return what was seen of each trait, and the weight of all that was chosen of each key."""
    seen: dict[tuple[str, str], _Seen] = defaultdict(_Seen)
    total: dict[str, float] = defaultdict(float)
    for event in events:
        weight = weight_of(event, now)
        for item in event.items if weight else ():
            for trait in _traits(event.kind, item, shelf):
                if trait in forgotten and event.at <= forgotten[trait]:
                    continue
                seen[trait].add(event.kind, item.product_id, weight=weight, at=event.at)
                total[trait[0]] += max(weight, 0.0)
    return seen, total


def _traits(kind: Kind, item: EventItem, shelf: Shelf) -> Iterator[tuple[str, str]]:
    shelved = shelf.get(item.product_id)
    if shelved is None:
        return
    yield from shelved.traits
    for trait in shelved.by_variant.get(item.variant_id or "", ()):
        if trait[0] not in _ONE_EACH or kind in _TAKEN:
            yield trait


def _latest(product_ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reversed(product_ids)))[:SHOWN]


def _tastes(seen: dict[tuple[str, str], _Seen], total: dict[str, float], shelf: Shelf) -> Iterator[Line]:
    found: dict[str, list[Line]] = defaultdict(list)
    for (key, value), what in seen.items():
        base = shelf.share((key, value))
        strength = _strength(what.weight, total[key], base)
        if abs(strength) >= LEAST and len(set(what.products)) >= PRODUCTS:
            line = Line(key=key, value=value, strength=strength, origin="observed", evidence=what.evidence())
            found[key].append(line)
    for lines in found.values():
        yield from sorted(lines, key=lambda line: (-abs(line.strength), line.value))[:MOST]


def _strength(weight: float, total: float, base: float) -> float:
    """Return how far a trait's share lies above its share on the shelves, of what is possible; below it, 0.

    To choose something else is no dislike: only what was put back, returned or refused counts against a trait.
    """
    if weight < 0:
        return weight / (DOUBT - weight)
    share = (weight + DOUBT * base) / (total + DOUBT)
    return max(0.0, min(1.0, (share - base) / (1.0 - base))) if base < 1.0 else 0.0


def _price(events: Sequence[Event], shelf: Shelf, now: datetime) -> Iterator[Line]:
    """Yield whether cheaper or dearer things of a kind are chosen."""
    ranks: list[tuple[float, float]] = []
    what = _Seen()
    for event in events:
        weight = weight_of(event, now)
        for item in event.items if weight > 0 else ():
            shelved = shelf.get(item.product_id)
            if shelved is not None and shelved.price_rank is not None:
                ranks.append((shelved.price_rank, weight))
                what.add(event.kind, item.product_id, weight=weight, at=event.at)
    if len(set(what.products)) < PRICED:
        return
    mean = sum(rank * weight for rank, weight in ranks) / sum(weight for _, weight in ranks)
    if not CHEAP < mean < DEAR:
        value = "low" if mean <= CHEAP else "high"
        yield Line(key="price", value=value, strength=abs(2 * mean - 1), origin="observed", evidence=what.evidence())


def _habit(key: str, events: Sequence[Event], zone: str) -> Iterator[Line]:
    """Yield the part of the day, or the way, by which somebody mostly comes."""
    shown = ZoneInfo(zone)
    if key == "daypart":
        values = [(daypart(event.at.astimezone(shown).hour), event.at) for event in events]
    else:
        values = [(event.channel, event.at) for event in events if event.channel]
    if len(values) < HABITS:
        return
    value, count = max(Counter(value for value, _ in values).items(), key=lambda pair: (pair[1], pair[0]))
    share, last = count / len(values), max(at for one, at in values if one == value)
    if share >= HABIT:
        evidence = (Evidence("visit", count, last),)
        yield Line(key=key, value=value, strength=share, origin="observed", evidence=evidence)
