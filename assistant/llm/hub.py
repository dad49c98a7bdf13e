"""The GPU engine: transformers, with the weights of a model hub, of a folder or of a GGUF file.

bf16 where it fits into the GPU's memory, 4-bit (NF4) where it must. Constraints on decoding are refused: no kept
library adds them simply. PyTorch and transformers are imported only when the model is loaded.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assistant.llm.bridge import Emit, stream_from
from assistant.llm.contract import EngineInfo, Request, check_constraints
from assistant.llm.errors import EngineClosed, RequestRefused
from assistant.llm.generation import decoding_aids
from assistant.llm.llamacpp import gguf_file
from assistant.llm.stops import StopCutter
from assistant.llm.text import encodable
from index.weights import PackagedFile

Precision = Literal["auto", "bf16", "nf4"]

LARGE_PARAMETERS = 3_500_000_000
"""From this size on a model words a whole plan without mixing up its products (section "Write" of the design)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSettings:
    """Which model: a hub name or a folder, or with `gguf` the file and what to call it.

    `packaged` says where that file comes from when it is not there yet.
    """

    model: str
    gguf: Path | None = None
    packaged: PackagedFile | None = None
    precision: Precision = "auto"
    slots: int = 4
    """How many requests are generated side by side."""
    reason: str = "a hub model was given"


class HubEngine:
    """A model run by transformers, on the GPU where there is one."""

    def __init__(self, settings: HubSettings) -> None:
        """Take the settings; nothing is imported or loaded before `start`."""
        self._settings = settings
        self._model: Any = None
        self._tokenizer: Any = None
        self._note = "the precision is chosen when it is loaded"
        self._large = False
        self._loading: Future[None] | None = None
        self._closed = False
        self._lock = threading.Lock()
        self._calls = ThreadPoolExecutor(settings.slots + 1, thread_name_prefix="transformers")

    @property
    def info(self) -> EngineInfo:
        """What runs and why."""
        reason = f"{self._settings.reason}; {self._note}"
        return EngineInfo("transformers", self._settings.model, reason, large=self._large)

    @property
    def ready(self) -> bool:
        """True once the model is loaded and answers."""
        return self._model is not None and not self._closed

    async def start(self) -> None:
        """Load the model, half a minute or more; several callers wait for one load.

        Raises:
            ModelUnavailable: the model cannot be had, or does not fit.
            EngineClosed: after `close`.
        """
        with self._lock:
            if self._closed:
                raise EngineClosed(self._settings.model)
            failed = self._loading is not None and self._loading.done() and self._loading.exception() is not None
            if self._loading is None or failed:
                self._loading = self._calls.submit(self._load)
            loading = self._loading
        await asyncio.shield(asyncio.wrap_future(loading))

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """Yield text as it is decoded, word by word; closing the stream stops it at the next token.

        Raises:
            ModelUnavailable: the model cannot be loaded, or a schema or grammar is asked for.
            RequestRefused: the prompt and its answer are longer than the model's context.
        """
        check_constraints(self.info, request)
        await self.start()
        pieces = stream_from(self._calls, lambda emit: self._generate(request, emit))
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
        self._model = self._tokenizer = None
        await asyncio.to_thread(_free_gpu)

    def _load(self) -> None:
        from assistant.llm.loading import load

        settings = self._settings
        gguf = gguf_file(settings.model, settings.gguf, settings.packaged) if settings.gguf else None
        loaded = load(settings.model, gguf, settings.precision)
        self._note, self._large = loaded.note, loaded.parameters >= LARGE_PARAMETERS
        self._tokenizer, self._model = loaded.tokenizer, loaded.model

    def _generate(self, request: Request, emit: Emit) -> None:
        inputs = self._prompt(request)
        cutter = StopCutter(request.stop)

        def show(text: str) -> bool:
            return emit(cutter.take(text)) or cutter.done or self._closed

        aids = decoding_aids(self._tokenizer, request, show)
        self._model.generate(
            **inputs,
            **aids,
            max_new_tokens=request.max_new_tokens,
            do_sample=False,  # chance comes from a seeded processor of its own: see `decoding_aids`
            temperature=None,
            top_p=None,
            top_k=None,
            pad_token_id=self._tokenizer.pad_token_id or self._tokenizer.eos_token_id,
        )
        emit(cutter.rest())
        if self._closed:
            raise EngineClosed(self._settings.model)

    def _prompt(self, request: Request) -> dict[str, Any]:
        messages = [{"role": m.role, "content": encodable(m.content)} for m in request.messages]
        inputs = self._tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, enable_thinking=False, return_tensors="pt", return_dict=True
        )
        length, limit = inputs["input_ids"].shape[1], getattr(self._model.config, "max_position_embeddings", None)
        if limit is not None and length + request.max_new_tokens > limit:
            reason = f"its {length} tokens and {request.max_new_tokens} to come exceed its context of {limit}"
            raise RequestRefused(self._settings.model, reason)
        return dict(inputs.to(self._model.device))


def _free_gpu() -> None:
    import torch

    if torch.cuda.is_available():
        torch.cuda.empty_cache()
