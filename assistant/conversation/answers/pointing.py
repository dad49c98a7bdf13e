"""Which products a message means: "the second one", "the red one", "both", "it", or one named by its title."""

from __future__ import annotations

import re
from collections.abc import Callable

from rapidfuzz import fuzz

from assistant.conversation.answers import Asked, Notice
from assistant.conversation.answers.by_name import called, pieces
from assistant.conversation.answers.measuring import asks_measure, leaders
from assistant.conversation.cards import chosen
from assistant.conversation.evidence import product_subject
from assistant.conversation.fitting import check
from assistant.conversation.reading.framing import content, core
from assistant.conversation.reading.must_haves import must_haves
from assistant.conversation.reading.references import Reference
from assistant.conversation.reading.words import HAN, stem
from assistant.wording.phrases import say
from index.product import Product
from index.query import Query

_SO_MANY_OF = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen|a couple|a few) of $", re.IGNORECASE
)
_MORE_HAN = re.compile(r"^([轻重大小长短高低厚薄亮暗久静])(?:一?点儿?|些)?的(?=[那这])")
"""One that is meant by having more of something: 轻的那个 is 最轻的那个."""
_OF_TAKING = re.compile(
    r"\b(?:add|take|buy|get|cart|basket|trolley|order|put|comes?|available|stock)\b|加入|加购|加|购物车|放进"
)
"""Words about having a thing that name none."""
SO_CALLED = 12
"""Products of a kind among which one alone must be called so."""
KIND_WITHIN = 2
"""Words after what points at a product in which its kind is named: "the second yoga mat"."""
NAMED = 82.0
"""From this likeness on (0 to 100) a message names a product by its title."""


def meant(asked: Asked) -> list[Product]:
    """Return the products that the message points at, in order; empty where it points at none that was shown."""
    products: list[Product] = []
    for reference in asked.found.references:
        products += [p for p in _one(asked, reference) if p not in products]
    if not products and any(_by_brand(asked, one) for one in asked.found.references):
        return []
    if not products and asked.state.focus and only_option(asked):
        return list(asked.sources.catalogue.get([asked.state.focus]).values())
    return products or _described(asked)


def only_option(asked: Asked) -> bool:
    """Return whether a message names nothing but an option, so that no other product is meant: "and in black?"."""
    found = asked.found
    if any(one.which != "focus" for one in found.references) or found.wish.categories or found.wish.brands:
        return False
    said = found.unpointed
    for one in found.named:
        if one.term.kind == "option":
            said = said[: one.start] + " " * (one.end - one.start) + said[one.end :]
    return bool(found.wish.options) and not content(_OF_TAKING.sub(" ", said))


def points_past(asked: Asked) -> bool:
    """Return whether a message points at a place of the list, or at one of a brand, and at none that was shown."""
    if any(product.brand in asked.found.wish.brands for product in _shown(asked)):
        return False  # several of those shown are of the brand
    placed = [one for one in asked.found.references if one.which in ("place", "middle") or _by_brand(asked, one)]
    return bool(placed) and not any(_one(asked, one) for one in placed)


def none_of_brand(asked: Asked) -> tuple[Notice, ...]:
    """Return that none of those shown is of the brand by which one is pointed at."""
    brands = asked.found.wish.brands
    named = brands and any(_by_brand(asked, one) for one in asked.found.references)
    return (Notice(say("none_of_brand", asked.language, brand=brands[0])),) if named else ()


def _by_brand(asked: Asked, reference: Reference) -> bool:
    """Return whether one is pointed at by its brand: "the one from Nordvik"."""
    said = reference.words
    return reference.which == "one" and any(brand.lower() in said for brand in asked.found.wish.brands)


def each_meant(asked: Asked) -> list[tuple[Reference, Product]]:
    """Return every product that the message points at beside what points at it, in order."""
    return [(reference, product) for reference in asked.found.references for product in _one(asked, reference)]


