"""Grounding: plays scripted visits and counts every untrue statement that reached the shopper.

The checker is the evaluation's own (`eval.claims`). With `--engine liar` the language model only lies, and what is
counted is the lies that got through.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from scipy.stats import binomtest
from tqdm import tqdm

from assistant.conversation.turn import TurnRequest
from assistant.shop import Shop
from assistant.store.policy_texts import PolicyTexts
from assistant.store.principal import GUEST
from eval.claims import Checker, Claim
from eval.liar import Liar
from eval.result import Result, append_row
from eval.seen import Seen, gather
from eval.shopper import Ask, Shopper, holds
from eval.shops import judged_shop
from eval.truth import Truth, fold, numbers, of_product, of_text, together
from index.product import Product, Review

LANGUAGES = ("en", "zh")
LOWEST_PRICE = {"cheapest", "lowest price", "lowest-priced", "least expensive", "最便宜", "价格最低", "最低价"}
HIGHEST_RATING = {"highest rated", "highest-rated", "top rated", "top-rated", "best-rated", "评分最高", "最高评分"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this task's own arguments."""
    parser.add_argument("--engine", choices=("default", "liar"), default="default", help="liar: a model that only lies")
    parser.add_argument("--turns", type=int, default=300, help="how many turns to play, half in each language")


def run(args: argparse.Namespace) -> Result:
    """Play the visits and count.

    Raises:
        RegularsError, IndexProblem: the shop cannot be opened, or the model cannot be had.
    """
    with judged_shop(args.data) as opened:
        products = list(opened.catalogue.get(opened.catalogue.ids()).values())
        liar = Liar(products, seed=args.seed) if args.engine == "liar" else None
        shop = opened.with_engine(liar) if liar else opened
        judge = _Judge(shop, products)
        rows = asyncio.run(_play(shop, judge, products, args, liar))
    metrics = _metrics(rows)
    if liar:
        metrics |= {"lies": liar.total, "lies_shown": sum(len(row["lies_shown"]) for row in rows)}
    return Result(
        task="grounding" if liar is None else "grounding_liar",
        data=args.data.name if args.data else "demo",
        metrics=metrics,
        intervals=_intervals(rows),
        settings={"engine": shop.engine.info.model, "seed": args.seed, "turns": len(rows)},
        rows=rows,
    )


async def _play(
    shop: Shop, judge: _Judge, products: Sequence[Product], args: argparse.Namespace, liar: Liar | None
) -> list[Mapping[str, Any]]:
    wanted = min(args.turns, args.limit or args.turns)
    rows: list[Mapping[str, Any]] = []
    with tqdm(total=wanted, desc="turns") as progress:
        visit = 0
        while len(rows) < wanted:
            language = LANGUAGES[visit % 2]
            shopper = Shopper(products, language=language, seed=args.seed * 10_000 + visit, policies=judge.has_policies)
            said = ""
            for ask in shopper.asks():
                if liar:
                    liar.forget()
                request = TurnRequest(
                    session_id=f"eval-{args.seed}-{visit}-{id(rows)}", message=ask.message, principal=GUEST
                )
                seen = await gather(ask.message, shop.conversation.turn(request))
                said = f"{said} . {ask.message}"
                rows.append(judge.row(ask, seen, language=language, said=said, liar=liar))
                shopper.saw(seen)
                progress.update()
                append_row(rows[-1], args.out / "grounding.partial.jsonl", first=len(rows) == 1)
                if len(rows) >= wanted:
                    break
            visit += 1
    return rows


