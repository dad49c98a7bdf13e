"""What a refinement makes of the wish in force: "cheaper", "in red", "bigger", "another brand", "not leather"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median_high

from assistant.conversation.answers import Asked
from assistant.conversation.answers.bearing import borne_whole
from assistant.conversation.answers.exceeding import exceeding
from assistant.conversation.answers.pointing import meant
from assistant.conversation.answers.sizing import offered, stepped
from assistant.conversation.cards import chosen
from assistant.conversation.intention.goingon import (
    describes_first,
    describes_how,
    returning,
    says_on,
    states_condition,
)
from assistant.conversation.reading.comparatives import comparatives
from assistant.conversation.reading.describing import for_another
from assistant.conversation.reading.numerals import read_number
from assistant.conversation.reading.stating import naming
from assistant.conversation.reading.words import HAN
from assistant.conversation.state import MustHave, Preference, Wish
from index.product import Product
from index.query import Filters

_TOO = re.compile(r"\b(?:too|as well|also|either|or)\b|[也都](?:行|可以|可|好|成|ok)|或者?")
"""What is said now will do as well as what was said before."""


_HALF = re.compile(r"\bhalf (?:the|that|as) |一半")
"""How much less is wanted: 便宜一半的."""


def refined(asked: Asked) -> Wish:
    """Return the wish in force with what this message changes about it."""
    said = _said(asked)
    wish = _stepped(asked, asked.state.wish)
    if said.price_min_minor is not None or said.price_max_minor is not None:
        wish = replace(wish, price_min_minor=said.price_min_minor, price_max_minor=said.price_max_minor)
    options = {**wish.options, **said.options}
    if _either(asked):
        options |= {name: (*wish.options.get(name, ()), *values) for name, values in said.options.items()}
    options = {name: kept for name, values in options.items() if (kept := _allowed(values, said.excluded))}
    labels = {**wish.labels, **said.labels}
    if _either(asked):
        both = {f"option:{name}" for name in said.options} & wish.labels.keys()
        labels |= {key: f"{wish.labels[key]} / {said.labels[key]}" for key in both if key in said.labels}
    if wish.labels.get("excluded") and said.labels.get("excluded"):
        labels["excluded"] = f"{wish.labels['excluded']}, {said.labels['excluded']}"
    changed = replace(
        wish,
        text=_joined(for_another(asked.found.message.lower(), _without_replaced(wish, said, asked)), said, asked),
        brands=tuple(b for b in (said.brands or wish.brands) if b.lower() not in said.excluded),
        categories=tuple(kind for kind in said.categories if kind in wish.categories)
        or said.categories
        or wish.categories,
        options=options,
        labels={key: label for key, label in labels.items() if not key.startswith("option:") or key[7:] in options},
        rating_min=said.rating_min if said.rating_min is not None else wish.rating_min,
        in_stock=wish.in_stock or said.in_stock,
        reduced=wish.reduced or said.reduced,
        excluded=_excluded(wish, said),
        must_haves=_must_haves(wish.must_haves, said, either=_either(asked)),
        preferences=_preferences(wish, said),
        sort=said.sort if said.sort != "relevance" else wish.sort,
    )
    changed = _beside(asked, changed)
    sized = said.options or asked.found.step or any(must.measure for must in said.must_haves)
    changed = offered(asked, changed) if sized else changed
    return _unpriced(asked, changed) if said.sort in ("price_low", "price_high") else changed


def _said(asked: Asked) -> Wish:
    """Return what the message says; in a sentence about the thing wished for, another thing is what it goes with."""
    said = asked.found.wish
    if describes_how(asked.found):
        return replace(said, categories=(), labels=_without_kinds(said.labels))
    if not said.categories or set(said.categories) & set(asked.state.wish.categories):
        return said
    if not says_on(asked.found, asked.state):
        return said
    asides = [one.start for one in asked.found.named if one.term.kind == "category"]
    coloured = any(one.term.name == "color" and one.end + 1 in asides for one in asked.found.named)
    options = {name: values for name, values in said.options.items() if name != "color" or not coloured}
    return replace(said, categories=(), options=options, labels=_without_kinds(said.labels))


def _without_kinds(labels: Mapping[str, str]) -> dict[str, str]:
    return {key: label for key, label in labels.items() if not key.startswith("category:")}


def _beside(asked: Asked, wish: Wish) -> Wish:
    """Return a wish for the kinds of thing beside the one that was wished for, where that one is refused now."""
    barred = {word.lower() for word in wish.excluded}
    if not wish.categories or not all(kind.lower() in barred for kind in wish.categories):
        return replace(wish, categories=tuple(kind for kind in wish.categories if kind.lower() not in barred))
    products = asked.sources.catalogue.get([one.product_id for one in asked.state.shown]).values()
    paths = [product.words[product.language].category for product in products]
    above = next((path[-2] for path in paths if len(path) > 1 and path[-1] in wish.categories), "")
    within = asked.sources.catalogue.get(asked.sources.catalogue.matching(Filters(categories=frozenset([above]))))
    beside = {product.words[product.language].category[-1] for product in within.values()} - set(wish.categories)
    return replace(wish, text="", categories=tuple(sorted(beside)), labels=_without_kinds(wish.labels))


def _unpriced(asked: Asked, wish: Wish) -> Wish:
    """Return the wish without a price that nothing meets, where the cheapest of all is asked for."""
    bound = wish.price_min_minor is not None or wish.price_max_minor is not None
    if not bound or asked.sources.catalogue.matching(wish.filters()):
        return wish
    return replace(wish, price_min_minor=None, price_max_minor=None)


def _allowed(values: tuple[str, ...], excluded: tuple[str, ...]) -> tuple[str, ...]:
    barred = {word.lower() for word in excluded}
    return tuple(value for value in values if value.lower() not in barred)


def _excluded(wish: Wish, said: Wish) -> tuple[str, ...]:
    """Return what is barred now: what was asked for last is no longer barred."""
    wanted = {v.lower() for values in said.options.values() for v in values} | {b.lower() for b in said.brands}
    wanted |= {label.lower() for label in said.labels.values()}
    return tuple(
        dict.fromkeys(w for w in (*wish.excluded, *said.excluded) if w.lower() not in wanted or w in said.excluded)
    )


def _must_haves(held: tuple[MustHave, ...], said: Wish, *, either: bool) -> tuple[MustHave, ...]:
    """Return all must-haves; one of the same measure, or of what a thing is made of, replaces the earlier one."""
    units = {must.measure.unit for must in said.must_haves if must.measure}
    dropped = _replaced(held, said)
    kept = [must for must in held if not (must.measure and must.measure.unit in units) and must not in dropped]
    new = said.must_haves
    if either and dropped:
        new = tuple(
            _or([one for one in dropped if one.names == must.names], must) if must.names else must for must in new
        )
    return tuple({must.text: must for must in (*kept, *new)}.values())


def _or(held: Sequence[MustHave], must: MustHave) -> MustHave:
    """Return a must-have that what was wanted before meets as well: "wool is fine too"."""
    if not held:
        return must
    forms = (form for one in (*held, must) for form in one.forms)
    return replace(must, text=" / ".join((*(one.text for one in held), must.text)), forms=tuple(dict.fromkeys(forms)))


def _replaced(held: Sequence[MustHave], said: Wish) -> list[MustHave]:
    """Return the must-haves that a message takes back: another material or neckline is named, or they are refused."""
    named = {must.names for must in said.must_haves if must.names and not must.absent and not must.measure}
    barred = _barred(said)
    return [
        must
        for must in held
        if not must.absent and (must.names in named or barred & {form.lower() for form in must.forms})
    ]


def _barred(said: Wish) -> set[str]:
    """Return all that is refused, by a filter or by a must-have."""
    absent = (form for must in said.must_haves if must.absent for form in must.forms)
    return {word.lower() for word in (*said.excluded, *absent)}


def _either(asked: Asked) -> bool:
    """Return whether what is said now will do beside what was wanted before."""
    return bool(_TOO.search(asked.found.message.lower()))


def _without_replaced(wish: Wish, said: Wish, asked: Asked) -> str:
    """Return the search text without the words of what was taken back."""
    text = wish.text
    for key in () if _either(asked) else (f"option:{name}" for name in said.options):
        for part in filter(None, wish.labels.get(key, "").split(" / ")):
            text = re.sub(
                rf"\b{re.escape(part)}\b" if part.isascii() else re.escape(part), " ", text, flags=re.IGNORECASE
            )
    for must in () if _either(asked) else _replaced(wish.must_haves, said):
        for form in sorted((must.text, *must.forms), key=len, reverse=True):
            whole = re.escape(form) if HAN.search(form) else rf"\b{re.escape(form)}\b"
            text = re.sub(whole, " ", text, flags=re.IGNORECASE)
    return " ".join(text.split())


def _preferences(wish: Wish, said_now: Wish) -> tuple[Preference, ...]:
    """Return what was said now, then what was said before of others; "lighter" than those shown is a bound."""
    bounds = {must.text for must in wish.must_haves if must.measure}
    said = tuple(one for one in said_now.preferences if one.text not in bounds)
    held = tuple(one for one in wish.preferences if one.text not in _barred(said_now))
    if any(one.utmost for one in said):
        held = tuple(one for one in held if not one.utmost)  # "and the lightest?" after the roomiest
    names = {name for one in said for name in one.names}
    return (*said, *(one for one in held if not names & set(one.names)))


def _joined(text: str, said: Wish, asked: Asked) -> str:
    """Return the search text with the words that the message adds to it."""
    if returning(asked.found.message):
        return text
    if says_on(asked.found, asked.state) and states_condition(asked.found):
        return text
    conditions = " ".join((*(label.lower() for label in said.labels.values()), *(one.text for one in said.must_haves)))
    new = [word for word in naming(said.text) if word not in text.lower() and word not in conditions]
    added = [word for word in new if read_number(word) is None]
    if describes_first(asked.found.message):
        added = _borne(asked, added)
    if said.categories and not set(said.categories) & set(asked.state.wish.categories):
        return said.text
    if (asked.found.step or comparatives(said.text)) and not said.must_haves:
        return text or said.text
    return " ".join(filter(None, (text, " ".join(added))))


def _borne(asked: Asked, said: Sequence[str]) -> list[str]:
    """Return those words that something of the kind in force bears: of why it is wanted so, no record tells."""
    kinds = Filters(categories=frozenset(asked.state.wish.categories))
    products = list(asked.sources.catalogue.get(list(asked.sources.catalogue.matching(kinds))).values())
    return [word for word in said if borne_whole(products, Wish(text=word))]


def _stepped(asked: Asked, wish: Wish) -> Wish:
    step = asked.found.step
    if step in ("cheaper", "dearer"):
        return _priced(asked, wish, step)
    if step in ("bigger", "smaller") and (sized := _sized(asked, wish, 1 if step == "bigger" else -1)) != wish:
        return sized
    if step == "other_brand":
        brands = [p.brand for p in _about(asked) if p.brand]
        barred = tuple(brands[:1] if asked.state.focus else brands)
        return replace(wish, brands=(), excluded=tuple(dict.fromkeys((*wish.excluded, *barred))))
    if step == "any_price":
        return replace(wish, price_min_minor=None, price_max_minor=None)
    if step == "any_brand":
        return replace(wish, brands=())
    if step in ("any_colour", "any_size"):
        name = "color" if step == "any_colour" else "size"
        return replace(
            wish,
            options={k: v for k, v in wish.options.items() if k != name},
            labels={k: v for k, v in wish.labels.items() if k != f"option:{name}"},
        )
    utmost = any(one.utmost for one in asked.found.wish.preferences)
    return exceeding(asked.found.unpointed, wish, _about(asked)) if asked.state.shown and not utmost else wish


def _about(asked: Asked) -> list[Product]:
    """Return the products that a step starts from: the one pointed at, else those shown."""
    # "That's too much" of a list is said of all of it.
    loose = asked.state.focus is None and {one.which for one in asked.found.references} == {"focus"}
    pointed = [] if loose else meant(asked)
    if pointed:
        return pointed
    held = asked.sources.catalogue.get([s.product_id for s in asked.state.shown])
    if asked.state.focus and asked.state.focus in held:
        return [held[asked.state.focus]]
    return list(held.values())


def _priced(asked: Asked, wish: Wish, step: str) -> Wish:
    """Return the wish below (or above) the middle price of what was shown; a step never loosens a bound."""
    variants = {s.product_id: s.variant_id for s in asked.state.shown}
    prices = [
        price
        for p in _about(asked)
        if (price := chosen(p, [variants[p.id]] if p.id in variants else []).price_minor) is not None
    ]
    if not prices:
        return replace(wish, sort="price_low" if step == "cheaper" else wish.sort)
    middle = median_high(prices)
    if step == "cheaper" and _HALF.search(asked.found.message.lower()):
        middle = middle // 2 + 1
    if step == "cheaper":
        bound = min(middle - 1, wish.price_max_minor if wish.price_max_minor is not None else middle)
        low = wish.price_min_minor
        sort = "relevance" if wish.sort == "price_high" else wish.sort
        low = low if low and low <= bound else None
        return replace(wish, price_max_minor=max(bound, 0), price_min_minor=low, sort=sort)
    return replace(wish, price_min_minor=max(middle + 1, wish.price_min_minor or 0), price_max_minor=None)


def _sized(asked: Asked, wish: Wish, by: int) -> Wish:
    """Return the wish with larger (or smaller) sizes, where a size is in force or the products shown come in one."""
    now = list(wish.options.get("size", ())) or [
        v.options["size"]
        for p in _about(asked)[:1]
        for v in (chosen(p, [s.variant_id for s in asked.state.shown if s.product_id == p.id]),)
        if "size" in v.options
    ]
    return stepped(asked, wish, now, by=by)
