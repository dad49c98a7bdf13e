"""How text becomes tokens, the same way for what is indexed and what is asked: English stemmed, Chinese segmented.

Measures are read, too, so that 12", 12 inch and 1 ft meet. Knows no index.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK = re.compile(rf"[{CJK}]")
_FRACTION = str.maketrans({"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3", "⅛": " 1/8", "⅜": " 3/8"})
_MARKS = ((re.compile(r"(?<=\d)\s*(?:\"|”|″|''|’’)"), " inch "), (re.compile(r"(?<=\d)\s*(?:'|′)(?!\w)"), " ft "))
_TOKEN = re.compile(rf"[{CJK}]+|\d+(?:[./]\d+)*|[^\W\d_{CJK}]+(?:['’][^\W\d_{CJK}]+)?")

UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("mm", "millimeter", "millimetre", "毫米"), ("mm", 1.0)),
    **dict.fromkeys(("cm", "centimeter", "centimetre", "厘米", "公分"), ("mm", 10.0)),
    **dict.fromkeys(("m", "meter", "metre", "米"), ("mm", 1000.0)),
    **dict.fromkeys(("inch", "inches", "in", "英寸"), ("mm", 25.4)),
    **dict.fromkeys(("ft", "foot", "feet", "英尺"), ("mm", 304.8)),
    **dict.fromkeys(("yd", "yard"), ("mm", 914.4)),
    **dict.fromkeys(("ml", "milliliter", "millilitre", "毫升"), ("ml", 1.0)),
    **dict.fromkeys(("l", "liter", "litre", "升"), ("ml", 1000.0)),
    **dict.fromkeys(("cup",), ("ml", 236.588)),
    **dict.fromkeys(("pint", "pt"), ("ml", 473.176)),
    **dict.fromkeys(("quart", "qt"), ("ml", 946.353)),
    **dict.fromkeys(("gallon", "gal"), ("ml", 3785.41)),
    **dict.fromkeys(("mg", "毫克"), ("g", 0.001)),
    **dict.fromkeys(("g", "gram", "克"), ("g", 1.0)),
    **dict.fromkeys(("kg", "kilogram", "kilo", "公斤", "千克"), ("g", 1000.0)),
    **dict.fromkeys(("oz", "ounce"), ("g", 28.3495)),
    **dict.fromkeys(("lb", "lbs", "pound"), ("g", 453.592)),
}
"""Unit as written, in the singular → the base unit and how many of it. An ounce is taken for a weight."""


def folded(text: str) -> str:
    """Return text without case, width, accents and typographic variety.

    >>> folded("Ｃafé ½ inch")
    'cafe 1/2 inch'
    """
    known = text.translate(_FRACTION).encode("utf-8", "ignore").decode("utf-8")  # without half surrogates
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", known))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", bare).replace("⁄", "/").casefold().split())


def is_chinese(text: str) -> bool:
    """Return whether Chinese (or Japanese) characters are in a text.

    >>> is_chinese("红色 dress"), is_chinese("red")
    (True, False)
    """
    return _CJK.search(text) is not None


def words(text: str) -> list[str]:
    """Return a text's words in order, folded but not stemmed.

    >>> words("Men's T-Shirt, 12\\" 500ml")
    ["men's", 't', 'shirt', '12', 'inch', '500', 'ml']
    """
    text = folded(text)
    for mark, unit in _MARKS:
        text = mark.sub(unit, text)
    found: list[str] = []
    for token in _TOKEN.findall(text):
        found.extend(_segments(token) if _CJK.match(token) else (token,))
    return found


def tokens(text: str) -> list[str]:
    """Return a text's words as they are indexed and asked for, measures included.

    >>> tokens("Running shoes 1 ft")
    ['run', 'shoe', '1', 'ft', '=304.8mm']
    """
    plain = words(text)
    return [stem(word) for word in plain] + list(measures(plain))


def measures(plain: Iterable[str]) -> Iterator[str]:
    """Yield the measures in a list of words, in base units.

    >>> list(measures(["0.5", "l", "1/2", "inch"]))
    ['=500ml', '=12.7mm']
    """
    before = ""
    for word in plain:
        unit = UNITS.get(word) or UNITS.get(word.removesuffix("s"))
        if unit and before[:1].isdigit() and (number := _number(before)) is not None:
            yield f"={float(f'{number * unit[1]:.4g}'):g}{unit[0]}"
        before = word


def is_measure(token: str) -> bool:
    """Return whether a token is a measure that `measures` made.

    >>> is_measure("=500ml"), is_measure("500")
    (True, False)
    """
    return token.startswith("=")


def _number(text: str) -> float | None:
    above, _, below = text.partition("/")
    try:
        return float(above) / float(below) if below else float(above)
    except (ValueError, ZeroDivisionError):
        return None


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return an English word's stem, any other word as it is.

    >>> stem("dresses"), stem("men's"), stem("红色")
    ('dress', 'men', '红色')
    """
    if not word.isascii() or len(word) < 3 or not word[0].isalpha():
        return word
    bare = word.removesuffix("'s").replace("'", "")
    return IRREGULAR.get(bare) or str(_stemmer().stemWord(bare))


IRREGULAR = {
    "men": "men", "mens": "men", "man": "men", "women": "women", "womens": "women", "woman": "women",
    "children": "child", "childrens": "child", "feet": "foot", "teeth": "tooth", "knives": "knife",
    "leaves": "leaf", "shelves": "shelf", "mice": "mouse", "geese": "goose", "scarves": "scarf", "loaves": "loaf",
}  # fmt: skip
"""Plurals that the stemmer does not bring together, and forms it would bring to something else."""


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("english")


@cache
def _jieba() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    return jieba


@lru_cache(maxsize=20_000)
def _segments(run: str) -> tuple[str, ...]:
    """Overlapping words of a run of Chinese, so that 连衣裙 is found by 裙 as well."""
    return tuple(_jieba().lcut_for_search(run))


@lru_cache(maxsize=20_000)
def segments(run: str) -> tuple[str, ...]:
    """Return the words of a run of Chinese one after another, none inside another.

    >>> segments("真皮钱包")
    ('真皮', '钱包')
    """
    return tuple(_jieba().lcut(run))


def is_word(text: str) -> bool:
    """Return whether a dictionary of Chinese knows a text as one word.

    >>> is_word("钱包"), is_word("钱宝包")
    (True, False)
    """
    _jieba().initialize()
    return bool(_jieba().get_FREQ(text))
