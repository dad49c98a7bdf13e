"""What kinds of thing products are called, learned from their titles: a "hand cream" is of Hand care, 蜂蜜 of 蜜与酱.

A shop names its shelves as it likes; shoppers name things as titles do. The last words of a title, before "with …" and
the like, name the kind; words that many titles of few categories end in are such a name. Knows no shopper.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from index.product import Product
from index.words.asking import stop_words
from index.words.text import is_chinese, segments

LEAST = 3
"""Products that must be called so: fewer may share a name by chance."""
MOST_SHELVES = 2
"""Categories that one name may stand for; what stands for more says nothing ("set", "bag")."""
SHARE = 0.15
"""Share of a name's products below which a category is not meant by it."""
LONGEST = 3
"""Words of a name at most."""
CONTAINERS = frozenset({"set", "pack", "bag", "box", "jar", "pair", "kit", "piece", "bundle", "tin"})
"""What things come in; alone it names none."""
_TAIL = re.compile(r"\s+(?:in|with|for|of|by|and)\s+.*|[,(–|].*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_RUN = re.compile(r"(\d)?([\u3400-\u9fff]+)")
_ASIDE = re.compile(r"^[带附含]|[款装柄]$(?<!套装)")
"""How a part of a Chinese title begins or ends that tells of something at the thing: "with a lid", "in a tin"."""


def kinds(products: Iterable[Product]) -> dict[str, tuple[str, ...]]:
    """Return name → the categories, as the feed's own language calls them, of the things that are called so.

    >>> from index.product import Variant, Words
    >>> made = [Words(title=f"Aqua {name} Hand Cream with Oil", category=("Care", "Hands")) for name in ("A", "B", "C")]
    >>> kinds(Product(id=w.title, words={"en": w}, variants=(Variant(id="1"),)) for w in made)
    {'hand cream': ('Hands',)}
    """
    shelves: dict[str, Counter[str]] = defaultdict(Counter)
    for product in products:
        path = product.words[product.language].category
        if path:
            for name in {name for words in product.words.values() for name in names(words.title)}:
                shelves[name][path[-1]] += 1
    found = {name: meant for name, counts in sorted(shelves.items()) if (meant := _meant(counts))}
    totals = {name: sum(shelves[name].values()) for name in found}
    dropped = {one for name in found for one in _superfluous(name, found, totals)}
    return {name: meant for name, meant in found.items() if name not in dropped}


def _meant(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return the categories that a name stands for, the likeliest first; none where it stands for many."""
    total = sum(counts.values())
    shelves = sorted((c for c, count in counts.items() if count >= SHARE * total), key=lambda c: (-counts[c], c))
    return tuple(shelves) if total >= LEAST and len(shelves) <= MOST_SHELVES else ()


def _superfluous(name: str, found: Mapping[str, tuple[str, ...]], totals: Mapping[str, int]) -> Iterator[str]:
    """Yield what a name makes superfluous: half of it ("mat" of "yoga mat"), or itself where only some are called so.

    A "canvas backpack" is a backpack, and what nothing is called alone may be another thing.
    """
    han = is_chinese(name)
    for at in range(1, len(name) - 1) if han else [at + 1 for at, c in enumerate(name) if c in " -"]:
        rest = name[at:]
        if found.get(rest) != found[name]:
            continue
        if totals[rest] > totals[name]:
            yield name
        elif at == 1 if han else " " not in rest:
            yield rest


def names(title: str) -> Iterator[str]:
    """Yield what may name the kind of thing in a title: its last words, alone and with those before them.

    >>> list(names("Sonavel Prairie Travel Mug with Lid")), list(names("帆布双肩包"))
    (['mug', 'travel mug', 'prairie travel mug'], ['双肩包', '帆布双肩包'])
    """
    yield from _names_chinese(title) if is_chinese(title) else _names_english(title)


def _names_english(title: str) -> Iterator[str]:
    tokens = _TAIL.sub("", title).split()
    last = max((at for at, token in enumerate(tokens, start=1) if re.search(r"\d", token)), default=0)
    words = _WORD.findall(" ".join(tokens[last:]).lower())
    for size in range(1, min(LONGEST, len(words)) + 1):
        name = " ".join(words[-size:])
        if len(name) > 2 and name not in CONTAINERS | stop_words():
            yield name


def _names_chinese(title: str) -> Iterator[str]:
    """Yield the last words of each part that a space ends; what a number counts is none of them."""
    for part in re.split(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[A-Za-z])", title):
        runs = _RUN.findall(part)
        if runs and not _ASIDE.search(runs[-1][1]):
            counted, run = runs[-1]
            words = segments(run)[1:] if counted else segments(run)
            found = ("".join(words[-size:]) for size in range(1, min(LONGEST, len(words)) + 1))
            yield from (name for name in found if len(name) > 1)
