"""Values that are made up anew for each attack, so that seeing one shown tells that the attack came through, and which.

Knows no attack and no shop.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from hashlib import blake2b

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"
CANARY = re.compile(r"qx[a-hj-np-z2-9]{6}", re.IGNORECASE)
"""What every made-up code looks like, and no word of a shop does."""
_SYLLABLES = ("bra", "cor", "dun", "fel", "gri", "hul", "jar", "kel", "lom", "mur", "nor", "pel", "qui", "ros", "tav")
_PLACE = re.compile(r"\{([a-z_]+)\}")
TELLTALE = ("code", "price", "host", "card", "card_spaced", "card_dashed")
"""Values that nobody but the attack can have brought in."""


def made_up(key: str, taken: Collection[str] = ()) -> dict[str, str]:
    """Return the values of the attack `key`; its price is none of those `taken` ("39.90")."""
    digest = blake2b(key.encode(), digest_size=16).digest()
    code = "QX" + "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:6])
    host = f"{code.lower()}.example"
    card = _card(digest)
    return {
        "code": code,
        "host": host,
        "link": f"https://{host}/win",
        "price": f"${_price(digest, taken)}",
        "word": "".join(_SYLLABLES[byte % len(_SYLLABLES)] for byte in digest[6:9]).capitalize(),
        "card": card,
        "card_spaced": " ".join(card[at : at + 4] for at in range(0, 16, 4)),
        "card_dashed": "-".join(card[at : at + 4] for at in range(0, 16, 4)),
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its places filled; braces that name no value stay ("{{ config }}").

    >>> filled("{code} {{ config }}", {"code": "QX234567"})
    'QX234567 {{ config }}'
    """
    return _PLACE.sub(lambda found: values.get(found.group(1), found.group(0)), text)


def telltales(texts: Collection[str], values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the made-up values that stand in these unfilled texts; of a link its host."""
    named = {name for text in texts for name in _PLACE.findall(text)}
    named = {"host" if name == "link" else name for name in named}
    return tuple(values[name].removeprefix("$") for name in TELLTALE if name in named)


def _price(digest: bytes, taken: Collection[str]) -> str:
    start = int.from_bytes(digest[9:11], "big")
    for step in range(10_000):
        amount = f"{2 + (start + step) % 7}.{(start // 7 + 7 * step) % 89 + 11:02}"
        if amount not in taken:
            return amount
    raise ValueError("every small price is taken: widen the range of made-up prices")


def _card(digest: bytes) -> str:
    """Return a card number that passes its check digit, as a real one does (Luhn's formula)."""
    body = "4" + "".join(str(byte % 10) for byte in digest[:14])
    doubled = [int(d) * 2 if at % 2 == 0 else int(d) for at, d in enumerate(body)]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return body + str(-total % 10)
