"""Blanks out what nobody should type into a chat: card numbers, their security codes, passwords. Keeps nothing.

A card number is told by its length, its first digit and its check digit; other long numbers (parcels, barcodes) stay.
"""

from __future__ import annotations

import re

HIDDEN = "••••"
_CARD = re.compile(r"(?<![\w-])[2-6](?:[ .-]?\d){13,18}(?![\w-])")
_CODE = re.compile(
    r"(\b(?:cvv2?|cvc2?|security code|card code)\b|安全码)([\s:：是为is]{0,5})\d{3,4}(?!\d)", re.IGNORECASE
)
_PASSWORD = re.compile(
    r"((?:\b(?:my|the|our) (?:\w+ )?(?:password|passcode|pin)\b(?: is|:|=)|密码(?:是|为|：|:))\s*)(?!not\b|wrong\b|gone\b)\S+",
    re.IGNORECASE,
)


def without_secrets(text: str) -> str:
    """Return a message with card numbers, security codes and passwords blanked out.

    >>> without_secrets("pay with 4111 1111 1111 1111, cvv 123"), without_secrets("parcel 4111111111111112")
    ('pay with ••••, cvv ••••', 'parcel 4111111111111112')
    """
    text = _CARD.sub(lambda found: HIDDEN if _checks(found.group()) else found.group(), text)
    text = _CODE.sub(lambda found: f"{found.group(1)}{found.group(2)}{HIDDEN}", text)
    return _PASSWORD.sub(lambda found: f"{found.group(1)}{HIDDEN}", text)


def _checks(number: str) -> bool:
    """Return whether the last digit is the check digit of the others (Luhn's formula)."""
    digits = [int(c) for c in reversed(number) if c.isdigit()]
    doubled = (2 * d if at % 2 else d for at, d in enumerate(digits))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
