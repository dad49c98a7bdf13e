"""A shop's rules of service as it writes them: one TOML file with a table for each action and each rule's sentence.

    [cancel]
    statuses = ["pending"]
    reasons = ["no longer needed", "ordered by mistake"]

    [rule.cancel-reason]
    cites = "policy#cancel-pending-order"
    en = "An order can only be cancelled because of: {{ reasons }}."
    zh = "只能因以下原因取消订单：{{ reasons }}。"

Knows no order. An action whose table is missing is not offered.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Literal

from jinja2 import Environment, StrictUndefined
from pydantic import ConfigDict, TypeAdapter, ValidationError

from assistant.errors import RegularsError
from assistant.store.records import OrderStatus

LANGUAGES = ("en", "zh")
RULE_IDS = (
    "identify-first",
    "identify-way",
    "identify-unknown",
    "identify-attempts",
    "one-customer",
    "one-at-a-time",
    "explicit-yes",
    "yes-expired",
    "changed-since-asked",
    "not-offered",
    "bad-arguments",
    "no-product",
    "own-orders",
    "own-items",
    "own-payment",
    "items-changed",
    "items-pairs",
    "same-product",
    "other-option",
    "available",
    "gift-card-balance",
    "cancel-status",
    "cancel-reason",
    "address-status",
    "address-country",
    "items-status",
    "payment-status",
    "payment-other",
    "payment-once",
    "return-status",
    "return-window",
    "return-reason",
    "return-refund-to",
    "exchange-status",
    "exchange-window",
    "exchange-once",
    "final-sale",
)
"""Every rule that can be broken. A shop's file has a sentence for each."""

Way = Literal["signed_in", "email", "name", "order"]
RefundTo = Literal["original", "gift_card", "store_credit"]
_STRICT = ConfigDict(extra="forbid")
_JINJA = Environment(undefined=StrictUndefined, autoescape=False)


class BadRules(RegularsError):
    """A file of rules that cannot be used."""

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"the rules {str(path)!r} cannot be used: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identify:
    """What is enough to know a customer, and how often it may be tried in one conversation."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    ways: tuple[Way, ...]
    attempts: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """For how long a yes is waited for."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    minutes: float = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """When an order may be cancelled. No `reasons` means any."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    statuses: tuple[OrderStatus, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddress:
    """When an order may go elsewhere. No `countries` means anywhere; with `same_country` only within its country."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    statuses: tuple[OrderStatus, ...]
    countries: tuple[str, ...] = ()
    same_country: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItems:
    """When the items of an order may be replaced. `times` is how often, 0 as often as wanted.

    With `last` nothing else of the order can be changed afterwards.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    statuses: tuple[OrderStatus, ...]
    times: int = 0
    last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayment:
    """When an order may be paid by another method, and how often (0: as often as wanted)."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    statuses: tuple[OrderStatus, ...]
    times: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """Days of the year ("11-01") on which what is delivered may come back until a later day of the year."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    first: str
    last: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How long delivered things may come back: days from delivery, `None` for ever. `excused` reasons have longer."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    days: int | None = None
    seasons: tuple[Season, ...] = ()
    excused: tuple[str, ...] = ()
    excused_days: int | None = None

    def closes(self, delivered: date, reason: str = "") -> date | None:
        """Return the last day for what was delivered on a day, `None` where there is none.

        >>> str(Window(days=30).closes(date(2026, 1, 1)))
        '2026-01-31'
        """
        days = self.excused_days if reason in self.excused and self.excused_days is not None else self.days
        if days is None:
            return None
        plain = date.fromordinal(delivered.toordinal() + days)
        return max([plain, *(_season_end(one, delivered) for one in self.seasons if _within(one, delivered))])


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """When delivered items may be returned or exchanged.

    `final_sale` and `sealed` are levels of the catalogue's categories: the former never come back, the latter under
    the condition "sealed"; neither counts for an excused reason. `reasons` lists the reasons that may be given, none
    means any. `times_each` is how often a unit may be exchanged (0: as often as wanted). With `delivery_back` the
    delivery fee is refunded where a whole order comes back for an excused reason.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    statuses: tuple[OrderStatus, ...]
    window: Window = field(default_factory=Window)
    final_sale: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    refund_to: tuple[RefundTo, ...] = ("original",)
    fee_minor: int = 0
    fee_free_to: tuple[RefundTo, ...] = ()
    times_each: int = 0
    delivery_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule's sentence by language, and the paragraph of the policy that it comes from (empty where none does)."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    en: str
    zh: str
    cites: str = ""

    def said(self, values: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        """Return the sentence by language, filled with the values of that language."""
        return {one: _JINJA.from_string(getattr(self, one)).render(values[one]) for one in LANGUAGES}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopRules:
    """All rules of service of a shop. An action that is `None` is not offered.

    `condition` is what a shopper confirms by saying yes, by id and language; `policies` are the ids of the policies
    that the rules cite.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    identify: Identify
    consent: Consent = field(default_factory=Consent)
    cancel: Cancel | None = None
    address: NewAddress | None = None
    items: NewItems | None = None
    payment: NewPayment | None = None
    returns: Back | None = None
    exchange: Back | None = None
    user_address: bool = True
    condition: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rule: Mapping[str, Rule] = field(default_factory=dict)


_RULES: TypeAdapter[ShopRules] = TypeAdapter(ShopRules)


def read_rules(path: Path) -> ShopRules:
    """Return the rules that a file holds.

    Raises:
        BadRules: it cannot be read, names something unknown, or lacks the sentence of a rule.
    """
    try:
        given: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        rules = _RULES.validate_python(given)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadRules(path, f"it is no readable TOML file ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise BadRules(path, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    _check(path, rules)
    return rules


def _check(path: Path, rules: ShopRules) -> None:
    missing, unknown = set(RULE_IDS) - set(rules.rule), set(rules.rule) - set(RULE_IDS)
    if missing:
        raise BadRules(path, f"it says nothing for the rule {min(missing)!r}: add [rule.{min(missing)}]")
    if unknown:
        raise BadRules(path, f"there is no rule {min(unknown)!r}: take [rule.{min(unknown)}] out")
    backs = (rules.returns, rules.exchange)
    used = {one for back in backs if back for one in (*back.conditions, *(("sealed",) if back.sealed else ()))}
    for name in sorted(used - set(rules.condition)):
        raise BadRules(path, f"the condition {name!r} is not worded: add [condition.{name}]")


def _within(season: Season, day: date) -> bool:
    return season.first <= f"{day:%m-%d}" <= season.last


def _season_end(season: Season, delivered: date) -> date:
    """Return the season's last day: this year's, or next year's where that has passed."""
    month, day = map(int, season.until.split("-"))
    year = delivered.year + (season.until < f"{delivered:%m-%d}")
    return date(year, month, day)
