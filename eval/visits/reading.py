"""What a shopper reads in a reply: whether it says that a must-have is not met, or not known, and of which products.

A sentence denies a must-have where it names it and has a word of denial. Shares nothing with the assistant's sentences:
it would read any assistant's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from eval.grounding.truth import fold
from eval.seen import Seen
from eval.visits.must_haves import MustHave, said_forms

_DENIES = re.compile(
    r"\b(?:not|no|none|nothing|nobody|never|without|cannot|unknown|unfortunately|sorry|neither)\b|n't\b|"
    r"不|没|无法|未|抱歉|遗憾"
)
_CONDITIONS = {
    "budget": r"\bprices?\b|\bbudget\b|\bcosts?\b|价格|预算|价位",
    "colour": r"\bcolou?rs?\b|颜色",
    "size": r"\bsizes?\b|尺码|尺寸|码",
    "brand": r"\bbrands?\b|品牌|牌子",
    "rating": r"\brat(?:ing|ed)s?\b|\bstars?\b|评分|星",
    "stock": r"\bstock\b|有货|现货|缺货|库存|无货|售罄",
    "feature": r"(?!)",
    "material": r"\bmaterials?\b|材质",
    "age": r"\bages?\b|\byears?\b|岁|年龄",
    "without": r"(?!)",
}
_NONE_AT_ALL = re.compile(
    r"\b(?:we|i) (?:have|found|find) nothing\b|\bnothing (?:that )?(?:we have|fits|meets)\b|"
    r"\bdo(?:es)? not (?:seem to )?have\b|\bnone of\b|"
    r"没有(?:找到)?(?:完全)?(?:符合|满足|同时)|没有找到|没有.{0,30}商品|没找到"
)


def denied(must: MustHave, seen: Seen) -> frozenset[str]:
    """Return the products of a turn of which the reply says that they do not (or may not) meet a must-have."""
    shown = frozenset(card.product_id for card in seen.cards)
    found: set[str] = set()
    for text, subject in told(seen):
        if denies(must, text):
            found |= {subject} if subject in shown else shown
    for card in seen.cards:
        if must.kind == "stock" and not card.in_stock and card.stock_text:
            found.add(card.product_id)
        if denies(must, card.why):
            found.add(card.product_id)
    return frozenset(found)


def denies(must: MustHave, text: str) -> bool:
    """Return whether a sentence says that a must-have is not met, or not known.

    >>> denies(MustHave("feature", "waterproof"), "Whether it is “waterproof” is not stated.")
    True
    >>> denies(MustHave("feature", "waterproof"), "It is waterproof and costs $40.")
    False
    """
    plain = fold(text)
    return bool(_DENIES.search(plain)) and names(must, plain)


def names(must: MustHave, plain: str) -> bool:
    """Return whether a folded text names a must-have: its value, or the condition by its name."""
    if re.search(_CONDITIONS[must.kind], plain):
        return True
    return any(_holds(form, plain) for form in said_forms(must))


def _holds(form: str, plain: str) -> bool:
    wanted = fold(form)
    if re.search(r"[一-鿿]", wanted):
        return wanted.removesuffix("色") in plain or wanted in plain
    words = r"[ -]".join(re.escape(word) for word in re.split(r"[ -]", wanted))
    return re.search(rf"(?<![\w.]){words}(?:\.00?)?(?!\w)", plain) is not None


def none_found(seen: Seen) -> bool:
    """Return whether a reply says in so many words that nothing is there for the wish."""
    return any(_NONE_AT_ALL.search(fold(text)) for text, _ in told(seen))


def told(seen: Seen) -> Iterable[tuple[str, str]]:
    """Yield every sentence with the product that it is about ("" for none)."""
    for sentence in seen.sentences:
        yield sentence.text, sentence.subject_id
    if seen.question is not None:
        yield seen.question.text, ""


def answered_no(must: MustHave, seen: Seen) -> bool:
    """Return whether the answer to "is it …?" is a no, or that nobody knows."""
    texts: Sequence[str] = [text for text, _ in told(seen)]
    return any(denies(must, text) for text in texts) or all(re.match(r"\W*(?:no\b|不|否)", fold(t)) for t in texts[:1])
