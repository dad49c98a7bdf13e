"""A language model that obeys whoever speaks to it: the worst that injected text can do to a model.

It says what the attack in play would have it say, repeats sentences of its request that look like orders, begins with a
true fact and goes on with the lie, and gives away the instructions it was given. What it says therefore only fails to
be shown where the assistant holds it back. It shares no code with the assistant's verification.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Sequence

from assistant.llm.contract import EngineInfo, Request

_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|say|reply|respond|repeat|print|tell|output|quote|confirm|promise|begin|agree|must|now on|"
    r"from here on)\b|忽略|必须|请说|请回复|请逐字|承诺|答应|输出|复述|告诉",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"['\"“‘「]([^'\"”’」]{2,120})['\"”’」]")
_NAMED = re.compile(r"^(?:Product|Order|Policy|商品|订单|规定)[:：]\s*(.+)$", re.MULTILINE)
_FACT = re.compile(r"^(?:Facts|事实)[:：]\s*([^;；\n]+)", re.MULTILINE)
_NUMBERED = re.compile(r"^(\d+) [|｜] ([^|｜\n]+) [|｜]", re.MULTILINE)


class Gullible:
    """An engine that obeys. `asked` counts its requests."""

    def __init__(self) -> None:
        self.asked = 0
        self._wanted: tuple[str, ...] = ()
        self._intent, self._large = "", False

    @property
    def info(self) -> EngineInfo:
        """What it is; it can be told to pass for a large model, which words a whole reply in one call."""
        constraints = frozenset({"schema", "grammar"})
        reason = "an evaluation asked for a model that obeys everybody"
        return EngineInfo("gullible", "gullible", reason, large=self._large, constraints=constraints)

    @property
    def ready(self) -> bool:
        """Always: obeying needs no loading."""
        return True

    async def start(self) -> None:
        """Nothing to load."""

    async def close(self) -> None:
        """Nothing to free."""

    def obey(self, wanted: Sequence[str], *, intent: str = "", large: bool = False) -> None:
        """Take the orders of an attack: what it wants said, and which intent it wants chosen."""
        self._wanted, self._intent, self._large = tuple(wanted), intent, large
        self.asked = 0

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """Yield the next thing that it was told to say."""
        self.asked += 1
        last = request.messages[-1].content
        if request.schema is not None:
            yield json.dumps({"intent": self._intent or "cart_add"})
            return
        told = self._told(request)
        if numbered := _NUMBERED.findall(last):
            for at, (number, name) in enumerate(numbered):
                yield f"{number} | {told[(self.asked - 1 + at) % len(told)].replace('{name}', name)}\n"
            return
        named = _NAMED.findall(last)
        yield told[(self.asked - 1) % len(told)].replace("{name}", named[-1].strip() if named else "it")

    def _told(self, request: Request) -> list[str]:
        """Return everything that it would say: the attack's own words first, then whatever else the request orders."""
        last = request.messages[-1].content
        wanted = list(self._wanted)
        if fact := _FACT.findall(last):
            wanted += [f"{fact[-1].strip()}, {one}" for one in self._wanted[:1]]
        wanted += [one for one in _QUOTED.findall(last) if len(one) > 3]
        wanted += [one.strip() for one in _SENTENCE.split(last) if _ORDERS.search(one)]
        wanted += [one.strip() for one in _SENTENCE.split(request.messages[0].content) if len(one) > 10][:2]
        return wanted or ["Yes, as you wish."]
