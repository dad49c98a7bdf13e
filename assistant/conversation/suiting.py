"""How a shopper's portrait bears on what was found: what contradicts what they said goes last, tastes move a little.

A taste moves a product by at most `PLACES`; what the message itself asks for stands above every taste. Searches nothing
and words nothing; the reasons it gives are lines of the portrait that the product meets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conversation.answers.seeking import Candidate
from assistant.conversation.fitting import check
from assistant.conversation.reading.colours import colours
from assistant.conversation.reading.features import materials
from assistant.conversation.reading.needs import allergens
from assistant.conversation.reading.self_told import diets
from assistant.conversation.state import MustHave, Wish
from assistant.people.portrait import Line, Portrait
from index.product import Product, Variant

PLACES = 3.0
"""Places by which the strongest tastes together move a product."""
_SHOES = re.compile(r"eu ?(\d{2}(?:\.5)?)(?:\s*[-–]\s*(\d{2}(?:\.5)?))?")
"""A size of shoes, with the end of the range that it stands for."""


@dataclass(frozen=True, slots=True)
class Suited:
    """A candidate with the lines of the portrait that it meets, and the one that it contradicts."""

    candidate: Candidate
    meets: tuple[Line, ...] = ()
    against: Line | None = None


def suited(candidates: Sequence[Candidate], portrait: Portrait, wish: Wish) -> list[Suited]:
    """Return the candidates in the order that suits this shopper, each with why.

    What they said they are not interested in is left out, unless nothing else is there. An order that was asked for
    ("cheapest first") stays, but for what contradicts what the shopper said of themselves.
    """
    lines = [line for line in portrait.lines if not _asked_otherwise(line, wish)]
    wanted = [c for c in candidates if c.hit.product.id not in portrait.barred] or list(candidates)
    judged = [_judged(_sized(candidate, lines), lines) for candidate in wanted]
    if wish.sort == "relevance" and not any(one.telling for one in candidates):
        places = {id(one): place - PLACES * _pull(one, judged, lines) for place, one in enumerate(judged)}
        judged.sort(key=lambda one: places[id(one)])
    safe = [one for one in judged if one.against is None or not _harms(one.against)]
    return sorted(safe or judged, key=lambda one: one.against is not None)


def _harms(line: Line) -> bool:
    """Return whether what somebody said they do not bear is an allergen: nothing that holds it stands beside others."""
    return line.key == "avoid" and any(line.value in names for names, _ in allergens())


def _asked_otherwise(line: Line, wish: Wish) -> bool:
    """Return whether the message itself decides what this line is about."""
    if line.key == "brand":
        return bool(wish.brands)
    if line.key in ("color", "size"):
        return line.key in wish.options
    return line.key == "price" and (wish.price_max_minor is not None or wish.price_min_minor is not None)


def _sized(candidate: Candidate, lines: Sequence[Line]) -> Candidate:
    """Return the candidate with the variant of the shopper's own size and colour, where one can be sent."""
    wanted = [line for line in lines if line.key in ("size", "color") and not line.avoids]
    fitting = [v for v in candidate.hit.product.variants if v.id in candidate.hit.variant_ids and v.in_stock]
    scored = [(sum(line.strength for line in wanted if _option(line, variant)), variant) for variant in fitting]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, candidate.variant))
    return replace(candidate, variant=best[1]) if best[0] > 0 else candidate


def _judged(candidate: Candidate, lines: Sequence[Line]) -> Suited:
    product = candidate.hit.product
    meets = tuple(line for line in lines if not line.avoids and _meets(line, product, candidate.variant))
    against = next((line for line in lines if _contradicts(line, product)), None)
    return Suited(candidate, meets, against)


def _meets(line: Line, product: Product, variant: Variant) -> bool:
    if line.key in ("size", "color"):
        return _option(line, variant)
    if line.key == "brand":
        return product.brand == line.value
    if line.key == "category":
        return line.value in product.words[product.language].category
    if line.key == "material":
        return _says(product, line.value)
    return line.key == "diet" and _says(product, *diets()[line.value].forms) if line.value in diets() else False


def _option(line: Line, variant: Variant) -> bool:
    value = variant.options.get(line.key, "")
    if not value:
        return False
    family = colours().get(line.value) if line.key == "color" else None
    return _same(value, line.value) or (family is not None and family.means(value))


def _same(value: str, told: str) -> bool:
    """Return whether an option's value is what was told: 42 is EU42, and one of EU42-43.

    >>> _same("EU42", "42"), _same("EU42-43", "42"), _same("W42", "42"), _same("L", "l")
    (True, True, False, True)
    """
    numbers = _SHOES.fullmatch(value.casefold())
    return value.casefold() == told.casefold() or (numbers is not None and told in numbers.groups())


def _contradicts(line: Line, product: Product) -> bool:
    """Return whether a product is what the shopper said they do not want. What is only observed never bars a thing."""
    if line.origin != "stated":
        return False
    if line.key == "avoid":
        avoided = MustHave(text=line.value, forms=_forms(line.value), absent=True)
        return check(avoided, product, product.language).met is False
    if line.key == "diet" and line.value in diets():
        diet = diets()[line.value]
        return not _says(product, *diet.forms) and _says(product, *diet.against)
    return line.key == "brand" and line.avoids and product.brand == line.value


def _forms(avoided: str) -> tuple[str, ...]:
    """Return what stands in records for what is avoided."""
    known = next((held for names, held in allergens() if avoided in names), ())
    return known or next(((*en, *zh) for en, zh in materials() if avoided in (*en, *zh)), (avoided,))


def _says(product: Product, *forms: str) -> bool:
    """Return whether a record says that the product is or holds one of these; "vegan leather" does not hold leather."""
    return any(check(MustHave(text=form, forms=(form,)), product, product.language).met is True for form in forms)


def _pull(one: Suited, all_: Sequence[Suited], lines: Sequence[Line]) -> float:
    """Return how strongly the portrait speaks for (or against) a candidate, from -1 to 1."""
    product = one.candidate.hit.product
    pull = sum(line.strength for line in one.meets if line.key != "category")
    pull += sum(line.strength for line in lines if line.avoids and _meets(line, product, one.candidate.variant))
    for line in lines:
        if line.key == "price" and (rank := _price_rank(one, all_)) is not None:
            pull += line.strength * (1 - 2 * rank if line.value == "low" else 2 * rank - 1)
    return max(-1.0, min(1.0, pull))


def _price_rank(one: Suited, all_: Sequence[Suited]) -> float | None:
    """Return where the price lies among the candidates', from 0 (lowest) to 1; `None` where it is not known."""
    price = one.candidate.variant.price_minor
    prices = sorted(p for other in all_ if (p := other.candidate.variant.price_minor) is not None)
    if price is None or len(prices) < 2:
        return None
    return prices.index(price) / (len(prices) - 1)
