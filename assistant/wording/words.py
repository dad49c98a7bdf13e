"""Turns text into tokens that can be compared: folded, stemmed, numbers read whether in digits or in words.

Knows no evidence and no claim.

>>> [str(t.value or t.stem) for t in tokens("Thirty-nine dollars, 二十块")]
['39', 'dollar', ',', '20', '块']
"""

from __future__ import annotations

import logging
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import jieba

from assistant.wording.lexicon import lexicon, stem

jieba.setLogLevel(logging.WARNING)

_MARKS = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "″": '"',
        "‘": "'",
        "’": "'",
        "′": "'",
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
        "−": "-",
        "⁄": "/",
        "。": ".",
        "、": ",",
    }
)
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+[ -]\d/\d{1,2}(?!\d)"
    r"|\d/(?:2|3|4|8|16|32)(?![\d.])|\d+(?:\.\d+)?)"
    r"|(?P<word>[a-z]{2,4}-[a-z](?![a-z0-9])"
    r"|[^\W\d_\u3400-\u9fff]+(?:'[^\W\d_\u3400-\u9fff]+)?)"
    r"|(?P<chinese>[\u3400-\u9fff]+)|(?P<mark>\S)"
)


def _listed(words: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\S+", words))


_UNITS_EN = {
    w: n
    for n, w in enumerate(
        _listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        )
    )
}
_TENS_EN = {
    w: 10 * n
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_SCALES_EN = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_DIGITS_ZH = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SCALES_ZH = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMERAL_ZH = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_PERCENT_ZH = re.compile(r"(百分之)")
_MEASURES_ZH = _listed("升 米 公 千 克 斤 小时 天 周 年 月 个月 折 元 块 角 寸 秒 分 英 毫 厘 瓦 伏 岁 星 倍 半")
# Words that begin with a numeral and count nothing.
_UNCOUNTED_ZH = frozenset(
    _listed(
        "一些 一起 一直 一定 一样 一般 一体 一流 一切 一旦 一款 一个 一件 一条 一双 一把 一盏 一只 一套 "
        "一种 一下 一台 一张 一副 一顶 一点 一次 一份 一位 一边 一番 十分 万能 千万 万一 百搭 一 一口 "
        "一家 一系列 一年四季 三明治 一次性 八角 四周 四季 百合 千克 千米 千瓦 百分 百分之"
    )
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number (`value` is set) or a mark, with its place in the folded text."""

    text: str
    stem: str
    start: int
    end: int
    value: Decimal | None = None

    @property
    def is_word(self) -> bool:
        """True for a word (of either script), false for numbers and marks."""
        return self.value is None and self.text[0].isalpha()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return text as it is compared: full-width forms as plain ones, lower case, one kind of quote and dash.

    >>> fold("＄３９．９９ – “New”")
    '$39.99 - "new"'
    """
    return unicodedata.normalize("NFKC", text.translate(_MARKS)).translate(_MARKS).lower()


def strangers(text: str) -> str:
    """Return the letters of other scripts than Latin and Chinese, and invisible characters: they imitate or hide words.

    >>> strangers("cоtton")  # the o is Cyrillic
    'о'
    """
    return "".join(c for c in text if _is_strange(c))


def _is_strange(char: str) -> bool:
    category = unicodedata.category(char)
    if category in ("Cf", "Co", "Cs", "Cn") or (category == "Cc" and char not in "\n\t"):
        return True
    if category[0] != "L" or char.isascii():
        return category.startswith("M")
    name = unicodedata.name(char, "")
    return not name.startswith(("LATIN", "CJK UNIFIED", "FULLWIDTH LATIN", "MICRO SIGN", "MASCULINE", "FEMININE"))


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text in order."""
    found: list[Token] = []
    for match in _TOKEN.finditer(fold(text)):
        kind, piece, start = match.lastgroup, match.group(), match.start()
        if kind == "number":
            found.append(Token(piece, piece, start, match.end(), _number(piece)))
        elif kind == "chinese":
            found += _chinese(piece, start)
        else:
            found.append(Token(piece, stem(piece.removesuffix("'s")), start, match.end()))
    return tuple(_join_number_words(found))


def _number(piece: str) -> Decimal:
    if "/" not in piece:
        return Decimal(piece.replace(",", ""))
    whole, _, fraction = piece.replace("-", " ").rpartition(" ")
    top, bottom = fraction.split("/")
    return Decimal(whole or 0) + Decimal(top) / Decimal(bottom)


def _chinese(piece: str, start: int) -> list[Token]:
    found: list[Token] = []
    cut = [part for word in jieba.cut(piece, HMM=False) for part in _PERCENT_ZH.split(word) if part]
    words = _joined_numerals(cut)
    for index, word in enumerate(words):
        numeral = _NUMERAL_ZH.match(word)
        at = start
        following = words[index + 1] if index + 1 < len(words) else ""
        if numeral and (word not in _UNCOUNTED_ZH or (word == "一" and following.startswith(_MEASURES_ZH))):
            found.append(
                Token(numeral.group(), numeral.group(), at, at + numeral.end(), Decimal(_value_zh(numeral.group())))
            )
            at, word = at + numeral.end(), word[numeral.end() :]
        if word:
            found.append(Token(word, word, at, at + len(word)))
        start = at + len(word)
    return found


def _joined_numerals(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and _NUMERAL_ZH.fullmatch(joined[-1]) and _NUMERAL_ZH.match(word):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _value_zh(numeral: str) -> int:
    if not any(c in _SCALES_ZH for c in numeral):
        return int("".join(str(_DIGITS_ZH[c]) for c in numeral))
    total, section, digit = 0, 0, 0
    for char in numeral:
        if char in _DIGITS_ZH:
            digit = _DIGITS_ZH[char]
        elif char in "万亿":
            total, section, digit = (total + section + digit or 1) * _SCALES_ZH[char], 0, 0
        else:
            section, digit = section + (digit or 1) * _SCALES_ZH[char], 0
    return total + section + digit


def _join_number_words(found: list[Token]) -> list[Token]:
    joined: list[Token] = []
    at = 0
    while at < len(found):
        end, value = _number_words(found, at)
        if value is None:
            joined.append(found[at])
            at += 1
            continue
        first, last = found[at], found[end - 1]
        joined.append(Token(" ".join(t.text for t in found[at:end]), "#", first.start, last.end, Decimal(value)))
        at = end
    return joined


def _number_words(found: list[Token], at: int) -> tuple[int, int | None]:
    total, section, end = 0, 0, at
    seen: list[str] = []
    while end < len(found):
        word = found[end].text
        if seen and word in ("-", "and") and end + 1 < len(found) and found[end + 1].text in _UNITS_EN | _TENS_EN:
            if word == "and" and seen[-1] not in _SCALES_EN:
                break
            end += 1
            continue
        if word in _SCALES_EN and seen:
            section = section * _SCALES_EN[word] if word == "hundred" else section
            if word != "hundred":
                total, section = total + section * _SCALES_EN[word], 0
        elif word in _TENS_EN and (not seen or seen[-1] in _SCALES_EN):
            section += _TENS_EN[word]
        elif word in _UNITS_EN and (
            not seen or seen[-1] in _SCALES_EN or (seen[-1] in _TENS_EN and 0 < _UNITS_EN[word] < 10)
        ):
            section += _UNITS_EN[word]
        else:
            break
        seen.append(word)
        end += 1
    if not seen or seen == ["one"]:
        return at, None
    return end, total + section


def negated(text: str, language: str) -> bool:
    """Say whether a piece of text denies something.

    >>> negated("It is not waterproof", "en"), negated("BPA-free", "en"), negated("不防水", "zh")
    (True, True, True)
    """
    lists, folded = lexicon(language), fold(text)
    for phrase in lists.not_negation:
        folded = folded.replace(phrase, " ")
    for word in lists.negation:
        if not word.isascii():
            if any(token.text.startswith(word) for token in tokens(folded) if token.value is None):
                return True
        elif re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word[0].isalpha() else re.escape(word), folded):
            return True
    return False


def prepare() -> None:
    """Load the dictionary and the word lists (about a second), so that the first sentence need not wait for them."""
    jieba.initialize()
    for language in ("en", "zh"):
        tokens(" ".join(sorted(lexicon(language).free)[:3]))
