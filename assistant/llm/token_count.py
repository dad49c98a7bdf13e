"""Tokens of a request as llama.cpp tells them with each piece of its answer. Knows no engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.llm.contract import Spent


class TokenCount:
    """The tokens of one request; what was cut short counts as far as it got.

    llama.cpp's `prompt_n` are the tokens that it had to read, `cache_n` those that it still knew.
    """

    def __init__(self) -> None:
        self.spent = Spent()

    def take(self, chunk: Mapping[str, Any]) -> None:
        """Note what a piece says of the tokens so far."""
        told = chunk.get("timings")
        if told:
            cached = int(told.get("cache_n", 0))
            self.spent = Spent(int(told["prompt_n"]) + cached, cached, int(told["predicted_n"]))
