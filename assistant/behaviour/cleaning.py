"""Turns what a payload told into an event, or says why not; what can be put right is put right, and counted.

    unknown product     of several products: left out; of one: the event is not taken
    negative quantity, bad money, no person, missing product or query, bot: the event is not taken
    clock skew          the time is moved, or not believed; see `moments`

Knows no format and no store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from assistant.behaviour.bots import says_bot
from assistant.behaviour.event import Event, EventItem, Kind
from assistant.behaviour.moments import WrongClock, put_right, read_time
from assistant.behaviour.raw import RawEvent, RawItem, Reason, Reject, content_id, reject
from index.money import is_currency, to_minor

Sold = Mapping[str, tuple[str, str | None]]
"""What names stand for: (product id, variant id)."""

LONGEST_ID, LONGEST_TEXT, LONGEST_DETAIL = 128, 500, 2_000
MOST_OF_ONE = 1_000_000
_NOBODY = frozenset({"", "undefined", "null", "none", "nan", "(not set)", "[object object]"})
_ABOUT_PRODUCTS = frozenset(
    {
        Kind.LIST_VIEW,
        Kind.PRODUCT_CLICK,
        Kind.PRODUCT_VIEW,
        Kind.WISHLIST_ADD,
        Kind.CART_ADD,
        Kind.CART_REMOVE,
        Kind.PURCHASE,
        Kind.REVIEW,
        Kind.NOT_INTERESTED,
    }
)


class Refused(Exception):
    """Carries the reject of an event out of the step that found it."""

    def __init__(self, told: Reject) -> None:
        self.told = told
        super().__init__(told.text)


@dataclass(slots=True)
class Cleaning:
    """What was put right in events that were taken, by reason, and the parts that were left out."""

    repaired: Counter[str] = field(default_factory=Counter)
    left_out: list[Reject] = field(default_factory=list)


def clean(raw: RawEvent, sold: Sold, *, received_at: datetime, done: Cleaning) -> Event:
    """Return the event that a payload told.

    Raises:
        Refused: it cannot be taken, with the field, its value and the reason.
    """
    if raw.user_agent and says_bot(str(raw.user_agent)):
        _refuse(raw, "user_agent", raw.user_agent, reason=Reason.BOT, text="is a program's, not a shopper's")
    customer_id, anonymous_id = (_name(raw, field_name) for field_name in ("customer_id", "anonymous_id"))
    if not customer_id and not anonymous_id:
        text = f"names nobody, nor does {raw.names['customer_id']}: one of them is needed"
        _refuse(raw, "anonymous_id", raw.anonymous_id, reason=Reason.NO_PERSON, text=text)
    at = _moment(raw, received_at, done)
    currency = _currency(raw)
    items = _items(raw, sold, currency, done)
    query = _text(raw.query, LONGEST_TEXT)
    if raw.kind is Kind.SEARCH and not query:
        _refuse(raw, "query", raw.query, reason=Reason.MISSING, text="is empty: a search needs its words")
    return Event(
        id=_identity(raw.id),
        kind=raw.kind,
        at=at,
        customer_id=customer_id,
        anonymous_id=anonymous_id,
        items=items,
        currency=currency,
        value_minor=_money(raw, raw.place, "value", raw.value, currency=currency),
        order_number=_text(raw.order_number, LONGEST_ID) or None,
        query=query,
        rating=_rating(raw),
        language=_text(raw.language, 16).replace("_", "-").split("-")[0].lower(),
        channel=_text(raw.channel, 64).lower(),
        device=_text(raw.device, 32).lower(),
        source=raw.source,
        duration_s=_duration(raw.duration_s),
        details={_text(key, 64): text for key, value in raw.details.items() if (text := _text(value, LONGEST_DETAIL))},
    )


def names_of(raw: RawEvent) -> list[str]:
    """Return every name of a product that an event mentions, for asking the catalogue once for a whole batch."""
    return [name for item in raw.items for value in (item.product, item.other) if (name := _text(value, LONGEST_ID))]


def _refuse(raw: RawEvent, name: str, value: Any, *, reason: Reason, text: str, place: str = "") -> NoReturn:
    raise Refused(reject(place or raw.place, raw.names.get(name, name), value, reason=reason, text=text))


def _text(value: Any, most: int) -> str:
    """Return a value as a short text that every database can keep; empty where it is nothing."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    return str(value).replace("\0", "").encode("utf-8", "ignore").decode()[:most].strip()


def _identity(given: str) -> str:
    kept = _text(given, LONGEST_ID + 1)
    return kept if kept == given and len(kept) <= LONGEST_ID else f"{kept[:64]}:{content_id(given)}"


def _name(raw: RawEvent, field_name: str) -> str | None:
    value = getattr(raw, field_name)
    text = _text(value, LONGEST_ID + 1)
    if len(text) > LONGEST_ID:
        reason = f"is longer than {LONGEST_ID} characters"
        _refuse(raw, field_name, value, reason=Reason.NO_PERSON, text=reason)
    return None if text.lower() in _NOBODY or isinstance(value, bool) else text


