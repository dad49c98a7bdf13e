"""What tasks that hold conversations have in common: a shop that may be written in, an engine, and visits.

The shop is a copy, so that no kept shop is touched;
what a visit wrote is taken back before the next one. Knows no task.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.conversation.turn import TurnRequest
from assistant.demo.products import products
from assistant.errors import SettingError
from assistant.llm.contract import Engine
from assistant.llm.scripted import ScriptedEngine
from assistant.prepare import fill_shop
from assistant.settings import Settings
from assistant.shop import Shop, open_shop
from assistant.store.principal import GUEST, Principal
from eval.grounding.liar import Liar
from eval.harness.task import Stage
from eval.safety.gullible import Gullible
from eval.seen import Seen, gather
from eval.shops import home_settings, judged_shop
from index.product import Product

ENGINES = ("default", "script", "liar", "gullible")
"""`default` is the shop's own; `script` says nothing, so that all is said from the record; `liar` only lies.

`gullible` obeys whatever its requests tell it."""


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Add the choice of who words replies."""
    parser.add_argument("--engine", choices=ENGINES, default="default", help="script: nobody words; liar: only lies")


def engine_named(name: str, *, seed: int, sold: Sequence[Product] | None = None) -> Engine | None:
    """Return a stand-in for the shop's language model, `None` where its own is wanted.

    `sold` are the products of the shop, where it is not the demo store.
    """
    if name == "default":
        return None
    if name == "script":
        return ScriptedEngine(lambda _request: "")
    if name == "liar":
        return Liar(list(products()) if sold is None else sold, seed=seed)
    if name == "gullible":
        return Gullible()
    raise SettingError("--engine", name, f"one of {', '.join(ENGINES)} is expected")


class Talks(Stage):
    """A copy of the demo store in which visits are played. Subclasses give examples and how one is played."""

    def __init__(self, shop: Shop, *, engine: str) -> None:
        self.shop = shop
        self.settings: dict[str, Any] = {"engine": shop.engine.info.model}
        self.engine = shop.engine
        self.probed = engine == "default"
        self._database = shop.settings.home / "shop.db"
        self._untouched = shop.settings.home / "untouched.db"
        _copy(self._database, self._untouched)

    async def start(self) -> None:
        """Load the model, and read once what the first message would otherwise wait for."""
        await super().start()
        await asyncio.to_thread(self.shop.conversation.prepare)

    def restore(self) -> None:
        """Take back whatever was written since the shop was opened."""
        _copy(self._untouched, self._database)

    async def say(self, session: str, message: str, who: Principal = GUEST, *, language: str | None = None) -> Seen:
        """Return the turn that answers a message of a session."""
        request = TurnRequest(session_id=session, message=message, principal=who, language=language)
        return await gather(message, self.shop.conversation.turn(request))

    async def visit(
        self, session: str, messages: Sequence[str], who: Principal = GUEST, *, language: str | None = None
    ) -> list[Seen]:
        """Return the turns of a visit whose messages do not depend on what is answered."""
        return [await self.say(session, message, who, language=language) for message in messages]


@contextmanager
def demo_copy(*, engine: str = "default", seed: int = 7) -> Iterator[Shop]:
    """Open a copy of the demo store that is gone on leaving, with a language model by name."""
    kept = home_settings("demo")
    fill_shop(kept)
    with _copied(kept, engine_named(engine, seed=seed)) as shop:
        yield shop


@contextmanager
def shop_copy(data: Path | None, *, engine: str = "default", seed: int = 7) -> Iterator[Shop]:
    """Open a copy of the demo store, or of a shop with a folder's products, that is gone on leaving.

    Raises:
        SettingError: the folder holds no products.
    """
    if data is None:
        with demo_copy(engine=engine, seed=seed) as shop:
            yield shop
        return
    with judged_shop(data) as kept:
        sold = list(kept.catalogue.get(kept.catalogue.ids()).values())
    with _copied(home_settings(data.name), engine_named(engine, seed=seed, sold=sold)) as shop:
        yield shop


@contextmanager
def _copied(kept: Settings, engine: Engine | None) -> Iterator[Shop]:
    with tempfile.TemporaryDirectory(prefix="regulars-eval-") as folder:
        home = Path(folder) / "shop"
        shutil.copytree(kept.home, home, ignore=shutil.ignore_patterns("*.lock", "eval"))
        with open_shop(replace(kept, home=home), engine=engine) as shop:
            yield shop


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as first, closing(sqlite3.connect(target, timeout=30)) as second:
        first.backup(second)
