"""The CPU engine: llama.cpp inside this process, by xllamacpp.

Several requests decode side by side, one in each slot; what a prompt shares with an earlier one is not read again.
Knows GGUF files and llama.cpp's parameters, not which model is a good one (`choose`) nor where files come from.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assistant.errors import ModelUnavailable
from assistant.llm.bridge import Emit, stream_from
from assistant.llm.contract import EngineInfo, Request, Spent, check_constraints
from assistant.llm.errors import EngineClosed, RequestRefused
from assistant.llm.llamacpp_server import limit_spinning, load_server
from assistant.llm.load import CoreWatch
from assistant.llm.stepping import SteppedServers
from assistant.llm.text import encodable
from assistant.llm.threads import thread_steps
from assistant.llm.token_count import TokenCount
from index.errors import IndexProblem
from index.weights import PackagedFile, ensure


@dataclass(frozen=True, slots=True, kw_only=True)
class LlamaCppSettings:
    """How a GGUF file is run. `context_tokens` is what one conversation may hold, prompt and answer together."""

    path: Path
    packaged: PackagedFile | None = None
    """Where the file comes from when it is not there yet; it is checked by its hash."""
    name: str = ""
    threads: int = 0
    """0 follows what other processes leave free, request by request."""
    slots: int = 2
    """How many requests decode side by side; more wait their turn."""
    context_tokens: int = 2048
    prefix_cache_mib: int = 192
    """Prompts of idle conversations are kept up to this size, so that coming back to one is quick."""
    reason: str = "a GGUF file was given"


class LlamaCppEngine:
    """A GGUF model on the CPU, each request with as many threads as suit the load when it begins."""

    def __init__(self, settings: LlamaCppSettings, *, watch: CoreWatch | None = None) -> None:
        """Take the settings; nothing is loaded and no core watched before `start`."""
        limit_spinning()  # before the shop loads what brings OpenMP along
        self._settings = settings
        self._name = settings.name or settings.path.stem
        self._steps = thread_steps(settings.threads)
        self._servers = SteppedServers(self._load_with, self._steps, watch or CoreWatch())
        self._loading: Future[Any] | None = None
        self._closed = False
        self._lock = threading.Lock()
        self._rest: Future[None] | None = None
        self._spent = Spent()
        self._calls = ThreadPoolExecutor(settings.slots + 1, thread_name_prefix="llamacpp")

    @property
    def info(self) -> EngineInfo:
        """What runs and why."""
        reason = f"{self._settings.reason}; {self._steps.reason}"
        return EngineInfo("llamacpp", self._name, reason, constraints=frozenset({"schema", "grammar"}))

    @property
    def ready(self) -> bool:
        """True once the model is loaded and answers."""
        return bool(self._servers.loaded) and not self._closed

    @property
    def spent(self) -> Spent:
        """The tokens of all requests so far, by llama.cpp's own count; what is warmed up counts too."""
        return self._spent

    async def start(self) -> None:
        """Load the model, about a second for the 1.5B default; several callers wait for one load.

        Raises:
            ModelUnavailable: the file is missing or is no GGUF that llama.cpp can read.
            EngineClosed: after `close`.
        """
        await asyncio.shield(asyncio.wrap_future(self._load_once()))

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """Yield text as it is decoded; closing the stream stops the decoding.

        Raises:
            ModelUnavailable: the model cannot be loaded.
            RequestRefused: the schema or the grammar is bad, or the prompt is longer than `context_tokens`.
        """
        check_constraints(self.info, request)
        await self.start()
        body = chat_body(request)
        pieces = stream_from(self._calls, lambda emit: self._decode(body, emit))
        try:
            async for piece in pieces:
                yield piece
        finally:
            await pieces.aclose()  # type: ignore[attr-defined]

    async def warm(self, request: Request) -> None:
        """Have every loaded server read a prompt, since later requests go to the one that suits the load.

        Raises:
            ModelUnavailable: the model cannot be loaded.
        """
        await self.start()
        if self._rest is not None:
            await asyncio.shield(asyncio.wrap_future(self._rest))
        body = chat_body(request)
        for server in self._servers.all():
            await asyncio.get_running_loop().run_in_executor(self._calls, partial(self._read, server, body))

    async def close(self) -> None:
        """Stop what is decoding and free the model. Idempotent."""
        with self._lock:
            self._closed = True
        await asyncio.to_thread(self._calls.shutdown, wait=True, cancel_futures=True)
        await asyncio.to_thread(self._servers.close)

    def _load_once(self) -> Future[Any]:
        with self._lock:
            if self._closed:
                raise EngineClosed(self._name)
            failed = self._loading is not None and self._loading.done() and self._loading.exception() is not None
            if self._loading is None or failed:
                self._loading = self._calls.submit(self._load)
            return self._loading

    def _load(self) -> None:
        path = gguf_file(self._name, self._settings.path, self._settings.packaged)
        try:
            self._servers.load_first()
        except ModelUnavailable:
            raise
        except Exception as error:
            reason = f"llama.cpp cannot load {str(path)!r} ({error}): it must be a complete GGUF file"
            raise ModelUnavailable(self._name, reason) from error
        with self._lock:
            if not self._closed:
                self._rest = self._calls.submit(self._servers.load_rest, lambda: self._closed)

    def _load_with(self, threads: int) -> Any:
        return load_server(
            self._settings.path,
            threads,
            slots=self._settings.slots,
            context_tokens=self._settings.context_tokens,
            prefix_cache_mib=self._settings.prefix_cache_mib,
        )

    def _read(self, server: Any, body: dict[str, Any]) -> None:
        count = TokenCount()

        def take(chunk: dict[str, Any]) -> bool:
            count.take(chunk)
            return self._closed

        server.handle_chat_completions(body, take)
        self._count(count)

    def _count(self, count: TokenCount) -> None:
        with self._lock:
            self._spent = self._spent.plus(count.spent)

    def _decode(self, body: dict[str, Any], emit: Emit) -> None:
        failed: list[BaseException] = []
        count = TokenCount()

        def take(chunk: dict[str, Any]) -> bool:
            # What is raised in here would end the reply without a word, so it is kept and raised below.
            try:
                count.take(chunk)
                return self._closed or self._take(chunk, emit)
            except BaseException as error:
                failed.append(error)
                return True

        try:
            answer = self._servers.suited().handle_chat_completions(body, take)
        except (ValueError, TypeError, RuntimeError) as error:
            raise RequestRefused(self._name, str(error)) from error
        finally:
            self._count(count)
        if failed:
            raise failed[0]
        if self._closed:
            raise EngineClosed(self._name)
        if isinstance(answer, dict):
            self._take(answer, emit)

    def _take(self, chunk: dict[str, Any], emit: Emit) -> bool:
        if "error" in chunk:
            raise RequestRefused(self._name, str(chunk["error"].get("message", chunk["error"])))
        text = (chunk["choices"][0].get("delta") or {}).get("content") if chunk.get("choices") else None
        return emit(text or "")


