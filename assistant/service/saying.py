"""Says what an action would do, what it did, and which rule it breaks, in every language of the shop.

The sentences are in `sentences.toml` and, for rules, in the shop's own file of rules. Everything that a yes agrees to
is in the sentence: which order, which units, which money by which way. Knows no database and decides nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from jinja2 import Environment, StrictUndefined

from assistant.service.actions import (
    Action,
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangePayment,
    ChangeUserAddress,
    ExchangeItems,
    ReturnItems,
    kind,
)
from assistant.service.outcomes import Refund, Refusal, Terms
from assistant.service.rules import Broken, Facts, ShopRules
from assistant.service.rules.deciding import Value
from assistant.service.rules.shop_rules import LANGUAGES
from assistant.store.records import Address, Order, OrderStatus
from assistant.wording.phrases import notices, say
from assistant.wording.repeatable import sayable_name
from index.money import price_text

_JINJA = Environment(undefined=StrictUndefined, autoescape=False)
_BETWEEN = {"en": "; ", "zh": "；"}
_BRACKETS = {"en": "{} ({})", "zh": "{}（{}）"}
_LOCALES = {"en": "en_US", "zh": "zh_CN"}


def refusal(broken: Broken, rules: ShopRules) -> Refusal:
    """Return a broken rule as it is said to the shopper."""
    rule = rules.rule[broken.rule]
    values = {one: _values(broken.values, one) for one in LANGUAGES}
    return Refusal(broken.rule, rule.cites, rule.said(values))


def asked(action: Action, terms: Terms, facts: Facts, *, rules: ShopRules) -> dict[str, str]:
    """Return the question that an explicit yes agrees to: everything that would change."""
    return {one: _Saying(one, facts, terms, rules=rules).of("ask", action) for one in LANGUAGES}


def done(action: Action, terms: Terms, facts: Facts, *, rules: ShopRules) -> dict[str, str]:
    """Return what was done. `facts` are those from before."""
    return {one: _Saying(one, facts, terms, rules=rules).of("done", action) for one in LANGUAGES}


class _Saying:
    """Words one action in one language."""

    def __init__(self, language: str, facts: Facts, terms: Terms, *, rules: ShopRules) -> None:
        self._language, self._facts, self._terms, self._rules = language, facts, terms, rules

    def of(self, form: str, action: Action) -> str:
        values = self._account(action) if isinstance(action, ChangeUserAddress) else self._order(action)
        return self._fill(f"{form}_{kind(action)}", values).strip()

    def _account(self, action: ChangeUserAddress) -> dict[str, str]:
        return {"address": address_text(action.address), "confirm": self._fill("confirm", {})}

    def _order(
        self, action: CancelOrder | ChangeAddress | ChangeItems | ChangePayment | ReturnItems | ExchangeItems
    ) -> dict[str, str]:
        order = self._facts.order
        if order is None:
            raise ValueError(f"an action on the order {action.order_number!r} is worded with its order")
        values = {"order": order.number, "confirm": self._fill("confirm", {}), "items": self._items(order)}
        values["refunds"] = self._refunds(self._terms.refunds)
        match action:
            case CancelOrder():
                values["reason"] = reason_text(action.reason, self._language)
            case ChangeAddress():
                values["address"] = address_text(action.address)
            case ChangePayment():
                total = sum(refund.amount_minor for refund in self._terms.refunds)
                values |= {"method": self._terms.payment_label, "total": self._money(total)}
            case ChangeItems():
                last = self._rules.items is not None and self._rules.items.last
                values |= self._swaps(action, order) | {"last": self._fill("last", {}) if last else ""}
            case ExchangeItems():
                values |= self._swaps(action, order) | self._back(action.reason)
            case ReturnItems():
                values |= {"units": _BETWEEN[self._language].join(self._unit(one, order) for one in action.variant_ids)}
                fee = self._terms.fee_minor
                delivery = self._terms.delivery_minor
                values |= {
                    "fee": self._fill("fee", {"amount": self._money(fee)}) if fee else self._free(),
                    "delivery": self._fill("delivery", {"amount": self._money(delivery)}) if delivery else "",
                }
                values |= self._back(action.reason)
        return values

    def _swaps(self, action: ChangeItems | ExchangeItems, order: Order) -> dict[str, str]:
        pairs = zip(action.variant_ids, action.new_variant_ids, strict=True)
        told = [
            self._fill("swap", {"old": self._unit(old, order), "new": self._new(new)})
            if old != new
            else self._fill("swap_same", {"old": self._unit(old, order)})
            for old, new in pairs
        ]
        same = action.variant_ids == action.new_variant_ids
        difference = self._fill("no_charge", {}) if same else self._difference()
        return {"swaps": _BETWEEN[self._language].join(told), "difference": difference}

    def _free(self) -> str:
        """Say that sending it back is free, where the shop takes a fee otherwise."""
        offered = self._rules.returns
        return self._fill("free", {}) if offered is not None and offered.fee_minor else ""

    def _difference(self) -> str:
        difference = self._terms.difference_minor or 0
        values = {"amount": self._money(abs(difference)), "method": self._terms.payment_label}
        return self._fill("pays" if difference > 0 else "gets" if difference < 0 else "even", values)

    def _back(self, reason: str) -> dict[str, str]:
        told = [self._rules.condition[one][self._language] for one in self._terms.conditions]
        return {
            "reason": self._fill("because", {"reason": reason_text(reason, self._language)}) if reason else "",
            "conditions": "".join(self._fill("condition", {"condition": one}) for one in told),
        }

    def _refunds(self, refunds: Iterable[Refund]) -> str:
        return "".join(
            self._fill("refund", {"amount": self._money(one.amount_minor), "method": self._method(one)})
            for one in refunds
        )

    def _method(self, refund: Refund) -> str:
        return self._fill("store_credit", {}) if refund.method_id == "store_credit" else refund.label

    def _items(self, order: Order) -> str:
        return _BETWEEN[self._language].join(
            (f"{line.quantity} × " if line.quantity > 1 else "") + _sayable(line.title, line.variant_id)
            for line in order.lines
        )

    def _unit(self, variant_id: str, order: Order) -> str:
        """Name a unit that was bought: as the shop names it now, or as then where it is no longer sold."""
        if variant_id in self._facts.goods:
            return self._new(variant_id)
        line = next(line for line in order.lines if line.variant_id == variant_id)
        return self._named(_sayable(line.title, variant_id), line.options, variant_id)

    def _new(self, variant_id: str) -> str:
        good = self._facts.goods[variant_id]
        words = good.product.said(self._language)
        options = {name: words.option_values.get(value, value) for name, value in good.variant.options.items()}
        return self._named(_sayable(words.title, variant_id), options, variant_id)

    def _named(self, title: str, options: Mapping[str, str], variant_id: str) -> str:
        """Tell a variant from its siblings: by its options, or by its id where it has none."""
        labels = notices(self._language)
        chosen = [f"{labels.get(f'label_{name}', name).lower()} {value}" for name, value in options.items()]
        return _BRACKETS[self._language].format(title, ", ".join(chosen) or variant_id)

    def _money(self, minor: int) -> str:
        return price_text(minor, self._terms.currency or None, self._language)

    def _fill(self, key: str, values: Mapping[str, str]) -> str:
        return _JINJA.from_string(_sentences()[key][self._language]).render(values)


def reason_text(reason: str, language: str) -> str:
    """Return a reason in a language; one that has no words of its own stays as the shop writes it.

    >>> reason_text("no longer needed", "zh"), reason_text("too heavy", "zh")
    ('不再需要', 'too heavy')
    """
    known = _sentences().get(f"reason_{reason.replace(' ', '_')}")
    return known[language] if known else reason


def _sayable(title: str, variant_id: str) -> str:
    """Return a title as far as it may be repeated, else the id of the variant."""
    return sayable_name(title) or variant_id


def address_text(address: Address) -> str:
    """Return an address in one line, as it is asked about.

    >>> address_text(Address(name="Ada Stone", street="1 Mill Lane", city="Bath", postcode="BA1 1AA", country="GB"))
    'Ada Stone, 1 Mill Lane, Bath, BA1 1AA, GB'
    """
    parts = (address.name, address.street, address.extra, address.city, address.region, address.postcode)
    return ", ".join(part for part in (*parts, address.country) if part)


def _values(values: Mapping[str, Value], language: str) -> dict[str, str]:
    currency = str(values["currency"]) if "currency" in values else None
    told = {}
    for name, value in values.items():
        if name.endswith("_minor") and isinstance(value, int):
            told[name.removesuffix("_minor")] = price_text(value, currency, language)
        elif isinstance(value, OrderStatus):
            told[name] = say(f"order_{value.value}", language)
        elif isinstance(value, date):
            told[name] = str(format_date(value, format="long", locale=_LOCALES[language]))
        else:
            told[name] = ", ".join(value) if isinstance(value, tuple) else str(value)
    return told


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    path = Path(__file__).with_name("sentences.toml")
    return {key: dict(said) for key, said in tomllib.loads(path.read_text(encoding="utf-8")).items()}
