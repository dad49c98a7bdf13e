"""Seeks candidates for a wish: searches, checks must-haves, orders, gives up conditions when nothing meets them all.

Says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.conversation.answers import Asked
from assistant.conversation.answers.bearing import bearing
from assistant.conversation.answers.likeness import unlike
from assistant.conversation.answers.preferring import at_the_end, standing
from assistant.conversation.cards import chosen, reduced_from
from assistant.conversation.evidence import by_key, product_subject
from assistant.conversation.fitting import check, fitting_variants
from assistant.conversation.reading.amounts import LOAD
from assistant.conversation.reading.needs import is_need
from assistant.conversation.reading.seasons import SEASON, in_season
from assistant.conversation.reading.words import stems
from assistant.conversation.state import MustHave, Wish
from assistant.wording.evidence import Fact, Need
from index.product import Availability, Product, Variant
from index.query import Emptied, Filters, Hit, Query, SearchResult

ENOUGH = 2
"""So many of which most is known to be met leave out those whose record says less."""
NEAREST = 10
"""Candidates among which "cheap" decides the order: a wish, no filter, so what fits best comes from these alone."""
_CHEAP = re.compile(r"\b(?:cheap|affordable|inexpensive|budget|low[- ]cost)\b|便宜|实惠|平价", re.IGNORECASE)
POOR, PRIOR, PRIOR_COUNT = 3.5, 4.0, 3
"""Below `POOR` stars others go first; a mean counts as if `PRIOR_COUNT` more buyers had said `PRIOR`."""
LOOKED_AT = 24
"""Hits among which must-haves and the order asked for decide."""
ALL_OF_A_KIND = 200
"""Hits among which "the lightest" is looked for, and what harms nobody."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit, the variant of it to offer, and how it stands to each must-have."""

    hit: Hit
    variant: Variant
    needs: tuple[Need, ...]
    telling: tuple[Fact, ...] = ()
    """The facts that decided its place, where a preference did."""

    @property
    def unmet(self) -> int:
        """How many must-haves it is known not to meet."""
        return sum(need.met is False for need in self.needs)

    @property
    def unknown(self) -> int:
        """How many must-haves its record says nothing of."""
        return sum(need.met is None for need in self.needs)


def search(asked: Asked, wish: Wish, filters: Filters) -> SearchResult:
    """Return what the catalogue has for a wish under these filters."""
    sort = wish.sort if not searched(wish) else "relevance"
    every = any(one.utmost for one in wish.preferences) or any(must.harmful for must in wish.must_haves)
    limit = ALL_OF_A_KIND if (wish.categories and every) or wish.reduced else LOOKED_AT
    found = asked.sources.searcher.search(Query(text=searched(wish), filters=filters, limit=limit, sort=sort))
    return replace(found, hits=reduced_hits(found.hits)) if wish.reduced and reduced_hits(found.hits) else found


