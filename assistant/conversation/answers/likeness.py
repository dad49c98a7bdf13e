"""Whether what was found is at all what was asked for: a shop that has no turntable says so.

A search by meaning always finds something. Here the words decide, leniently: only when no hit's record carries any word
of the wish, in the language of the wish, is the thing said to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.conversation.reading.framing import GENERIC, GENERIC_HAN, PERSONS, content
from assistant.conversation.reading.stating import framing_words, naming
from assistant.conversation.reading.table import rows
from assistant.conversation.reading.term import Found
from assistant.conversation.reading.wishing import HAVE
from assistant.conversation.reading.words import HAN, stem, stems
from assistant.conversation.state import Wish
from assistant.conversation.understanding import Understanding
from index.product import Product, Words

READ = 8
"""Hits whose records are read."""
_PREPOSITION = re.compile(r"\b(?:for|with|that|to|which|without|under|from)\b")
_DESCRIBING = re.compile(r"(?:able|ible|proof|less|ful|ous|ive|ish|ed|ing|est|ly|sized|free|weight|resistant)$")
"""How words end that describe the thing before them and name no other: "a tent lightweight"."""
APART = 2
"""Words that tell a kind apart from which on none of them can be mere praise ("cute")."""
_ANY_OF = re.compile(r"\b(?:something|anything|stuff|things?|gear|accessor(?:y|ies)|products?|items?|gifts?)\b")
_ASKED = re.compile(
    r"\b(?:do|have) you (?:have|got|sell|stock|carry)\b|\b(?:any|an?|some|new|buy|sell|find|need|want|looking for)\b|"
    r"^\W*[a-z]+s\W*$"
)
"""What asks for a thing by its name."""
_MAKES_HAN = "机器架砂垫袋盒套罩壳线柜桶刷夹钩膜钉绳盆笼梯锁链衣帽镜"
"""Characters that make of what stands before them a thing of its own: 咖啡机, 猫砂."""


def unlike(wish: Wish, products: Sequence[Product], language: str) -> bool:
    """Return whether nothing found carries a word of what is wished for."""
    if wish.categories or not wish.text or generic(wish.text):
        return False
    readable = [product for product in products[:READ] if language in product.words]
    branded = {word for brand in wish.brands for word in content(brand)}
    wanted = [word for word in naming(_thing(wish.text)) or naming(wish.text) if word not in branded]
    if not readable or not wanted:
        return False
    texts = [_text(product, language) for product in readable]
    if language == "zh" and _known_thing(wish.text):
        return not carrying(wish, readable, language)
    if language == "zh":
        return not any(_shares(word, text) for word in wanted for text in texts)
    there = {one for text in texts for one in stems(text)}
    return not any(stem(word) in there for word in wanted if not HAN.search(word))


@cache
def _known_things() -> frozenset[str]:
    """Return what things are called in any shop, in Chinese."""
    return frozenset(form for group in rows("synonyms.tsv") for column in group for form in column if HAN.search(form))


def _known_thing(text: str) -> bool:
    """Return whether a wish is nothing but the name of a thing, so that what only speaks of it is no such thing."""
    return text.strip().lower() in _known_things()


def carrying(wish: Wish, products: Sequence[Product], language: str) -> list[Product]:
    """Return the products whose title or category carries the noun of the wish: a plush elephant for an elephant."""
    branded = {word for brand in wish.brands for word in content(brand)}
    wanted = [word for word in content(_thing(wish.text)) or content(wish.text) if word not in branded]
    return [product for product in products if wanted and _carries(product, wanted[-1], language)]


def compound(wish: Wish, named: Sequence[Found], products: Sequence[Product], language: str) -> bool:
    """Return whether a kind of thing that a wish names only begins the name of another, which none of these bears.

    A "shoe rack" is no shoe, a "coffee machine" no coffee.
    """
    told = {
        word for said in (*wish.labels.values(), *(must.text for must in wish.must_haves)) for word in content(said)
    }
    kinds = [one.form.lower() for one in named if one.term.kind == "category"]
    rest = _thing(wish.text).lower().rpartition(kinds[-1])[2] if kinds and kinds[-1] in wish.text.lower() else ""
    if HAN.search(rest):
        run = re.match(r"[\u3400-\u9fff]*", rest)
        made = f"{kinds[-1]}{run.group() if run else ''}"
        ends = bool(run and run.group()) and made[-1] in _MAKES_HAN and HAN.search(kinds[-1]) is not None
        return ends and not any(made[-2:] in _called(product, language) for product in products)
    after = [word for word in content(rest) if word not in framing_words()]
    if len(after) != 1 or after[0] in told or not rest.startswith(f" {after[0]}") or kinds[-1].endswith("s"):
        return False  # "jackets waterproof": what stands before another noun is not in the plural
    called = {one for product in products for one in stems(_called(product, language))}
    return not _DESCRIBING.search(after[0]) and stem(after[0]) not in called


def not_sold(wish: Wish, found: Understanding, products: Sequence[Product], language: str) -> bool:
    """Return whether what is named only stands before other things' names, or tells a kind apart that none of these is.

    Where there are laptop bags, there is no laptop; "nintendo switch games" are no board games.
    """
    if language != "en" or not products or _ANY_OF.search(found.message.lower()) or wish.text.startswith("for "):
        return False
    if wish.categories:
        apart = content(_thing(wish.text).lower())
        return bool(HAVE.search(found.message.lower())) and _told_apart(wish, found, apart, products)
    named = [word for word in naming(_thing(wish.text)) if not HAN.search(word)]
    return len(named) == 1 and bool(_ASKED.search(found.message.lower())) and _only_before(named[0], products, language)


def _only_before(word: str, products: Sequence[Product], language: str) -> bool:
    """Return whether titles and labels hold a word only before their last, and records state no such thing.

    What is dishwasher-safe is no dishwasher.
    """
    wanted, before = stem(word), False
    if word.endswith("ing"):
        return False
    for product in products[:READ]:
        words = product.said(language)
        title = stems(re.split(r"\b(?:in|with|for|of)\b", words.title, maxsplit=1)[0])
        affirmed = (text for text in words.attributes.values() if not text.lower().startswith("no "))
        stated = stems(" ".join((*words.category, *affirmed, *words.option_values.values())))
        options = stems(" ".join(value for variant in product.variants for value in variant.options.values()))
        if wanted in (*title[-1:], *stated, *options):
            return False
        labels = (stems(name.replace("-", " ")) for name in words.attributes)
        before = before or wanted in title[:-1] or any(wanted in label[:-1] for label in labels)
    return before


def _told_apart(wish: Wish, found: Understanding, named: Sequence[str], products: Sequence[Product]) -> bool:
    """Return whether two words or more that tell the kind apart are in no record: a make and its product."""
    kinds = {stem(word) for one in found.named if one.term.kind == "category" for word in content(one.form)}
    told = {
        stem(word) for text in (*wish.labels.values(), *(m.text for m in wish.must_haves)) for word in content(text)
    }
    apart = [word for word in named if stem(word) not in kinds | told and word not in PERSONS]
    there = {one for product in products for words in product.words.values() for one in stems(every_word(words))}
    return len(apart) >= APART and not any(stem(word) in there or _DESCRIBING.search(word) for word in apart)


def heads(wish: Wish, doubtful: Sequence[Found]) -> bool:
    """Return whether a kind of thing is what the wish is headed by, not a word of what it is for or made for.

    A jacket heads "waterproof jacket for hiking"; a phone does not head "phone case".
    """
    named = content(_thing(wish.text))
    kinds = [content(one.form) for one in doubtful if one.term.kind == "category"]
    return bool(wish.categories and named) and any(
        kind and (named[-1].endswith(kind[-1]) if HAN.search(kind[-1]) else stem(named[-1]) == stem(kind[-1]))
        for kind in kinds
    )


def _carries(product: Product, noun: str, language: str) -> bool:
    """Return whether a product is called by the noun; of a Chinese compound by its last two characters.

    A set in a wooden case is no case: what stands in an English title after "in" or "with" names a part of the thing.
    """
    words = product.said(language)
    if HAN.search(noun):
        return noun[-2:] in " ".join((words.title, *words.category)).lower()
    called = re.split(r"\b(?:in|with|for|of)\b", words.title.lower(), maxsplit=1)[0]
    return stem(noun) in stems(" ".join((called, *words.category)))


def generic(text: str) -> bool:
    """Return whether the wish names an occasion, not a thing: anything may be a gift."""
    return bool(GENERIC_HAN.search(text)) or any(word in GENERIC for word in content(text))


def _thing(text: str) -> str:
    """Return the part that names the thing, before what it is for."""
    return _PREPOSITION.split(text, maxsplit=1)[0]


def _called(product: Product, language: str) -> str:
    """Return what a product is called and what its records state of it, without what is told about it."""
    words = product.said(language)
    options = (v for name in ("color", "size", "material") for v in product.options(name))
    said = (words.title, *words.category, *words.attributes, *words.attributes.values(), *words.option_values.values())
    return " ".join((*said, *options, product.brand or "")).lower()


def every_word(words: Words) -> str:
    """Return all that a record says in one language."""
    parts = (words.title, *words.category, *words.attributes, *words.attributes.values(), *words.highlights)
    return " ".join((*parts, words.description))


def _text(product: Product, language: str) -> str:
    words = product.words[language]
    parts = (words.title, *words.category, *words.attributes.values(), *words.highlights, words.description)
    return " ".join((*parts, product.brand or "", *(v for name in ("color", "size") for v in product.options(name))))


def _shares(word: str, text: str) -> bool:
    """Return whether a text holds two neighbouring characters of a Chinese word, or a Latin word."""
    if not HAN.search(word):
        return word in text.lower()
    pieces = {word[at : at + 2] for at in range(len(word) - 1)} or {word}
    return any(piece in text for piece in pieces)
