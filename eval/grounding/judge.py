"""Judges a turn: the claims of each sentence, how much of the plan was said, whether what was asked is answered.

Knows the shop's records, nothing of how turns are made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from assistant.conversation.parts import Card, Sentence
from assistant.shop import Shop
from assistant.store.policy_texts import PolicyTexts
from eval.grounding.claims import Checker
from eval.grounding.shopper import Ask, holds
from eval.grounding.truth import Truth, fold, numbers, of_product, of_text, together
from eval.harness.turns import as_kept
from eval.seen import Seen
from index.product import Product, Review

LOWEST_PRICE = {"cheapest", "lowest price", "lowest-priced", "least expensive", "最便宜", "价格最低", "最低价"}
HIGHEST_RATING = {"highest rated", "highest-rated", "top rated", "top-rated", "best-rated", "评分最高", "最高评分"}


class Judge:
    """Judges the turns of one shop."""

    def __init__(self, shop: Shop, products: Sequence[Product]) -> None:
        self._catalogue = shop.catalogue
        self._by_id = {product.id: product for product in products}
        self._checker = Checker(products)
        self._policies = of_text("policies", _policy_text(shop))
        self.has_policies = bool(self._policies.text)

    def judged(self, ask: Ask, seen: Seen, *, said: str) -> dict[str, Any]:
        """Return the turn as kept, with each sentence's claims, and what else it is judged by.

        `said` is all that the shopper has written so far. `answered` is `None` where the shop could not answer.
        """
        kept = as_kept(seen)
        for one, sentence in zip(kept["sentences"], seen.sentences, strict=True):
            truth = self._truth(sentence, seen, said)
            one["claims"] = [asdict(claim) for claim in self._checker.claims(sentence.text, truth, said=said)]
        planned, reached = _coverage(seen)
        return kept | {
            "kind": ask.kind,
            "reasons": [self._reason(card, said) for card in seen.cards if card.why and card.product_id in self._by_id],
            "cards_over_limit": [card.product_id for card in seen.cards if _over(card.price_minor, ask.limit_minor)],
            "planned": planned,
            "reached": reached,
            "answered": None if ask.expects is None else bool(ask.expects(seen)),
        }

    def _reason(self, card: Card, said: str) -> dict[str, Any]:
        """Return what a card gives as its reason, with its claims."""
        claims = self._checker.claims(card.why, self._product(card.product_id), said=said)
        return {"product": card.product_id, "text": card.why, "claims": [asdict(claim) for claim in claims]}

    def _truth(self, sentence: Sentence, seen: Seen, said: str) -> Truth:
        if sentence.subject_id in self._by_id:
            own = [self._product(sentence.subject_id)]
        else:
            own = [self._product(card.product_id) for card in seen.cards if card.product_id in self._by_id]
            if seen.cart:
                own += [self._product(line.product_id) for line in seen.cart.lines if line.product_id in self._by_id]
                own.append(_of_cart(seen))
        own.append(_of_conditions(seen))
        if any(citation.source.startswith("policy:") for citation in sentence.citations) or len(own) == 1:
            own.append(self._policies)
        reviews = self._catalogue.reviews(sentence.subject_id, limit=1_000)
        means = _means(f"{said} {sentence.text}", reviews)
        return replace(together(own), superlatives=self._superlatives(sentence, seen), means=means)

    def _superlatives(self, sentence: Sentence, seen: Seen) -> frozenset[str]:
        """Return what may be said of the product named in the sentence beside the others of a comparison."""
        if seen.comparison is None:
            return frozenset()
        cards = seen.cards[: len(seen.comparison.titles)]
        named = [card for card in cards if fold(card.title) in fold(sentence.text)]
        allowed: set[str] = set()
        prices = [card.price_minor for card in cards if card.price_minor is not None]
        ratings = [card.rating for card in cards if card.rating is not None]
        if named and prices and all(card.price_minor == min(prices) for card in named):
            allowed |= LOWEST_PRICE
        if named and ratings and all(card.rating == max(ratings) for card in named):
            allowed |= HIGHEST_RATING
        return frozenset(allowed)

    def _product(self, product_id: str) -> Truth:
        return of_product(self._by_id[product_id], self._catalogue.reviews(product_id, limit=1_000))


def _means(asked: str, reviews: Sequence[Review]) -> frozenset[Decimal]:
    """Return the mean stars of the reviews that mention a word of what was asked or said, for each such word."""
    words = set(re.findall(r"[a-z]{3,}|[一-鿿]{2}", fold(asked))) | set(re.findall(r"(?=([一-鿿]{2}))", asked))
    found = ([r.rating for r in reviews if word in fold(f"{r.title} {r.body}")] for word in words)
    return frozenset(Decimal(str(round(sum(stars) / len(stars), 1))).normalize() for stars in found if stars)


def _policy_text(shop: Shop) -> str:
    return " . ".join(f"{p.heading} . {p.text}" for p in PolicyTexts(shop.database).current())


def _of_conditions(seen: Seen) -> Truth:
    """What is true of the conditions in force: the bounds of price that the turn says it understood."""
    stated = seen.understood.constraints if seen.understood else {}
    bounds = [stated.get(name) for name in ("price_min_minor", "price_max_minor")]
    return Truth(prices=numbers(" ".join(f"{bound / 100:.2f}" for bound in bounds if isinstance(bound, int))))


def _of_cart(seen: Seen) -> Truth:
    """What is true of the cart: its quantities and the sums of its own lines."""
    lines = seen.cart.lines if seen.cart else ()
    sums = [line.price_minor * line.quantity for line in lines if line.price_minor is not None]
    amounts = [f"{amount / 100:.2f}" for amount in [*sums, sum(sums)]]
    counts = [str(line.quantity) for line in lines] + [str(sum(line.quantity for line in lines)), str(len(lines))]
    return Truth(text=fold(" ".join(counts)), prices=numbers(" ".join(amounts)), numbers=numbers(" ".join(counts)))


def _coverage(seen: Seen) -> tuple[int, int]:
    """Return how many facts the plan wanted said, and how many of their values were said of their subject."""
    planned = reached = 0
    for point in seen.trace.get("plan", ()):
        said = " ".join(s.text for s in seen.sentences if s.subject_id == point["subject"])
        for _key, value in point["facts"]:
            planned += 1
            reached += holds(value, said)
    return planned, reached


def _over(price_minor: int | None, limit_minor: int | None) -> bool:
    return limit_minor is not None and (price_minor is None or price_minor > limit_minor)
