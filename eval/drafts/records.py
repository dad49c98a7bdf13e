"""What is true of orders, rules and policies, read from the records by the evaluation itself.

Shares nothing with the drafter: its own words for the states of an order, its own reckoning of dates and money.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.store.records import Customer, Order, PolicyParagraph
from eval.grounding.truth import Truth, fold, numbers

STATES: Mapping[str, tuple[str, ...]] = {
    "pending": ("received, not yet packed", "已收到，尚未打包"),
    "processed": ("being packed", "正在打包"),
    "shipped": ("on its way", "运输中"),
    "delivered": ("delivered", "已送达"),
    "cancelled": ("cancelled", "已取消"),
    "return_requested": ("return requested", "已申请退货"),
    "returned": ("returned", "已退货"),
    "refunded": ("refunded", "已退款"),
    "exchange_requested": ("exchange requested", "已申请换货"),
    "exchanged": ("exchanged", "已换货"),
}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_ENGLISH_DATE = re.compile(rf"({'|'.join(_MONTHS)}) (\d{{1,2}}), (\d{{4}})")
_CHINESE_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_TRACKING = re.compile(r"(?<![\w])[A-Z]{2}\d{9,11}(?!\w)")
_NUMBER = re.compile(r"(?<!\w)R-\d{4,}")
_ITEM = re.compile(r"(\d+) × ([^;；,，)）$¥]+)")


@dataclass(frozen=True, slots=True)
class Said:
    """One fact found in a sentence, by its kind, and the words that make it."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What records say: figures and words as in `Truth`, and what only orders have."""

    truth: Truth
    numbers: frozenset[str] = frozenset()
    dates: frozenset[date] = frozenset()
    tracking: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    items: frozenset[tuple[int, str]] = frozenset()

    def holds(self, said: Said) -> bool:
        """Return whether the records bear a fact out."""
        match said.kind:
            case "order":
                return said.text in self.numbers
            case "date":
                return _date(said.text) in self.dates
            case "tracking":
                return said.text in self.tracking
            case "state":
                return any(said.text in STATES[state] for state in self.states)
            case "item":
                count, title = said.text.split(" × ", 1)
                return any(int(count) == n and fold(title) == fold(name) for n, name in self.items)
        return False


def told(text: str) -> Iterator[Said]:
    """Yield what a sentence says of orders: numbers, dates, tracking numbers, states and items."""
    for kind, pattern in (("order", _NUMBER), ("tracking", _TRACKING)):
        yield from (Said(kind, found.group()) for found in pattern.finditer(text))
    for pattern in (_ENGLISH_DATE, _CHINESE_DATE):
        yield from (Said("date", found.group()) for found in pattern.finditer(text))
    yield from (Said("item", f"{found[1]} × {found[2].strip()}") for found in _ITEM.finditer(text))
    states = {name for forms in STATES.values() for name in forms}
    for found in re.finditer(r"(?::|：|起)\s*([a-z][a-z, ]+?|[\u4e00-\u9fff，]+?)(?= since|[.。])", text):
        if found[1].strip() in states:
            yield Said("state", found[1].strip())


