"""Which one product of the catalogue a message calls by its name, and what is then asked of it or done with it.

"How many litres does the Copperpot Sonnet kettle hold?" reads like a search to whoever does not know that this is one
product's name: brand and words of a title that no other product of the brand has so many of. Knows no wish in force.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from assistant.conversation.answers import Asked
from assistant.conversation.reading.framing import content
from assistant.conversation.reading.questions import yes_or_no
from assistant.conversation.reading.taking import speaks_of_taking
from assistant.conversation.reading.words import HAN, stem
from assistant.conversation.understanding import Understanding
from index.product import Product
from index.query import Filters, Query

LOOKED_AT = 24
"""Products of a brand among which the name has to be one's alone."""
LEAST = 2
"""Words, or pairs of Chinese characters, of a title beside its brand that make a name."""
_ASKS = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|hi|hello|hey|please)\W+)*(?:what|whats|how|is|are|does|do|did|can|could|will|would|"
    r"has|have|which|who|where|when)\b|\b(?:how|what|which|is it|does it|do they|are they|can i|should i)\b|"
    r"什么|多少|多[高大重长宽久]|几|哪|怎么|如何|吗|呢|[有能是会可]没?不?[有能是会可]"
)
_ASKED_OF = frozenset(
    {"find", "refine", "ask_product", "warranty", "smalltalk", "out_of_scope", "help", "cart_change", "ask_policy"}
)
"""What a question about a product by name is easily taken for."""
_WEIGHED = frozenset({"find", "refine", "compare", "ask_product", "smalltalk", "out_of_scope", "help"})
_AGAINST = re.compile(
    r"\b(?:vs\.?|versus|and|or|with|against|compared to|than)\b|[,，、;；]|和|跟|与|还是|比|对比", re.IGNORECASE
)
_WEIGHS = re.compile(
    r"\bvs\b|\bversus\b|\bor\b|\bdiffer|\bcompar|\b(?:better|best|which|than|lighter|cheaper)\b|哪|还是|区别|差别|不同|对比|比"
)
_TAKEN_FOR = frozenset({"find", "refine", "ask_product", "cart_add"})


def of_named(asked: Asked) -> Asked:
    """Return the message with its intent put right where it calls one product by name and asks of it, or takes it."""
    found = asked.found
    if not found.wish.brands or any(one.which != "focus" for one in found.references):
        return asked
    takes = found.intent in _TAKEN_FOR and speaks_of_taking(found.message)
    asks = found.intent in _ASKED_OF and bool(_ASKS.search(found.message.lower()) or yes_or_no(found.message))
    product = called(asked) if takes or asks else None
    if product is None:
        return asked
    wish = replace(found.wish, must_haves=tuple(m for m in found.wish.must_haves if not _in_name(m.text, product)))
    wish = replace(wish, options={k: v for k, v in wish.options.items() if not _of_title(v, product)})
    rest = _without_name(found.unpointed, product)
    intent = "cart_add" if takes else "ask_product"
    return replace(asked, found=replace(found, intent=intent, wish=wish, unpointed=rest))


def several_called(asked: Asked) -> list[Product]:
    """Return the products that a message calls by their names to weigh one against another; none below two."""
    found = asked.found
    if not found.wish.brands or found.intent not in _WEIGHED or not _WEIGHS.search(found.message.lower()):
        return []
    kinds = " ".join(label for key, label in found.wish.labels.items() if key.startswith("category:"))
    parts = [f"{part} {kinds}" for part in _AGAINST.split(found.message) if part.strip()]
    each = [called(replace(asked, found=_part_of(found, part))) for part in parts]
    products = list(dict.fromkeys(one.id for one in each if one is not None))
    return list(asked.sources.catalogue.get(products).values()) if len(products) > 1 else []


def _part_of(found: Understanding, part: str) -> Understanding:
    """Return a part of a message as if it were one, with the brands that it names."""
    brands = tuple(brand for brand in found.wish.brands if brand.lower() in part.lower())
    return replace(found, message=part, wish=replace(found.wish, brands=brands))


def called(asked: Asked, *, surely: bool = False) -> Product | None:
    """Return the one product whose brand a message names and of whose title it holds more than of any other's.

    `surely` wants it called by its whole title, or by more of it than any other's by a word and another.
    """
    found = asked.found
    if not found.wish.brands:
        return None
    filters = Filters(brands=frozenset(found.wish.brands))
    hits = asked.sources.searcher.search(Query(text=found.message, filters=filters, limit=LOOKED_AT)).hits
    said = pieces(found.message)
    scored = sorted(((_likeness(said, hit.product), hit.product) for hit in hits), key=lambda one: one[0], reverse=True)
    if not scored or scored[0][0][0] < LEAST:
        return None
    ahead = scored[0][0][0] - scored[1][0][0] if len(scored) > 1 else LEAST
    if surely and not (scored[0][0][1] == 1.0 or ahead >= LEAST):
        return None
    return scored[0][1] if len(scored) == 1 or scored[0][0] > scored[1][0] else None


def pieces(text: str) -> frozenset[str]:
    """Return the stems of a text's words (a number with the word after it), and the pairs of its Chinese characters.

    >>> sorted(pieces("2-person tents")), sorted(pieces("猫爬架"))
    (['2 person', 'person', 'tent'], ['爬架', '猫爬'])
    """
    said = text.lower()
    latin = {stem(word) for word in re.findall(r"[a-z0-9%]+", said) if len(word) > 1}
    counted = {f"{number} {stem(word)}" for number, word in re.findall(r"\b(\d)[\s-]+([a-z]{2,})", said)}
    runs = re.findall(r"[\u3400-\u9fff]+", text)
    return frozenset(latin | counted | {run[at : at + 2] for run in runs for at in range(len(run) - 1)})


def _likeness(said: Collection[str], product: Product) -> tuple[int, float]:
    """Return how many pieces of a title are said beside its brand, and what share of the title that is."""
    brand = pieces(product.brand or "")
    best = (0, 0.0)
    for words in product.words.values():
        title = pieces(words.title) - brand
        shared = len(title & frozenset(said))
        best = max(best, (shared, shared / len(title) if title else 0.0))
    return best


def _in_name(text: str, product: Product) -> bool:
    return bool(content(text)) and any(pieces(text) <= pieces(words.title) for words in product.words.values())


def _of_title(values: Collection[str], product: Product) -> bool:
    return any(value.lower() in words.title.lower() for value in values for words in product.words.values())


def _without_name(text: str, product: Product) -> str:
    """Return a message with the words that only call the product blanked out, each in its place."""
    titles = [words.title.lower() for words in product.words.values()]
    runs = {run for title in titles for run in re.findall(r"[\u3400-\u9fff]{2,}", title)}
    parts = {run[i:j] for run in runs for i in range(len(run)) for j in range(i + 2, len(run) + 1)}
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, " " * len(part))

    def kept(word: re.Match[str]) -> str:
        called = not HAN.search(word[0]) and any(_is_word_of(word[0], title) for title in titles)
        return " " * len(word[0]) if called else word[0]

    return re.sub(r"\S+", kept, text)


def _is_word_of(word: str, title: str) -> bool:
    bare = re.sub(r"[^\w&%-]", "", word)
    return bool(content(bare)) and bool(re.search(rf"\b{re.escape(bare)}\b", title))
