"""Which of the customer's own orders a message means, by its words. Knows no rule and no wording.

An order is known by its number, else by the words of what was bought, else by its state: what can be cancelled has not
left, what can be sent back has arrived.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import jieba
from rapidfuzz import fuzz, process

from assistant.conversation.reading.framing import content
from assistant.conversation.reading.term import Found
from assistant.conversation.reading.words import stem
from assistant.service.orders import plain_number
from assistant.store.records import Order, OrderLine, OrderStatus
from index.product import Product

NAMED, ONLY, LATEST, NONE_FITS = 1.0, 0.9, 0.5, 0.7
"""How sure an order is that was named, alone fits, is the latest of several, or fits best where none does."""
UNDER_WAY = frozenset({OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED})
_FORMS = frozenset({"系列", "套装", "礼盒", "分享", "享装", "加大", "标准"})
_ANY_THING = frozenset(
    {
        "日常",
        "经典",
        "标准",
        "户外",
        "室内",
        "旅行",
        "夜间",
        "日间",
        "基础",
        "多功能",
        "便携",
        "无香",
        "温和",
        "分享装",
        "袋装",
        "罐装",
    }
)
"""Words of Chinese titles that hardly tell one thing from another."""
"""How Chinese titles end without saying what the thing is; else the last two characters do."""
SPELLED = 84.0
"""From this likeness on (0 to 100) a word of a message is a word of a title, typos and all."""
jieba.setLogLevel(logging.WARNING)
_OPTIONED = 0.4
"""What the option of an item counts beside a word of its title."""
_LIKE_NUMBER = re.compile(r"(?<![a-z0-9-])#?\s?([a-z]{1,3}-?\d{4,}|\d{4,})(?![a-z0-9-])", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:everything|all of (?:it|them)|(?:whole|entire) order|both|them all|the lot|every item)\b|"
    r"\b(?:return|returning|send back|sending back|refund for|refund of)\s+(?:\w+\s+){0,2}order\b|"
    r"退(?:掉|回|货)?(?:我的|这个)?(?:整个)?订单|订单[^。！？，,]{0,14}(?:要|想)?(?:退货|退掉|全退)|全部|全都|都退|"
    r"都要退|整单|所有(?:的)?(?:东西|商品)"
)


@dataclass(frozen=True, slots=True)
class Meant:
    """The order that is meant and how sure that is; `unknown` is a number that is none of the customer's.

    `shared` is how many words of what was bought the message holds.
    """

    order: Order | None = None
    sure: float = 0.0
    others: tuple[Order, ...] = ()
    unknown: str = ""
    shared: float = 0.0


def order_numbers(text: str) -> list[str]:
    """Return what may be numbers of orders in a text, as it is written.

    >>> order_numbers("Cancel R-10423, not 10 of #10424")
    ['R-10423', '10424']
    >>> order_numbers("订单R-10423里的台灯")
    ['R-10423']
    """
    return [found.group(1) for found in _LIKE_NUMBER.finditer(text)]


def meant_order(
    texts: Sequence[str],
    own: Sequence[Order],
    *,
    fitting: Collection[OrderStatus] = frozenset(),
    titles: Mapping[str, Sequence[str]],
) -> Meant:
    """Return the order that a message means among the customer's own, the latest first.

    `texts` are the message and what was written before, the message first. `fitting` are the states in which what is
    wanted can be done; `titles` are the titles of each product in every language.
    """
    for text in texts:
        named = named_order(text, own)
        if named.order is not None or named.unknown:
            return named
    among_described, shared = described(texts[0], own, titles)
    among = among_described or list(own)
    fit = [order for order in among if order.status in fitting] if fitting else among
    if not among:
        return Meant()
    if len(fit) == 1 or (fit and among_described and len(fit) < len(own)):
        return Meant(fit[0], ONLY if len(fit) == 1 else LATEST + 0.2, tuple(fit[1:]), shared=shared)
    if fit:
        return Meant(fit[0], LATEST, tuple(fit[1:]), shared=shared)
    return Meant(among[0], NONE_FITS if among_described else LATEST, tuple(among[1:]), shared=shared)


def units_of(lines: Iterable[OrderLine], left: Mapping[str, int]) -> tuple[str, ...]:
    """Return the variant ids of lines, once for each unit that is still with the customer."""
    return tuple(line.variant_id for line in lines for _ in range(min(line.quantity, left.get(line.variant_id, 0))))


def titles_of(products: Mapping[str, Product], named: Sequence[Found] = ()) -> dict[str, tuple[str, ...]]:
    """Return each product's titles in every language, and what its kind is called, also in the words of a message.

    `named` are the words of the catalogue in that message: 猫粮 is what its writer calls a dry food for cats.
    """
    return {
        one: tuple(
            dict.fromkeys(
                [text for words in product.words.values() for text in (words.title, *words.category[-1:])]
                + [word.form for word in named if _is_of(product, word)]
            )
        )
        for one, product in products.items()
    }


def options_named(line: OrderLine, named: Sequence[Found]) -> tuple[str, ...]:
    """Return the words of a message that name an option in which a line was bought: 黑色, "the navy ones"."""
    options = [word for word in named if word.term.kind == "option"]
    return tuple(word.form for word in options if line.options.get(word.term.name) in word.term.values)


def _is_of(product: Product, word: Found) -> bool:
    """Return whether a word names the kind of thing that a product is."""
    kinds = {kind for words in product.words.values() for kind in words.category}
    return word.term.kind == "category" and not kinds.isdisjoint(word.term.values)


def named_order(text: str, own: Sequence[Order]) -> Meant:
    """Return the order whose number a text holds; one that is unknown is told as it is written."""
    numbers = order_numbers(text)
    for number in numbers:
        wanted = plain_number(number)
        for order in own:
            if wanted in (plain_number(order.number), re.sub(r"\D", "", order.number)):
                return Meant(order, NAMED)
    begins = {order.number[:1].upper() for order in own} or {"R"}
    like = [one for one in numbers if one[:1].upper() in begins and not one[:2].isalpha()]
    return Meant(unknown=like[0]) if like else Meant()


_ACTS = frozenset({"cancel", "cancels", "cancelled", "canceled", "return", "returned", "exchange", "refund", "placed"})
"""Words for what is to be done with an order, which name nothing in it: noise-cancelling earbuds."""


def described(text: str, own: Sequence[Order], titles: Mapping[str, Sequence[str]]) -> tuple[list[Order], float]:
    """Return the orders that hold what the message speaks of most, in their order, and how many words that are."""
    scored = [(max((score(text, line, titles) for line in order.lines), default=0.0), order) for order in own]
    best = max((score for score, _ in scored), default=0.0)
    return [order for score, order in scored if best >= 1 and score >= best], best if best >= 1 else 0.0


def score(text: str, line: OrderLine, titles: Mapping[str, Sequence[str]]) -> float:
    """Return how many words of a title a message holds, the share of the title that they are counting beside it.

    The option in which it was bought tells one of several apart; by itself it counts for less than one word.
    """
    titled = max(_shared(text, title) for title in (line.title, *titles.get(line.product_id, ())))
    optioned = any(
        form in text.lower() for form in titles.get(line.variant_id, ()) if line.variant_id != line.product_id
    )
    return titled + _OPTIONED * optioned


def _shared(text: str, title: str) -> float:
    said, named = content(text.lower()), content(title.lower())
    latin = [word for word in said if word.isascii() and len(word) > 2 and word not in _ACTS]
    count = 0.0
    for word in dict.fromkeys(named):
        if word.isascii():
            stemmed = stem(word)
            close = process.extractOne(word, latin, scorer=fuzz.ratio, score_cutoff=SPELLED) if len(word) > 4 else None
            count += any(stem(one) == stemmed for one in latin) or close is not None
        else:
            pieces = [word[at : at + 2] for at in range(len(word) - 1)]
            head = word[-2:] in text and word[-2:] not in _FORMS
            whole = sum(one in text for one in _words(word))
            count += max(sum(piece in text for piece in pieces) / 2, float(head), float(whole))
    return count + count / max(1, len(named)) / 10 if count >= 1 else 0.0


@cache
def _words(run: str) -> tuple[str, ...]:
    """Return the words in a run of Chinese characters that may say what a thing is: 杏干 of 杏干分享装."""
    cut = (one for one in jieba.lcut(run) if len(one) > 1 and one not in _FORMS)
    return tuple(dict.fromkeys(one for one in cut if one not in _ANY_THING))


def whole(text: str) -> bool:
    """Return whether the whole order is spoken of.

    >>> whole("I want to return order R-10423"), whole("the lamp of order R-10423 is broken")
    (True, False)
    """
    return bool(_WHOLE.search(text.lower()))
