"""Finds the claims in one shown sentence and holds each against what is true: the evaluation's own checker.

Written apart from the turn's verification and sharing no code with it. It reads figures by their role, names, stock,
superlatives, promises and features; what it does not recognise as a claim it leaves alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import snowballstemmer

from eval.grounding.measures import converts, factor_of
from eval.grounding.truth import NUMBER, Truth, fold
from index.product import Product

_AMOUNT = r"(\d[\d,]*(?:\.\d+)?)"
_MONEY = re.compile(
    rf"(?:us\$|[$€£¥￥]|usd|eur|gbp|cny|rmb)\s*{_AMOUNT}"
    rf"|{_AMOUNT}\s*(?:dollars?|bucks|usd|euros?|eur|pounds sterling|yuan|rmb|美元|元|块|欧元)"
)
_PRICED = re.compile(
    r"(?:\bcosts?(?: only| just)?|\bpriced at|\bprice (?:of|is|up to)|售价|价格(?:不超过|为|是)?|现价|原价)"
    rf"\s*:?\s*{_AMOUNT}(?![\d.]*\d)"
)
_SCALE = re.compile(r"满分\s*(?:为|是)?\s*(?:5|五)\s*分|\bon a scale (?:of|from) 1 to 5\b")
_STARS = re.compile(
    r"(?<![\d.])(\d(?:\.\d+)?)\s*(?:-?\s*stars?\b|out of (?:5|five)\b|/\s*5|颗星|星|分(?![钟贝之类装层段体]))"
)
"""11分钟 are minutes and 68 分贝 decibels: neither is a rating."""
_RATED = re.compile(r"(?:rat(?:ed|ing)(?: of| is)?|average(?: of)?|评分(?:为|是)?|平均)\s*:?\s*(\d(?:\.\d+)?)")
_COUNT = re.compile(
    r"(?<![\d.])(\d[\d,]*)\s*(?:\+\s*)?(?:customer |verified |buyer )?"
    r"(?:reviews?|ratings?|reviewers?|customers?|buyers?|shoppers?|people)\b"
    r"|(\d[\d,]*)\s*(?:条评|个评|位顾客|位买家|人评|名顾客)"
)
_OF = re.compile(
    r"(?<![\d.])(\d+)\s*(?:of|out of|/)\s*(?:the |its )?(\d+)\s*(?:reviews?|reviewers?|ratings?)"
    r"|(\d+)\s*条(?:评价|评论)中,?(?:有)?\s*(\d+)"
)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|percent)")
_LEFT = re.compile(
    r"(?:only|just)\s+(\d+)\s+(?:left|remaining|in stock)|(\d+)\s+(?:left in stock|left\b)|(?:仅剩|只剩|还剩)\s*(\d+)"
)
_LIMIT = re.compile(
    r"(under|below|within|budget|less than|up to|over|above|more than|between|at most|at least"
    r"|以下|以内|预算|不超过|低于|高于|以上|不到)"
)
_QUOTE = re.compile(r'"([^"]{3,})"')
_WORD = re.compile(r"[a-z][a-z'-]*[a-z]|[a-z]")
_CLAUSE = re.compile(r"[,;:.!?，；：。！？]\s*")
_stem = lru_cache(maxsize=50_000)(snowballstemmer.stemmer("english").stemWord)


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement found in a sentence: its kind, the words that make it, and whether the records bear it out."""

    kind: str
    text: str
    supported: bool