def reduced_hits(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits with a variant that costs less than it did, and those variants alone."""
    kept = ((hit, [v.id for v in hit.product.variants if v.id in hit.variant_ids and reduced_from(v)]) for hit in hits)
    return tuple(replace(hit, variant_ids=tuple(ids)) for hit, ids in kept if ids)


def searched(wish: Wish) -> str:
    """Return the text that is searched for: the wish's words, and what its conditions were called."""
    said = wish.text.lower()
    added = [label for key, label in wish.labels.items() if key.startswith("option:") and label.lower() not in said]
    added += [brand for brand in wish.brands if brand.lower() not in said]
    added += [c for c in wish.categories[:1] if not wish.text]
    return " ".join(filter(None, (wish.text, *added)))


def cheap(wish: Wish) -> bool:
    """Return whether a low price is wished for, so that it decides the order."""
    return wish.sort == "relevance" and bool(_CHEAP.search(wish.text))


def ranked(hits: Sequence[Hit], wish: Wish, language: str) -> list[Candidate]:
    """Return candidates in the order to show: those that fail a must-have leave if any other is there."""
    candidates = _surest([_candidate(hit, wish, language) for hit in hits])
    borne = {hit.product.id for hit in bearing([c.hit for c in candidates], wish)}
    candidates = [c for c in candidates if c.hit.product.id in borne]
    exact = [c for c in candidates if _in_colour(wish, c.hit.product, c.variant)]
    candidates = exact if len(exact) >= ENOUGH else candidates
    if cheap(wish):
        return [*_sorted(candidates[:NEAREST], "price_low"), *candidates[NEAREST:]]
    if wish.sort == "relevance":
        first = sorted(candidates[:NEAREST], key=lambda c: (_gone(c), _loosely(c, wish), _poor(c, wish, language)))
        return _preferred(first + candidates[NEAREST:], wish, language)
    return _sorted(candidates, wish.sort)


def _preferred(candidates: list[Candidate], wish: Wish, language: str) -> list[Candidate]:
    """Return candidates by what there should be much or little of; where no kind is named, the nearest alone."""
    if not wish.preferences:
        return candidates
    ordered = candidates if wish.categories else candidates[:NEAREST]
    where = standing([product_subject(c.hit.product, c.variant, language) for c in ordered], wish)
    said = " ".join(one.text for one in where.by)
    told = [
        replace(
            c,
            telling=(*c.telling, *where.facts.get(c.hit.product.id, ())),
            needs=tuple(need for need in c.needs if need.met is not None or need.text not in said),
        )
        for c in ordered
    ]
    told.sort(
        key=lambda c: (c.unmet, _gone(c) and not any(one.utmost for one in where.by), where.places[c.hit.product.id])
    )
    return told + candidates[len(ordered) :]


def _candidate(hit: Hit, wish: Wish, language: str) -> Candidate:
    """Return a hit with how it stands to each must-have, and the variant of it that meets the most of the wish."""
    ids = shade_first(wish, hit.product, fitting_variants(wish.must_haves, hit.product, hit.variant_ids))
    ids = at_the_end(wish, hit.product, ids)
    checked = [(must, check(must, hit.product, language)) for must in wish.must_haves]
    needs = tuple(need for must, need in checked if need.met is not None or not _unsaid(must))
    variant = chosen(hit.product, ids)
    return Candidate(hit, variant, needs, _saving(hit.product, variant, language) if wish.reduced else ())


def _saving(product: Product, variant: Variant, language: str) -> tuple[Fact, ...]:
    """Return the fact that says by how much it is reduced, where it is."""
    saving = by_key(product_subject(product, variant, language)).get("saving")
    return (saving,) if saving else ()


def _unsaid(must: MustHave) -> bool:
    """Return whether a record that is silent says by that what is asked: a feature that must not be there."""
    return must.absent and not is_need(must)


def without_unsaid(candidates: Sequence[Candidate], wish: Wish) -> tuple[list[Candidate], list[str]]:
    """Return candidates without the needs of for whom a thing is that none of their records tells, and those needs."""
    told = [must.text for must in wish.must_haves if _of_people(must)]
    unsaid = [
        text for text in told if all(need.met is None for c in candidates for need in c.needs if need.text == text)
    ]
    if not unsaid:
        return list(candidates), []
    kept = [replace(c, needs=tuple(need for need in c.needs if need.text not in unsaid)) for c in candidates]
    seasons = {must.text for must in wish.must_haves if must.names == SEASON}  # most things are for none
    return kept, [text for text in unsaid if text not in seasons]


def _of_people(must: MustHave) -> bool:
    """Return whether a must-have says for whom, or for how many, a thing is, or whom it must bear."""
    counted = must.measure is not None and must.measure.unit == "person"
    skin = any(form in ("dry skin", "oily skin", "sensitive skin") for form in must.forms)
    return (
        counted
        or skin
        or must.forms == LOAD
        or must.names == SEASON
        or bool({"for men", "for women"} & set(must.forms))
    )


def _surest(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return those that surely meet all; without them those of which most is known, or all that fail the least."""
    ordered = sorted(candidates, key=lambda c: (c.unmet, c.unknown))
    surest = [c for c in ordered if (c.unmet, c.unknown) == (ordered[0].unmet, ordered[0].unknown)]
    sure = surest and not surest[0].unmet and not surest[0].unknown
    return surest if sure or len(surest) >= ENOUGH else [c for c in ordered if c.unmet == ordered[0].unmet]


def shade_first(wish: Wish, product: Product, ids: Sequence[str]) -> Sequence[str]:
    """Return those of the variants in the very colour that was named, where there are any; its shades will do."""
    return [v.id for v in product.variants if v.id in ids and _in_colour(wish, product, v)] or ids


def _in_colour(wish: Wish, product: Product, variant: Variant) -> bool:
    """Return whether a variant is in the very colour that was named, not a shade of it."""
    said = {part.lower() for part in wish.labels.get("option:color", "").split(" / ") if part}
    value = variant.options.get("color", "")
    forms = (value, *(words.option_values.get(value, value) for words in product.words.values()))
    return bool(said & {form.lower() for form in forms})


def _loosely(candidate: Candidate, wish: Wish) -> bool:
    """Return whether a record meets the season that is wished for only by being for all year."""
    seasons = {must.text: in_season(must.text, name) for must in wish.must_haves for name in must.names}
    return any(
        need.met
        and need.fact is not None
        and any(form in need.fact.text.lower() for form in seasons.get(need.text, ()))
        for need in candidate.needs
    )


def _gone(candidate: Candidate) -> bool:
    """Return whether what is known to be sold out is offered: it is shown, after what can be had."""
    return candidate.variant.availability is Availability.OUT_OF_STOCK or candidate.variant.stock == 0


def _poor(candidate: Candidate, wish: Wish, language: str) -> bool:
    """Return whether buyers disliked it so that no shop would recommend it first; what is named by its title may be."""
    product = candidate.hit.product
    if product.rating is None or set(stems(product.said(language).title)) <= set(stems(wish.text)):
        return False
    count = product.rating_count or 1
    return (product.rating * count + PRIOR * PRIOR_COUNT) / (count + PRIOR_COUNT) < POOR


def _sorted(candidates: list[Candidate], sort: str) -> list[Candidate]:
    if sort == "rating":
        return sorted(candidates, key=lambda c: -(c.hit.product.rating or 0))
    if sort in ("price_low", "price_high"):
        known = [c for c in candidates if c.variant.price_minor is not None]
        turned = sorted(known, key=lambda c: c.variant.price_minor or 0, reverse=sort == "price_high")
        return turned + [c for c in candidates if c.variant.price_minor is None]
    return candidates


def loosened(asked: Asked, wish: Wish) -> SearchResult:
    """Return what is found when conditions are given up one after another, the thing itself and what is barred last."""
    eased = wish
    for given_up in _BENDING:
        eased = replace(eased, **given_up)
        if (found := search(asked, wish, eased.filters())).hits:
            return found
    return search(asked, wish, replace(eased, categories=()).filters())


def of_other_brands(asked: Asked, wish: Wish) -> SearchResult | None:
    """Return that the brand alone leaves nothing, where the shop has the thing by others; `None` where it has not."""
    others = replace(wish, brands=())
    result = search(asked, others, others.filters())
    known = bool(wish.categories) or result.matched
    if not known or unlike(others, [hit.product for hit in result.hits], asked.language):
        return None
    emptied = Emptied(condition="brands", value=wish.brands[0], nearest=others.filters(), count=len(result.hits))
    return replace(result, hits=(), emptied=emptied)


_BENDING: Sequence[Mapping[str, Any]] = (
    {"in_stock": False},
    {"price_min_minor": None, "price_max_minor": None},
    {"rating_min": None},
    {"options": {}},
    {"brands": ()},
)


def in_force(wish: Wish) -> str:
    """Return the names of all conditions in force, as the search names them."""
    named = {
        "categories": wish.categories,
        **{f"option:{name}": True for name in wish.options},
        "brands": wish.brands,
        "price_min": wish.price_min_minor is not None,
        "price_max": wish.price_max_minor is not None,
        "rating_min": wish.rating_min is not None,
        "in_stock": wish.in_stock,
        "excluded": wish.excluded,
    }
    return ", ".join(name for name, stated in named.items() if stated)
