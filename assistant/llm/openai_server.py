"""Any server that speaks OpenAI's chat completions: vLLM, llama.cpp, SGLang, a hosted one.

Knows the protocol, not the model behind it. A JSON schema is passed on as `response_format`; grammars have no
standard form and are refused.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import openai

from assistant.errors import ModelUnavailable
from assistant.llm.contract import EngineInfo, Request, check_constraints
from assistant.llm.errors import EngineClosed, RequestRefused
from assistant.llm.text import encodable


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAIServerSettings:
    """Where the server is. An empty `model` takes the first that it lists; `large` lets it word a whole plan."""

    url: str
    model: str = ""
    key: str = ""
    large: bool = True
    timeout_s: float = 60.0


class OpenAIServerEngine:
    """A model behind an OpenAI-compatible server."""

    def __init__(self, settings: OpenAIServerSettings) -> None:
        """Take the settings; the server is first asked in `start`."""
        self._settings = settings
        self._base = base_url(settings.url)
        self._model = settings.model
        self._client: openai.AsyncOpenAI | None = None
        self._closed = False
        self._starting = asyncio.Lock()

    @property
    def info(self) -> EngineInfo:
        """What runs and why."""
        return EngineInfo(
            "openai",
            self._model or "its first model",
            f"the server {self._base} was given",
            large=self._settings.large,
            constraints=frozenset({"schema"}),
        )

    @property
    def ready(self) -> bool:
        """True once the server has answered."""
        return self._client is not None and not self._closed

    async def start(self) -> None:
        """Ask the server for its models, and take its first one where none is named.

        Raises:
            ModelUnavailable: nothing answers there, the key is refused, or it lists no model.
        """
        async with self._starting:  # two at once would leave a client behind
            if self._closed:
                raise EngineClosed(self.info.model)
            self._client = self._client or await self._connected()

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """Yield text as it arrives; closing the stream closes the connection, which stops the server.

        Raises:
            ModelUnavailable: the server does not answer or breaks off.
            RequestRefused: it refuses this request.
        """
        check_constraints(self.info, request)
        await self.start()
        if self._client is None:
            raise EngineClosed(self._model)
        try:
            async with await self._client.chat.completions.create(**self._body(request)) as chunks:
                async for chunk in chunks:
                    if chunk.choices and (text := chunk.choices[0].delta.content):
                        yield text
        except (openai.OpenAIError, httpx.HTTPError) as error:
            raise self._translated(error) from error

    async def close(self) -> None:
        """Close the connections. Idempotent."""
        self._closed = True
        if self._client is not None:
            client, self._client = self._client, None
            await client.close()

    async def _connected(self) -> openai.AsyncOpenAI:
        key, timeout_s = self._settings.key or "none", self._settings.timeout_s
        client = openai.AsyncOpenAI(base_url=self._base, api_key=key, timeout=timeout_s, max_retries=1)
        try:
            self._model = self._model or await self._first_model(client)
        except BaseException:
            await client.close()
            raise
        return client

    async def _first_model(self, client: openai.AsyncOpenAI) -> str:
        try:
            models = (await client.models.list()).data
        except openai.OpenAIError as error:
            raise self._translated(error) from error
        if not models:
            raise ModelUnavailable(self._base, "the server lists no model: name one after # in SHOP_LLM")
        return models[0].id

    def _body(self, request: Request) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": m.role, "content": encodable(m.content)} for m in request.messages],
            "max_tokens": request.max_new_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
            "stream": True,
        }
        if request.stop:
            body["stop"] = list(request.stop)
        if request.schema is not None:
            schema = {"name": "reply", "strict": True, "schema": dict(request.schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        return body

    def _translated(self, error: Exception) -> ModelUnavailable | RequestRefused:
        model = self._model or self._base
        if isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
            return RequestRefused(model, error.message)
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return ModelUnavailable(model, f"{self._base} refuses the key: set SHOP_LLM_KEY")
        if isinstance(error, openai.NotFoundError):
            return ModelUnavailable(model, f"{self._base} does not know it: check address and model in SHOP_LLM")
        if isinstance(error, openai.APIConnectionError | httpx.HTTPError):
            return ModelUnavailable(model, f"{self._base} does not answer ({error}): is the server running?")
        return ModelUnavailable(model, f"{self._base} answered: {error}")


def base_url(url: str) -> str:
    """Return the address in the one form that the client takes.

    >>> base_url("http://localhost:8000/")
    'http://localhost:8000/v1'
    >>> base_url("http://localhost:8000/v1/")
    'http://localhost:8000/v1'
    """
    trimmed = url.strip().rstrip("/")
    return trimmed if re.search(r"/v\d\w*(/|$)", trimmed) else f"{trimmed}/v1"
