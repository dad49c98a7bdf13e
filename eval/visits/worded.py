"""Has a language model word what a simulated shopper does, in their mood, and keeps its words only where they hold.

The act is chosen by the rules; what must be so, and numbers, have to be in the model's words as they were, or the
rules' own words are said.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.llm.contract import Engine, Message, Request, complete
from eval.grounding.truth import fold, numbers
from eval.visits.acts import Act
from eval.visits.phrases import lines

LONGEST = 300
_HAN = re.compile(r"[一-鿿]")
PLAIN = frozenset({"option", "pick", "compare"})
"""Acts that point at something by its place or name: said as they are."""


class Wording:
    """Words acts with one engine."""

    def __init__(self, engine: Engine, *, own: bool, seed: int) -> None:
        """Take the engine; `own` is false where somebody else starts and closes it."""
        self._engine, self._own, self._seed = engine, own, seed

    @property
    def model(self) -> str:
        """The name of the model."""
        return self._engine.info.model

    async def start(self) -> None:
        """Load the model."""
        if self._own:
            await self._engine.start()

    async def close(self) -> None:
        """Let go of the model."""
        if self._own:
            await self._engine.close()

    async def of(self, act: Act, language: str, mood: str) -> Act:
        """Return an act in the model's words, or as it was where they do not hold."""
        if act.kind in PLAIN:
            return act
        asked = lines()[language]["model"]
        system = f"{asked['task']} {asked['mood'][mood]}"
        messages = (Message("system", system), Message("user", act.message))
        request = Request(messages=messages, max_new_tokens=80, temperature=0.7, seed=self._seed)
        text = (await complete(self._engine, request)).strip().split("\n")[0].strip("\"“”' ")
        return replace(act, message=text) if holds(text, act, language) else act


def holds(text: str, act: Act, language: str) -> bool:
    """Return whether words say all that an act must say and no number beside, in its language."""
    if not text or len(text) > LONGEST or bool(_HAN.search(text)) != (language == "zh"):
        return False
    said, wanted = fold(text), fold(act.message)
    kept = {fold(form) for form in act.keep if fold(form) in wanted}
    return numbers(text) == numbers(act.message) and all(form in said for form in kept)
