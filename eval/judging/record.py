"""What is wrong with a kept turn beside its words: sources, the shopper's conditions, and the state it ends in.

Each check yields a sentence for every fault it finds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from eval.harness.turns import Kept
from eval.judging.form import texts_of

LEXICON = Path(__file__).parents[1] / "grounding" / "lexicon.toml"
"""Words of the evaluation's checker of claims; `unsaid` are how a record is said to be silent."""
_SOURCE = re.compile(r"[a-z]+:\S")
Resolves = Callable[[str], bool]
"""Whether a source names a record that there is."""


def well_formed(source: str) -> bool:
    """True for a source that names a kind and a record, where no records are at hand to look it up in."""
    return bool(_SOURCE.match(source))


def unsourced(turn: Kept, resolves: Resolves) -> Iterator[str]:
    """Name sentences about a thing that cite nothing, what is not there, or the record of another product."""
    products = {card["product_id"] for card in turn["cards"]}
    for sentence in turn["sentences"]:
        if not sentence["subject"]:
            continue
        if not sentence["sources"] and not _says_nothing_known(sentence["text"]):
            yield f"no source is cited for {sentence['text']!r}"
        for source in sentence["sources"]:
            kind, _, record = source.partition(":")
            of = record.partition("#")[0]
            if not resolves(source):
                yield f"the source {source!r} names no record"
            elif kind == "product" and sentence["subject"] in products and of != sentence["subject"]:
                yield f"the source {source!r} is not of {sentence['subject']!r}, which the sentence is about"


def _says_nothing_known(text: str) -> bool:
    """True for a sentence that says a record is silent: no line of it can be cited for that."""
    return any(phrase in text for phrase in _unsaid())


@cache
def _unsaid() -> tuple[str, ...]:
    lexicon = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    return ("does not answer", *(phrase for language in ("en", "zh") for phrase in lexicon[language]["unsaid"]))


def broken(turn: Kept) -> Iterator[str]:
    """Name the cards that do not meet what was asked for, unless a notice says that nothing does."""
    if any(sentence["by"] == "notice" for sentence in turn["sentences"]):
        return
    asked = turn["constraints"]
    for card in turn["cards"]:
        price = card["price_minor"]
        if (most := asked.get("price_max_minor")) is not None and (price is None or price > most):
            yield f"{card['title']!r} costs {card['price_text']}, above the limit of {most / 100:.2f}"
        if (least := asked.get("price_min_minor")) is not None and (price is None or price < least):
            yield f"{card['title']!r} costs {card['price_text']}, below the least of {least / 100:.2f}"
        if (stars := asked.get("rating_min")) is not None and (card["rating"] or 0) < stars:
            yield f"{card['title']!r} is rated {card['rating']}, below {stars}"
        if asked.get("in_stock") and not card["in_stock"]:
            yield f"{card['title']!r} is not in stock"
        brands = {brand.casefold() for brand in asked.get("brands", ())}
        if brands and (card["brand"] or "").casefold() not in brands:
            yield f"{card['title']!r} is of {card['brand']!r}, not of {', '.join(sorted(brands))}"


def unsettled(turn: Kept) -> Iterator[str]:
    """Name what a page could not show: a turn without an end, silence, a silent hand-off, a write without words."""
    if not turn["trace"]:
        yield "the turn has no end"
    if not (
        texts_of(turn) or turn["cards"] or turn["cart"] or turn["proposed"] or turn["handoff"] or turn["comparison"]
    ):
        yield "nothing was said or shown"
    for part, what in (("handoff", "the hand-off is silent"), ("proposed", "an action is proposed without words")):
        if turn[part] and not turn[part]["text"].strip():
            yield what
    for line in (turn["cart"] or {}).get("lines", ()):
        if line["quantity"] < 1:
            yield f"the cart holds {line['quantity']} of {line['title']!r}"
