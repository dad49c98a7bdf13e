"""Makes the conversation and its language model ready in the background, and says how far they are. Knows no page."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from anyio.to_thread import run_sync

from assistant.errors import RegularsError
from assistant.llm.contract import Engine
from assistant.web.rendering import fragment

log = logging.getLogger("regulars.web")


class EngineWatch:
    """One engine and the state of its loading; `prepare` is done first, in a thread, and `warm` last."""

    def __init__(
        self, engine: Engine, prepare: Callable[[], None], warm: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self._engine, self._prepare, self._warm = engine, prepare, warm
        self._loading: asyncio.Task[None] | None = None
        self.failed = ""
        self.warmed = False
        """True once `warm` is done: from then on no shopper waits for a prompt's constant beginning to be read."""

    @property
    def ready(self) -> bool:
        """True once the model answers."""
        return self._engine.ready

    def begin(self) -> None:
        """Start loading; the page answers meanwhile."""
        self._loading = asyncio.create_task(self._load())

    async def end(self) -> None:
        """Stop loading, and free the model."""
        if self._loading and not self._loading.done():
            self._loading.cancel()
            await asyncio.gather(self._loading, return_exceptions=True)
        await self._engine.close()

    def state(self) -> dict[str, Any]:
        """Return what runs and why, and whether it is ready, loading or failed."""
        info = self._engine.info
        doing = "ready" if self.ready else "failed" if self.failed else "loading"
        shown = {"engine": info.engine, "model": info.model, "reason": info.reason}
        return {"state": doing, "ready": self.ready, "warmed": self.warmed, "failed": self.failed, **shown}

    def panel(self, language: str) -> dict[str, Any]:
        """Return the footer's line about the engine, and whether it can still change."""
        state = self.state()
        return {"html": fragment("engine", state, language), "settled": state["state"] != "loading"}

    async def _load(self) -> None:
        info = self._engine.info
        log.info("engine %s, model %s: %s", info.engine, info.model, info.reason)
        try:
            await run_sync(self._prepare)
            await self._engine.start()
            log.info("the language model is ready")
            if self._warm:
                await self._warm()
        except RegularsError as error:
            self.failed = str(error)
            log.error("the language model could not be loaded: %s", error)
        except Exception:
            self.failed = f"{info.model} stopped while loading, see the log"
            log.exception("the language model could not be loaded")
        else:
            self.warmed = True
            log.info("the language model has read its prompts")
