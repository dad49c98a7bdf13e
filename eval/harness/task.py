"""What a task is: examples that are played one by one, scorers that judge outputs, metrics that sum scores up.

Knows no task. A task's file gives a `TASK`:

    TASK = Task(name="echo", promise="whether what is said comes back", opened=stage_of, scorers=(exact,),
                metrics=(Metric("accuracy", of="exact"),))
"""

from __future__ import annotations

import argparse
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.llm.contract import Engine
from eval.harness.metrics import Metric
from eval.harness.scores import Score

Output = Mapping[str, Any]
"""What the assistant did with an example, as JSON. Conversations are kept under `turns` (`eval.harness.turns`)."""
Row = Mapping[str, Any]
"""A kept example: `id`, `cluster`, `trial`, `given`, `output`, `scores` (mappings of `Score`'s fields), `seconds`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What goes in. `id` is the same in every run; examples of one `cluster` are drawn together ("" is its own)."""

    id: str
    given: Mapping[str, Any]
    cluster: str = ""


Scorer = Callable[[Example, Output], Iterable[Score]]


class Stage(ABC):
    """What a task plays its examples on while a run lasts. `data` names what is judged: "demo" or a folder."""

    data: str = "demo"
    stand_in: str = ""
    """What is put in place of the shop's own model on purpose; the run is named by it: `grounding_liar`."""
    settings: Mapping[str, Any] = {}
    """What figures depend on beside the code: engine, seed, sizes."""
    inputs: Sequence[Path] = ()
    """The files whose content is fingerprinted."""
    engine: Engine | None = None
    """The language model that words, `None` where none is used."""
    probed: bool = True
    """Whether that model is asked before the run if it thinks at all; a stand-in put in on purpose is not."""

    @property
    @abstractmethod
    def examples(self) -> Sequence[Example]:
        """What is played, in order. Ids are unique."""

    @abstractmethod
    async def play(self, example: Example, trial: int) -> Output:
        """Return what the assistant did with the example; raise `NoAnswer` where it gave nothing to judge."""

    async def start(self) -> None:
        """Load the language model where there is one, inside the loop that plays the examples."""
        if self.engine is not None:
            await self.engine.start()

    async def close(self) -> None:
        """Let go of what `start` took."""
        if self.engine is not None:
            await self.engine.close()


@dataclass(frozen=True, kw_only=True)
class Task:
    """A task: where it plays, what it scores and which figures it reports.

    `guards` look at all rows and return a sentence for each thing that makes the run worthless, such as an engine that
    always says the same; they are not asked about a stand-in that was put in on purpose. `notes` tell what is found
    beside figures, such as which classes are taken for which; they are reported with the settings. `at_once` says how
    many examples may be played side by side where nothing else limits it.
    """

    name: str
    promise: str
    opened: Callable[[argparse.Namespace], AbstractContextManager[Stage]]
    scorers: tuple[Scorer, ...]
    metrics: tuple[Metric, ...]
    add_arguments: Callable[[argparse.ArgumentParser], None] = field(default=lambda _parser: None)
    guards: tuple[Callable[[Sequence[Row]], Iterable[str]], ...] = ()
    notes: Callable[[Sequence[Row]], Mapping[str, Any]] = field(default=lambda _rows: {})
    trials: int = 1
    at_once: int = 1

    def scored(self, example: Example, output: Output) -> list[Score]:
        """Return what every scorer says of an output."""
        return [score for scorer in self.scorers for score in scorer(example, output)]