def _moment(raw: RawEvent, received_at: datetime, done: Cleaning) -> datetime:
    try:
        told = received_at if raw.at is None else read_time(raw.at)
        sent = None if raw.sent_at is None or raw.at is None else read_time(raw.sent_at)
        at = put_right(told, received_at, sent)
    except WrongClock as error:
        raise Refused(_about_time(raw, Reason.CLOCK_SKEW, str(error))) from error
    except ValueError as error:
        text = "is no time: an ISO 8601 text such as 2026-11-20T09:00:00Z is expected"
        raise Refused(_about_time(raw, Reason.BAD_TIME, text)) from error
    except OverflowError as error:
        raise Refused(_about_time(raw, Reason.BAD_TIME, "is outside the calendar")) from error
    done.repaired[Reason.CLOCK_SKEW] += at != told
    return at


def _about_time(raw: RawEvent, reason: Reason, text: str) -> Reject:
    return reject(raw.place, raw.names.get("at", "at"), raw.at, reason=reason, text=text)


def _items(raw: RawEvent, sold: Sold, currency: str | None, done: Cleaning) -> tuple[EventItem, ...]:
    found: list[EventItem] = []
    unknown: list[Reject] = []
    for item in raw.items:
        one = _item(raw, item, sold, currency)
        if one is not None:
            found.append(one)
        else:
            text = "is neither a product nor a variant that the shop sells"
            name = raw.names.get("product", "product")
            unknown.append(reject(item.place, name, item.product, reason=Reason.UNKNOWN_PRODUCT, text=text))
    if not found and raw.kind in _ABOUT_PRODUCTS:
        if unknown:
            raise Refused(unknown[0])
        _refuse(raw, "items", None, reason=Reason.MISSING, text="is empty: this event needs a product")
    done.left_out += unknown
    done.repaired[Reason.UNKNOWN_PRODUCT] += len(unknown)
    return tuple(found)


def _item(raw: RawEvent, item: RawItem, sold: Sold, currency: str | None) -> EventItem | None:
    """Return the item, `None` where no product of the shop is meant."""
    quantity = _quantity(raw, item)
    price = _money(raw, item.place, "price", item.price, currency=_item_currency(item) or currency)
    first, second = _text(item.product, LONGEST_ID), _text(item.other, LONGEST_ID)
    known = sold.get(first) or sold.get(second)
    if known is None:
        return None
    named = sold.get(_text(item.variant, LONGEST_ID))
    variant = known[1] or (named[1] if named and named[0] == known[0] else None)
    return EventItem(
        product_id=known[0],
        variant_id=variant,
        quantity=quantity,
        price_minor=price,
        position=_position(item.position),
    )


def _quantity(raw: RawEvent, item: RawItem) -> int:
    if item.quantity is None or item.quantity == "":
        return 1
    number = _number(item.quantity)
    if number is None or number != number.to_integral_value() or not 0 < number <= MOST_OF_ONE:
        text = "is negative" if number is not None and number < 0 else "is not a whole number from 1"
        _refuse(raw, "quantity", item.quantity, reason=Reason.BAD_QUANTITY, text=text, place=item.place)
    return int(number)


def _money(raw: RawEvent, place: str, name: str, value: Any, *, currency: str | None) -> int | None:
    if value is None or value == "":
        return None
    number = _number(value)
    try:
        if number is None:
            raise ValueError("is no amount: a number such as 19.99 is expected")
        return to_minor(number, currency)
    except ValueError as error:
        raise Refused(
            reject(place, raw.names.get(name, name), value, reason=Reason.BAD_MONEY, text=str(error))
        ) from error


def _currency(raw: RawEvent) -> str | None:
    given = (
        raw.currency if raw.currency not in (None, "") else next((i.currency for i in raw.items if i.currency), None)
    )
    if given is None:
        return None
    code = _text(given, 8).upper()
    if not is_currency(code):
        text = "is not an ISO 4217 code such as EUR"
        _refuse(raw, "currency", given, reason=Reason.BAD_MONEY, text=text)
    return code


def _item_currency(item: RawItem) -> str | None:
    code = _text(item.currency, 8).upper()
    return code if is_currency(code) else None


def _rating(raw: RawEvent) -> float | None:
    if raw.rating is None or raw.rating == "":
        return None
    number = _number(raw.rating)
    if number is None or not 0 <= number <= 5:
        _refuse(raw, "rating", raw.rating, reason=Reason.BAD_RATING, text="is not a number from 0 to 5")
    return float(number)


def _number(value: Any) -> Decimal | None:
    """Return a finite number, `None` where the value is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = Decimal(str(value).strip()[:40])
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _position(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None and 0 <= number < 10**6 else None


def _duration(value: Any) -> float | None:
    """Return seconds; a time longer than a day was no visit."""
    number = _number(value)
    return float(number) if number is not None and 0 <= number <= 86_400 else None
