"""The contract that every engine fulfils: a request in, pieces of text out as they are made.

Knows no engine, no shop and no prompt.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, runtime_checkable

from assistant.errors import ModelUnavailable
from assistant.llm.errors import RequestRefused


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of a model.

    `schema` (JSON Schema) and `grammar` (GBNF) constrain what is decoded; at most one of them is given, and an engine
    that cannot enforce the one given raises `ModelUnavailable` rather than ignore it (see `Engine.constraints`).
    `temperature` 0 is greedy. `slot` is a hint: requests with the same value share a long prefix.
    """

    messages: tuple[Message, ...]
    max_new_tokens: int = 96
    temperature: float = 0.0
    seed: int = 0
    stop: tuple[str, ...] = ()
    schema: Mapping[str, Any] | None = None
    grammar: str | None = None
    slot: str | None = None


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What runs and why: shown in the log and on the page's footer.

    `large` says that the model may word a whole plan in one call; a small one is given one product at a time.
    """

    engine: str
    model: str
    reason: str
    large: bool = False
    constraints: frozenset[str] = frozenset()
    """Which of "schema" and "grammar" it can enforce while decoding."""


class Engine(Protocol):
    """A language model that streams; any number of requests may be in flight, each cancelled by closing its stream."""

    @property
    def info(self) -> EngineInfo:
        """What runs and why; cheap, before the model is loaded too."""

    @property
    def ready(self) -> bool:
        """True once the model is loaded and answers."""

    async def start(self) -> None:
        """Load the model. May take seconds; calling it again waits for the same load. Raises `ModelUnavailable`."""

    def stream(self, request: Request) -> AsyncIterator[str]:
        """Yield text as it is decoded; starts the model where needed. Raises `ModelUnavailable`."""

    async def close(self) -> None:
        """Free the model. Idempotent."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a model has read and made: tokens of prompts, those of them that it still knew, and new tokens."""

    prompt_tokens: int = 0
    cached_tokens: int = 0
    new_tokens: int = 0

    def plus(self, other: Spent) -> Spent:
        """Return both together."""
        return Spent(
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.new_tokens + other.new_tokens,
        )

    def since(self, before: Spent) -> Spent:
        """Return what came after an earlier count."""
        return self.plus(Spent(-before.prompt_tokens, -before.cached_tokens, -before.new_tokens))


@runtime_checkable
class Counts(Protocol):
    """An engine that knows how many tokens it has read and made, those of requests that were cut short too."""

    @property
    def spent(self) -> Spent:
        """Everything since the engine was made."""


async def complete(engine: Engine, request: Request) -> str:
    """Return the whole text of one request."""
    return "".join([piece async for piece in engine.stream(request)])


@runtime_checkable
class Warms(Protocol):
    """An engine that knows better than one request how to have a prompt read beforehand."""

    async def warm(self, request: Request) -> None:
        """Have the model read a prompt, wherever later requests may go."""


async def warm(engine: Engine, request: Request) -> None:
    """Have the model read a prompt and answer one token, so that later prompts that begin alike start at once."""
    short = replace(request, max_new_tokens=1)
    await (engine.warm(short) if isinstance(engine, Warms) else complete(engine, short))


def check_constraints(info: EngineInfo, request: Request) -> None:
    """Refuse a constraint that the engine cannot enforce, rather than let the model ignore it.

    Raises:
        ModelUnavailable: this engine cannot enforce a schema, or a grammar.
        RequestRefused: both are given.
    """
    asked = [kind for kind in ("schema", "grammar") if getattr(request, kind) is not None]
    if len(asked) > 1:
        raise RequestRefused(info.model, "a schema and a grammar exclude each other: give one of them")
    for kind in asked:
        if kind not in info.constraints:
            raise ModelUnavailable(info.model, f"the engine {info.engine!r} cannot enforce a {kind} while decoding")
