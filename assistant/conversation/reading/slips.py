"""Reads a badly typed wish as it was meant: Chinese with a space after each character, words run together, slips.

Only what no dictionary knows is touched, and only towards words in which wishes are said: conditions, features,
materials, colours, and the catalogue's own. Names and addresses would be harmed by it, so that whoever calls it has made
sure that a thing is wished for. Knows no intent.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.conversation.reading.colours import colours
from assistant.conversation.reading.features import features, materials
from assistant.conversation.reading.mending import phrase_words
from assistant.conversation.reading.stating import framing_words
from assistant.conversation.reading.words import HAN, common_words, known_names, singular

SPACED = 0.5
"""From this share of Chinese characters with a space behind them on, the spaces mean nothing."""
GLUED, LEAST_GLUED = 18, 5
"""Letters of a word that no dictionary knows from which on it is taken for several, and beside one that is."""
SHORT = 7
"""Letters up to which one slip is forgiven; longer words may have two."""
LEAST_MENDED = 4
"""Letters of a word from which on it may be a slip of any word in which wishes are said."""
UNRANKED = 3000
"""The rank at which the catalogue's own words are taken to lie among the frequent ones of the language."""
_WORD = re.compile(r"(?<![\w@./-])[A-Za-z]{3,}(?![\w@./-]*[@\d]|['’]t\b)")
_GLUED = re.compile(rf"(?<![\w@./])[A-Za-z']{{{GLUED},}}(?![@./])")
_BESIDE = re.compile(rf"(?<![\w@./])[A-Za-z']{{{LEAST_GLUED},}}(?![@./])")
_SEAMS = re.compile(r"(?<=[A-Za-z])(?=[$\d])|(?<=\d)(?=[A-Za-z])")
_LOOSE = re.compile(r"(?<=[\u3400-\u9fff，。？！、：；]) (?=\S)|(?<=\S) (?=[\u3400-\u9fff，。？！、：；])")
_CONTRACTED = re.compile(
    r"(?:does|do|is|are|was|were|wo|ca|did|had|have|has|could|would|should)nt|(?:what|that|it|he|she|there|who|where|how)s|"
    r"(?:i|you|we|they)(?:m|ve|ll|re|d)"
)
_CONDITIONS = frozenset(
    [
        "size",
        "sizes",
        "under",
        "below",
        "above",
        "over",
        "between",
        "dollars",
        "bucks",
        "price",
        "priced",
        "cheaper",
        "cheapest",
        "brand",
        "rated",
        "rating",
        "stars",
        "least",
        "most",
        "more",
        "less",
        "than",
        "stock",
        "colour",
        "color",
        "budget",
        "without",
        "except",
        "with",
        "from",
        "made",
        "need",
        "want",
        "find",
        "show",
        "wear",
        "after",
    ]
)


def unspaced(text: str) -> str:
    """Return Chinese that was typed with a space after each character as it is usually written.

    >>> unspaced("我 想 买 红 色 的 杯 子，Pip & Plum的"), unspaced("蓝牙音箱 户外用的")
    ('我想买红色的杯子，Pip & Plum的', '蓝牙音箱 户外用的')
    """
    characters = len(HAN.findall(text))
    spaced = len(re.findall(r"[\u3400-\u9fff] ", text))
    return _LOOSE.sub("", text) if spaced > 2 and spaced >= SPACED * characters else text


def meant(text: str, known: Collection[str]) -> str:
    """Return a wish with its words parted and mended; `known` are the catalogue's words.

    >>> meant("a waterprofo rucksack in sze 48 wiht pockets", ["rucksack"])
    'a waterproof rucksack in size 48 with pockets'
    >>> meant("doyouhavearedbackpackunder$50", ["backpack"]), meant("a Lenovo sleeve", [])
    ('do you have a red backpack under $50', 'a Lenovo sleeve')
    """
    parted = text
    if _GLUED.search(text):
        parted = _BESIDE.sub(lambda found: _parted(found[0], frozenset(known)), _SEAMS.sub(" ", text))
    return _WORD.sub(lambda found: _mended(found[0], known), parted)


