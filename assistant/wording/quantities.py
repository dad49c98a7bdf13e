"""Reads what is counted or measured: money, percentages, stars, and numbers with a unit (`units.toml`).

Quantities are equal when their kind and size are, whatever unit they are written in. Knows no claim.

>>> [(q.kind, str(q.size)) for q in quantities("$39.99, 1.5 L, 4.6 out of 5, 三十九块")]
[('money:$', '39.99'), ('volume', '1500.0'), ('stars', '4.6'), ('money:¥', '39')]
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from assistant.wording.words import Token, fold, tokens

_SIGNS = {
    "$": "$",
    "us$": "$",
    "usd": "$",
    "€": "€",
    "eur": "€",
    "£": "£",
    "gbp": "£",
    "¥": "¥",
    "rmb": "¥",
    "cny": "¥",
    "cn¥": "¥",
    "jpy": "¥",
    "c$": "$",
    "a$": "$",
}
_MONEY_WORDS = {
    "dollars": "$",
    "dollar": "$",
    "bucks": "$",
    "buck": "$",
    "usd": "$",
    "euros": "€",
    "euro": "€",
    "eur": "€",
    "€": "€",
    "gbp": "£",
    "quid": "£",
    "yuan": "¥",
    "rmb": "¥",
    "cny": "¥",
    "元": "¥",
    "块": "¥",
    "块钱": "¥",
    "人民币": "¥",
    "圆": "¥",
    "美元": "$",
    "美金": "$",
    "美刀": "$",
    "欧元": "€",
    "英镑": "£",
    "cents": "cent",
    "cent": "cent",
    "¢": "cent",
    "角": "角",
    "毛": "角",
}
_SIGN_BEFORE = re.compile(r"(us\$|cn¥|c\$|a\$|[$€£¥]|(?<![a-z])(?:usd|eur|gbp|rmb|cny|jpy))\s*$")
_OUT_OF = re.compile(r"\s*(?:out of|of|/)\s*(five|ten|\d+(?:\.\d+)?)(?:\s*stars?)?(?![\w%])")
_SCALE_ZH = re.compile(r"\s*(?:分|星|颗星)?\s*\(?\s*满分\s*(?:为|是)?\s*(\d+)\s*分?\)?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`size` is in the base unit of `kind` ("count" for a bare number); `start` and `end` are in the folded text.

    `scale` is what a rating is out of, where that is said.
    """

    kind: str
    size: Decimal
    text: str
    start: int
    end: int
    scale: Decimal | None = None

    def equals(self, other: Quantity) -> bool:
        """Say whether both are the same amount of the same kind; conversions may be rounded to three digits."""
        if self.kind != other.kind:
            return False
        if self.size == other.size:
            return True
        measured = not self.kind.startswith(
            ("money", "count", "stars", "percent", "people", "pieces", "age", "months", "workdays", "discount")
        )
        return (
            measured and self._unit_differs(other) and abs(self.size - other.size) <= abs(other.size) * Decimal("0.006")
        )

    def _unit_differs(self, other: Quantity) -> bool:
        return re.sub(r"[\d\s.,/#-]", "", self.text)[:2] != re.sub(r"[\d\s.,/#-]", "", other.text)[:2]


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return every number of a text with what it counts, in order."""
    folded = fold(text)
    numbers = [token for token in tokens(text) if token.value is not None]
    found: list[Quantity] = []
    for token in numbers:
        if not found or token.start >= found[-1].end:
            found.append(_quantity(folded, token))
    return tuple(found)


def _quantity(folded: str, token: Token) -> Quantity:
    after = folded[token.end :]
    sign = _SIGN_BEFORE.search(folded[: token.start])
    value = token.value if token.value is not None else Decimal(0)
    if sign:
        return Quantity(
            f"money:{_SIGNS[sign.group(1)]}", value, folded[sign.start() : token.end], sign.start(), token.end
        )
    word = _money_word(after)
    if word:
        end = token.end + len(word.group())
        return Quantity(f"money:{_MONEY_WORDS[word.group(1)]}", value, folded[token.start : end], token.start, end)
    rated = _OUT_OF.match(after)
    if (rated and value <= 10 and "." in token.text + rated.group(1)) or (
        rated and rated.group(1) in ("5", "five") and value <= 5
    ):
        scale = Decimal({"five": "5", "ten": "10"}.get(rated.group(1), rated.group(1)))
        return Quantity(
            "stars", value, folded[token.start : token.end + rated.end()], token.start, token.end + rated.end(), scale
        )
    rated = _SCALE_ZH.match(after)
    if rated:
        end = token.end + rated.end()
        return Quantity("stars", value, folded[token.start : end], token.start, end, Decimal(rated.group(1)))
    if folded[: token.start].endswith("百分之"):
        return Quantity("percent", value, folded[token.start - 3 : token.end], token.start - 3, token.end)
    unit = _unit(folded, token)
    if unit:
        kind, size, end = unit
        return Quantity(kind, value * size, folded[token.start : end], token.start, end)
    return Quantity("count", value, token.text, token.start, token.end)


def _money_word(after: str) -> re.Match[str] | None:
    match = re.match(r"[\s-]*(" + "|".join(sorted(map(re.escape, _MONEY_WORDS), key=len, reverse=True)) + r")", after)
    if match and match.group(1).isascii() and after[match.end() : match.end() + 1].isalpha():
        return None
    if match and match.group(1) in ("角", "圆", "元", "毛") and after[match.end() : match.end() + 1] in "度形柱素":
        return None if after[match.end() : match.end() + 1] else match
    return match


def _unit(folded: str, token: Token) -> tuple[str, Decimal, int] | None:
    after = folded[token.end :]
    for spelling, kind, size, touching in _units():
        match = re.match(r"[\s-]*", after)
        at = match.end() if match else 0
        if not after.startswith(spelling, at):
            continue
        end = at + len(spelling)
        following = after[end : end + 1]
        if spelling[-1].isascii() and spelling[-1].isalpha() and following.isascii() and following.isalpha():
            continue
        if spelling in ('"', "'", "''") and at > 0:
            continue
        if touching and at > 0 and not re.match(r"\s*(?:[.,;:)x×/]|$)", after[end:]):
            continue
        return kind, size, token.end + end
    return None


@cache
def _units() -> tuple[tuple[str, str, Decimal, bool], ...]:
    data = tomllib.loads(Path(__file__).with_name("units.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    rows = []
    for kind, units in data.items():
        for unit in units.values():
            for spelling in unit["as"]:
                rows.append((spelling.lstrip("!"), kind, Decimal(unit["size"]), spelling.startswith("!")))
                if " " in spelling:
                    rows.append((spelling.replace(" ", "-"), kind, Decimal(unit["size"]), False))
    return tuple(sorted(rows, key=lambda row: len(row[0]), reverse=True))
