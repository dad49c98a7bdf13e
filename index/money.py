"""Prices as shops write them, to whole minor units and back to text. Knows no product.

1.299,00 €   ¥1999   15.00 USD   $1,299   1'299.50 CHF   ￥1,999.00   1999元
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_currency, format_decimal, get_currency_precision, list_currencies
from price_parser import Price

UNKNOWN_DIGITS = 2
"""Decimals of a price whose currency is unknown."""
MOST_MINOR = 10**15
"""No price is higher; a larger number is a barcode in the wrong column."""

_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS")
# A sign, and the currencies it stands for. The first is taken without a hint; "" means that it cannot be told.
_SIGNS: dict[str, tuple[str, ...]] = {
    "us$": ("USD",),
    "a$": ("AUD",),
    "c$": ("CAD",),
    "ca$": ("CAD",),
    "hk$": ("HKD",),
    "nt$": ("TWD",),
    "s$": ("SGD",),
    "r$": ("BRL",),
    "cn¥": ("CNY",),
    "jp¥": ("JPY",),
    "rmb": ("CNY",),
    "人民币": ("CNY",),
    "元": ("CNY", "TWD", "HKD"),
    "円": ("JPY",),
    "€": ("EUR",),
    "£": ("GBP",),
    "₹": ("INR",),
    "₩": ("KRW",),
    "₽": ("RUB",),
    "₺": ("TRY",),
    "₫": ("VND",),
    "฿": ("THB",),
    "₴": ("UAH",),
    "₪": ("ILS",),
    "₱": ("PHP",),
    "zł": ("PLN",),
    "kč": ("CZK",),
    "ft": ("HUF",),
    "$": _DOLLARS,
    "¥": ("", "CNY", "JPY"),
    "kr": ("", "SEK", "NOK", "DKK", "ISK"),
    "rs": ("", "INR", "PKR", "LKR", "NPR"),
}
_NUMBER = re.compile(r"\d(?:[\d.,'’]|\s(?=\d{3}(?!\d)))*")
_LETTERS = re.compile(r"[^\W\d_]+\$?")
_THREE_DECIMALS = re.compile(r"\d+\.\d{3}")
_CODES = frozenset(list_currencies())


def parse_price(text: str, currency_hint: str | None = None) -> tuple[int, str | None]:
    """Return a price in minor units and its currency.

    What the text names beats the hint; a sign that several currencies share is decided by the hint. `None` is a
    currency that neither tells. Decimals beyond the currency's are rounded half up.

    >>> parse_price("1.299,00 €"), parse_price("¥1999", "JPY"), parse_price("15.00 USD", "EUR"), parse_price("9.5")
    ((129900, 'EUR'), (1999, 'JPY'), (1500, 'USD'), (950, None))

    Raises:
        ValueError: it holds no number, more than one, or a negative or impossibly large one.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    numbers = _NUMBER.findall(plain)
    if len(numbers) != 1:
        raise ValueError("holds no number" if not numbers else "holds more than one number")
    if re.search(r"[-−–]\s*\D{0,4}\d", plain):
        raise ValueError("is negative")
    currency = _currency(plain, currency_hint)
    return to_minor(_amount(numbers[0], currency), currency), currency


def to_minor(amount: Decimal, currency: str | None) -> int:
    """Return an amount in minor units, rounded half up.

    >>> to_minor(Decimal("19.99"), "USD"), to_minor(Decimal("1999"), "JPY")
    (1999, 1999)

    Raises:
        ValueError: it is negative, impossibly large or no number.
    """
    if not amount.is_finite():
        raise ValueError("is not a number")
    if amount < 0:
        raise ValueError("is negative")
    if amount > MOST_MINOR:
        raise ValueError("is too large for a price")
    return int(amount.scaleb(digits(currency)).to_integral_value(ROUND_HALF_UP))


def to_amount(minor: int, currency: str | None) -> Decimal:
    """Return minor units as an amount.

    >>> to_amount(1999, "USD")
    Decimal('19.99')
    """
    return Decimal(minor).scaleb(-digits(currency))


def digits(currency: str | None) -> int:
    """Return the decimals that a currency is written with: 2 for dollars, 0 for yen."""
    return int(get_currency_precision(currency)) if currency else UNKNOWN_DIGITS


def is_currency(code: str) -> bool:
    """Return whether a code is one of ISO 4217."""
    return code in _CODES


def price_text(minor: int, currency: str | None, language: str) -> str:
    """Return a price as shoppers of a language read it; of an unknown currency the number alone.

    >>> price_text(3999, "USD", "en"), price_text(3999, "USD", "zh"), price_text(199900, None, "en")
    ('$39.99', '$39.99', '1,999.00')
    """
    amount = to_amount(minor, currency)
    if currency is None:
        return str(format_decimal(amount, format="#,##0.00", locale=language))
    return str(format_currency(amount, currency, locale=language)).replace("US$", "$")


def _amount(number: str, currency: str | None) -> Decimal:
    """Three digits after one point are thousands ("1.299 €"), but for "0.999" and currencies of three decimals."""
    if _THREE_DECIMALS.fullmatch(number) and (digits(currency) == 3 or number.startswith("0")):
        return Decimal(number)
    amount = Price.fromstring(number).amount
    if amount is None:
        raise ValueError("is not a number")
    return Decimal(amount)


def _currency(plain: str, hint: str | None) -> str | None:
    for word in _LETTERS.findall(plain):
        if word.upper() in _CODES and len(word) == 3:
            return str(word.upper())
    lowered = plain.lower()
    for sign, meant in _SIGNS.items():
        if (sign in _LETTERS.findall(lowered)) if sign.isascii() and sign.isalpha() else (sign in lowered):
            return hint if hint in meant else meant[0] or None
    return hint
