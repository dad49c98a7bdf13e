"""Portrait: how well what was learned of simulated shoppers agrees with the tastes from which they were simulated.

Each shopper's latest one, two, four … visits are read as if nothing else were known. The true tastes lie in a file that
the assistant never reads.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from scipy.stats import spearmanr
from tqdm import tqdm

from assistant.demo.tastes import TRUTH
from assistant.people.portrait.lines import Line
from assistant.people.portrait.shelf import Shelf
from assistant.people.portrait.tastes import observed
from assistant.store.principal import SYSTEM
from eval.ranking_metrics import bootstrap
from eval.result import Result
from eval.shops import home_settings, judged_shop

VISITS = (1, 2, 4, 8, 16)
PEOPLE = 400
LEVELS = {"low": 0.0, "high": 1.0}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This task has no arguments of its own."""


def run(args: argparse.Namespace) -> Result:
    """Compare the portraits of the demo's shoppers with their true tastes.

    Raises:
        RegularsError, IndexProblem: the demo store cannot be opened.
    """
    with judged_shop(None) as shop:
        truth = json.loads((home_settings("demo").home / TRUTH).read_text(encoding="utf-8"))
        now = datetime.fromisoformat(truth["day"])
        shelf = Shelf(shop.catalogue.get(shop.catalogue.ids()).values())
        categories = sorted({c for known in truth["people"].values() for c in known["categories"]})
        rows: list[dict[str, Any]] = []
        for who in tqdm(_people(truth["people"], args.limit or PEOPLE, args.seed), desc="shoppers"):
            events = shop.events.of(f"customer:{who}", SYSTEM)
            visits = shop.events.visits(f"customer:{who}", SYSTEM)
            for count in VISITS:
                if len(visits) >= count:
                    since = visits[-count].started_at
                    lines = observed([event for event in events if event.at >= since], shelf, now=now)
                    rows.append({"person": who, "visits": count, **_row(lines, truth["people"][who], categories)})
    metrics, intervals = _metrics(rows, args.seed)
    return Result(
        task="portrait",
        data="demo",
        metrics=metrics,
        intervals=intervals,
        settings={"people": len({row["person"] for row in rows}), "seed": args.seed, "visits": list(VISITS)},
        rows=rows,
    )


def _people(known: Mapping[str, Any], limit: int, seed: int) -> list[str]:
    names = sorted(known)
    return [names[at] for at in np.random.default_rng(seed).permutation(len(names))[:limit]]


def _row(lines: Sequence[Line], true: Mapping[str, Any], categories: Sequence[str]) -> dict[str, Any]:
    """Return how a portrait compares: a category that it has no line of counts as 0, as does one nobody likes."""
    learned = {line.value: line.strength for line in lines if line.key == "category"}
    brands = [line.value for line in lines if line.key == "brand" and line.strength > 0]
    colours = [line.value.casefold() for line in lines if line.key == "color" and line.strength > 0]
    price = next((line.value for line in lines if line.key == "price"), None)
    mine = [learned.get(name, 0.0) for name in categories]
    theirs = [true["categories"].get(name, 0.0) for name in categories]
    return {
        "category_rank": float(spearmanr(mine, theirs).statistic) if len(set(mine)) > 1 else 0.0,
        "lines": len(lines),
        "brand_precision": _share(brands, set(true["brands"])),
        "color_precision": _share(colours, set(true["colors"])),
        "price_right": None if price is None else float((LEVELS[price] > 0.5) == (true["price_level"] > 0.5)),
    }


def _share(said: Sequence[str], true: set[str]) -> float | None:
    """Return the share of what was said that is true; `None` where nothing was said."""
    return sum(one in true for one in said) / len(said) if said else None


def _metrics(rows: Sequence[Mapping[str, Any]], seed: int) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    metrics: dict[str, float] = {}
    intervals: dict[str, tuple[float, float]] = {}
    for count in VISITS:
        for name in ("category_rank", "brand_precision", "color_precision", "price_right"):
            values = [row[name] for row in rows if row["visits"] == count and row[name] is not None]
            if values:
                key = f"visits_{count}.{name}"
                metrics[key] = float(np.mean(values))
                intervals[key] = bootstrap(values, seed=seed, draws=2_000)
    return metrics, intervals