def without_orders(text: str) -> str:
    """Return a sentence without what `told` reads, for the checker of everything else."""
    for pattern in (_NUMBER, _TRACKING, _ENGLISH_DATE, _CHINESE_DATE):
        text = pattern.sub(" ", text)
    text = re.sub(r"“(.{1,3})”", r"\1", text)  # a word that is quoted as such is no quotation
    return re.sub(r"\d+ × ", " ", text)


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads records as the evaluation understands them. `zone` is the shop's."""

    zone: ZoneInfo
    rules: Mapping[str, Any] = field(default_factory=dict)

    def order(self, order: Order, customer: Customer) -> Known:
        """Return what is true of one order."""
        address = order.ship_to or customer.address
        ways = [one.method_label for one in order.payments] + [one.label for one in customer.payment_methods]
        lines = [line.title for line in order.lines] + [v for line in order.lines for v in line.options.values()]
        parcels = [one.carrier for one in order.shipments]
        where = [*parts_of(address), customer.name] if address else [customer.name]
        ids = [line.variant_id for line in order.lines]
        states = STATES[order.status.value]
        text = fold(" . ".join([*lines, *states, *ways, *parcels, *where, *ids, "store credit", "购物余额"]))
        money = {Decimal(amount) / 100 for amount in self._amounts(order)}
        truth = Truth(
            names=tuple(fold(line.title) for line in order.lines),
            text=text,
            prices=frozenset(amount.normalize() for amount in money),
            numbers=numbers(text) | {Decimal(line.quantity) for line in order.lines},
        )
        return Known(
            truth=truth,
            numbers=frozenset({order.number}),
            dates=frozenset(self._dates(order)),
            tracking=frozenset(one.tracking_number for one in order.shipments),
            states=frozenset({order.status.value}),
            items=frozenset((line.quantity, line.title) for line in order.lines),
        )

    def _amounts(self, order: Order) -> set[int]:
        """Return every amount that may be said of an order: what it cost, and what its units bring back."""
        goods = sum(line.price_minor * line.quantity for line in order.lines)
        amounts = {order.total_minor, order.shipping_minor, order.discount_minor, goods}
        amounts |= {payment.amount_minor for payment in order.payments}
        fee = int(self.rules.get("returns", {}).get("fee_minor", 0))
        sums = {0}
        for line in order.lines:
            amounts.add(line.price_minor)
            sums = {total + n * line.price_minor for total in sums for n in range(line.quantity + 1)}
        paid = {round(total * (goods - order.discount_minor) / goods) for total in sums} if goods else set()
        return amounts | paid | {max(0, one - fee) for one in paid} | ({fee} if fee else set())

    def _dates(self, order: Order) -> Iterator[date]:
        moments = [order.placed_at, *(change.at for change in order.history)]
        moments += [at for one in order.shipments for at in (one.shipped_at, one.delivered_at) if at]
        moments += [payment.at for payment in order.payments]
        for at in moments:
            yield at.astimezone(self.zone).date()
        for one in order.shipments:
            if one.expected_on:
                yield datetime.fromisoformat(one.expected_on).date()
            if one.delivered_at:
                yield from self._closing(one.delivered_at.astimezone(self.zone).date())

    def _closing(self, delivered: date) -> Iterator[date]:
        """Yield the last days on which what was delivered on a day may come back."""
        for name in ("returns", "exchange"):
            window = self.rules.get(name, {}).get("window", {})
            for days in (window.get("days"), window.get("excused_days")):
                if days:
                    yield delivered + timedelta(days=days)
            for season in window.get("seasons", ()):
                month, day = map(int, season["until"].split("-"))
                yield date(delivered.year + ((month, day) < (delivered.month, delivered.day)), month, day)

    def rule(self, name: str) -> Known:
        """Return what is true of a rule of service: its sentence, or an action's own fee and conditions."""
        sentence = self.rules.get("rule", {}).get(name, {})
        texts = [str(text) for text in sentence.values()]
        own = [one for rule, one in self.rules.get("rule", {}).items() if rule.startswith(f"{name}-")]
        texts += [str(text) for one in own for text in one.values()]
        texts += [str(text) for condition in self.rules.get("condition", {}).values() for text in condition.values()]
        fee = int(self.rules.get("returns", {}).get("fee_minor", 0))
        text = fold(" . ".join(texts))
        return Known(
            truth=Truth(text=text, numbers=numbers(text), prices=frozenset({(Decimal(fee) / 100).normalize()}))
        )


def of_paragraph(paragraphs: Iterable[PolicyParagraph]) -> Known:
    """Return what is true of a paragraph in every language that it is written in."""
    held = list(paragraphs)
    text = fold(" . ".join(f"{one.heading} . {one.text}" for one in held))
    found = numbers(text)
    headings = tuple(fold(one.heading) for one in held)
    return Known(truth=Truth(names=headings, text=text, prices=found, numbers=found, quotes=text))


def of_message(message: str) -> Known:
    """Return what a customer's message says, which may be told back to them."""
    text = fold(message)
    return Known(truth=Truth(text=text, numbers=numbers(text)))


def parts_of(address: Any) -> list[str]:
    """Return the parts of an address that are not empty."""
    names = ("name", "street", "extra", "city", "region", "postcode", "country")
    return [str(getattr(address, name)) for name in names if getattr(address, name)]


def rules_of(path: Path) -> Mapping[str, Any]:
    """Return a shop's rules as the file has them."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _date(text: str) -> date | None:
    if found := _ENGLISH_DATE.search(text):
        return date(int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2]))
    found = _CHINESE_DATE.search(text)
    return date(*map(int, found.groups())) if found else None
