"""Whether a reply tells a fact of a record, in its own words and language. Read by the evaluation's own code.

Lenient on wording, strict on figures: every number of the record must be said, most of its words where it has none, and
what is denied must not be affirmed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assistant.store.records import Order, OrderStatus
from index.product import Product, Variant

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORD = re.compile(r"[a-z]{3,}")
_NO = {
    "en": re.compile(r"\b(?:no|not|never|without|neither|cannot|none)\b|n't\b"),
    "zh": re.compile(r"[不没无否非未]"),
}
_OUT = {
    "en": re.compile(r"out of stock|sold out|not (?:currently )?(?:in stock|available)|unavailable"),
    "zh": re.compile(r"缺货|无货|没货|没有货|售罄|卖完|没有库存|暂无"),
}
_IN = {"en": re.compile(r"in stock|available|\bleft\b"), "zh": re.compile(r"有货|有库存|现货|仅剩")}
_STATES: dict[OrderStatus, dict[str, str]] = {
    OrderStatus.PENDING: {"en": "pending|not yet packed|received", "zh": "待处理|尚未打包|已收到"},
    OrderStatus.PROCESSED: {"en": "packed|processed", "zh": "打包|已处理"},
    OrderStatus.SHIPPED: {"en": "on its way|on the way|shipped|in transit", "zh": "运输|在途|已发货|配送中"},
    OrderStatus.DELIVERED: {"en": "delivered", "zh": "送达|签收"},
    OrderStatus.CANCELLED: {"en": "cancell?ed", "zh": "取消"},
    OrderStatus.RETURN_REQUESTED: {"en": "return", "zh": "退货"},
    OrderStatus.RETURNED: {"en": "return", "zh": "退货"},
    OrderStatus.REFUNDED: {"en": "refunded", "zh": "退款"},
    OrderStatus.EXCHANGE_REQUESTED: {"en": "exchange", "zh": "换货"},
    OrderStatus.EXCHANGED: {"en": "exchange", "zh": "换货"},
}
MOST = 0.5
"""The share of a fact's words that must be said where it has no figures."""


def tells_attribute(said: str, product: Product, name: str, *, language: str) -> str:
    """Return what of an attribute is not told, empty where it is. `name` is the English one."""
    english = product.words["en"].attributes
    if name not in english:
        return f"{product.title!r} states no {name}"
    at = list(english).index(name)
    label, text = list(product.said(language).attributes.items())[at]
    plain = fold(said)
    if found := re.match(r"(Yes|No)\b", english[name]):
        return _verdict(plain, label, text, yes=found[1] == "Yes", language=language)
    missing = [number for number in _NUMBER.findall(fold(text)) if number not in set(_NUMBER.findall(plain))]
    if missing:
        return f"{name} is {text!r}, of which {', '.join(missing)} is not said"
    if not _NUMBER.search(text) and _share(fold(text), plain, language) < MOST:
        return f"{name} is {text!r}, which is not said"
    return ""


def tells_fact(said: str, product: Product, what: str, *, variant: Variant | None, language: str) -> str:
    """Return what of a price, a rating, the stock or the options is not told, empty where it is."""
    plain, pool = fold(said), [variant] if variant else list(product.variants)
    if what == "price":
        prices = {f"{one.price_minor / 100:.2f}" for one in pool if one.price_minor is not None}
        shown = {f"{float(number):.2f}" for number in _NUMBER.findall(plain.replace(",", ""))}
        return "" if prices & shown else f"the price, {' or '.join(sorted(prices))}, is not said"
    if what == "rating":
        right = {f"{product.rating:.1f}", f"{product.rating:g}", str(product.rating_count)}
        return "" if right & set(_NUMBER.findall(plain)) else f"the rating, {' or '.join(sorted(right))}, is not said"
    if what == "stock":
        return _stock(plain, there=any(one.in_stock for one in pool), language=language)
    words = product.said(language).option_values
    missing = [value for value in product.options(what) if fold(words.get(value, value)) not in plain]
    return f"of the {what}s {', '.join(missing)} is not said" if missing else ""


def tells_order(said: str, order: Order, what: str, *, language: str) -> str:
    """Return what of an order is not told, empty where it is."""
    if what == "number":
        return "" if order.number.lower() in said.lower() else f"the order {order.number} is not named"
    if what == "tracking":
        numbers = [parcel.tracking_number for parcel in order.shipments]
        return "" if any(one in said for one in numbers) else f"no tracking number of {', '.join(numbers)} is said"
    held = re.search(_STATES[order.status][language], said.lower())
    return "" if held else f"that the order is {order.status} is not said"


def fold(text: str) -> str:
    """Return text as it is compared: NFKC, lower case, one spelling, no blanks among Chinese.

    >>> fold("Colour：  RED 9.0 L")
    'color: red 9.0 l'
    """
    plain = unicodedata.normalize("NFKC", text).lower().replace("colour", "color").replace("grey", "gray")
    return re.sub(r"\s+", " ", plain).strip()


def _verdict(plain: str, label: str, text: str, *, yes: bool, language: str) -> str:
    denied = bool(_NO[language].search(plain))
    if not yes:
        return "" if denied else f"{label} is {text!r}, which is not denied"
    affirmed = bool(re.search(r"\byes\b|是|可以|能|支持|有", plain)) or _share(fold(label), plain, language) >= MOST
    return "" if affirmed and (not denied or "yes" in plain or "是" in plain) else f"{label} is {text!r}, not affirmed"


def _stock(plain: str, *, there: bool, language: str) -> str:
    out = bool(_OUT[language].search(plain))
    if not there:
        return "" if out else "that it is out of stock is not said"
    return "" if not out and _IN[language].search(plain) else "that it is in stock is not said"


def _share(text: str, said: str, language: str) -> float:
    """Return the share of a text's words (of its pairs of characters in Chinese) that are said, in any inflection."""
    if language == "zh" and re.search(r"[\u3400-\u9fff]", text):
        pieces: Iterable[str] = {
            run[i : i + 2] for run in re.findall(r"[\u3400-\u9fff]{2,}", text) for i in range(len(run) - 1)
        }
        found = [piece in said for piece in pieces]
    else:
        found = [word[:5] in said for word in set(_WORD.findall(text))]
    return sum(found) / len(found) if found else 1.0
