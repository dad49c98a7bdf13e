"""The CPU engine: llama.cpp inside this process, by xllamacpp.

Several requests decode side by side, one in each slot; what a prompt shares with an earlier one is not read again.
Knows GGUF files and llama.cpp's parameters, not which model is a good one (`choose`) nor where files come from.
"""

from __future__ import annotations

import asyncio
import ctypes
import importlib
import importlib.util
import secrets
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import ModelUnavailable
from assistant.llm.bridge import Emit, stream_from
from assistant.llm.contract import EngineInfo, Request, check_constraints
from assistant.llm.errors import EngineClosed, RequestRefused
from assistant.llm.text import encodable
from assistant.llm.threads import ThreadChoice, choose_threads
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
    """0 chooses by what is free when the model is loaded."""
    slots: int = 2
    """How many requests decode side by side; more wait their turn."""
    context_tokens: int = 2048
    prefix_cache_mib: int = 192
    """Prompts of idle conversations are kept up to this size, so that coming back to one is quick."""
    reason: str = "a GGUF file was given"


class LlamaCppEngine:
    """A GGUF model on the CPU."""

    def __init__(self, settings: LlamaCppSettings) -> None:
        """Take the settings; nothing is loaded before `start`."""
        self._settings = settings
        self._name = settings.name or settings.path.stem
        self._threads: ThreadChoice | None = None
        self._server: Any = None
        self._loading: Future[Any] | None = None
        self._closed = False
        self._lock = threading.Lock()
        self._calls = ThreadPoolExecutor(settings.slots + 1, thread_name_prefix="llamacpp")

    @property
    def info(self) -> EngineInfo:
        """What runs and why."""
        threads = self._threads.reason if self._threads else "threads are chosen when it is loaded"
        reason = f"{self._settings.reason}; {threads}"
        return EngineInfo("llamacpp", self._name, reason, constraints=frozenset({"schema", "grammar"}))

    @property
    def ready(self) -> bool:
        """True once the model is loaded and answers."""
        return self._server is not None and not self._closed

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

    async def close(self) -> None:
        """Stop what is decoding and free the model. Idempotent."""
        with self._lock:
            self._closed = True
        await asyncio.to_thread(self._calls.shutdown, wait=True, cancel_futures=True)
        self._server = None

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
        llama = import_xllamacpp()
        self._threads = choose_threads(self._settings.threads)
        try:
            self._server = llama.Server(_parameters(llama, self._settings, self._threads.threads))
        except Exception as error:
            reason = f"llama.cpp cannot load {str(path)!r} ({error}): it must be a complete GGUF file"
            raise ModelUnavailable(self._name, reason) from error

    def _decode(self, body: dict[str, Any], emit: Emit) -> None:
        failed: list[BaseException] = []

        def take(chunk: dict[str, Any]) -> bool:
            # What is raised in here would end the reply without a word, so it is kept and raised below.
            try:
                return self._closed or self._take(chunk, emit)
            except BaseException as error:
                failed.append(error)
                return True

        try:
            answer = self._server.handle_chat_completions(body, take)
        except (ValueError, TypeError, RuntimeError) as error:
            raise RequestRefused(self._name, str(error)) from error
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
    }
    if request.stop:
        body["stop"] = [encodable(stop) for stop in request.stop]
    if request.schema is not None:
        body["response_format"] = {"type": "json_schema", "json_schema": {"schema": dict(request.schema)}}
    if request.grammar is not None:
        body["grammar"] = encodable(request.grammar)
    return body


def import_xllamacpp() -> Any:
    """Return the module, with the OpenMP runtime that it needs.

    The wheel expects `libgomp.so.1` of the system, which small images lack; PyTorch's wheel carries one.
    """
    try:
        return importlib.import_module("xllamacpp")
    except ImportError as error:
        torch = importlib.util.find_spec("torch")
        bundled = Path(torch.origin or "").parent / "lib" / "libgomp.so.1" if torch else Path()
        if "libgomp" not in str(error) or not bundled.is_file():
            raise ModelUnavailable("llama.cpp", f"xllamacpp cannot be imported ({error}): install it again") from error
        ctypes.CDLL(str(bundled), mode=ctypes.RTLD_GLOBAL)
        return importlib.import_module("xllamacpp")


def _parameters(llama: Any, settings: LlamaCppSettings, threads: int) -> Any:
    wanted = llama.CommonParams()
    wanted.model.path = str(settings.path)
    wanted.n_ctx = settings.slots * settings.context_tokens  # llama.cpp divides it among the slots
    wanted.n_parallel = settings.slots
    wanted.n_gpu_layers = 0
    wanted.fit_params = False
    wanted.cache_ram_mib = settings.prefix_cache_mib
    wanted.warmup = False
    wanted.verbosity = 0
    for cpu in (wanted.cpuparams, wanted.cpuparams_batch):
        cpu.n_threads = threads
        cpu.poll = 0  # spinning while waiting starves whatever else the machine does
    # Weights are used as they lie in the file: no second copy in memory (0.6 GB) and a load of one second, not seven,
    # during which the library holds the interpreter's lock and no page would answer.
    wanted.no_extra_bufts = True
    _close_listener(wanted)
    return wanted


def _close_listener(wanted: Any) -> None:
    # The server listens on a loopback port that we never use and cannot switch off: nobody else may use it either.
    wanted.api_keys = [secrets.token_urlsafe(32)]
    wanted.cors_origins = "http://127.0.0.1"
    wanted.ui = wanted.endpoint_slots = False
    wanted.n_threads_http = 1
