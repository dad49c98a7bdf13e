"""What a model was asked while a plan was worded, for the trace of a turn. Knows no engine and no plan."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Account:
    """The hash of each prompt that was used, in order, and when the model's first text came.

    `first_text_at` is by `time.perf_counter`; `None` where no model said anything.
    """

    prompts: list[str] = field(default_factory=list)
    first_text_at: float | None = None

    def asked(self, prompt_hash: str) -> None:
        """Note a prompt, once."""
        if prompt_hash not in self.prompts:
            self.prompts.append(prompt_hash)

    def heard(self) -> None:
        """Note that the model said something."""
        if self.first_text_at is None:
            self.first_text_at = time.perf_counter()
