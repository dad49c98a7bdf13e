"""The words by which a question and a policy are compared: stems in English, segments in Chinese, synonyms as one.

Knows no ranking. The notions and the idle words are in `policy_words.toml`.
"""

from __future__ import annotations

import logging
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import jieba
import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

_WORD = re.compile(r"[a-z0-9]+(?:[.'’-][a-z0-9]+)*|[\u4e00-\u9fff]+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST_PHRASE = 4
_SHORTEST_MENDED, _TWICE_MENDED = 5, 9
_COMMON = 20_000
"""Words that count as meant, the most frequent ones."""

jieba.setLogLevel(logging.WARNING)


def words_of(text: str, language: str, *, known: frozenset[str] | None = None) -> list[str]:
    """Return the words of a text that say something, each notion by one name ("@refund").

    With `known` (words of the texts that will be compared) an English word that nobody knows is mended where one
    letter more, less, exchanged or swapped makes it a known one; two from nine letters on.

    >>> words_of("How do I send it back?", "en")
    ['@way', '@return']
    """
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    for pattern, written in _rewrites(language):
        plain = pattern.sub(written, plain)
    return list(_chinese(plain) if language == "zh" else _english(_WORD.findall(plain), known))


def is_weak(word: str, language: str) -> bool:
    """Return whether a word says nothing of the matter asked about when it stands alone.

    >>> is_weak("@duration", "en"), is_weak("@refund", "en")
    (True, False)
    """
    return word.removeprefix("@") in _table()[language]["weak"]


def asks_how_much(text: str, language: str) -> bool:
    """Return whether a text asks what something costs or how long it takes.

    >>> asks_how_much("how long does delivery to Japan take?", "en"), asks_how_much("台湾能寄吗", "zh")
    (True, False)
    """
    return any(is_weak(word, language) or word == "@运费" for word in words_of(text, language))


def speaks_of_cost(text: str, language: str) -> bool:
    """Return whether a text says what something costs, or who pays for it.

    >>> speaks_of_cost("Returning by our label costs $3.95.", "en"), speaks_of_cost("30天内可以退货。", "zh")
    (True, False)
    """
    return not {"@cost", "@费用", "@运费"}.isdisjoint(words_of(text, language))


def speaks_of_refunds(text: str, language: str) -> bool:
    """Return whether a text says that money goes back.

    >>> speaks_of_refunds("We refund to the payment method you used.", "en"), speaks_of_refunds("运费4.95美元。", "zh")
    (True, False)
    """
    return not {"@refund", "@退款"}.isdisjoint(words_of(text, language))


def speaks_of_time(text: str, language: str) -> bool:
    """Return whether a text says how long something takes or may take.

    >>> speaks_of_time("You have 30 days.", "en"), speaks_of_time("价格含税。", "zh")
    (True, False)
    """
    return not {"@duration", "@期限"}.isdisjoint(words_of(text, language))


def decisive(words: Sequence[str], language: str) -> frozenset[str]:
    """Return the words that only a paragraph which speaks of the same can answer, whatever else a question says.

    >>> sorted(decisive(words_of("can I pick up my order at your store?", "en"), "en"))
    ['@pickup']
    """
    named = _table()[language]["decisive"]
    return frozenset(word for word in words if word.removeprefix("@") in named)


def says_little(text: str, language: str, *, before: str = "") -> bool:
    """Return whether a text asks without saying of what, or says nothing that was not said `before`.

    >>> says_little("how long does that take?", "en"), says_little("how long is the warranty?", "en")
    (True, False)
    >>> says_little("to which place is it refunded?", "en", before="when do I get my refund?")
    False
    >>> says_little("退到哪里", "zh", before="退货几天到账")
    True
    """
    said = set(words_of(text, language))
    return all(is_weak(word, language) for word in said) or said <= set(words_of(before, language))


def _english(words: Sequence[str], known: frozenset[str] | None) -> Iterator[str]:
    notions, idle = _notions("en"), _idle("en")
    stems = [_stem(word) if word in idle or known is None else _mended(word, known) for word in words]
    at = 0
    while at < len(stems):
        for length in range(min(_LONGEST_PHRASE, len(stems) - at), 0, -1):
            notion = notions.get(tuple(stems[at : at + length]))
            if notion:
                yield notion
                break
        else:
            length = 1
            if words[at] not in idle:
                yield stems[at]
        at += length


def _mended(word: str, known: frozenset[str]) -> str:
    """Return the known stem that a mistyped word means, or its own stem: a word that everyone knows is no slip."""
    spelled, stem = known | _notion_stems(), _stem(word)
    if stem in spelled or len(stem) < _SHORTEST_MENDED or not stem.isalpha() or word in _common():
        return stem
    wrong = 2 if len(stem) >= _TWICE_MENDED else 1
    near = process.extractOne(stem, sorted(spelled), scorer=DamerauLevenshtein.distance, score_cutoff=wrong)
    return str(near[0]) if near else stem


@cache
def _common() -> frozenset[str]:
    """Return the most frequent English words (of the list that symspellpy ships)."""
    text = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return frozenset(line.split(" ")[0] for line in text.split("\n")[:_COMMON])


@cache
def _notion_stems() -> frozenset[str]:
    return frozenset(stem for phrase in _notions("en") for stem in phrase)


def _chinese(text: str) -> Iterator[str]:
    """Take known phrases out first, the longest first; what is between them is segmented."""
    notions, idle = _notions("zh"), _idle("zh")
    for piece in _chinese_phrases().split(text):
        notion = notions.get((piece,))
        if notion:
            yield notion
            continue
        for run in _WORD.findall(piece):
            if not _HAN.match(run):
                yield notions.get((run,), _stem(run))
            else:
                yield from (notions.get((word,), word) for word in jieba.lcut_for_search(run) if word not in idle)


@cache
def _chinese_phrases() -> re.Pattern[str]:
    # What is one character, or Latin, may be part of another word: it is looked up after segmenting.
    found = [phrase[0] for phrase in _notions("zh") if len(phrase[0]) > 1 and _HAN.match(phrase[0])]
    phrases = sorted(found, key=len, reverse=True)
    return re.compile("(" + "|".join(map(re.escape, phrases)) + ")")


@cache
def _notions(language: str) -> Mapping[tuple[str, ...], str]:
    """Return phrase (as stems) → the name of its notion."""
    notions: dict[tuple[str, ...], str] = {}
    for group in _table()[language]["groups"]:
        for phrase in group:
            key = (phrase,) if language == "zh" else tuple(_stem(word) for word in _WORD.findall(phrase))
            notions.setdefault(key, f"@{group[0]}")
    return notions


@cache
def _rewrites(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what is said with other words in between ("send the shoes back") → how it is written in a notion."""
    return tuple((re.compile(pattern), written) for pattern, written in _table()[language]["rewrites"])


@cache
def _idle(language: str) -> frozenset[str]:
    return frozenset(str(_table()[language]["idle"]).split())


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("assistant.service").joinpath("policy_words.toml").read_text(encoding="utf-8"))


@cache
def _stem(word: str) -> str:
    # A stemmer keeps the word it works on in itself: one for each call, since calls come from several threads.
    return str(snowballstemmer.stemmer("english").stemWord(word))