def _one(asked: Asked, reference: Reference) -> list[Product]:
    shown = _of_kind_named(asked, reference, _shown(asked))
    if reference.which == "place":
        return shown[reference.number - 1 : reference.number] if reference.number > 0 else []
    if reference.which == "last":
        return shown[-1:]
    if reference.which == "middle":
        return shown[len(shown) // 2 :][:1] if len(shown) % 2 else []
    if reference.which == "first_n":
        return shown[: reference.number or 2]
    placed = any(one.which == "place" for one in asked.found.references)
    if reference.which == "all" and placed and _SO_MANY_OF.search(asked.found.message[: reference.start]):
        return []  # "the second one, two of them"
    if reference.which == "all" and asked.state.focus and _SO_MANY_OF.search(asked.found.message[: reference.start]):
        return _focus(asked, shown, earlier=False)  # "two of them", of what is in question
    if reference.which == "all" and len(shown) > 1 and _SO_MANY_OF.search(asked.found.message[: reference.start]):
        return []  # "two of these", of several: which of them is open
    if reference.which == "all":
        return shown[: max(2, reference.number)]
    if reference.which in ("focus", "previous"):
        return _focus(asked, shown, earlier=reference.which == "previous")
    if reference.which == "one":
        words = reference.words
        if _by_brand(asked, reference):
            own = [one for one in shown if one.brand in asked.found.wish.brands]
            return own if len(own) == 1 else []
        so = _meeting(words, shown, asked.language)
        return _leading(words, shown, asked.language) or so or _alike(words, shown)[:1] or _called_so(asked, words)
    rules: dict[str, Callable[[Product], float]] = {
        "cheapest": lambda p: -_price(p),
        "dearest": _price,
        "best": lambda p: p.rating or 0.0,
    }
    return [max(shown, key=rules[reference.which])] if shown else []


def _of_kind_named(asked: Asked, reference: Reference, shown: list[Product]) -> list[Product]:
    """Return those shown that are of the kind which is named right after what points: "the cheapest lamp"."""
    if reference.which not in ("place", "last", "cheapest", "dearest", "best"):
        return shown
    after = asked.found.message.lower()[reference.end :]
    called = {stem(word.strip(".,!?")) for word in after.split()[:KIND_WITHIN]}
    runs = {after.strip()[:length] for length in (2, 3, 4)}

    def is_called(title: str) -> bool:
        return stem(title.split()[-1]) in called or any(HAN.search(run) and title.endswith(run) for run in runs)

    return [one for one in shown if any(is_called(words.title.lower()) for words in one.words.values())] or shown


def _leading(words: str, shown: list[Product], language: str) -> list[Product]:
    """Return the one shown that has the most of what is named: "the lightest one", 最亮的那个."""
    ahead = _ahead(words, shown, language)
    return ahead if len(ahead) == 1 else []


def _ahead(words: str, shown: list[Product], language: str) -> list[Product]:
    words = _MORE_HAN.sub(r"最\1的", words)
    if len(shown) < 2 or not asks_measure(words):
        return []
    subjects = [product_subject(product, chosen(product), language) for product in shown]
    ahead = {subject.id for subject in leaders(words, subjects)}
    return [product for product in shown if product.id in ahead]


def sharing_the_most(asked: Asked) -> list[Product]:
    """Return those shown that share the most of what the one pointed at has most of; none where one alone has it."""
    words = [one.words for one in asked.found.references if one.which == "one"]
    ahead = _ahead(words[0], _shown(asked), asked.language) if len(words) == 1 else []
    return ahead if len(ahead) > 1 else []


def _meeting(words: str, shown: list[Product], language: str) -> list[Product]:
    """Return the first shown that surely is what one is pointed at by: 可以水洗的那双."""
    musts = [must for must, _, _ in must_haves(words)]
    so = [one for one in shown if musts and all(check(must, one, language).met for must in musts)]
    return so[:1]


def _called_so(asked: Asked, words: str) -> list[Product]:
    """Return the product of the kind that is looked for whose title alone has these words, shown or not."""
    wanted, wish = set(pieces(" ".join(content(words)))), asked.state.wish
    if not wanted or not wish.categories:
        return []
    query = Query(text=f"{' '.join(content(words))} {wish.text}", filters=wish.filters(), limit=SO_CALLED)
    hits = [hit.product for hit in asked.sources.searcher.search(query).hits]
    named = [one for one in hits if any(wanted <= pieces(said.title) for said in one.words.values())]
    return named if len(named) == 1 else []


def _price(product: Product) -> float:
    price = chosen(product).price_minor
    return float(price) if price is not None else 0.0


def _shown(asked: Asked) -> list[Product]:
    return list(asked.sources.catalogue.get([s.product_id for s in asked.state.shown]).values())


def _focus(asked: Asked, shown: list[Product], *, earlier: bool) -> list[Product]:
    wanted = asked.state.earlier_focus if earlier else asked.state.focus
    if wanted:
        return list(asked.sources.catalogue.get([wanted]).values())
    return shown[:1]


def _described(asked: Asked) -> list[Product]:
    """Return the shown product whose words the message has ("the blue backpack"), the one in question first."""
    fitting = _alike(asked.found.message, _shown(asked)) if asked.state.shown else []
    return [one for one in fitting if one.id == asked.state.focus] or fitting[:1]


def _alike(words: str, shown: list[Product]) -> list[Product]:
    """Return the shown products that carry the most of these words; none where all carry the same."""
    wanted = {stem(word) for word in content(words)}
    scored = [(_carried(wanted, words, product), product) for product in shown]
    best = max((score for score, _ in scored), default=0)
    fitting = [product for score, product in scored if score == best and best > 0]
    return fitting if len(fitting) < max(2, len(shown)) else []


def _carried(wanted: set[str], said: str, product: Product) -> int:
    text = [product.brand or "", *(v for name in ("color", "size", "material") for v in product.options(name))]
    for words in product.words.values():
        text += [words.title, *words.option_values.values()]
    spoken = " ".join(text).lower()
    stems_there = {stem(word) for word in content(spoken)}
    han = [w for w in wanted if not w.isascii()]
    return sum(w in stems_there for w in wanted if w.isascii()) + sum(_runs(w, spoken) for w in han)


def _runs(word: str, spoken: str) -> int:
    """Return how many two-character pieces of a Chinese run the text holds."""
    pieces = {word[at : at + 2] for at in range(len(word) - 1)} or {word}
    return sum(piece in spoken for piece in pieces)


def named(asked: Asked) -> Product | None:
    """Return the product of the catalogue whose title the message names, `None` where it names none."""
    if one := called(asked):
        return one
    text = core(asked.found.message)
    if len(text) < 4:
        return None
    hits = asked.sources.searcher.search(Query(text=text, limit=3)).hits
    for hit in hits:
        for words in hit.product.words.values():
            title = words.title.lower()
            if fuzz.token_set_ratio(title, asked.found.message.lower()) >= NAMED and _enough(title, text.lower()):
                return hit.product
    return None


def _enough(title: str, text: str) -> bool:
    """Return whether the shared words are more than one common noun."""
    shared = {stem(w) for w in content(title)} & {stem(w) for w in content(text)}
    return len(shared) >= 2 or any(not w.isascii() and len(w) >= 4 for w in shared)