class Checker:
    """Holds sentences against the truth. Built once for a catalogue, whose own words tell what a feature is."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._lexicon = _lexicon()
        self._brands: dict[str, str] = {}
        self._values: set[str] = {fold(word) for word in self._lexicon["en"]["feature"]}
        self._zh_values: dict[str, tuple[str, ...]] = {
            k: tuple(fold(word) for word in v) for k, v in self._lexicon["zh"]["feature"].items()
        }
        for product in products:
            self._learn(product)

    def claims(self, sentence: str, truth: Truth, *, said: str = "") -> list[Claim]:
        """Return every claim of a sentence about what `truth` describes.

        `said` is what the shopper has written so far: their own limits and wishes may be restated to them.
        """
        text = _SCALE.sub(" ", _without_names(fold(sentence), truth))
        said = fold(said)
        found: list[Claim] = []
        rest = text
        for reader in (
            self._quotes,
            self._money,
            self._shares,
            self._ratings,
            self._counts,
            self._percents,
            self._left,
        ):
            claims, rest = _read(reader, rest, truth, said)
            found += claims
        found += self._numbers(rest, truth, said)
        for check in (self._stock, self._superlatives, self._promises, self._named_brands, self._features):
            found += check(rest, truth, said)
        return found

    def _learn(self, product: Product) -> None:
        if product.brand and len(product.brand) > 2:
            self._brands[fold(product.brand)] = product.brand
        for language, words in product.words.items():
            values = [fold(value) for value in words.attributes.values()]
            if language == "en":
                self._values.update(v for v in values if len(v) > 2 and len(v.split()) <= 3 and not NUMBER.search(v))
            elif language == "zh":
                for value in values:
                    if 2 <= len(value) <= 8 and not NUMBER.search(value):
                        self._zh_values.setdefault(value, ())
        for variant in product.variants:
            self._values.update(fold(v) for k, v in variant.options.items() if k == "color" and len(v) > 2)
        self._values -= {"yes", "no", "none", "other", "one size", "everyday", "unisex", "adult", "all", "assorted"}

    def _quotes(self, found: re.Match[str], truth: Truth, _text: str, said: str) -> Claim:
        quote = found.group(1).strip(" .,!?…，。！？")
        whole = quote == "it" or any(quote in source for source in (truth.quotes, truth.text, said))
        return Claim("quote", quote, whole)

    def _money(self, found: re.Match[str], truth: Truth, text: str, said: str) -> Claim:
        amount = _decimal(next(group for group in found.groups() if group))
        differences = {b - a for a in truth.prices for b in truth.list_prices} | {
            abs(a - b) for a in truth.prices for b in truth.prices
        }
        known = amount in truth.prices | truth.list_prices | {d.normalize() for d in differences}
        near = text[max(0, found.start() - 24) : found.end() + 12]
        restated = amount in _numbers(said) and bool(_LIMIT.search(near))
        return Claim("money", found.group(0), known or restated)

    def _shares(self, found: re.Match[str], truth: Truth, _text: str, _said: str) -> Claim:
        some, whole = (found.group(1), found.group(2)) if found.group(1) else (found.group(4), found.group(3))
        return Claim("count", found.group(0), int(some) <= int(whole) and int(whole) in truth.counts)

    def _ratings(self, found: re.Match[str], truth: Truth, _text: str, said: str) -> Claim:
        value = _decimal(found.group(1))
        asked = value in _numbers(said) and "star" in said + "星"
        known = value == truth.rating or value in truth.numbers or value in truth.means
        return Claim("rating", found.group(0), known or asked)

    def _counts(self, found: re.Match[str], truth: Truth, _text: str, _said: str) -> Claim:
        value = _decimal(found.group(1) or found.group(2))
        return Claim("count", found.group(0), int(value) in truth.counts or value in truth.numbers)

    def _percents(self, found: re.Match[str], truth: Truth, _text: str, _said: str) -> Claim:
        value = _decimal(found.group(1))
        off = {round((1 - price / before) * 100) for price in truth.prices for before in truth.list_prices if before}
        return Claim("percent", found.group(0), value in truth.numbers or int(value) in off)

    def _left(self, found: re.Match[str], truth: Truth, _text: str, _said: str) -> Claim:
        value = int(next(group for group in found.groups() if group))
        return Claim("stock", found.group(0), value in truth.left or value == sum(truth.left))

    def _numbers(self, text: str, truth: Truth, said: str) -> Iterator[Claim]:
        for found in NUMBER.finditer(text):
            value = _decimal(found.group(0))
            after = text[found.end() :]
            known = value in truth.numbers | _numbers(said)
            if not known and factor_of(after) is None:
                known = value <= 3 or value in {Decimal(n) for n in truth.counts | truth.left}
            yield Claim("number", found.group(0), known or converts(value, after, truth.numbers))

    def _stock(self, text: str, truth: Truth, _said: str) -> Iterator[Claim]:
        for language in ("en", "zh"):
            out = [phrase for phrase in self._lexicon[language]["out_of_stock"] if phrase in text]
            rest = text
            for phrase in out:
                rest = rest.replace(phrase, " ")
                yield Claim("stock", phrase, truth.stock in ("out", "some") or phrase in truth.text)
            for phrase in self._lexicon[language]["in_stock"]:
                if phrase in rest:
                    yield Claim("stock", phrase, truth.stock in ("in", "some") or phrase in truth.text)

    def _superlatives(self, text: str, truth: Truth, said: str) -> Iterator[Claim]:
        for phrase in self._listed("superlative", text):
            known = phrase in truth.text or phrase in truth.superlatives
            yield Claim("superlative", phrase, known or self._restated(phrase, text, said))

    def _promises(self, text: str, truth: Truth, said: str) -> Iterator[Claim]:
        for phrase in self._listed("promise", text):
            sold_below = phrase in ("on sale", "sale price", "discount", "打折", "折扣", "特价", "优惠", "促销")
            reduced = sold_below and bool(truth.list_prices)
            true = _mentions(truth.text, phrase) or reduced or self._restated(phrase, text, said) or self._unsaid(text)
            yield Claim("promise", phrase, true)

    def _named_brands(self, text: str, truth: Truth, said: str) -> Iterator[Claim]:
        for brand in _phrases_of(text, self._brands):
            known = brand == truth.brand or _mentions(truth.text, brand) or _mentions(said, brand)
            if known or len(brand.split()) > 1 or not _common(brand):
                yield Claim("brand", brand, known)

    def _features(self, text: str, truth: Truth, said: str) -> Iterator[Claim]:
        for clause in filter(None, _CLAUSE.split(text)):
            for value in _phrases_of(clause, self._values):
                yield Claim("feature", value, self._feature_holds(value, clause, text, truth, said))
            yield from self._zh_features(clause, text, truth, said)

    def _feature_holds(self, value: str, clause: str, text: str, truth: Truth, said: str) -> bool:
        if self._unsaid(text) or self._restated(value, clause, said):
            return True
        if not _mentions(truth.text, value):
            return self._negated(value, clause, text)
        return self._negated(value, clause, text) or not self._only_negated(value, truth.text)

    def _zh_features(self, clause: str, text: str, truth: Truth, said: str) -> Iterator[Claim]:
        covered = ""
        for value in sorted((v for v in self._zh_values if v in clause), key=len, reverse=True):
            if value in covered:
                continue
            covered += value + " "
            known = self._zh_holds(value, truth)
            denied = bool(re.search(rf"[不没无非未]\S{{0,3}}{re.escape(value)}", clause))
            denied |= bool(re.search(rf"{re.escape(value)}\s*[:：]\s*[否不无没]", text))
            restated = self._restated(value, clause, said)
            yield Claim("feature", value, known or denied or restated or self._unsaid(text))

    def _zh_holds(self, value: str, truth: Truth) -> bool:
        places = [m.start() for m in re.finditer(re.escape(value), truth.text)]
        if any(
            not re.search(r"[不没无非未]\S{0,2}$", truth.text[max(0, p - 4) : p])
            and not re.match(r"\s*[:：]\s*[否不无]", truth.text[p + len(value) :])
            for p in places
        ):
            return True
        return any(w in truth.text and not self._only_negated(w, truth.text) for w in self._zh_values[value])

    def _restated(self, phrase: str, clause: str, said: str) -> bool:
        persons = self._lexicon["en"]["second_person"]
        to_shopper = any(w in persons for w in _WORD.findall(clause)) or any(c in clause for c in "您你")
        return to_shopper and phrase in said

    def _unsaid(self, text: str) -> bool:
        return any(phrase in text for language in ("en", "zh") for phrase in self._lexicon[language]["unsaid"])

    def _negated(self, value: str, clause: str, whole: str) -> bool:
        before = clause.split(value)[0].split()[-4:]
        denied = any(word in self._lexicon["en"]["negation"] for word in before)
        return denied or f"{value}-free" in clause or self._only_negated(value, whole)

    def _only_negated(self, value: str, record: str) -> bool:
        places = [m.start() for m in re.finditer(rf"(?<![\w-]){re.escape(value)}", record)]
        denied = [
            bool(re.search(r"\b(not|no|without|non)[\s-]+(\w+[\s-]+)?$", record[max(0, p - 20) : p]))
            or bool(re.match(rf"{re.escape(value)}\w*\s*(?::|is|=)\s*no\b", record[p:]))
            for p in places
        ]
        return bool(places) and all(denied)

    def _listed(self, kind: str, text: str) -> list[str]:
        english = [p for p in self._lexicon["en"][kind] if re.search(rf"(?<!\w){re.escape(p)}(?!\w)", text)]
        return english + [p for p in self._lexicon["zh"][kind] if p in text]


_Reader = Callable[[re.Match[str], Truth, str, str], Claim]


def _read(reader: _Reader, text: str, truth: Truth, said: str) -> tuple[list[Claim], str]:
    """Read one kind of figure and blank it, so that no figure is read twice."""
    patterns = {
        "_quotes": (_QUOTE,),
        "_money": (_MONEY, _PRICED),
        "_shares": (_OF,),
        "_ratings": (_STARS, _RATED),
        "_counts": (_COUNT,),
        "_percents": (_PERCENT,),
        "_left": (_LEFT,),
    }[reader.__name__]
    claims: list[Claim] = []
    for pattern in patterns:
        claims += [reader(found, truth, text, said) for found in pattern.finditer(text)]
        text = pattern.sub(lambda found: " " * len(found.group(0)), text)
    return claims, text


def _without_names(text: str, truth: Truth) -> str:
    for name in sorted(truth.names, key=len, reverse=True):
        text = text.replace(name, " it ")
    return text


def _phrases_of(text: str, known: Iterable[str]) -> list[str]:
    """Return the longest known phrases that stand in the text as whole words."""
    words = _WORD.findall(text)
    pool = known if isinstance(known, (set, dict)) else set(known)
    found: list[str] = []
    place = 0
    while place < len(words):
        for length in (3, 2, 1):
            phrase = " ".join(words[place : place + length])
            if len(words[place : place + length]) == length and phrase in pool:
                found.append(phrase)
                place += length
                break
        else:
            place += 1
    return found


def _mentions(record: str, phrase: str) -> bool:
    """True when every word of the phrase stands in the record, in any inflection; Chinese by substring."""
    if phrase in record:
        return True
    stems = {_stem(word) for word in _WORD.findall(phrase.replace("-", " "))}
    return bool(stems) and stems <= _stems(record)


@lru_cache(maxsize=4_096)
def _stems(record: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(record.replace("-", " ")))


def _common(brand: str) -> bool:
    return brand in {
        "target",
        "simple",
        "everyday",
        "basics",
        "home",
        "one",
        "always",
        "dove",
        "crest",
        "essential",
        "essentials",
        "generic",
        "hello",
    }


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "")).normalize()


@lru_cache(maxsize=256)
def _numbers(text: str) -> frozenset[Decimal]:
    return frozenset(_decimal(found) for found in NUMBER.findall(text))


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