class _Judge:
    """Turns what was seen into a row: claims with their verdicts, facts reached, whether it was answered."""

    def __init__(self, shop: Shop, products: Sequence[Product]) -> None:
        self._shop = shop
        self._by_id = {product.id: product for product in products}
        self._checker = Checker(products)
        self._policies = of_text("policies", _policy_text(shop))
        self.has_policies = bool(self._policies.text)

    def row(self, ask: Ask, seen: Seen, *, language: str, said: str, liar: Liar | None) -> dict[str, Any]:
        """Return the row of one turn."""
        shown = [
            {
                "text": s.text,
                "subject": s.subject_id,
                "by": s.by,
                "claims": [asdict(c) for c in self._claims(s, seen, said)],
            }
            for s in seen.sentences
        ]
        planned, reached = _coverage(seen)
        over = [
            card.product_id
            for card in seen.cards
            if ask.limit_minor is not None and (card.price_minor is None or card.price_minor > ask.limit_minor)
        ]
        return {
            "kind": ask.kind,
            "language": language,
            "message": ask.message,
            "intent": seen.understood.intent if seen.understood else None,
            "cards": [card.product_id for card in seen.cards],
            "cards_over_limit": over,
            "sentences": shown,
            "question": seen.question.text if seen.question else None,
            "planned": planned,
            "reached": reached,
            "answered": None if ask.expects is None else ask.expects(seen),
            "lies_told": [asdict(lie) for lie in liar.told] if liar else [],
            "lies_shown": _lies_shown(seen, liar) if liar else [],
            "reply_ms": round(seen.reply_ms),
            "rejected": seen.trace.get("rejected", []),
        }

    def _claims(self, sentence: Any, seen: Seen, said: str) -> list[Claim]:
        return self._checker.claims(sentence.text, self._truth(sentence, seen, said), said=said)

    def _truth(self, sentence: Any, seen: Seen, said: str) -> Truth:
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
        reviews = self._shop.catalogue.reviews(sentence.subject_id, limit=1_000)
        means = _means(f"{said} {sentence.text}", reviews)
        return replace(together(own), superlatives=self._superlatives(sentence, seen), means=means)

    def _superlatives(self, sentence: Any, seen: Seen) -> frozenset[str]:
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
        return of_product(self._by_id[product_id], self._shop.catalogue.reviews(product_id, limit=1_000))


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


def _lies_shown(seen: Seen, liar: Liar) -> list[str]:
    """Return the shown sentences that hold the false fragment of a lie told in this turn."""
    worded = [fold(s.text) for s in seen.sentences if s.by == "model"]
    return [text for text in worded if any(lie.fragment in text for lie in liar.told)]


def _metrics(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    sentences = [sentence for row in rows for sentence in row["sentences"]]
    claims = [claim for sentence in sentences for claim in sentence["claims"]]
    by = Counter(sentence["by"] for sentence in sentences)
    asked = [row for row in rows if row["answered"] is not None]
    planned = sum(row["planned"] for row in rows)
    return {
        "turns": len(rows),
        "sentences": len(sentences),
        "claims": len(claims),
        "unsupported_shown": sum(not claim["supported"] for claim in claims),
        "model_written_share": by["model"] / max(1, by["model"] + by["record"]),
        "model_written_share_of_all": by["model"] / max(1, len(sentences)),
        "plan_coverage": sum(row["reached"] for row in rows) / max(1, planned),
        "planned_facts": planned,
        "askable": len(asked),
        "unanswered_share": sum(not row["answered"] for row in asked) / max(1, len(asked)),
        "cards_over_limit": sum(len(row["cards_over_limit"]) for row in rows),
    }


def _intervals(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[float, float]]:
    by = Counter(sentence["by"] for row in rows for sentence in row["sentences"])
    asked = [row for row in rows if row["answered"] is not None]
    counts = {
        "model_written_share": (by["model"], by["model"] + by["record"]),
        "unanswered_share": (sum(not row["answered"] for row in asked), len(asked)),
        "plan_coverage": (sum(row["reached"] for row in rows), sum(row["planned"] for row in rows)),
    }
    return {name: _wilson(some, whole) for name, (some, whole) in counts.items() if whole}


def _wilson(some: int, whole: int) -> tuple[float, float]:
    bounds = binomtest(some, whole).proportion_ci(method="wilson")
    return float(bounds.low), float(bounds.high)