def gguf_file(model: str, path: Path, packaged: PackagedFile | None) -> Path:
    """Return the file of a model, fetched where it is packaged and not there yet. May take minutes.

    Raises:
        ModelUnavailable: there is no such file, or it cannot be fetched, or its content is another.
    """
    if packaged is not None:
        try:
            return ensure(packaged, path.parent)
        except IndexProblem as error:
            raise ModelUnavailable(model, str(error)) from error
    if not path.is_file():
        raise ModelUnavailable(model, f"there is no file {str(path)!r}: check the path")
    return path


def chat_body(request: Request) -> dict[str, Any]:
    """Return the request as llama.cpp's chat interface takes it.

    A lone surrogate, half of a character that some keyboards send, cannot be encoded and becomes U+FFFD.
    """
    body: dict[str, Any] = {
        "messages": [{"role": m.role, "content": encodable(m.content)} for m in request.messages],
        "max_tokens": request.max_new_tokens,
        "temperature": request.temperature,
        "seed": request.seed,
        "stream": True,
        "cache_prompt": True,
        "timings_per_token": True,
    }
    if request.stop:
        body["stop"] = [encodable(stop) for stop in request.stop]
    if request.schema is not None:
        body["response_format"] = {"type": "json_schema", "json_schema": {"schema": dict(request.schema)}}
    if request.grammar is not None:
        body["grammar"] = encodable(request.grammar)
    return body