def _parted(run: str, known: frozenset[str]) -> str:
    """Return the words that letters without spaces most likely are, by how frequent each is."""
    if run.lower() in common_words() or run.lower() in known_names() or singular(run.lower()) in known:
        return run
    said, best = run.lower(), [(0.0, 0)]
    for end in range(1, len(run) + 1):
        starts = range(max(0, end - 20), end)
        best.append(min((best[start][0] + _cost(said[start:end], known), start) for start in starts))
    found, end = list[str](), len(run)
    while end:
        start = best[end][1]
        found.append(run[start:end])
        end = start
    return " ".join(found[::-1])


def _cost(word: str, known: frozenset[str]) -> float:
    if word in ("i'm", "i'd", "a", "i"):
        return math.log(10)
    rank = min(common_words().get(word, 10**9), UNRANKED if word in known else 10**9)
    # A single letter is hardly ever a word, and what is none costs as much as several.
    return 8.0 + 8.0 * len(word) if rank == 10**9 or len(word) == 1 else math.log(rank + 10)


_ABBREVIATIONS = frozenset(
    [
        "usb",
        "spf",
        "upf",
        "led",
        "hdmi",
        "gps",
        "nfc",
        "anc",
        "tsa",
        "bpa",
        "tpe",
        "pvc",
        "pfc",
        "fsc",
        "gots",
        "rpm",
        "mah",
        "kwh",
        "lcd",
        "oled",
        "rgb",
        "dac",
        "aux",
        "hifi",
        "ups",
        "usps",
        "dhl",
    ]
)


def _mended(word: str, known: Collection[str]) -> str:
    """Return a word as it was probably meant; a capital inside a sentence is a name, which only a name replaces."""
    plain = word.lower()
    if (
        plain in common_words()
        or plain in known_names()
        or plain in _ABBREVIATIONS
        or plain in {*_wished(), *_framing()}
        or singular(plain) in known
        or _CONTRACTED.fullmatch(plain)
    ):
        return word
    slips = 1 if len(plain) <= SHORT else 2
    near = [one for one in _near(plain, known, slips) if word.islower() or one in known or word.isupper()]
    # Three letters are an abbreviation more often than a slip of a feature: "SPF" is no "UPF".
    wished = _CONDITIONS if len(plain) < LEAST_MENDED else _wished()
    near += [one for one in _near(plain, wished, slips) if word.islower() or word.isupper()]
    near = near or (_near(plain, {*_framing(), *phrase_words()}, slips) if word.islower() else [])
    return min(near, key=lambda one: _doubt(plain, one), default=word)


def _near(word: str, words: Collection[str], slips: int) -> list[str]:
    found = process.extract(word, words, scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=None)
    return [str(one[0]) for one in found if len(one[0]) > 2]


def _doubt(word: str, other: str) -> tuple[int, bool, bool, int]:
    """Return how unlikely a word was meant: its slips, whether it has other letters or lacks one typed, how rare it is."""
    slips = DamerauLevenshtein.distance(word, other)
    return slips, sorted(word) != sorted(other), bool(set(word) - set(other)), common_words().get(other, UNRANKED)


@cache
def _wished() -> frozenset[str]:
    """Return the words in which conditions, features, materials and colours are said."""
    listed: Iterable[str] = (form for english, _ in (*features(), *materials()) for form in english)
    named = {word for form in listed for word in re.findall(r"[a-z]{3,}", form)}
    shades = {form for one in colours().values() for form in (*one.english, *one.shades) if form.isalpha()}
    return frozenset(named | shades | _CONDITIONS)


@cache
def _framing() -> frozenset[str]:
    """Return the words around a wish."""
    return frozenset(word for word in framing_words() if len(word) > 2)
