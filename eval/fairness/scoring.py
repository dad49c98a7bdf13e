"""Scores of a list: who is seen in it and how much, how well it told what was bought next, and how surprising it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log2
from typing import Any

from eval.fairness.bands import THIRDS
from eval.fairness.lists import ORDERS, K
from eval.fairness.stage import SUGGESTED
from eval.harness.scores import Score
from eval.harness.task import Example, Output

LANGUAGES = ("en", "zh")
SEGMENTS = tuple(str(number) for number in range(10))
GROUPINGS = {"language": LANGUAGES, "orders": ORDERS, "segment": SEGMENTS}
"""The groups of shoppers, by how they are told apart; a segment is one that the shop has learned itself."""


def seen(rank: int) -> float:
    """Return how much of a look a place gets, from 1.

    Source: the discount of nDCG, Järvelin and Kekäläinen 2002.

    >>> seen(1), seen(3)
    (1.0, 0.5)
    """
    return 1 / log2(rank + 1)


def exposure(example: Example, output: Output) -> Iterator[Score]:
    """Yield how much each band is seen in the list, over its share of the catalogue and of what is bought."""
    kind, listed = example.given["kind"], output["list"]
    often = float(example.given.get("searched", 1))
    looks = [seen(rank) for rank in range(1, len(listed) + 1)]
    for one, look in zip(listed, looks, strict=True):
        yield Score(f"{kind}.exposed", one["number"], one["id"], weight=look * often, truth=output["products"])
    for trait, names in THIRDS.items():
        for name in names:
            share = sum(look for one, look in zip(listed, looks, strict=True) if one[trait] == name) / sum(looks)
            for base, shares in output["shares"].items():
                usual = shares[trait][name]
                if usual:
                    told = f"{share:.0%} of what is seen, {usual:.0%} of {base}"
                    figure = f"{kind}.{trait}.{name}.to_{base}"
                    yield Score(figure, share / usual, told, weight=sum(looks) * often)


def quality(example: Example, output: Output) -> Iterator[Score]:
    """Yield how well a shopper's list told what they bought next, for all and for each grouping."""
    held = output["held_out"]
    if example.given["kind"] != SUGGESTED:
        return
    yield Score("novelty", output["novelty"], "mean of -log2 of a product's share of those who chose")
    if not held:
        return
    leaked = output["leaked"]
    yield Score(
        "leaked", float(bool(leaked)), f"still known of what is to be told beforehand: {_some(leaked) or 'nothing'}"
    )
    right = [one["id"] for one in output["list"][:K] if one["id"] in held]
    told = f"bought {_some(held)}; listed of these: {_some(right) or 'none'}"
    recall = len(right) / len(held)
    yield Score("precision@10", len(right) / K, told)
    yield Score("recall@10", recall, told)
    yield Score("hit@10", float(bool(right)), told)
    for name, part in (("known", {*output["known"]}), ("new", {*held} - {*output["known"]})):
        if part:
            found = part.intersection(right)
            yield Score(f"recall.{name}", len(found) / len(part), f"{name} to them: {told}")
    for grouping, names in GROUPINGS.items():
        name = example.given["groups"].get(grouping)
        if name in names:
            yield Score(f"recall.{grouping}", recall, f"{name}: {told}", truth=names.index(name))


def _some(ids: Sequence[Any]) -> str:
    return ", ".join(map(str, ids[:6])) + (" …" if len(ids) > 6 else "")
